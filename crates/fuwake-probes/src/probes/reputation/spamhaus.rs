//! Spamhaus ZEN (addresses) and DBL (domains).

use std::net::Ipv4Addr;
use std::time::Duration;

use super::blocklist::{Blocklist, Code};
use super::{About, Key, ReputationService, Takes, Told};
use crate::world::Rule;

/// A list by DNS is as fast as the resolver; what it bears is settled by its terms.
pub(super) const RULE: Rule =
    Rule { at_once: 16, per_second: 50, time_out: Duration::from_secs(8), retries: 0 };
/// As long as such lists' answers hold, or a little longer.
pub(super) const LIFETIME: Duration = Duration::from_secs(900);

const TERMS: &str = "free for small, non-commercial use through one's own resolver (not a public one); else a key of its Data Query Service";

/// Addresses.
pub(super) const ZEN: About = About {
    id: "spamhaus-zen",
    name: "Spamhaus ZEN",
    takes: Takes { addresses: true, domains: false, urls: false },
    rule: RULE,
    lifetime: LIFETIME,
    told: Told::ByDns,
    terms: TERMS,
    key: Key::Optional,
};

/// Domains.
pub(super) const DBL: About = About {
    id: "spamhaus-dbl",
    name: "Spamhaus DBL",
    takes: Takes { addresses: false, domains: true, urls: false },
    ..ZEN
};

pub(super) fn zen(key: Option<String>) -> Box<dyn ReputationService> {
    Box::new(Blocklist::new(&ZEN, zone("zen", key), "2.0.0.127", address, page))
}

pub(super) fn dbl(key: Option<String>) -> Box<dyn ReputationService> {
    Box::new(Blocklist::new(&DBL, zone("dbl", key), "dbltest.com", domain, page))
}

/// The public zone, or the customer's of the Data Query Service.
fn zone(list: &str, key: Option<String>) -> String {
    key.map_or_else(|| format!("{list}.spamhaus.org"), |key| format!("{key}.{list}.dq.spamhaus.net"))
}

fn page(subject: &str) -> String {
    format!("https://check.spamhaus.org/results?query={subject}")
}

/// <https://www.spamhaus.org/faqs/dnsbl-usage/>: 127.255.255.252 a mistyped zone, .254 a public resolver, .255 too many questions.
fn address(code: Ipv4Addr) -> Code {
    let (category, warns) = match code.octets() {
        [127, 255, 255, _] => return Code::Refused,
        [127, 0, 0, 2] => ("SBL", true),
        [127, 0, 0, 3] => ("CSS", true),
        [127, 0, 0, 4..=7] => ("XBL", true),
        [127, 0, 0, 9] => ("DROP", true),
        // Addresses that should send no mail by themselves: no warning of whoever has them.
        [127, 0, 0, 10 | 11] => ("PBL", false),
        _ => return Code::Unknown,
    };
    Code::Listed { category, warns }
}

/// <https://www.spamhaus.org/faqs/domain-blocklist/>: 127.0.1.255 says that the list takes no addresses.
fn domain(code: Ipv4Addr) -> Code {
    let category = match code.octets() {
        [127, 255, 255, _] | [127, 0, 1, 255] => return Code::Refused,
        [127, 0, 1, 2] => "spam",
        [127, 0, 1, 4] => "phishing",
        [127, 0, 1, 5] => "malware",
        [127, 0, 1, 6] => "botnet-controller",
        [127, 0, 1, 102] => "abused-spam",
        [127, 0, 1, 103] => "abused-redirector",
        [127, 0, 1, 104] => "abused-phishing",
        [127, 0, 1, 105] => "abused-malware",
        [127, 0, 1, 106] => "abused-botnet-controller",
        _ => return Code::Unknown,
    };
    Code::Listed { category, warns: true }
}
