//! A bootstrap registry (RFC 9224): which server holds which names, addresses and numbers.

use std::net::IpAddr;

use serde_json::Value;

/// How many entries are read of one registry.
const MOST: usize = 100_000;

/// A registry: names, blocks or numbers, and the server of each.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Services(Vec<(String, String)>);

impl Services {
    /// Reads RFC 9224 section 3: `services` is a list of pairs, a list of entries and a list of base addresses.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let file: Value = serde_json::from_slice(bytes).ok()?;
        let services = file.get("services")?.as_array()?;
        let pairs =
            services.iter().filter_map(|service| Some((service.get(0)?.as_array()?, base(service.get(1)?)?)));
        let entries = pairs.flat_map(|(entries, base)| {
            let names = entries.iter().filter_map(Value::as_str).map(str::to_ascii_lowercase);
            names.map(move |name| (name, base.clone()))
        });
        Some(Self(entries.take(MOST).collect()))
    }

    /// By the longest match of whole labels (section 4).
    pub(super) fn of_domain(&self, domain: &str) -> Option<String> {
        let domain = domain.to_ascii_lowercase();
        let mut suffix = Some(domain.as_str());
        while let Some(name) = suffix {
            if let Some((_, base)) = self.0.iter().find(|(entry, _)| entry == name) {
                return Some(base.clone());
            }
            suffix = name.split_once('.').map(|(_, rest)| rest);
        }
        None
    }

    /// By the longest prefix (section 5.1).
    pub(super) fn of_address(&self, ip: IpAddr) -> Option<String> {
        let blocks = self.0.iter().filter_map(|(entry, base)| Some((prefix(entry, ip)?, base)));
        blocks.max_by_key(|(length, _)| *length).map(|(_, base)| base.clone())
    }

    /// By the range (section 5.3).
    pub(super) fn of_number(&self, number: u32) -> Option<String> {
        let holds = |entry: &str| {
            let (first, last) = entry.split_once('-').unwrap_or((entry, entry));
            Some((first.parse().ok()?..=last.parse().ok()?).contains(&number))
        };
        self.0.iter().find(|(entry, _)| holds(entry) == Some(true)).map(|(_, base)| base.clone())
    }
}

/// The base address to use, HTTPS before HTTP, with a slash at the end.
fn base(addresses: &Value) -> Option<String> {
    let addresses: Vec<&str> = addresses.as_array()?.iter().filter_map(Value::as_str).collect();
    let secure = addresses.iter().find(|address| address.starts_with("https://"));
    let address = secure.or_else(|| addresses.iter().find(|address| address.starts_with("http://")))?;
    Some(format!("{}/", address.trim_end_matches('/')))
}

/// The length of a block's prefix, where the block holds the address.
fn prefix(block: &str, ip: IpAddr) -> Option<u32> {
    let (network, length) = block.split_once('/')?;
    let (network, length): (IpAddr, u32) = (network.parse().ok()?, length.parse().ok()?);
    let (network, ip, width) = match (network, ip) {
        (IpAddr::V4(network), IpAddr::V4(ip)) => {
            (u128::from(network.to_bits()), u128::from(ip.to_bits()), 32)
        }
        (IpAddr::V6(network), IpAddr::V6(ip)) => (network.to_bits(), ip.to_bits(), 128),
        _ => return None,
    };
    let rest = u32::checked_sub(width, length)?;
    let head = |bits: u128| bits.checked_shr(rest).unwrap_or(0);
    (head(network) == head(ip)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn services(json: &str) -> Services {
        Services::read(json.as_bytes()).expect("a bootstrap registry")
    }

    #[test]
    fn domains_by_the_longest_suffix() {
        let dns = services(
            r#"{"version":"1.0","services":[
                [["com","NET"],["http://rdap.example.com/v1/","https://rdap.example.com/v1"]],
                [["zone.com"],["https://zone.example/"]]]}"#,
        );
        assert_eq!(dns.of_domain("a.com").as_deref(), Some("https://rdap.example.com/v1/"));
        assert_eq!(dns.of_domain("a.net").as_deref(), Some("https://rdap.example.com/v1/"));
        assert_eq!(dns.of_domain("a.zone.com").as_deref(), Some("https://zone.example/"));
        assert_eq!(dns.of_domain("a.jp"), None);
        assert_eq!(dns.of_domain("com.a"), None);
    }

    #[test]
    fn addresses_by_the_longest_prefix() {
        let ipv4 = services(
            r#"{"services":[[["192.0.0.0/8"],["https://wide.example/"]],[["192.0.2.0/24"],["https://narrow.example/"]]]}"#,
        );
        let of = |text: &str| ipv4.of_address(text.parse().expect("an address"));
        assert_eq!(of("192.0.2.7").as_deref(), Some("https://narrow.example/"));
        assert_eq!(of("192.1.2.7").as_deref(), Some("https://wide.example/"));
        assert_eq!(of("2001:db8::1"), None);
        let ipv6 = services(r#"{"services":[[["2001:200::/23","::/0","x/129"],["https://six.example/"]]]}"#);
        assert_eq!(
            ipv6.of_address("2001:3ff::1".parse().expect("an address")).as_deref(),
            Some("https://six.example/")
        );
    }

    #[test]
    fn numbers_by_range() {
        let asn = services(r#"{"services":[[["64496-64511","65551"],["https://as.example/"]]]}"#);
        assert_eq!(asn.of_number(64500).as_deref(), Some("https://as.example/"));
        assert_eq!(asn.of_number(65551).as_deref(), Some("https://as.example/"));
        assert_eq!(asn.of_number(1), None);
    }

    #[test]
    fn what_is_no_registry() {
        for bytes in ["", "[]", "{}", r#"{"services":7}"#] {
            assert_eq!(Services::read(bytes.as_bytes()), None);
        }
        assert_eq!(
            services(r#"{"services":[7,[],[["a"]],[["a"],["ftp://x"]],[7,["https://x"]]]}"#),
            Services(Vec::new())
        );
    }
}
