//! A block of addresses and its holder, from the keys that the regional and national registries use.

use std::net::{IpAddr, Ipv4Addr};

use fuwake_core::evidence::Network;
use time::UtcOffset;

use super::super::{address, blank, country, date, host};
use super::fields::{Field, Fields};
use super::sentences::says_too_much;
use crate::fault::Fault;

const RANGE: &[&str] = &[
    "inetnum",
    "inet6num",
    "netrange",
    "network number",
    "ipネットワークアドレス",
    "ipv4 address",
    "ipv6 address",
];
const NAME: &[&str] = &["netname", "network name", "ネットワーク名", "service name"];
const HOLDER: &[&str] =
    &["org-name", "orgname", "organization", "owner", "organization name", "組織名", "custname", "descr"];
const REGISTERED: &[&str] = &["created", "regdate", "assigned date", "registration date", "割当年月日"];
const ABUSE: &[&str] = &["abuse-mailbox", "orgabuseemail", "abuse", "e-mail"];

/// The question as the server wants it.
pub(super) fn query(server: &str, ip: IpAddr) -> String {
    match server {
        // All about networks, the holder with it.
        "whois.arin.net" => format!("n + {ip}"),
        "whois.nic.ad.jp" => format!("{ip}/e"),
        _ => ip.to_string(),
    }
}

/// The server that knows more: ARIN's `ReferralServer: whois://whois.ripe.net`, on the protocol's own port alone.
pub(super) fn referral(fields: &Fields<'_>) -> Option<String> {
    let named = fields.first(&["referralserver"])?.strip_prefix("whois://")?;
    let named = named.trim_end_matches('/');
    host(named.strip_suffix(":43").unwrap_or(named))
}

/// The narrowest block that holds the address.
pub(super) fn read(fields: &Fields<'_>, answer: &str, server: &str, ip: IpAddr) -> Result<Network, Fault> {
    let blocks = fields.iter().enumerate().filter(|(_, field)| RANGE.contains(&field.key.as_str()));
    let holding = blocks.filter_map(|(at, field)| Some((at, field, size(field.value, ip)?)));
    let Some((_, block, _)) = holding.min_by_key(|(at, _, size)| (*size, *at)) else {
        let fault = Fault::Garbled("WHOIS".to_owned());
        return Err(if says_too_much(answer) { Fault::RateLimited(None) } else { fault });
    };
    let own: Vec<&Field<'_>> = fields.iter().filter(|field| field.paragraph == block.paragraph).collect();
    let own_value = |keys: &[&str]| first(own.iter().copied(), keys);
    // What the block's own paragraph leaves out stands in those of its organisation.
    let value = |keys: &[&str]| own_value(keys).or_else(|| first(fields.iter(), keys));
    let organisation = own_value(&["org", "organisation"]).and_then(|handle| organisation(fields, &handle));
    let east = UtcOffset::from_hms(9, 0, 0).unwrap_or(UtcOffset::UTC);
    let zone = if national(server).is_some() { east } else { UtcOffset::UTC };
    Ok(Network {
        range: block.value.chars().take(100).collect(),
        name: value(NAME),
        holder: organisation.or_else(|| HOLDER.iter().find_map(|key| value(&[key]))),
        country: value(&["country"]).as_deref().and_then(country::code).or_else(|| national(server)),
        abuse: abuse(fields, answer),
        registered: own_value(REGISTERED).and_then(|day| date::rfc3339(&day, zone)),
    })
}

fn first<'f>(mut fields: impl Iterator<Item = &'f Field<'f>>, keys: &[&str]) -> Option<String> {
    fields.find_map(|field| if keys.contains(&field.key.as_str()) { blank(field.value) } else { None })
}

/// The name of the organisation of a handle: an object of its own in answers of the RIPE kind.
fn organisation(fields: &Fields<'_>, handle: &str) -> Option<String> {
    let is_it = |field: &Field<'_>| field.key == "organisation" && field.value == handle;
    let object = fields.paragraphs().find(|paragraph| paragraph.iter().any(is_it))?;
    first(object.iter(), &["org-name"])
}

/// Said in a comment, `% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@example.net'`, or under a key.
fn abuse(fields: &Fields<'_>, answer: &str) -> Option<String> {
    let comment = answer.lines().find(|line| line.starts_with("% Abuse contact for"));
    let said = comment.and_then(|line| address(line.rsplit_once(" is ")?.1.trim_matches(['\'', ' '])));
    said.or_else(|| ABUSE.iter().flat_map(|key| fields.all(key)).find_map(address))
}

/// National registries hold blocks of their country alone, and count their days nine hours ahead of UTC, both.
fn national(server: &str) -> Option<String> {
    match server {
        "whois.nic.ad.jp" => Some("JP".to_owned()),
        "whois.kisa.or.kr" | "whois.krnic.net" | "whois.kr" => Some("KR".to_owned()),
        _ => None,
    }
}

/// How large a block is, as the exponent of its size rounded up, where it holds the address and is not the whole space.
fn size(range: &str, ip: IpAddr) -> Option<u32> {
    let (first, last) = bounds(range, ip)?;
    let (first, last, ip, width) = match (first, last, ip) {
        (IpAddr::V4(first), IpAddr::V4(last), IpAddr::V4(ip)) => {
            (first.to_bits().into(), last.to_bits().into(), ip.to_bits().into(), 32)
        }
        (IpAddr::V6(first), IpAddr::V6(last), IpAddr::V6(ip)) => {
            (first.to_bits(), last.to_bits(), ip.to_bits(), 128)
        }
        _ => return None,
    };
    let span: u128 = u128::checked_sub(last, first)?;
    let exponent = 128 - span.leading_zeros();
    ((first..=last).contains(&ip) && exponent < width).then_some(exponent)
}

/// `192.0.2.0 - 192.0.2.255 (/24)`, `192.0.2.0/24`, `2001:db8::/32`, LACNIC's `192.0.2/24`; of a list, the block that holds the
/// address.
fn bounds(range: &str, ip: IpAddr) -> Option<(IpAddr, IpAddr)> {
    let range = range.split(" (").next().unwrap_or(range);
    if let Some((first, last)) = range.split_once('-') {
        return Some((first.trim().parse().ok()?, last.trim().parse().ok()?));
    }
    let blocks = range.split(',').filter_map(|block| prefix(block.trim()));
    blocks.into_iter().find(|(first, last)| (first..=last).contains(&&ip))
}

fn prefix(block: &str) -> Option<(IpAddr, IpAddr)> {
    let (network, length) = block.split_once('/')?;
    let length: u32 = length.parse().ok()?;
    match network.parse() {
        Ok(IpAddr::V6(network)) => {
            let rest = u128::MAX.checked_shr(length).unwrap_or(0);
            let first = network.to_bits() & !rest;
            Some((IpAddr::V6(first.into()), IpAddr::V6((first | rest).into())))
        }
        Ok(IpAddr::V4(network)) => Some(prefix_v4(network, length)),
        Err(_) => Some(prefix_v4(abbreviated(network)?, length)),
    }
}

fn prefix_v4(network: Ipv4Addr, length: u32) -> (IpAddr, IpAddr) {
    let rest = u32::MAX.checked_shr(length).unwrap_or(0);
    let first = network.to_bits() & !rest;
    (IpAddr::V4(first.into()), IpAddr::V4((first | rest).into()))
}

/// `192.0.2` for `192.0.2.0`.
fn abbreviated(network: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let parts: Vec<&str> = network.split('.').collect();
    for (index, part) in parts.iter().enumerate() {
        *octets.get_mut(index)? = part.parse().ok()?;
    }
    Some(octets.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_all_forms() {
        let ip: IpAddr = "192.0.2.7".parse().expect("an address");
        for (range, expected) in [
            ("192.0.2.0 - 192.0.2.255", Some(8)),
            ("192.0.2.0 - 192.0.2.255 (/24)", Some(8)),
            ("192.0.2.0/24", Some(8)),
            ("192.0.2/24", Some(8)),
            ("192.0/16", Some(16)),
            ("198.51.100.0/24, 192.0.2.0/25", Some(7)),
            ("192.0.2.7/32", Some(0)),
            ("0.0.0.0 - 255.255.255.255", None),
            ("0.0.0.0/0", None),
            ("198.51.100.0/24", None),
            ("2001:db8::/32", None),
            ("192.0.2.9 - 192.0.2.1", None),
            ("192.0.2.0/99", None),
            ("1.2.3.4.5/8", None),
            ("", None),
        ] {
            assert_eq!(size(range, ip), expected, "{range}");
        }
        assert_eq!(size("2001:db8::/32", "2001:db8::1".parse().expect("an address")), Some(96));
        assert_eq!(size("::/0", "2001:db8::1".parse().expect("an address")), None);
    }
}
