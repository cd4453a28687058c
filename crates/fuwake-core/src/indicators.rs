//! What a case gives to machines: the mail, the names, addresses and pages behind it, whose each of them is, and who can act. People
//! are masked in every text; nothing is defanged. Only [`publish`](crate::publish::indicators) makes it.

use std::net::IpAddr;

use serde::{Serialize, Serializer};

use crate::case::{LandingKind, Language, Tool};
use crate::inquiry::Role;
use crate::publish::Audience;
use crate::verdict::Class;

/// The schema's name and number.
pub const SCHEMA: &str = "fuwake.indicators/1";

/// Text in which people are masked. It is no link that one may follow, but it is written as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing in it was masked: what was is no name or link that a machine could match.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.0.contains("***") && !self.0.contains("MASKED")
    }

    /// What stands before the first mask.
    #[must_use]
    pub fn head(&self) -> &str {
        let before = |mask| self.0.split(mask).next().unwrap_or_default();
        std::cmp::min_by_key(before("***"), before("MASKED"), |head| head.len())
    }
}

impl std::fmt::Display for Masked {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Whose a name, an address or a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Whoever is behind the mail holds it: it may be blocked.
    Attacker,
    /// Used by the mail; whose it is cannot be told. A block may hit others.
    Unclear,
    /// Somebody's who has nothing to do with it: whose name was forged, or whose site was broken into.
    Bystander,
    /// A service's that anybody can use: short links, free pages, mailboxes, storage.
    Shared,
    /// The genuine site of a known company.
    Genuine,
}

impl Standing {
    /// As it stands in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Attacker => "attacker",
            Self::Unclear => "unclear",
            Self::Bystander => "bystander",
            Self::Shared => "shared",
            Self::Genuine => "genuine",
        }
    }
}

/// All that is known of one case, for machines.
#[derive(Clone, Debug, Serialize)]
pub struct Indicators {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What made this.
    pub tool: Tool,
    /// Who may read it.
    #[serde(serialize_with = "audience")]
    pub audience: Audience,
    /// The language of its sentences.
    #[serde(serialize_with = "language")]
    pub language: Language,
    /// When the world was asked last, RFC 3339; where nobody was asked, when the recipient's server took the mail. What a mail says of its
    /// own time counts only where nobody else tells it; the epoch of Unix where nobody does.
    pub seen: String,
    /// The mail.
    pub mail: MailFacts,
    /// What it is.
    pub verdict: VerdictFacts,
    /// In whose name it comes.
    pub brand: Option<BrandFacts>,
    /// Names of hosts and domains, as they were met.
    pub hosts: Vec<HostFacts>,
    /// Addresses.
    pub addresses: Vec<AddressFacts>,
    /// Links of the mail, steps of the way, and where forms send what is entered.
    pub links: Vec<LinkFacts>,
    /// Attached files.
    pub files: Vec<FileFacts>,
    /// What stands behind the links.
    pub landings: Vec<LandingFacts>,
    /// What it has in common with others.
    pub campaign: Option<CampaignFacts>,
    /// Who can act, one entry a place that takes reports; never a genuine site's.
    pub desks: Vec<Desk>,
}

impl Indicators {
    /// With nothing seen after `now`, RFC 3339 in UTC: a mail may be dated, and evidence may be handed over, with any time.
    #[must_use]
    pub fn until(mut self, now: &str) -> Self {
        let seen = self.links.iter_mut().map(|link| &mut link.seen);
        let seen = seen.chain(self.hosts.iter_mut().map(|host| &mut host.seen));
        let seen = seen.chain(self.landings.iter_mut().filter_map(|landing| landing.seen.as_mut()));
        for at in seen.chain([&mut self.seen]).filter(|at| at.as_str() > now) {
            now.clone_into(at);
        }
        self
    }

    /// When the mail came, and with it whatever it names; else the newest time that is known.
    #[must_use]
    pub fn first_seen(&self) -> &str {
        let received = self.mail.received.as_deref().or(self.mail.date.as_deref());
        received.filter(|at| *at <= self.seen.as_str()).unwrap_or(&self.seen)
    }
}

/// The mail that it is about: the worst of those that a message carries.
#[derive(Clone, Debug, Serialize)]
pub struct MailFacts {
    /// SHA-256 of the whole mail, lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Decoded.
    pub subject: Option<Masked>,
    /// By its own word, RFC 3339.
    pub date: Option<String>,
    /// When the recipient's server took it, RFC 3339.
    pub received: Option<String>,
    /// The sending program by its own word.
    pub mailer: Option<Masked>,
    /// ISO 639-1.
    pub languages: Vec<&'static str>,
    /// From.
    pub from: Option<Mailbox>,
    /// Reply-To.
    pub reply_to: Vec<Mailbox>,
    /// Return-Path.
    pub envelope_from: Option<Mailbox>,
    /// Message-ID, without its brackets.
    pub message_id: Option<Masked>,
    /// The header fields that tell of the mail and not of its recipient, decoded and unfolded, top to bottom.
    pub header: Vec<HeaderField>,
    /// What a reader sees, a part each.
    pub parts: Vec<PartFacts>,
    /// The address that it came from.
    pub origin: Option<IpAddr>,
    /// All of its parts, for a copy that goes to who can act.
    #[serde(skip)]
    pub copy: Vec<CopiedPart>,
}

impl MailFacts {
    /// The values of `Received`, newest first.
    pub fn received_lines(&self) -> impl Iterator<Item = &Masked> {
        self.header.iter().filter(|field| field.name == "Received").map(|field| &field.value)
    }
}

/// A header field.
#[derive(Clone, Debug, Serialize)]
pub struct HeaderField {
    /// Its name in the usual spelling.
    pub name: &'static str,
    /// Its value.
    pub value: Masked,
}

/// A sender.
#[derive(Clone, Debug, Serialize)]
pub struct Mailbox {
    /// The name shown.
    pub name: Option<Masked>,
    /// The address.
    pub address: Option<Masked>,
    /// Whose the address is.
    pub standing: Standing,
}

/// A text part.
#[derive(Clone, Debug, Serialize)]
pub struct PartFacts {
    /// IMAP section number.
    pub section: String,
    /// What it was before its visible text was taken.
    pub media_type: String,
    /// The visible text.
    pub text: Masked,
}

/// A part of a mail as its copy has it.
#[derive(Clone, Debug)]
pub struct CopiedPart {
    /// IMAP section number.
    pub section: String,
    /// The subtypes of the multiparts that it stands in, the outermost first: as many as its section has numbers, but for a mail of one
    /// part, which stands in none.
    pub within: Vec<&'static str>,
    /// What it holds.
    pub content: Copied,
}

/// What a copied part holds.
#[derive(Clone, Debug)]
pub enum Copied {
    /// Text as it was written.
    Plain(Masked),
    /// HTML as it was written.
    Html(Masked),
    /// Not the file itself: what is known of it.
    LeftOut(FileFacts),
}

/// What a mail is.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictFacts {
    /// The class.
    pub class: Class,
    /// The probability that its reader does not want it.
    pub score: f32,
    /// How sure that is.
    pub confidence: f32,
    /// In one or two sentences.
    pub summary: Masked,
    /// What speaks against it, strongest first.
    pub findings: Vec<FindingFacts>,
}

/// A finding that speaks against the mail.
#[derive(Clone, Debug, Serialize)]
pub struct FindingFacts {
    /// Kebab-case.
    pub id: String,
    /// One line.
    pub title: Masked,
}

/// A company whose name is used.
#[derive(Clone, Debug, Serialize)]
pub struct BrandFacts {
    /// Registry id; none where it is not registered.
    pub id: Option<String>,
    /// As a report prints it.
    pub name: Masked,
    /// The same for readers of Japanese and of English, whatever the report's language.
    #[serde(skip)]
    pub names: [Masked; 2],
    /// Its own domains.
    pub domains: Vec<String>,
}

impl BrandFacts {
    /// Its name for readers of a language.
    #[must_use]
    pub const fn name_in(&self, language: Language) -> &Masked {
        let [ja, en] = &self.names;
        match language {
            Language::Ja => ja,
            Language::En => en,
        }
    }
}

/// A name.
#[derive(Clone, Debug, Serialize)]
pub struct HostFacts {
    /// The name, lower case, IDN as A-labels.
    pub name: Masked,
    /// Its registrable domain.
    pub domain: Masked,
    /// What it is to the mail.
    pub roles: Vec<Role>,
    /// Whose it is.
    pub standing: Standing,
    /// The whole registrable domain is the attacker's, with all names below.
    pub holds_domain: bool,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// When it was seen last, RFC 3339: by a visit, else by the mail.
    pub seen: String,
    /// Its domain's registration.
    pub registration: Option<RegistrationFacts>,
}

/// A registration.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RegistrationFacts {
    /// Who sold it.
    pub registrar: Option<Masked>,
    /// Where that takes reports.
    pub abuse: Option<Masked>,
    /// Since when, RFC 3339.
    pub registered: Option<String>,
    /// The same day as the registry's own calendar has it, `2026-11-15`.
    #[serde(skip)]
    pub registered_on: Option<String>,
    /// When it was changed, RFC 3339.
    pub changed: Option<String>,
    /// Until when, RFC 3339.
    pub expires: Option<String>,
    /// Its name servers.
    pub name_servers: Vec<Masked>,
}

/// An address.
#[derive(Clone, Debug, Serialize)]
pub struct AddressFacts {
    /// The address.
    pub ip: IpAddr,
    /// It handed the mail over.
    pub is_origin: bool,
    /// Whose it is; what stands on a shared machine is never its holder's fault.
    pub standing: Standing,
    /// The network's range as the registry writes it.
    pub range: Option<String>,
    /// Who holds the network.
    pub holder: Option<Masked>,
    /// The holder's country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Where the holder takes reports.
    pub abuse: Option<Masked>,
    /// The number of the network that announces it.
    pub system: Option<u32>,
    /// Who holds that.
    pub system_holder: Option<Masked>,
}

/// Where a link was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Met {
    /// In the mail.
    Mail,
    /// On the way from a link to a page.
    Step,
    /// Where a form sends what is entered.
    Form,
    /// A file that a page hands over.
    Download,
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct LinkFacts {
    /// The address.
    pub url: Masked,
    /// Its host's name; none for an address.
    pub host: Option<Masked>,
    /// Where it was met.
    pub met: Met,
    /// When it was seen last, RFC 3339: by a visit, else by the mail.
    pub seen: String,
    /// Whose what stands there is: a page at a shared service can be the attacker's, and then the service is not.
    pub standing: Standing,
    /// What of it may be looked for or blocked.
    pub sought: Option<Sought>,
}

/// What of an attacker's link may be looked for or blocked: nothing in it was made for one reader, or made up for a visit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Sought {
    /// The link, or its beginning.
    pub url: String,
    /// It was cut before what is personal: whatever begins so is meant.
    pub is_cut: bool,
}

/// An attached file.
#[derive(Clone, Debug, Serialize)]
pub struct FileFacts {
    /// Its name.
    pub name: Option<Masked>,
    /// By its first bytes, else by the mail's word.
    pub media_type: Option<String>,
    /// In bytes.
    pub size: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// It does something when it is opened.
    pub is_dangerous: bool,
}

/// What stands behind a link.
#[derive(Clone, Debug, Serialize)]
pub struct LandingFacts {
    /// What stands there.
    pub kind: LandingKind,
    /// The brand that the page wears, where it is none of its own.
    pub wears: Option<BrandFacts>,
    /// The way, the mail's link first.
    pub steps: Vec<StepFacts>,
    /// The page's title.
    pub title: Option<Masked>,
    /// What it asks for.
    pub asks_for: Vec<&'static str>,
    /// Where what is entered goes.
    pub form_target: Option<Masked>,
    /// One visitor saw what another did not.
    pub differs: bool,
    /// When it was seen, RFC 3339.
    pub seen: Option<String>,
    /// Whose the page is.
    pub standing: Standing,
    /// How it looked.
    pub picture: Option<PictureFacts>,
}

/// A step.
#[derive(Clone, Debug, Serialize)]
pub struct StepFacts {
    /// What was asked for.
    pub url: Masked,
    /// The status of the answer.
    pub status: Option<u16>,
    /// The address that answered.
    pub ip: Option<IpAddr>,
    /// The certificate.
    pub certificate: Option<CertificateFacts>,
}

/// A certificate (RFC 5280).
#[derive(Clone, Debug, Serialize)]
pub struct CertificateFacts {
    /// Its subject's name.
    pub subject: Masked,
    /// Who issued it.
    pub issuer: Masked,
    /// From when, RFC 3339.
    pub from: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
}

/// A picture of a page; visits use decoys, so that nothing in it names the recipient.
#[derive(Clone, Serialize)]
pub struct PictureFacts {
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// A WebP file.
    #[serde(skip)]
    pub webp: Vec<u8>,
}

impl std::fmt::Debug for PictureFacts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PictureFacts").field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

/// What a mail has in common with others of its campaign.
#[derive(Clone, Debug, Serialize)]
pub struct CampaignFacts {
    /// The fingerprint as `docs/campaign.md` tells it, in JSON.
    pub fingerprint: Masked,
    /// The shapes of its links.
    pub links: Vec<Masked>,
}

/// What somebody who takes reports can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// Its network sent the mail.
    Sending,
    /// The page stands in its network.
    Hosting,
    /// It sold the name.
    Registrar,
    /// It gave the mailbox that answers are to go to.
    Mailbox,
}

/// A place that takes reports of abuse, found in a registry.
#[derive(Clone, Debug, Serialize)]
pub struct Desk {
    /// Its mail address.
    pub address: String,
    /// Whose it is, as the registry names it.
    pub who: Masked,
    /// What it is told of; never empty.
    pub matters: Vec<Matter>,
    /// It reads Japanese.
    pub is_japanese: bool,
}

/// What a desk is told of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Matter {
    /// What it can do about it.
    pub duty: Duty,
    /// The address or domain that it is responsible for.
    pub about: Masked,
    /// The address of the machine, where one is known.
    pub ip: Option<IpAddr>,
    /// The pages that stand there, or below that name.
    pub urls: Vec<Masked>,
    /// Whose the name is: the owner of a site that was broken into is a victim.
    pub standing: Standing,
}

fn audience<S: Serializer>(audience: &Audience, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(audience.name())
}

fn language<S: Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(language.tag())
}
