//! SPF (RFC 7208), evaluated term by term so that the one that decided can be named.

mod macros;
mod record;

use std::net::IpAddr;

use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{RecordType, Spf, WITHHELD};

use super::asker::{Asker, Told, is_domain};
use macros::{Template, Values};
use record::{Directive, Mechanism, Record, Target, is_record};

/// Terms that ask the DNS, in all records together (RFC 7208 section 4.6.4).
const TERMS: u8 = 10;
/// Answers without records (RFC 7208 section 4.6.4).
const VOIDS: u8 = 2;
/// Names that one `mx` or `ptr` leads to (RFC 7208 section 4.6.4).
const NAMES: usize = 10;
/// A record as long as this was cut by the resolver's probe.
const CUT: usize = 4_096;
/// How much of an explanation is kept, in characters.
const EXPLANATION: usize = 500;

/// Who hands a message over.
#[derive(Clone, Debug)]
pub(super) struct Client<'c> {
    pub(super) ip: IpAddr,
    pub(super) helo: &'c str,
    /// The envelope's sender; none for an empty one.
    pub(super) sender: Option<&'c str>,
    /// Seconds since 1970.
    pub(super) now: i64,
}

/// SPF of the envelope's sender, else of HELO (RFC 7208 section 2.4).
pub(super) async fn check(asker: &Asker<'_>, client: &Client<'_>) -> Spf {
    let (identity, local, domain) = match client.sender.map(|sender| sender.rsplit_once('@')) {
        Some(Some(("", domain))) => ("mfrom", "postmaster", domain),
        Some(Some((local, domain))) => ("mfrom", local, domain),
        Some(None) => ("mfrom", "postmaster", client.sender.unwrap_or_default()),
        None => ("helo", "postmaster", client.helo),
    };
    let mut check = Check {
        asker,
        client: Client { ip: client.ip.to_canonical(), ..client.clone() },
        local,
        sender_domain: domain,
        terms: 0,
        voids: 0,
        confirmed: None,
    };
    let found = check.host(domain.to_owned(), 0).await;
    let explanation = match (&found.explanation, found.result) {
        (Some((template, domain)), "fail") => check.explain(template, domain).await,
        _ => None,
    };
    Spf {
        identity: identity.to_owned(),
        domain: domain.to_ascii_lowercase(),
        result: found.result.to_owned(),
        record: found.record,
        mechanism: found.term,
        through: found.through,
        explanation,
        why: found.why,
    }
}

/// SPF of an identity that is not asked about.
pub(super) fn not_judged(identity: &str) -> Spf {
    let why = Some(WITHHELD.to_owned());
    Spf { identity: identity.to_owned(), result: "not-judged".to_owned(), why, ..Spf::default() }
}

/// What one domain's record says.
#[derive(Clone, Debug, Default)]
struct Found {
    result: &'static str,
    record: Option<String>,
    term: Option<String>,
    through: Vec<String>,
    why: Option<String>,
    /// The domain's explanation of a failure, and the domain that it speaks for.
    explanation: Option<(Template, String)>,
}

impl Found {
    fn error(error: Error) -> Self {
        Self { result: error.result, why: Some(error.why), ..Self::default() }
    }
}

/// Why there is no result.
struct Error {
    result: &'static str,
    why: String,
}

fn permanent(why: impl Into<String>) -> Error {
    Error { result: "permerror", why: why.into() }
}

fn temporary(why: impl Into<String>) -> Error {
    Error { result: "temperror", why: why.into() }
}

struct Check<'c> {
    asker: &'c Asker<'c>,
    client: Client<'c>,
    local: &'c str,
    sender_domain: &'c str,
    terms: u8,
    voids: u8,
    /// The client's confirmed name, once it was asked for.
    confirmed: Option<String>,
}

fn withheld() -> Error {
    Error { result: "not-judged", why: WITHHELD.to_owned() }
}

/// A directive that matched, and the way through the records that it led to.
struct Match {
    found: Option<Found>,
}

impl Check<'_> {
    /// `check_host()` (RFC 7208 section 4). Includes and redirects nest no deeper than there are terms.
    fn host(&mut self, domain: String, depth: u8) -> BoxFuture<'_, Found> {
        async move {
            if !is_domain(&domain) || depth > TERMS {
                let why = Some("no domain name".to_owned());
                return Found { result: "none", why, ..Found::default() };
            }
            match self.record(&domain).await {
                Ok(Some(text)) => self.evaluate(&domain, text, depth).await,
                Ok(None) => {
                    let why = Some(format!("{domain}: no SPF record"));
                    Found { result: "none", why, ..Found::default() }
                }
                Err(error) => Found::error(error),
            }
        }
        .boxed()
    }

    /// The one SPF record of a domain (RFC 7208 sections 4.4 and 4.5).
    async fn record(&self, domain: &str) -> Result<Option<String>, Error> {
        let records = match self.asker.ask(domain, RecordType::Txt).await {
            Told::Records(records) => records,
            Told::Nothing(_) => return Ok(None),
            Told::Unknown(why) => return Err(temporary(why)),
            Told::Withheld => return Err(withheld()),
        };
        let mut records = records.into_iter().filter(|text| is_record(text));
        let first = records.next();
        match records.next() {
            None => Ok(first),
            Some(_) => Err(permanent(format!("{domain}: more than one SPF record"))),
        }
    }

    async fn evaluate(&mut self, domain: &str, text: String, depth: u8) -> Found {
        let found = self.terms(domain, &text, depth).await.unwrap_or_else(Found::error);
        Found { record: Some(text), ..found }
    }

    async fn terms(&mut self, domain: &str, text: &str, depth: u8) -> Result<Found, Error> {
        if text.len() >= CUT {
            return Err(permanent(format!("{domain}: record too long")));
        }
        let record =
            Record::parse(text).map_err(|term| permanent(format!("{domain}: cannot read {term}")))?;
        let explanation = record.explanation.map(|template| (template, domain.to_owned()));
        for directive in &record.directives {
            let matched = self.matches(directive, domain, depth).await;
            let matched = matched.map_err(|error| Error { why: within(directive, &error.why), ..error })?;
            let Some(Match { found }) = matched else { continue };
            return Ok(Found {
                result: directive.result,
                term: Some(directive.text.clone()),
                through: found.map(|found| found.through).unwrap_or_default(),
                explanation,
                ..Found::default()
            });
        }
        match record.redirect {
            Some((target, term)) => self.redirect(&target, term, domain, depth).await,
            None => {
                let why = Some("no term matches".to_owned());
                Ok(Found { result: "neutral", why, ..Found::default() })
            }
        }
    }

    async fn redirect(
        &mut self,
        to: &Template,
        term: String,
        domain: &str,
        depth: u8,
    ) -> Result<Found, Error> {
        self.count_term()?;
        let target = self.expand(to, domain).await;
        let mut found = self.host(target.clone(), depth + 1).await;
        if found.result == "none" {
            return Err(permanent(format!("{term}: no SPF record")));
        }
        let inner = found.term.take().map(|inner| format!("{target}: {inner}"));
        let through = inner.into_iter().chain(found.through).collect();
        Ok(Found { term: Some(term), through, ..found })
    }

    /// Whether a directive matches (RFC 7208 section 5).
    async fn matches(
        &mut self,
        directive: &Directive,
        domain: &str,
        depth: u8,
    ) -> Result<Option<Match>, Error> {
        let is_match = match &directive.mechanism {
            Mechanism::All => true,
            Mechanism::Ip4(network, bits) => contains((*network).into(), self.client.ip, *bits),
            Mechanism::Ip6(network, bits) => contains((*network).into(), self.client.ip, *bits),
            Mechanism::Include(target) => return self.include(target, domain, depth).await,
            Mechanism::A(target) => self.a(target, domain).await?,
            Mechanism::Mx(target) => self.mx(target, domain).await?,
            Mechanism::Ptr(target) => self.ptr(target.as_ref(), domain).await?,
            Mechanism::Exists(target) => self.exists(target, domain).await?,
        };
        Ok(is_match.then_some(Match { found: None }))
    }

    async fn include(&mut self, target: &Template, domain: &str, depth: u8) -> Result<Option<Match>, Error> {
        self.count_term()?;
        let target = self.expand(target, domain).await;
        let mut found = self.host(target.clone(), depth + 1).await;
        let why = found.why.take().unwrap_or_default();
        match found.result {
            "pass" => {
                let inner = found.term.take().map(|term| format!("{target}: {term}"));
                found.through.splice(0..0, inner);
                Ok(Some(Match { found: Some(found) }))
            }
            "temperror" => Err(temporary(why)),
            "not-judged" => Err(withheld()),
            "permerror" | "none" => Err(permanent(why)),
            _ => Ok(None),
        }
    }

    async fn a(&mut self, target: &Target, domain: &str) -> Result<bool, Error> {
        self.count_term()?;
        let name = self.target(target.domain.as_ref(), domain).await;
        self.has_address(&name, target).await
    }

    async fn mx(&mut self, target: &Target, domain: &str) -> Result<bool, Error> {
        self.count_term()?;
        let name = self.target(target.domain.as_ref(), domain).await;
        let exchanges = self.ask(&name, RecordType::Mx).await?;
        if exchanges.len() > NAMES {
            return Err(permanent("more than 10 MX records"));
        }
        for (_, exchange) in exchanges.iter().filter_map(|text| text.split_once(' ')) {
            // Zone files escape what no host name holds (RFC 1035 section 5.1).
            if self.has_address(&exchange.replace('\\', ""), target).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn exists(&mut self, target: &Template, domain: &str) -> Result<bool, Error> {
        self.count_term()?;
        let name = self.expand(target, domain).await;
        Ok(!self.ask(&name, RecordType::A).await?.is_empty())
    }

    /// A failure says that nothing matches (RFC 7208 section 5.5).
    async fn ptr(&mut self, target: Option<&Template>, domain: &str) -> Result<bool, Error> {
        self.count_term()?;
        let target = self.target(target, domain).await.to_ascii_lowercase();
        Ok(self.confirmed_names().await?.iter().any(|name| is_within(name, &target)))
    }

    /// Whether one of the name's addresses of the client's family lies in the client's network.
    async fn has_address(&mut self, name: &str, target: &Target) -> Result<bool, Error> {
        let (record, bits) = match self.client.ip {
            IpAddr::V4(_) => (RecordType::A, target.bits4),
            IpAddr::V6(_) => (RecordType::Aaaa, target.bits6),
        };
        let addresses = self.ask(name, record).await?;
        let mut addresses = addresses.iter().filter_map(|text| text.parse().ok());
        Ok(addresses.any(|address| contains(address, self.client.ip, bits)))
    }

    /// The client's names that lead back to it. Who cannot be asked confirms nothing.
    async fn confirmed_names(&mut self) -> Result<Vec<String>, Error> {
        let Told::Records(names) = self.asker.names(self.client.ip).await else {
            return Ok(Vec::new());
        };
        let record = if self.client.ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa };
        let mut confirmed = Vec::new();
        for name in names.into_iter().take(NAMES) {
            let Told::Records(addresses) = self.asker.ask(&name, record).await else { continue };
            if addresses.iter().any(|text| text.parse() == Ok(self.client.ip)) {
                confirmed.push(name);
            }
        }
        Ok(confirmed)
    }

    async fn ask(&mut self, name: &str, record: RecordType) -> Result<Vec<String>, Error> {
        match self.asker.ask(name, record).await {
            Told::Records(records) => Ok(records),
            Told::Nothing(_) if self.voids == VOIDS => {
                Err(permanent("more than 2 DNS look-ups without an answer"))
            }
            Told::Nothing(_) => {
                self.voids += 1;
                Ok(Vec::new())
            }
            Told::Unknown(why) => Err(temporary(why)),
            Told::Withheld => Err(withheld()),
        }
    }

    fn count_term(&mut self) -> Result<(), Error> {
        self.terms += 1;
        if self.terms > TERMS { Err(permanent("more than 10 terms that ask the DNS")) } else { Ok(()) }
    }

    async fn target(&mut self, target: Option<&Template>, domain: &str) -> String {
        match target {
            Some(target) => self.expand(target, domain).await,
            None => domain.to_owned(),
        }
    }

    async fn expand(&mut self, template: &Template, domain: &str) -> String {
        self.confirm_for(template, domain).await;
        template.expand_domain(&self.values(domain))
    }

    /// The client's confirmed name, its own where it has several (RFC 7208 section 7.3).
    async fn confirm_for(&mut self, template: &Template, domain: &str) {
        if !template.needs_confirmed_name() || self.confirmed.is_some() {
            return;
        }
        let names = self.confirmed_names().await.unwrap_or_default();
        let domain = domain.to_ascii_lowercase();
        let own = names.iter().find(|name| **name == domain);
        let own = own.or_else(|| names.iter().find(|name| is_within(name, &domain))).or(names.first());
        self.confirmed = Some(own.cloned().unwrap_or_else(|| "unknown".to_owned()));
    }

    fn values<'v>(&'v self, domain: &'v str) -> Values<'v> {
        Values {
            ip: self.client.ip,
            local: self.local,
            sender_domain: self.sender_domain,
            helo: self.client.helo,
            domain,
            confirmed: self.confirmed.as_deref().unwrap_or("unknown"),
            now: self.client.now,
        }
    }

    /// The domain's explanation (RFC 7208 section 6.2); what is wrong with it is as if there were none.
    async fn explain(&mut self, template: &Template, domain: &str) -> Option<String> {
        let name = self.expand(template, domain).await;
        let Told::Records(records) = self.asker.ask(&name, RecordType::Txt).await else { return None };
        let [text] = records.as_slice() else { return None };
        let text = Template::parse(text, true)?;
        self.confirm_for(&text, domain).await;
        Some(text.expand(&self.values(domain)).chars().take(EXPLANATION).collect())
    }
}

/// An error inside an included record names the way to it.
fn within(directive: &Directive, why: &str) -> String {
    if why.len() > 400 { why.to_owned() } else { format!("{}: {why}", directive.text) }
}

fn is_within(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether two addresses of a family agree in their first bits.
fn contains(network: IpAddr, ip: IpAddr, bits: u8) -> bool {
    match (network, ip) {
        (IpAddr::V4(network), IpAddr::V4(ip)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            (network.to_bits() ^ ip.to_bits()) & mask == 0
        }
        (IpAddr::V6(network), IpAddr::V6(ip)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            (network.to_bits() ^ ip.to_bits()) & mask == 0
        }
        _ => false,
    }
}
