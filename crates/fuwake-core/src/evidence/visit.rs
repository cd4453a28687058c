//! What a visit of a link saw: the steps that led away from it, the page at the end, and what was kept of it.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// As whom a link is visited. A page that differs between them is cloaked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// A telephone in Japan: language, time zone, user agent, touch screen.
    JapaneseMobile,
    /// A desk computer in Japan.
    JapaneseDesktop,
}

impl Profile {
    /// What the interface calls it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::JapaneseMobile => "japanese-mobile",
            Self::JapaneseDesktop => "japanese-desktop",
        }
    }
}

/// A visit of one link as one visitor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visit {
    /// The browser and its version; none where the link was followed without one, so that nothing a script does was seen.
    pub browser: Option<String>,
    /// From the link to the last page, in order; never empty.
    pub steps: Vec<Step>,
    /// How it ended.
    pub end: VisitEnd,
    /// The page that stood there at the end.
    pub page: Option<Page>,
    /// Pictures of that page.
    pub pictures: Pictures,
    /// The document at the end as HTML, by its SHA-256 in the blob store.
    pub document: Option<String>,
    /// All requests as HTTP Archive 1.2, by its SHA-256 in the blob store.
    pub http_archive: Option<String>,
    /// Every host that was asked for something, sorted by name.
    pub contacts: Vec<Contact>,
    /// What the guard did not let through.
    pub refused: Vec<Refused>,
    /// The names of the cookies that were set, sorted.
    pub cookies: Vec<String>,
    /// What scripts wrote to the console, cut to a bound.
    pub console: Vec<String>,
    /// What the page said in boxes that must be clicked away; none was answered.
    pub dialogs: Vec<String>,
    /// Windows that it wanted to open; none was opened.
    pub windows: Vec<String>,
    /// Files that it wanted to hand over; none was taken.
    pub downloads: Vec<Download>,
    /// Where marked, made-up values went that were filled into its form; the request itself was not let out.
    pub form_probe: Option<FormProbe>,
    /// How many requests there were.
    pub requests: usize,
    /// How many bytes came, unpacked.
    pub bytes: u64,
    /// The bounds that were met: `steps`, `requests`, `bytes`, `dialogs`, `memory`, `events`, `time`; `nodes` and `frames` where more stands on the
    /// page than is read of it; `held-back` where a frame was not got.
    pub bounds: Vec<String>,
}

impl Visit {
    /// Whether something of the page remained unseen: no browser ran its scripts, it did not come to rest, or a bound was met.
    #[must_use]
    pub fn is_partial(&self) -> bool {
        let without_browser = self.browser.is_none() && self.end == VisitEnd::Shown;
        without_browser || matches!(self.end, VisitEnd::Hung | VisitEnd::HeldBack) || !self.bounds.is_empty()
    }

    /// The files that were kept of it, by their SHA-256.
    #[must_use]
    pub fn files(&self) -> Vec<&str> {
        let pictures = [&self.pictures.first, &self.pictures.whole, &self.pictures.small];
        let kept = pictures.into_iter().chain([&self.document, &self.http_archive]);
        kept.filter_map(|file| file.as_deref()).collect()
    }
}

impl Visit {
    /// Every address that the way led to: its steps, then where forms send what is entered, and files that were offered.
    pub fn way(&self) -> impl Iterator<Item = &str> {
        let steps = self.steps.iter().map(|step| step.url.as_str());
        let page = self.page.iter().map(|page| page.url.as_str());
        let forms = self.page.iter().flat_map(|page| &page.forms).filter_map(|form| form.action.as_deref());
        let files = self.downloads.iter().map(|file| file.url.as_str());
        steps.chain(page).chain(forms).chain(files)
    }
}

impl Step {
    /// Whether it asked the host of this name.
    #[must_use]
    pub fn is_at(&self, name: &str) -> bool {
        url::Url::parse(&self.url).is_ok_and(|url| url.host_str() == Some(name))
    }
}

/// How a visit ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VisitEnd {
    /// A page was shown.
    #[default]
    Shown,
    /// A file was offered.
    Download,
    /// The last host's name does not exist.
    NoSuchName,
    /// Nobody answered at the last host, or it broke off.
    Unreachable,
    /// The guard refused the last host: an inner or own address, a port that is none of the web's.
    Refused,
    /// The page did not come to rest, or the browser stopped answering.
    Hung,
    /// The last step was not taken: it would have acted in the reader's name, or led to a known brand's own site. Its fault tells which.
    HeldBack,
}

/// What led to a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// The link of the mail.
    #[default]
    Link,
    /// A status 3xx with `Location` (RFC 9110 section 15.4).
    Redirect,
    /// The header `Refresh`.
    RefreshHeader,
    /// `<meta http-equiv="refresh">`.
    MetaRefresh,
    /// A script set the address.
    Script,
    /// A form sent itself.
    Form,
    /// A frame that fills the page.
    Frame,
}

/// A step of a visit: one document that was asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Step {
    /// What was asked for.
    pub url: String,
    /// What led here.
    pub kind: StepKind,
    /// The status; none where nobody answered.
    pub status: Option<u16>,
    /// The address that answered.
    pub ip: Option<IpAddr>,
    /// The headers of the answer, names in lower case, cut to a bound.
    pub headers: Vec<(String, String)>,
    /// The certificate, over TLS.
    pub certificate: Option<Certificate>,
    /// The SHA-256 of the body, where it came whole.
    pub body: Option<String>,
    /// When it was asked for, RFC 3339 with milliseconds.
    pub at: Option<String>,
    /// Why there was no answer, as the browser words it: `net::ERR_NAME_NOT_RESOLVED`; `acts` or `genuine-site` where it was not asked
    /// for at all.
    pub fault: Option<String>,
}

/// A server's certificate (RFC 5280).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Certificate {
    /// The name of its subject; empty, as all but `is_trusted`, where the link was followed without a browser.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// The names that it holds for, cut to a bound.
    pub names: Vec<String>,
    /// From when, RFC 3339.
    pub from: Option<String>,
    /// Until when, RFC 3339.
    pub until: Option<String>,
    /// The browser holds it for good.
    pub is_trusted: bool,
}

/// Pictures of a page, each by its SHA-256 in the blob store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pictures {
    /// What a visitor sees first, PNG.
    pub first: Option<String>,
    /// The whole page, cut at a bound, PNG.
    pub whole: Option<String>,
    /// What a visitor sees first, WebP: small enough for a report.
    pub small: Option<String>,
}

/// A page, as it stood in the browser after its scripts ran.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// Its media type.
    pub media_type: String,
    /// Its title.
    pub title: String,
    /// The language that it names.
    pub language: Option<String>,
    /// The visible text, its frames' too, cut to a bound.
    pub text: String,
    /// Its forms, and the fields that stand in none as a form without an action.
    pub forms: Vec<Form>,
    /// The texts that stand for its pictures (`alt`), cut to a bound.
    pub picture_texts: Vec<String>,
    /// The icon of the site.
    pub icon: Option<Icon>,
    /// The links to other pages, resolved, each once, cut to a bound.
    pub links: Vec<String>,
    /// The hosts that pictures, scripts, styles, fonts and frames of the page came from, each once, sorted.
    pub resources: Vec<String>,
    /// The address that a page saved by a browser was saved from (`saved from url=(0024)https://…`, HTTrack's `Mirrored from`).
    pub saved_from: Option<String>,
    /// Controls that do nothing: a list for choosing or a button without script, form or link; by label or name.
    pub dead_controls: Vec<String>,
    /// A perceptual hash of the first picture: 64 bits in hexadecimal (difference hash).
    pub look: Option<String>,
    /// A locality-sensitive hash of the order of its elements, 64 bits in hexadecimal (simhash of runs of three tag names).
    pub shape: Option<String>,
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Where it is sent, resolved; none where it names nothing or a script takes it.
    pub action: Option<String>,
    /// `get` or `post`.
    pub method: String,
    /// A script takes what is entered.
    pub by_script: bool,
    /// Its fields, hidden ones too.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Field {
    /// Its type: `text`, `password`, `hidden`, `select` …
    pub kind: String,
    /// Its name or id.
    pub name: String,
    /// What stands beside or in it for the visitor.
    pub label: String,
    /// What it is filled with by itself (`autocomplete`, HTML section 4.10.18.7): `cc-number`, `one-time-code` …
    pub autocomplete: Option<String>,
    /// What stands in it when the page opens, cut to a bound: a decoy that came with the link shows here.
    pub value: Option<String>,
}

/// The icon of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Icon {
    /// Where it was got.
    pub url: String,
    /// MurmurHash3 of its Base64, as Shodan and others index icons.
    pub mmh3: i32,
    /// Its SHA-256.
    pub sha256: String,
}

/// A host that was asked for something during a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Its name, or its address where it was asked for without one.
    pub host: String,
    /// The addresses that were dialled, sorted.
    pub addresses: Vec<IpAddr>,
    /// How often.
    pub requests: usize,
}

/// What the guard did not let through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Refused {
    /// Host and port, or the URL.
    pub target: String,
    /// `inner-address`, `port`, `scheme`; `acts` of a frame that was not asked for.
    pub why: String,
}

/// A file that a page wanted to hand over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Download {
    /// Where it stands.
    pub url: String,
    /// The name that the page gives it.
    pub name: String,
}

/// Where made-up values went that were filled into a form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormProbe {
    /// The requests that carried them: method and URL, in order. None was let out.
    pub requests: Vec<String>,
    /// The names of the fields that were filled.
    pub filled: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_in_part_is_told() {
        let seen = Visit { browser: Some("Chromium".to_owned()), ..Visit::default() };
        assert!(!seen.is_partial());
        assert!(Visit { browser: None, ..seen.clone() }.is_partial());
        assert!(Visit { end: VisitEnd::Hung, ..seen.clone() }.is_partial());
        assert!(Visit { bounds: vec!["time".to_owned()], ..seen.clone() }.is_partial());
        assert!(!Visit { browser: None, end: VisitEnd::NoSuchName, ..seen }.is_partial());
    }
}
