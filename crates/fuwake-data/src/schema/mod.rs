//! The shape of the data folders: read from TOML, and by the library from the compiled form.

mod finding;
mod law;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

pub use finding::{FindingSpec, Scale, When, Words};
pub use law::{Applies, Contact, Law, Penalty};

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Japanese.
    #[serde(default)]
    pub ja: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

/// Where an entry of an operator's own comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its file.
    pub file: String,
    /// It stands in the place of a shipped entry.
    pub replaces: bool,
}

/// A page or document that was read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Where it is.
    pub url: String,
    /// The day on which it was read, `YYYY-MM-DD`.
    #[serde(deserialize_with = "date")]
    pub read: String,
    /// The brand's domains that it names, or that it stands on.
    #[serde(default)]
    pub shows: Vec<String>,
    /// What else it supports, in a few words.
    #[serde(default)]
    pub says: String,
}

/// A brand: `data/brands/<id>.toml`; the keys are explained in that folder's README.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// The file's name without its ending.
    #[serde(default)]
    pub id: String,
    /// The name as a report prints it.
    pub name: Bilingual,
    /// One of the closed list of sectors.
    pub sector: String,
    /// ISO 3166-1 alpha-2, or `001` for the world.
    pub country: String,
    /// The name as people write it.
    #[serde(default)]
    pub names: Vec<String>,
    /// Forms that are everyday words too.
    #[serde(default)]
    pub short_names: Vec<String>,
    /// Forms that only impostors write.
    #[serde(default)]
    pub misspellings: Vec<String>,
    /// Official domains.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Further domains that genuine mail comes from.
    #[serde(default)]
    pub sender_domains: Vec<String>,
    /// Further domains that genuine mail links to.
    #[serde(default)]
    pub link_domains: Vec<String>,
    /// Hosts of its own that send a reader on to any target, as its genuine mail uses them.
    #[serde(default)]
    pub redirectors: Vec<String>,
    /// Addresses of its log-in pages, without query.
    #[serde(default)]
    pub logins: Vec<String>,
    /// Suffixes under which all its mail comes, where it is a government's.
    #[serde(default)]
    pub official_suffixes: Vec<String>,
    /// Mail services that it is known to send through.
    #[serde(default)]
    pub services: Vec<String>,
    /// The house whose companies share it, kebab-case; empty where it stands alone.
    #[serde(default)]
    pub group: String,
    /// What it says that it never does in mail.
    #[serde(default)]
    pub never: Vec<Habit>,
    /// What was read.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
    /// No source was read.
    #[serde(default)]
    pub unverified: bool,
    /// A program that anybody runs on his own machine and that mails in its own name from there.
    #[serde(default)]
    pub self_hosted: bool,
    /// For maintainers.
    #[serde(default)]
    pub note: String,
    /// None for a shipped brand.
    #[serde(skip)]
    pub origin: Option<Origin>,
}

impl Brand {
    /// All domains that are its own or run for it, without its redirectors, which lead anywhere.
    pub fn all_domains(&self) -> impl Iterator<Item = &String> {
        self.domains.iter().chain(&self.sender_domains).chain(&self.link_domains)
    }

    /// Whether a source names this domain or one above it; only then does it speak for a mail.
    #[must_use]
    pub fn is_shown(&self, domain: &str) -> bool {
        let above = |name: &String| {
            domain.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        self.sources.iter().flat_map(|source| &source.shows).any(above)
    }

    /// No source names any of its domains: those listed may be wrong, and others genuine.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.sources.iter().all(|source| source.shows.is_empty())
    }
}

/// What a company can promise never to do in mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Habit {
    /// Asks for a card number, also by a page that the mail links to.
    AsksCardByMail,
    /// Asks for a password, a code or an identity check, also by a page that the mail links to.
    AsksPasswordByMail,
    /// Demands a payment, or threatens for want of one.
    AsksPaymentByMail,
    /// Asks for the secret phrase or key of a wallet.
    AsksSecretPhrase,
    /// Addresses a customer without his name.
    OmitsName,
    /// Puts a link into a mail.
    SendsLinks,
    /// Writes from an address that anybody can open.
    WritesFromFreeMail,
}

impl Habit {
    /// As data folders write it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::AsksCardByMail => "asks-card-by-mail",
            Self::AsksPasswordByMail => "asks-password-by-mail",
            Self::AsksPaymentByMail => "asks-payment-by-mail",
            Self::AsksSecretPhrase => "asks-secret-phrase",
            Self::OmitsName => "omits-name",
            Self::SendsLinks => "sends-links",
            Self::WritesFromFreeMail => "writes-from-free-mail",
        }
    }
}

/// A plain list of domains.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DomainList {
    /// Where the entries come from.
    #[serde(default)]
    pub source: String,
    /// Where they come from, of several.
    #[serde(default)]
    pub sources: Vec<String>,
    /// The day on which that was read.
    #[serde(deserialize_with = "date")]
    pub date: String,
    /// Rests on general knowledge.
    #[serde(default)]
    pub unverified: bool,
    /// For maintainers.
    #[serde(default)]
    pub note: String,
    /// The domains; each covers all below it.
    pub domains: Vec<String>,
}

/// A company that sends mail for others, or one that rents out machines.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// Kebab-case.
    pub id: String,
    /// As a report prints it.
    pub name: String,
    /// The same in English, where `name` is Japanese.
    #[serde(default)]
    pub name_en: String,
    /// Envelope domains and host names.
    pub domains: Vec<String>,
    /// Click counters.
    #[serde(default)]
    pub link_domains: Vec<String>,
    /// What registries of addresses call the holder of its networks, or a part of that; case does not matter.
    #[serde(default)]
    pub holders: Vec<String>,
    /// `cloud`, `rental` or `access`; empty for mail services.
    #[serde(default)]
    pub kind: String,
    /// ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: String,
    /// Rests on general knowledge.
    #[serde(default)]
    pub unverified: bool,
    /// For maintainers.
    #[serde(default)]
    pub note: String,
}

impl Company {
    /// Its name in English.
    #[must_use]
    pub fn english(&self) -> &str {
        if self.name_en.is_empty() { &self.name } else { &self.name_en }
    }
}

/// A host that forwards to any target given in the link.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Redirector {
    /// The host, or `*.suffix`.
    pub host: String,
    /// What the path begins with.
    #[serde(default)]
    pub path: String,
    /// The query parameter that holds the target, or `path` where the rest of the path does.
    pub parameter: String,
    /// How the target is written where it is not plain: `bing-a1`, `base64` …
    #[serde(default)]
    pub encoding: String,
    /// For maintainers.
    #[serde(default)]
    pub note: String,
}

/// Wording of one topic in one language: `data/phrases/<lang>/<topic>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PhraseFile {
    /// The folder's name.
    #[serde(default)]
    pub language: String,
    /// The file's name without its ending.
    #[serde(default)]
    pub topic: String,
    /// The finding that a hit makes.
    pub finding: String,
    /// Each alone is enough. `…` stands for up to 40 characters in between.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Two different ones are needed.
    #[serde(default)]
    pub hints: Vec<String>,
    /// Where these phrases were seen.
    #[serde(default)]
    pub note: String,
}

/// A claim in a subject and what denies it in a text: `data/opposites/<lang>.toml`. All of it is written as texts are folded: NFKC,
/// lower case.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Opposite {
    /// The file's name.
    #[serde(default)]
    pub language: String,
    /// What the subject claims, in any of these forms.
    pub subject: Vec<String>,
    /// What a text says that denies it.
    pub text: Vec<String>,
    /// A text with one of these takes up the claim too, and contradicts nothing.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// How fields are called that ask for one secret: `data/fields/<secret>.toml`. Folded: NFKC, lower case, no accents.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FieldWords {
    /// The file's name without its ending: what is asked for.
    #[serde(default)]
    pub asks: String,
    /// They stand in what a visitor reads at the field.
    pub words: Vec<String>,
    /// They are the field's name or id.
    #[serde(default)]
    pub names: Vec<String>,
    /// A field with one of these in what a visitor reads asks for something else.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// By what a page of one kind is known: `data/pages/<kind>.toml`. Folded: NFKC, lower case, no accents. One of all is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PageMark {
    /// The file's name without its ending.
    #[serde(default)]
    pub kind: String,
    /// A part of the title.
    #[serde(default)]
    pub titles: Vec<String>,
    /// A part of the visible text.
    #[serde(default)]
    pub texts: Vec<String>,
    /// A part of the last address, behind its host.
    #[serde(default)]
    pub urls: Vec<String>,
    /// A host that was asked for something, or one above it.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The page warns of fraud.
    #[serde(default)]
    pub warns: bool,
    /// Where that was read; empty for ordinary wording.
    #[serde(default)]
    pub source: String,
    /// The day on which it was read.
    #[serde(default, deserialize_with = "date")]
    pub read: String,
    /// For maintainers.
    #[serde(default)]
    pub note: String,
}

/// How a brand's genuine page looks: `references/<brand>-<number>.toml` in an operator's own folder; `fuwake brand capture` writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The file's name without its ending.
    #[serde(default)]
    pub id: String,
    /// The brand's id.
    pub brand: String,
    /// Where the page stands.
    pub url: String,
    /// It asks for a password: it is the log-in of the brand.
    #[serde(default)]
    pub is_login: bool,
    /// When it was seen, RFC 3339.
    #[serde(default)]
    pub captured: String,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// Difference hash of its first picture, 64 bits in hexadecimal.
    #[serde(default)]
    pub look: String,
    /// Simhash of the order of its elements, 64 bits in hexadecimal.
    #[serde(default)]
    pub shape: String,
    /// The SHA-256 of its visible text, folded, without blanks.
    #[serde(default)]
    pub text: String,
    /// MurmurHash3 of its icon.
    #[serde(default)]
    pub icon: Option<i32>,
}

/// A TOML date, or a text, as a text: the compiled form needs no date type.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(DateVisitor)
    } else {
        String::deserialize(deserializer)
    }
}

struct DateVisitor;

impl<'de> Visitor<'de> for DateVisitor {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a date, YYYY-MM-DD")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    /// The TOML reader hands a date over as a map of one entry.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        let entry = map.next_entry::<String, String>()?;
        entry.map(|(_, date)| date).ok_or_else(|| A::Error::custom("a date, YYYY-MM-DD, is missing"))
    }
}

/// All data folders.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Data {
    /// The newest date in the data, `YYYY-MM-DD`.
    pub date: String,
    /// By id.
    pub brands: Vec<Brand>,
    /// By id.
    pub findings: Vec<FindingSpec>,
    /// How they add up.
    pub scale: Scale,
    /// By language and topic.
    pub phrases: Vec<PhraseFile>,
    /// By language.
    pub opposites: Vec<Opposite>,
    /// By the file's name without its ending.
    pub lists: BTreeMap<String, DomainList>,
    /// Mail services.
    pub mail_services: Vec<Company>,
    /// Rental servers, clouds and access lines.
    pub hosting_providers: Vec<Company>,
    /// Open redirectors of well-known companies.
    pub redirectors: Vec<Redirector>,
    /// How fields are called that ask for secrets.
    #[serde(default)]
    pub fields: Vec<FieldWords>,
    /// By what kinds of pages are known.
    #[serde(default)]
    pub pages: Vec<PageMark>,
    /// How genuine pages look; an operator's own alone.
    #[serde(default)]
    pub references: Vec<Reference>,
    /// What mails may break, by id.
    #[serde(default)]
    pub laws: Vec<Law>,
    /// Who helps, by id.
    #[serde(default)]
    pub contacts: Vec<Contact>,
}
