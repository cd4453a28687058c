//! Registries and what they know: of domains, of networks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use anyhow::{Context, ensure};
use serde::Deserialize;

/// The registry of a top-level domain.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Registry {
    /// The top-level domain.
    pub(super) suffix: String,
    /// The base of its RDAP server (RFC 9224), where it has one.
    pub(super) rdap: Option<String>,
    /// Its WHOIS server.
    pub(super) whois: String,
    /// How its WHOIS server writes.
    #[serde(default)]
    pub(super) style: Style,
}

/// How a WHOIS server writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Style {
    /// As ICANN has the registries of generic domains write.
    #[default]
    Icann,
    /// As Japan's registry writes: ISO-2022-JP, English where the question ends with `/e`.
    Jprs,
    /// As China's registry writes: UTF-8.
    Cnnic,
}

/// A regional registry of addresses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InternetRegistry {
    pub(super) id: String,
    /// The base of its RDAP server.
    pub(super) rdap: String,
    /// Its WHOIS server.
    pub(super) whois: String,
}

/// What a registry tells of a domain.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Registration {
    pub(super) registrar: Option<String>,
    /// RFC 3339.
    pub(super) registered: Option<String>,
    /// RFC 3339.
    pub(super) changed: Option<String>,
    /// RFC 3339.
    pub(super) expires: Option<String>,
    #[serde(default)]
    pub(super) status: Vec<String>,
    pub(super) registrant: Option<String>,
    /// The registrant's name in his own writing, where the registry has both.
    pub(super) registrant_local: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub(super) country: Option<String>,
    pub(super) abuse: Option<String>,
}

/// A block of addresses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Network {
    pub(super) range: Block,
    pub(super) name: String,
    pub(super) holder: String,
    /// ISO 3166-1 alpha-2.
    pub(super) country: Option<String>,
    pub(super) abuse: Option<String>,
    /// The id of its regional registry.
    pub(super) registry: String,
    /// The number of the autonomous system that announces it.
    pub(super) system: Option<u32>,
}

/// A block in CIDR notation (RFC 4632).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Block {
    pub(super) first: IpAddr,
    pub(super) length: u8,
}

impl Block {
    /// The last address.
    pub(super) fn last(self) -> IpAddr {
        let hosts =
            |bits: u8| if self.length == 0 { u128::MAX } else { (1_u128 << (bits - self.length)) - 1 };
        match self.first {
            IpAddr::V4(ip) => {
                let last = u128::from(ip.to_bits()) | (hosts(32) & u128::from(u32::MAX));
                IpAddr::V4(Ipv4Addr::from_bits(u32::try_from(last).unwrap_or(u32::MAX)))
            }
            IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() | hosts(128))),
        }
    }

    pub(super) fn holds(self, ip: IpAddr) -> bool {
        self.first.is_ipv4() == ip.is_ipv4() && self.first <= ip && ip <= self.last()
    }
}

impl TryFrom<String> for Block {
    type Error = anyhow::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for Block {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (first, length) = text.split_once('/').with_context(|| format!("{text}: no block"))?;
        let block = Self { first: first.parse()?, length: length.parse()? };
        let bits = if block.first.is_ipv4() { 32 } else { 128 };
        ensure!(block.length <= bits, "{text}: too long a prefix");
        Ok(block)
    }
}
