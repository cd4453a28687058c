//! What a published case tells a site: a small masked record, `publication.json` in the case's folder. A site is built of these records
//! and of the files beside them alone; it never sees a [`Case`](crate::case::Case). `docs/site.md` describes its fields.

mod reading;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use reading::{MOST_BYTES, Refused, is_slug};

use crate::campaign::Fingerprint;
use crate::case::Language;
use crate::verdict::Class;

/// The schema's name and number.
pub const SCHEMA: &str = "fuwake.publication/1";
/// Its file in the folder of a published case.
pub const FILE: &str = "publication.json";

/// A published case. Every text in it is masked; what stands in `indicators` is not defanged, all else is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// [`SCHEMA`].
    pub schema: String,
    /// For whom its texts are masked: [`Audience::name`](crate::publish::Audience::name).
    pub audience: String,
    /// The folder's name: small letters, digits and hyphens.
    pub slug: String,
    /// SHA-256 of the mail, lower-case hexadecimal.
    pub sha256: String,
    /// What the mail is; of several the worst.
    pub class: Class,
    /// The day on which it was received, else that of its own date: `YYYY-MM-DD`.
    pub day: Option<String>,
    /// The newest time that it tells of, RFC 3339 in UTC.
    pub updated: String,
    /// The registry's id of whom it imitates.
    pub brand: Option<String>,
    /// Its words by the tag of the language.
    pub texts: BTreeMap<Language, Text>,
    /// The machines that it came from and leads to.
    pub hosts: Vec<Host>,
    /// What may be blocked.
    pub indicators: Vec<Indicator>,
    /// What it has in common with others, sealed; none where that was not asked for.
    pub campaign: Option<Fingerprint>,
    /// The files beside it that were made for everybody; in the folder stand others' too.
    #[serde(default)]
    pub files: BTreeSet<String>,
    /// By what it was masked and judged, as a digest: with another one today, earlier words and files are no longer right.
    #[serde(default)]
    pub made: String,
}

/// The words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The subject.
    pub title: String,
    /// The verdict in a sentence or two.
    pub summary: String,
    /// Whom it imitates, as a report prints it; empty where nobody.
    #[serde(default)]
    pub brand: String,
}

/// A machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// Its name, else its address; defanged.
    pub name: String,
    /// What it is to the mail, as the interface calls it: `origin`, `link`, `landing-page`.
    pub roles: Vec<String>,
    /// Where its addresses are.
    pub networks: Vec<Network>,
}

/// A network that announces an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Network {
    /// The number of the autonomous system (RFC 1930).
    pub number: u32,
    /// Who holds it.
    #[serde(default)]
    pub holder: String,
    /// Where the address is: ISO 3166-1 alpha-2, capitals; empty where unknown.
    #[serde(default)]
    pub country: String,
}

/// What may be blocked: only what whoever is behind the mail holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Indicator {
    /// What it is.
    pub kind: IndicatorKind,
    /// Its name, URL or hash, masked and whole; of a URL that was cut its beginning.
    pub value: String,
    /// The day on which a visit saw it last, where that is later than the mail's: `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}

/// What kind of thing is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IndicatorKind {
    /// A registrable domain with all names below.
    Domain,
    /// One name.
    Hostname,
    /// One page.
    Url,
    /// Whatever begins so.
    #[serde(rename = "url-prefix")]
    UrlPrefix,
    /// A file, by its SHA-256.
    Sha256,
}

impl IndicatorKind {
    /// As JSON and CSV name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Hostname => "hostname",
            Self::Url => "url",
            Self::UrlPrefix => "url-prefix",
            Self::Sha256 => "sha256",
        }
    }
}

impl Publication {
    /// The words of a language, else of the one that there is.
    #[must_use]
    pub fn text(&self, language: Language) -> Option<(Language, &Text)> {
        let own = self.texts.get_key_value(&language);
        own.or_else(|| self.texts.first_key_value()).map(|(language, text)| (*language, text))
    }
}
