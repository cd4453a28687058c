//! What a case gives to machines: the mail, the names, addresses and pages behind it, whose each of them is, and who can act. People
//! are masked in every text; nothing is defanged. Only [`publish`](crate::publish::indicators) makes it.

mod desk;
mod landing;
mod mail;
mod masked;
mod network;

use serde::{Serialize, Serializer};

use crate::case::{Language, Tool};
use crate::publish::Audience;
use crate::verdict::Class;

pub use desk::{Desk, Duty, Matter};
pub use landing::{CertificateFacts, LandingFacts, PictureFacts, StepFacts};
pub use mail::{Copied, CopiedPart, FileFacts, HeaderField, MailFacts, Mailbox, PartFacts};
pub use masked::Masked;
pub use network::{AddressFacts, HostFacts, LinkFacts, Met, RegistrationFacts, Sought};

/// The schema's name and number.
pub const SCHEMA: &str = "fuwake.indicators/1";

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

/// What a mail has in common with others of its campaign.
#[derive(Clone, Debug, Serialize)]
pub struct CampaignFacts {
    /// The fingerprint as `docs/campaign.md` tells it, in JSON.
    pub fingerprint: Masked,
    /// The shapes of its links.
    pub links: Vec<Masked>,
}

fn audience<S: Serializer>(audience: &Audience, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(audience.name())
}

fn language<S: Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(language.tag())
}
