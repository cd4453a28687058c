//! What the mails of one hand share: machines, names and holders, and the earlier cases that had the same.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::{Ledger, RecordType};
use crate::domain::registrable;

/// How many addresses of a host count.
const ADDRESSES: usize = 3;

/// What mails of one hand may share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shared {
    /// The address that the mail came from.
    Origin(IpAddr),
    /// The registrable domain of a link.
    LinkDomain(String),
    /// An address of a link's host.
    LinkAddress(IpAddr),
    /// The registrable domain that all name servers of a link's domain lie under.
    NameServers(String),
    /// Who registered a link's domain.
    Registrant(String),
}

impl Shared {
    /// The address or name itself.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Origin(ip) | Self::LinkAddress(ip) => ip.to_string(),
            Self::LinkDomain(name) | Self::NameServers(name) | Self::Registrant(name) => name.clone(),
        }
    }
}

/// The earlier cases that had it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EarlierCases {
    /// Those judged to be phishing, fraud or malware, newest first, no more than 20.
    pub malicious: Vec<EarlierCase>,
    /// How many others had it.
    pub others: usize,
    /// The registrable domains of links that had it, sorted, no more than 20.
    pub domains: Vec<String>,
}

/// An earlier case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierCase {
    /// Of its mail.
    pub sha256: String,
    /// What it was judged to be.
    pub class: String,
    /// The mail's own date, RFC 3339.
    pub date: Option<String>,
}

/// What a link to `host` may share with other mails, as far as the ledger knows it.
#[must_use]
pub fn shared_by_link(host: &str, ledger: &Ledger) -> Vec<Shared> {
    if let Ok(ip) = host.trim_matches(['[', ']']).parse::<IpAddr>() {
        return vec![Shared::LinkAddress(ip.to_canonical())];
    }
    let Some(domain) = registrable(host) else { return Vec::new() };
    let addresses = ledger.addresses(host).into_iter().take(ADDRESSES);
    let registration = ledger.registration(domain).found();
    let registrant = registration.and_then(|(registration, _)| registration.registrant.clone());
    [Shared::LinkDomain(domain.to_owned())]
        .into_iter()
        .chain(addresses.map(|(ip, _)| Shared::LinkAddress(ip.to_canonical())))
        .chain(operator(domain, ledger).map(Shared::NameServers))
        .chain(registrant.map(Shared::Registrant))
        .collect()
}

/// The one registrable domain that all name servers of a domain lie under.
fn operator(domain: &str, ledger: &Ledger) -> Option<String> {
    let (servers, _) = ledger.records(domain, RecordType::Ns).found()?;
    let mut operators: Vec<&str> = servers.records.iter().filter_map(|server| registrable(server)).collect();
    operators.dedup();
    if let [one] = operators[..] { Some(one.to_owned()) } else { None }
}
