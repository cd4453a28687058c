//! Networks and names that the reader trusts.

use std::net::IpAddr;
use std::str::FromStr;

use thiserror::Error;

use crate::mail::Trusted;

/// A network in CIDR notation (RFC 4632); a lone address is a network of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// The network address.
    pub address: IpAddr,
    /// How many leading bits count.
    pub prefix: u8,
}

/// Why a `--trust` value cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum BadTrust {
    /// Neither an address nor a host name.
    #[error("`{0}` is neither an address, a network such as 192.0.2.0/24, nor a host name")]
    Neither(String),
    /// The prefix is no number, or longer than the address.
    #[error("`{0}` has no usable prefix length")]
    Prefix(String),
    /// A public suffix: every domain under it would be trusted.
    #[error("`{0}` is a public suffix; trusting it would trust strangers")]
    PublicSuffix(String),
}

impl Network {
    /// Whether `ip` lies in the network; an IPv4 address also in its mapped form.
    #[must_use]
    pub fn contains(&self, ip: IpAddr) -> bool {
        match (self.address, ip.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(ip)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix.min(32))).unwrap_or(0);
                u32::from(own) & mask == u32::from(ip) & mask
            }
            (IpAddr::V6(own), IpAddr::V6(ip)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix.min(128))).unwrap_or(0);
                u128::from(own) & mask == u128::from(ip) & mask
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = BadTrust;

    fn from_str(text: &str) -> Result<Self, BadTrust> {
        let (address, prefix) =
            text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr =
            address.trim_matches(['[', ']']).parse().map_err(|_| BadTrust::Neither(text.to_owned()))?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => longest,
            Some(digits) => digits
                .parse()
                .ok()
                .filter(|&bits| bits <= longest)
                .ok_or_else(|| BadTrust::Prefix(text.to_owned()))?,
        };
        Ok(Self { address, prefix })
    }
}

impl Trusted {
    /// Reads `--trust` values: networks, addresses and host names.
    ///
    /// # Errors
    /// The first value that is none of these, or that would trust a whole public suffix.
    pub fn parse<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> Result<Self, BadTrust> {
        let mut trusted = Self::default();
        for value in values {
            trusted.add(value.as_ref().trim())?;
        }
        Ok(trusted)
    }

    fn add(&mut self, value: &str) -> Result<(), BadTrust> {
        match value.parse() {
            Ok(network) => self.networks.push(network),
            Err(BadTrust::Neither(_)) => self.names.push(name(value)?),
            Err(other) => return Err(other),
        }
        Ok(())
    }
}

/// A host name in lower case, without a final dot.
fn name(value: &str) -> Result<String, BadTrust> {
    let name = value.trim_end_matches('.').to_ascii_lowercase();
    let host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    if name.is_empty() || !name.chars().all(host) || name.split('.').any(str::is_empty) {
        return Err(BadTrust::Neither(value.to_owned()));
    }
    let listed = psl::suffix(name.as_bytes())
        .is_some_and(|suffix| suffix.is_known() && suffix.as_bytes() == name.as_bytes());
    if listed { Err(BadTrust::PublicSuffix(value.to_owned())) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn networks() {
        let network: Network = "192.0.2.0/24".parse().unwrap();
        assert!(
            network.contains("192.0.2.255".parse().unwrap())
                && !network.contains("192.0.3.0".parse().unwrap())
        );
        assert!(network.contains("::ffff:192.0.2.1".parse().unwrap()));
        let everything: Network = "::/0".parse().unwrap();
        assert!(
            everything.contains("2001:db8::1".parse().unwrap())
                && !everything.contains("192.0.2.1".parse().unwrap())
        );
        assert_eq!("192.0.2.1".parse::<Network>().unwrap().prefix, 32);
        assert_eq!("192.0.2.0/33".parse::<Network>(), Err(BadTrust::Prefix("192.0.2.0/33".into())));
    }

    #[test]
    fn trust_values() {
        let trusted = Trusted::parse(["2001:db8::/32", "MX.Example.jp.", "mailhub"]).unwrap();
        assert_eq!(
            (trusted.networks.len(), trusted.names),
            (1, vec!["mx.example.jp".into(), "mailhub".into()])
        );
        assert!(matches!(Trusted::parse(["co.jp"]), Err(BadTrust::PublicSuffix(_))));
        assert!(matches!(Trusted::parse(["a b"]), Err(BadTrust::Neither(_))));
        assert!(Trusted::parse([""]).is_err());
    }
}
