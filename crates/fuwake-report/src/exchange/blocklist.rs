//! What may be blocked, for programs that block: only what the attacker holds. Shared services, bystanders' sites, whatever is unclear
//! and genuine sites are in none of these lists.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fuwake_core::indicators::{Indicators, Standing};

/// What kind of thing is blocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A registrable domain with all names below.
    Domain,
    /// One name.
    Host,
    /// One page.
    Url,
    /// Whatever begins so: a link that was cut before what was made for one reader.
    UrlPrefix,
    /// A file, by its SHA-256.
    File,
}

impl Kind {
    /// As CSV names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Host => "hostname",
            Self::Url => "url",
            Self::UrlPrefix => "url-prefix",
            Self::File => "sha256",
        }
    }
}

/// What may be blocked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// Its name, address or hash.
    pub value: String,
    /// When it was seen first and last, RFC 3339.
    pub seen: [String; 2],
}

/// All that may be blocked, each once, sorted.
#[must_use]
pub fn entries(indicators: &Indicators) -> Vec<Entry> {
    let held = |standing: Standing| standing == Standing::Attacker;
    let first = indicators.first_seen();
    let entry = |kind: Kind, value: &str, last: &str| {
        let seen = [first, last].map(str::to_owned);
        Entry { kind, value: value.to_owned(), seen }
    };
    let hosts = indicators.hosts.iter().filter(|host| held(host.standing));
    let names = hosts.map(|host| match host.holds_domain {
        true => entry(Kind::Domain, host.domain.as_str(), &host.seen),
        false => entry(Kind::Host, host.name.as_str(), &host.seen),
    });
    let links = indicators.links.iter().filter_map(|link| Some((link, link.sought.as_ref()?)));
    let urls = links.map(|(link, sought)| {
        entry(if sought.is_cut { Kind::UrlPrefix } else { Kind::Url }, &sought.url, &link.seen)
    });
    let files =
        indicators.files.iter().filter(|file| file.is_dangerous && indicators.verdict.class.is_unwanted());
    let files = files.map(|file| entry(Kind::File, &file.sha256, first));
    let mut entries: Vec<Entry> = names.chain(urls).chain(files).collect();
    // Of equal ones the newest.
    entries.sort_unstable_by(|one, other| {
        (one.kind, &one.value, &other.seen).cmp(&(other.kind, &other.value, &one.seen))
    });
    entries.dedup_by(|one, other| one.kind == other.kind && one.value == other.value);
    entries
}

/// RFC 4180, with a byte order mark so that spreadsheets read UTF-8, and no cell that a spreadsheet takes for a formula.
pub(super) fn csv(indicators: &Indicators) -> String {
    let mut csv = "\u{feff}type,value,first_seen,last_seen,class,brand,mail_sha256\r\n".to_owned();
    let brand = indicators.brand.as_ref().map_or("", |brand| brand.name.as_str());
    for entry in entries(indicators) {
        let class = indicators.verdict.class.name();
        let [first, last] = &entry.seen;
        let cells = [entry.kind.name(), &entry.value, first, last, class, brand, &indicators.mail.sha256];
        csv.push_str(&cells.map(cell).join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// A cell in quotes; before what a spreadsheet would reckon with stands an apostrophe.
pub(crate) fn cell(text: &str) -> String {
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    let acts = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    format!("\"{}{}\"", if acts { "'" } else { "" }, text.replace('"', "\"\""))
}

/// Lines for a `hosts` file: it knows no wildcards, so that each name that was met stands for itself.
pub(super) fn hosts(indicators: &Indicators) -> String {
    let mut names: Vec<&str> = held_names(indicators).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    let mut text = format!("# fuwake {}, seen {}\n", indicators.mail.sha256, indicators.seen);
    for name in names {
        let _ = writeln!(text, "0.0.0.0 {name}\n:: {name}");
    }
    text
}

/// Names that the attacker holds, with the domain where all of it is his.
fn held_names(indicators: &Indicators) -> impl Iterator<Item = (&str, Option<&str>)> {
    let held = indicators.hosts.iter().filter(|host| host.standing == Standing::Attacker);
    held.map(|host| (host.name.as_str(), host.holds_domain.then(|| host.domain.as_str())))
}

/// A response policy zone of what the attacker holds.
pub(super) fn rpz(indicators: &Indicators) -> String {
    let names: Vec<(&str, bool)> =
        held_names(indicators).map(|(name, domain)| (domain.unwrap_or(name), domain.is_some())).collect();
    let remark = format!("fuwake {}, seen {}", indicators.mail.sha256, indicators.seen);
    zone(&remark, &indicators.seen, &names)
}

/// A response policy zone (draft-vixie-dnsop-dns-rpz): whoever asks for a name in it, or where that is said for one below it, is told
/// that there is none.
pub(crate) fn zone(remark: &str, seen: &str, names: &[(&str, bool)]) -> String {
    /// Above the names stands the zone's own; together they must fit into 255 octets (RFC 1035 section 2.3.4).
    const LONGEST: usize = 180;
    let mut text = format!(
        "; {remark}\n$TTL 300\n@ IN SOA localhost. hostmaster.localhost. {} 3600 600 86400 300\n@ IN NS localhost.\n",
        serial(seen),
    );
    let mut whole: BTreeMap<&str, bool> = BTreeMap::new();
    for (name, below) in names.iter().filter(|(name, _)| name.len() <= LONGEST) {
        *whole.entry(name).or_default() |= below;
    }
    for (name, below) in whole {
        let _ = writeln!(text, "{name} CNAME .");
        if below {
            let _ = writeln!(text, "*.{name} CNAME .");
        }
    }
    text
}

/// `YYYYMMDDhh` of a time: the serial of a zone (RFC 1912 section 2.2).
fn serial(seen: &str) -> String {
    let digits: String = seen.chars().filter(char::is_ascii_digit).take(10).collect();
    if digits.len() == 10 { digits } else { "1".to_owned() }
}
