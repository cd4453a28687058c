//! A record as it is read back: a folder of published cases may have passed through other hands, so nothing in it is believed.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Host, Indicator, IndicatorKind, Network, Publication, SCHEMA, Text};
use crate::publish::{Audience, plain};

/// The largest record that is read, in bytes.
pub const MOST_BYTES: u64 = 1 << 20;
/// The longest title, summary or name, in characters.
const TEXT: usize = 2_000;
/// The longest folder's name.
const SLUG: usize = 120;
/// How many hosts, networks of a host, and indicators are kept.
const HOSTS: usize = 100;
const NETWORKS: usize = 16;
const INDICATORS: usize = 1_000;
/// The longest host name (RFC 1035 section 2.3.4) and URL.
const NAME: usize = 253;
const URL: usize = 2_048;

/// Why a record is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no JSON of this shape.
    #[error("no publication: {0}")]
    Shape(String),
    /// Another schema.
    #[error("the schema is not {SCHEMA}; publish the case again")]
    Schema,
    /// It belongs to another folder, or its name is no name of ours.
    #[error("it is the record of another folder")]
    Folder,
    /// Its texts are masked for somebody else.
    #[error("it was not published for everybody (--audience public)")]
    Audience,
    /// A value is not what it says it is.
    #[error("{0} is not what it should be")]
    Value(&'static str),
}

impl Publication {
    /// Reads the record of the folder `name`: everything in it is checked, cut to size and freed of what steers.
    ///
    /// # Errors
    /// Where it is not a record of ours for everybody.
    pub fn read(bytes: &[u8], name: &str) -> Result<Self, Refused> {
        let mut record: Self =
            serde_json::from_slice(bytes).map_err(|error| Refused::Shape(error.to_string()))?;
        if record.schema != SCHEMA {
            return Err(Refused::Schema);
        }
        if record.slug != name || !is_slug(name) {
            return Err(Refused::Folder);
        }
        if record.audience != Audience::Public.name() {
            return Err(Refused::Audience);
        }
        record.check()?;
        record.clean();
        Ok(record)
    }

    fn check(&self) -> Result<(), Refused> {
        let checks = [
            ("sha256", self.sha256.len() == 64 && is_hex(&self.sha256)),
            ("day", self.day.as_deref().is_none_or(is_day)),
            (
                "updated",
                OffsetDateTime::parse(&self.updated, &Rfc3339).is_ok() && self.updated.ends_with('Z'),
            ),
            ("brand", self.brand.as_deref().is_none_or(is_slug)),
            ("texts", !self.texts.is_empty()),
        ];
        let wrong = checks.into_iter().find(|(_, holds)| !holds);
        wrong.map_or(Ok(()), |(what, _)| Err(Refused::Value(what)))
    }

    fn clean(&mut self) {
        for Text { title, summary, brand } in self.texts.values_mut() {
            [title, summary, brand].into_iter().for_each(tidy);
        }
        self.hosts.truncate(HOSTS);
        self.hosts.iter_mut().for_each(Host::clean);
        self.indicators.retain(Indicator::is_sound);
        for indicator in &mut self.indicators {
            indicator.last.take_if(|day| !is_day(day));
        }
        self.indicators.truncate(INDICATORS);
        self.files.retain(|name| name.len() <= SLUG);
    }
}

impl Host {
    fn clean(&mut self) {
        tidy(&mut self.name);
        self.roles.retain(|role| is_slug(role));
        self.networks.truncate(NETWORKS);
        for Network { holder, country, .. } in &mut self.networks {
            tidy(holder);
            if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
                country.clear();
            }
        }
    }
}

impl Indicator {
    /// Whether it is what its kind says, so that no line of it can be two in a list.
    fn is_sound(&self) -> bool {
        match self.kind {
            IndicatorKind::Domain | IndicatorKind::Hostname => is_name(&self.value),
            IndicatorKind::Sha256 => self.value.len() == 64 && is_hex(&self.value),
            IndicatorKind::Url | IndicatorKind::UrlPrefix => {
                let graphic = self.value.bytes().all(|byte| byte.is_ascii_graphic());
                let web = self.value.starts_with("https://") || self.value.starts_with("http://");
                graphic && web && self.value.len() <= URL
            }
        }
    }
}

fn is_day(day: &str) -> bool {
    day.len() == 10 && OffsetDateTime::parse(&format!("{day}T00:00:00Z"), &Rfc3339).is_ok()
}

/// A host name in letters, digits, hyphens and underscores, of more than one label.
fn is_name(name: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
    };
    name.len() <= NAME && name.contains('.') && name.split('.').all(label)
}

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a text can be a folder's name and a piece of a URL as it is.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=SLUG).contains(&text.len()) && text.bytes().all(allowed)
}

/// Cut to size, and nothing in it steers.
fn tidy(text: &mut String) {
    if let Some((end, _)) = text.char_indices().nth(TEXT) {
        text.truncate(end);
    }
    *text = plain(text);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn record() -> Value {
        json!({
            "schema": SCHEMA, "audience": "public", "slug": "2026-01-03-example-00112233",
            "sha256": "00112233".repeat(8), "class": "phishing", "day": "2026-01-03",
            "updated": "2026-01-03T01:05:34Z", "brand": "example",
            "texts": {"ja": {"title": "至急\u{202e}", "summary": "…"}},
            "hosts": [{"name": "a[.]example", "roles": ["link", "../x"],
                "networks": [{"number": 64500, "holder": "A\nB", "country": "jp"}]}],
            "indicators": [
                {"kind": "domain", "value": "evil.example"},
                {"kind": "domain", "value": "evil.example CNAME .\nfoo"},
                {"kind": "url", "value": "javascript:alert(1)"},
                {"kind": "url", "value": "https://evil.example/a?b=MASKED"},
            ],
            "campaign": null,
        })
    }

    fn read(record: &Value) -> Result<Publication, Refused> {
        Publication::read(record.to_string().as_bytes(), "2026-01-03-example-00112233")
    }

    #[test]
    fn what_is_sound_stays_and_the_rest_goes() {
        let read = read(&record()).expect("a record");
        assert_eq!(read.texts[&crate::case::Language::Ja].title, "至急\\u{202e}");
        assert_eq!(read.hosts[0].roles, ["link"]);
        assert_eq!(read.hosts[0].networks[0].holder, "A\\u{a}B");
        assert_eq!(read.hosts[0].networks[0].country, "");
        let values: Vec<&str> = read.indicators.iter().map(|indicator| indicator.value.as_str()).collect();
        assert_eq!(values, ["evil.example", "https://evil.example/a?b=MASKED"]);
    }

    #[test]
    fn what_is_not_for_everybody_or_leads_elsewhere_is_refused() {
        let with = |name: &str, value: Value| {
            let mut record = record();
            record[name] = value;
            read(&record).err()
        };
        assert_eq!(with("audience", json!("operator")), Some(Refused::Audience));
        assert_eq!(with("schema", json!("fuwake.case/1")), Some(Refused::Schema));
        assert_eq!(with("slug", json!("../../etc")), Some(Refused::Folder));
        assert_eq!(with("brand", json!("../x")), Some(Refused::Value("brand")));
        assert_eq!(with("day", json!("2026-01-03/../..")), Some(Refused::Value("day")));
        assert_eq!(with("texts", json!({})), Some(Refused::Value("texts")));
        assert!(matches!(Publication::read(b"{", "a"), Err(Refused::Shape(_))));
    }
}
