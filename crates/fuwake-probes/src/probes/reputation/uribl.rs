//! URIBL multi: domains seen in unwanted mails.

use std::net::Ipv4Addr;

use super::blocklist::{Blocklist, Code};
use super::{About, Key, ReputationService, Takes, Told, spamhaus};

pub(super) const ABOUT: About = About {
    id: "uribl",
    name: "URIBL multi",
    takes: Takes { addresses: false, domains: true, urls: false },
    rule: spamhaus::RULE,
    lifetime: spamhaus::LIFETIME,
    told: Told::ByDns,
    terms: "free for little mail, not through a public resolver; else a data feed",
    key: Key::None,
};

pub(super) fn set_up(_: Option<String>) -> Box<dyn ReputationService> {
    let page = |subject: &str| format!("https://admin.uribl.com/?section=lookup&query={subject}");
    Box::new(Blocklist::new(&ABOUT, "multi.uribl.com", "test.uribl.com", meaning, page))
}

/// <https://uribl.com/about.shtml>: a sum of bits; 127.0.0.1 says that the resolver is not served. Grey are senders of unasked bulk
/// mail, red are domains watched for being young or hidden: neither is a warning.
fn meaning(code: Ipv4Addr) -> Code {
    const BITS: &[(u8, &str, bool)] = &[(2, "black", true), (4, "grey", false), (8, "red", false)];
    match code.octets() {
        [127, 0, 0, 1 | 255] => Code::Refused,
        [127, 0, 0, _] => Code::Bits(BITS),
        _ => Code::Unknown,
    }
}
