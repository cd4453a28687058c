//! Host names and addresses as far as trust needs them: whose they are.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Domains of one organisation whose servers hand mails to each other under several names.
const ALIASES: [&[&str]; 4] = [
    &["outlook.com", "office365.com", "exchangelabs.com", "hotmail.com", "microsoft.com"],
    &["google.com", "gmail.com", "googlemail.com", "1e100.net"],
    &["icloud.com", "apple.com", "me.com", "mac.com"],
    &["yahoo.co.jp", "yahoo.ne.jp"],
];

/// The registrable domain, lower case, the first of its aliases; none for names without a dot, addresses, and names
/// under no public suffix (`.local`, `.lan`, `.internal`): anybody has those.
pub(super) fn organisation(host: &str) -> Option<String> {
    let host = host.trim_matches(['<', '>', '.']).to_ascii_lowercase();
    if !host.contains('.') || host.contains([':', '[', '@']) || host.parse::<Ipv4Addr>().is_ok() {
        return None;
    }
    let domain = psl::domain(host.as_bytes())?;
    if !domain.suffix().is_known() && !is_reserved(&host) {
        return None;
    }
    let domain = str::from_utf8(domain.as_bytes()).ok()?;
    let alias = ALIASES.iter().find(|aliases| aliases.contains(&domain)).and_then(|aliases| aliases.first());
    Some(alias.map_or(domain, |alias| alias).to_owned())
}

/// Names for examples (RFC 2606): no suffixes, but meant as public ones.
fn is_reserved(host: &str) -> bool {
    host.ends_with(".example")
}

pub(super) fn same_organisation(one: &str, other: &str) -> bool {
    organisation(one).is_some_and(|organisation_of_one| organisation(other) == Some(organisation_of_one))
}

pub(super) fn same_host(one: &str, other: &str) -> bool {
    one.contains('.') && one.trim_end_matches('.').eq_ignore_ascii_case(other.trim_end_matches('.'))
}

/// `host` is `name` or a subdomain of it.
pub(super) fn is_within(host: &str, name: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A reverse name made from its address, or that calls itself a customer line: any customer of the provider has one.
pub(super) fn is_generic(name: &str, ip: IpAddr) -> bool {
    const CUSTOMER: [&str; 12] = [
        "dynamic", "dyn", "dhcp", "pool", "ppp", "pppoe", "adsl", "dsl", "cable", "dialup", "cust",
        "customer",
    ];
    // Of access lines in Japan: `p1234-ipbf01marunouchi.tokyo.ocn.ne.jp`.
    const LINES: [&str; 4] = ["ipbf", "ipngn", "ipoe", "ipadsl"];
    let starts =
        |label: &str, word: &str| label.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let is_line = |label: &str| {
        CUSTOMER.iter().any(|word| label.eq_ignore_ascii_case(word))
            || LINES.iter().any(|word| starts(label, word))
    };
    if name.split(['.', '-', '_']).any(is_line) {
        return true;
    }
    let IpAddr::V4(ip) = ip else { return false };
    let octets = ip.octets();
    let numbers = name.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<u8>().ok());
    let mut missing = octets.to_vec();
    for number in numbers {
        if let Some(at) = missing.iter().position(|&octet| octet == number) {
            missing.swap_remove(at);
        }
    }
    let [a, b, c, d] = octets;
    let name = name.to_ascii_lowercase();
    missing.len() <= 1
        || name.contains(&format!("{a:03}{b:03}{c:03}{d:03}"))
        || name.contains(&format!("{a:02x}{b:02x}{c:02x}{d:02x}"))
}

/// Whether the address can be reached across the internet: it is in none of the blocks of IANA's special-purpose registries (RFC 6890)
/// that are not global, nor carries an address that is. Addresses for documentation count as public.
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => carried(ip).map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, d] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b); // RFC 6598
    let protocols = [a, b, c] == [192, 0, 0] && !matches!(d, 9 | 10); // RFC 6890; RFC 7723 and RFC 8155 are reached
    let relay = [a, b, c] == [192, 88, 99]; // RFC 7526
    let benchmarks = a == 198 && matches!(b, 18 | 19); // RFC 2544
    let local = ip.is_private() || ip.is_loopback() || ip.is_link_local() || shared;
    !(local || protocols || relay || benchmarks || a == 0 || a >= 224)
}

/// What is given out (2000::/3, RFC 4291) but for the blocks that are set aside.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, third, ..] = ip.segments();
    let given_out = first & 0xe000 == 0x2000;
    let benchmarks = [first, second, third] == [0x2001, 2, 0]; // RFC 5180
    let keys = first == 0x2001 && second & 0xfff0 == 0x10; // RFC 4843
    given_out && !benchmarks && !keys
}

/// The IPv4 address that an IPv6 address stands for: NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056: Google numbers its inner servers
/// 2002:a05::), Teredo (RFC 4380), IPv4-compatible (RFC 4291) and IPv4-translated (RFC 2765).
fn carried(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = ip.segments();
    let at = |first: usize| {
        let [high, low] = [segments[first].to_be_bytes(), segments[first + 1].to_be_bytes()];
        Ipv4Addr::new(high[0], high[1], low[0], low[1])
    };
    match segments {
        [0x2002, ..] => Some(at(1)),
        [0x2001, 0, ..] => Some(Ipv4Addr::from_bits(!at(6).to_bits())),
        [0x64, 0xff9b, 0, 0, 0, 0, ..] | [0, 0, 0, 0, 0 | 0xffff, 0, ..] => Some(at(6)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn organisations() {
        assert_eq!(organisation("MX.example.co.jp."), Some("example.co.jp".into()));
        assert!(same_organisation("a.prod.outlook.com", "b.outlook.office365.com"));
        for internal in ["localhost", "mail.local", "[192.0.2.1]", "192.0.2.1", "2002:a05:1::", "co.jp", ""] {
            assert_eq!(organisation(internal), None, "{internal}");
        }
    }

    #[test]
    fn customers() {
        let ip = "203.0.113.45".parse().unwrap();
        for name in [
            "203-0-113-45.isp.example",
            "p203000113045.isp.example",
            "cb00712d.isp.example",
            "x.dynamic.isp.example",
        ] {
            assert!(is_generic(name, ip), "{name}");
        }
        assert!(!is_generic("mx45.isp.example", ip));
    }

    #[test]
    fn public_addresses() {
        for public in
            ["192.0.2.1", "2001:db8::1", "2002:c000:201::", "::ffff:203.0.113.9", "64:ff9b::cb00:7109"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for inner in [
            "10.0.0.1",
            "127.0.0.1",
            "100.64.0.1",
            "fd00::1",
            "fe80::1",
            "2002:a05:6000::",
            "::1",
            "0.0.0.0",
            "169.254.1.1",
            "198.18.0.1",
            "192.0.0.1",
            "240.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "::10.0.0.1",
            "::ffff:0:10.0.0.1",
            "2001:0:c000:201::f5ff:fffe",
            "100::1",
            "2001:2::1",
            "5f00::1",
            "4000::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(inner.parse().unwrap()), "{inner}");
        }
    }
}
