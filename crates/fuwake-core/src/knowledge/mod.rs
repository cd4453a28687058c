//! What is known of the world: brands, kinds of domains, phrases, the words of findings. Compiled into the library from `data/`.

pub mod domains;
mod genuine_sites;
pub mod lexicon;

use crate::domain::registrable;
use std::collections::HashMap;
use std::sync::Arc;

pub use domains::{DomainKind, Domains};
pub use fuwake_data::schema;
pub use genuine_sites::GenuineSites;
pub(crate) use genuine_sites::KeptMarks;
pub use lexicon::Lexicon;
pub use schema::{
    Applies, Brand, Company, Contact, FieldWords, FindingSpec, Law, Opposite, PageMark, PhraseFile,
    Redirector, Reference, Scale,
};

use schema::Data;

const EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));

/// The data folders, indexed.
#[derive(Debug)]
pub struct Knowledge {
    data: Data,
    domains: Arc<Domains>,
    lexicon: Lexicon,
    findings: HashMap<String, usize>,
}

/// The embedded data could not be read: the library was built wrongly.
#[derive(Debug, thiserror::Error)]
#[error("the embedded knowledge is damaged: {0}")]
pub struct Damaged(String);

impl Knowledge {
    /// What was compiled in.
    ///
    /// # Errors
    /// The library was built wrongly.
    pub fn embedded() -> Result<Self, Damaged> {
        let lexicon = Lexicon::embedded().ok_or_else(|| Damaged("no lexicon".to_owned()))?;
        Ok(Self::indexed(Self::shipped()?, lexicon))
    }

    /// What was compiled in, for whoever lays something over it.
    ///
    /// # Errors
    /// The library was built wrongly.
    pub fn shipped() -> Result<Data, Damaged> {
        postcard::from_bytes(EMBEDDED).map_err(|why| Damaged(why.to_string()))
    }

    /// Indexes data.
    ///
    /// # Errors
    /// The patterns are too many for one automaton.
    pub fn new(data: Data) -> Result<Self, Damaged> {
        let lexicon = Lexicon::new(&data).map_err(|why| Damaged(why.to_string()))?;
        Ok(Self::indexed(data, lexicon))
    }

    fn indexed(data: Data, lexicon: Lexicon) -> Self {
        let domains = Arc::new(Domains::new(&data));
        let findings =
            data.findings.iter().enumerate().map(|(index, finding)| (finding.id.clone(), index)).collect();
        Self { data, domains, lexicon, findings }
    }

    /// The newest date in the data, `YYYY-MM-DD`; with `+` and a digest where an operator's own stands over it.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.data.date
    }

    /// All brands, by id.
    #[must_use]
    pub fn brands(&self) -> &[Brand] {
        &self.data.brands
    }

    /// A brand by its id.
    #[must_use]
    pub fn brand(&self, id: &str) -> Option<&Brand> {
        self.data
            .brands
            .binary_search_by(|brand| brand.id.as_str().cmp(id))
            .ok()
            .map(|at| &self.data.brands[at])
    }

    /// The brand that a domain, or the nearest domain above it, belongs to.
    #[must_use]
    pub fn owner(&self, domain: &str) -> Option<&Brand> {
        self.domains.owner(domain).map(|at| &self.data.brands[at])
    }

    /// The owner of a domain, where a source that was read names that domain: only such a one speaks for a mail.
    #[must_use]
    pub fn sourced_owner(&self, domain: &str) -> Option<&Brand> {
        self.domains.sourced_owner(domain).map(|at| &self.data.brands[at])
    }

    /// The brand that exactly this name, not one below it, belongs to.
    #[must_use]
    pub fn exact_owner(&self, domain: &str) -> Option<&Brand> {
        self.domains.exact_owner(domain).map(|at| &self.data.brands[at])
    }

    /// The brand whose redirector a host is; it leads anywhere.
    #[must_use]
    pub fn redirector_of(&self, host: &str) -> Option<&Brand> {
        self.domains.redirector(host).map(|at| &self.data.brands[at])
    }

    /// The brands one of whose registrable domains begins with a label: `amazon` of `amazon.co.jp`.
    pub fn brands_with_label(&self, label: &str) -> impl Iterator<Item = &Brand> {
        self.domains.with_label(label).iter().map(|&at| &self.data.brands[at])
    }

    /// The first label of a brand's registrable domain that `label` only looks like (UTS #39).
    #[must_use]
    pub fn looks_like(&self, label: &str) -> Option<&str> {
        self.domains.looks_like(label)
    }

    /// What kinds of domain this is.
    #[must_use]
    pub fn kind(&self, domain: &str) -> Option<DomainKind> {
        self.domains.kind(domain)
    }

    /// The suffix, cheap in bulk and much abused, under which a name was registered.
    #[must_use]
    pub fn cheap_suffix<'d>(&self, domain: &'d str) -> Option<&'d str> {
        self.domains.cheap_suffix(domain)
    }

    /// Whether anybody can put files there behind a large provider's name: cloud storage.
    #[must_use]
    pub fn is_bucket(&self, host: &str) -> bool {
        self.domains.is_bucket(host)
    }

    /// Whether anybody can run a page or a function there under a name that the provider gives.
    #[must_use]
    pub fn is_app_host(&self, host: &str) -> bool {
        self.domains.is_app_host(host)
    }

    /// Whether the company's own mails carry text that its users typed.
    #[must_use]
    pub fn is_platform(&self, domain: &str) -> bool {
        self.domains.is_platform(domain)
    }

    /// The mail service that a host belongs to.
    #[must_use]
    pub fn mail_service(&self, domain: &str) -> Option<&Company> {
        self.domains.mail_service(domain).map(|at| &self.data.mail_services[at])
    }

    /// The rental server, cloud or access provider that a host belongs to.
    #[must_use]
    pub fn hosting_provider(&self, domain: &str) -> Option<&Company> {
        self.domains.hosting_provider(domain).map(|at| &self.data.hosting_providers[at])
    }

    /// The domain, at or above a host, under which a known service gives names to its customers: `amazonaws.com`, `sakura.ne.jp`.
    /// Looks through all lists: not for every link of a mail.
    #[must_use]
    pub fn platform_root<'d>(&self, host: &'d str) -> Option<&'d str> {
        let known = |name: &str| {
            self.kind(name).is_some()
                || self.hosting_provider(name).is_some()
                || self.mail_service(name).is_some()
        };
        let listed = domains::above(host).filter(|name| known(name)).last();
        let root = || registrable(host).filter(|own| self.domains.is_root_of_platform(own));
        listed.or_else(root)
    }

    /// The rental server, cloud or access provider that a registry names as the holder of a network.
    #[must_use]
    pub fn network_holder(&self, holder: &str) -> Option<&Company> {
        let holder = holder.to_lowercase();
        let named =
            |company: &&Company| company.holders.iter().any(|name| holder.contains(&name.to_lowercase()));
        self.data.hosting_providers.iter().find(named)
    }

    /// Whether a name server is that of a service that parks names.
    #[must_use]
    pub fn is_parking_service(&self, server: &str) -> bool {
        self.domains.is_parking_service(server)
    }

    /// Whether a company runs the log-ins of many banks there, each with that bank's name on it.
    #[must_use]
    pub fn is_shared_log_in(&self, host: &str) -> bool {
        self.domains.is_shared_log_in(host)
    }

    /// Whether companies let others take their customers' log-ins or payments there.
    #[must_use]
    pub fn is_log_in_service(&self, host: &str) -> bool {
        self.domains.is_log_in_service(host) || self.is_shared_log_in(host)
    }

    /// Open redirectors of well-known companies that may stand at a host.
    #[must_use]
    pub fn open_redirectors(&self, host: &str) -> Vec<&Redirector> {
        self.domains.open_redirectors(host).into_iter().map(|at| &self.data.redirectors[at]).collect()
    }

    /// Whether a host is a known brand's own, and none where anybody can put a page.
    #[must_use]
    pub fn is_genuine_site(&self, host: &str) -> bool {
        self.domains.is_genuine_site(host)
    }

    /// Whose pages are known brands' own, for whoever outlives this.
    #[must_use]
    pub fn genuine_sites(&self) -> GenuineSites {
        let redirectors = self.data.redirectors.clone().into();
        GenuineSites { domains: Arc::clone(&self.domains), redirectors }
    }

    /// Which marks for a reader stay where a link of this host is asked for.
    pub(crate) fn keeps_marks(&self, host: &str) -> KeptMarks {
        self.domains.keeps_marks(host)
    }

    /// How fields are called that ask for secrets.
    #[must_use]
    pub fn fields(&self) -> &[FieldWords] {
        &self.data.fields
    }

    /// By what pages of a kind are known.
    pub fn page_marks<'k>(&'k self, kind: &'k str) -> impl Iterator<Item = &'k PageMark> {
        self.data.pages.iter().filter(move |mark| mark.kind == kind)
    }

    /// How genuine pages look, as the operator captured them.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.data.references
    }

    /// What mails may break.
    #[must_use]
    pub fn laws(&self) -> &[Law] {
        &self.data.laws
    }

    /// Who helps, and who takes reports.
    #[must_use]
    pub fn contacts(&self) -> &[Contact] {
        &self.data.contacts
    }

    /// Names and phrases, ready to be sought.
    #[must_use]
    pub const fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// All phrase files.
    #[must_use]
    pub fn phrases(&self) -> &[PhraseFile] {
        &self.data.phrases
    }

    /// Claims of subjects and what denies them.
    #[must_use]
    pub fn opposites(&self) -> &[Opposite] {
        &self.data.opposites
    }

    /// All findings, by id.
    #[must_use]
    pub fn findings(&self) -> &[FindingSpec] {
        &self.data.findings
    }

    /// How findings add up to a verdict.
    #[must_use]
    pub const fn scale(&self) -> &Scale {
        &self.data.scale
    }

    /// The words and numbers of a finding.
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<&FindingSpec> {
        self.findings.get(id).map(|&at| &self.data.findings[at])
    }
}
