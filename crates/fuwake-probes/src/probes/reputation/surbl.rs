//! SURBL multi: domains seen in unwanted mails.

use std::net::Ipv4Addr;

use super::blocklist::{Blocklist, Code};
use super::{About, Key, ReputationService, Takes, Told, spamhaus};

pub(super) const ABOUT: About = About {
    id: "surbl",
    name: "SURBL multi",
    takes: Takes { addresses: false, domains: true, urls: false },
    rule: spamhaus::RULE,
    lifetime: spamhaus::LIFETIME,
    told: Told::ByDns,
    terms: "free for fewer than 1,000 users and little mail, not through a public resolver; else a subscription",
    key: Key::None,
};

pub(super) fn set_up(_: Option<String>) -> Box<dyn ReputationService> {
    let page = |subject: &str| format!("https://surbl.org/surbl-analysis?domain={subject}");
    Box::new(Blocklist::new(&ABOUT, "multi.surbl.org", "surbl-org-permanent-test-point.com", meaning, page))
}

/// <https://surbl.org/lists>: a sum of bits; 127.0.0.1 says that the resolver is not served.
fn meaning(code: Ipv4Addr) -> Code {
    const BITS: &[(u8, &str, bool)] =
        &[(8, "phishing", true), (16, "malware", true), (64, "abuse", true), (128, "cracked", true)];
    match code.octets() {
        [127, _, _, 1] => Code::Refused,
        [127, ..] => Code::Bits(BITS),
        _ => Code::Unknown,
    }
}
