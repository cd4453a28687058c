//! Barracuda Reputation Block List: addresses that send unwanted mail.

use std::net::Ipv4Addr;

use super::blocklist::{Blocklist, Code};
use super::{About, Key, ReputationService, Takes, Told, spamhaus};

pub(super) const ABOUT: About = About {
    id: "barracuda",
    name: "Barracuda Reputation Block List",
    takes: Takes { addresses: true, domains: false, urls: false },
    rule: spamhaus::RULE,
    lifetime: spamhaus::LIFETIME,
    told: Told::ByDns,
    terms: "free for resolvers whose addresses are registered at barracudacentral.org",
    key: Key::None,
};

pub(super) fn set_up(_: Option<String>) -> Box<dyn ReputationService> {
    let page =
        |subject: &str| format!("https://www.barracudacentral.org/lookups/lookup-reputation?ip={subject}");
    Box::new(Blocklist::new(&ABOUT, "b.barracudacentral.org", "2.0.0.127", meaning, page))
}

/// <https://www.barracudacentral.org/rbl/how-to-use>
fn meaning(code: Ipv4Addr) -> Code {
    match code.octets() {
        [127, 0, 0, 2] => Code::Listed { category: "poor", warns: true },
        [127, 255, 255, _] => Code::Refused,
        _ => Code::Unknown,
    }
}
