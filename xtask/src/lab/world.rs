//! What the world of a case is like: one file in `lab/worlds/` a case, all of them standing at once.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::Deserialize;

use super::dns;

/// One file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct World {
    #[serde(rename = "case")]
    cases: Vec<Case>,
    #[serde(rename = "domain")]
    domains: Vec<Domain>,
    #[serde(rename = "address")]
    addresses: Vec<Address>,
    /// Domains that a case asks about and that nobody has registered; their registries stand.
    unregistered: Vec<String>,
}

/// A mail, and what must come out about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    /// The mail, from the repository's root.
    pub(super) mail: PathBuf,
}

/// A domain that stands in the DNS.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Domain {
    /// The domain, lower case.
    pub(super) name: String,
    /// Whom the registry names as its name servers; one without an address in these files stands at the lab's own.
    pub(super) name_servers: Vec<String>,
    /// Its records beside SOA and NS, as lines of a zone file (RFC 1035 section 5.1), names relative to the domain.
    #[serde(default)]
    pub(super) records: Vec<String>,
}

/// An address.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Address {
    pub(super) ip: IpAddr,
    /// Its reverse names.
    #[serde(default)]
    pub(super) reverse: Vec<String>,
}

/// All files together.
#[derive(Debug, Default)]
pub(super) struct Worlds {
    pub(super) cases: Vec<Case>,
    pub(super) domains: Vec<Domain>,
    pub(super) reverse: Vec<Address>,
    pub(super) unregistered: Vec<String>,
}

impl Worlds {
    /// Reads a folder of worlds.
    pub(super) fn read(folder: &Path) -> anyhow::Result<Self> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .with_context(|| format!("cannot read {}", folder.display()))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
        files.sort();
        let mut all = Self::default();
        for file in files {
            let text = std::fs::read_to_string(&file)?;
            let world: World = toml::from_str(&text).with_context(|| file.display().to_string())?;
            all.cases.extend(world.cases);
            all.domains.extend(world.domains);
            all.reverse.extend(world.addresses);
            all.unregistered.extend(world.unregistered);
        }
        all.check()?;
        Ok(all)
    }

    /// Two worlds must not contradict each other.
    fn check(&self) -> anyhow::Result<()> {
        let mut names = BTreeSet::new();
        for domain in &self.domains {
            ensure!(names.insert(&domain.name), "{} stands in two worlds", domain.name);
            ensure!(!domain.name_servers.is_empty(), "{} has no name server", domain.name);
        }
        for name in &self.unregistered {
            ensure!(!names.contains(name), "{name} is registered in another world");
        }
        let mut ips = BTreeSet::new();
        for address in &self.reverse {
            ensure!(ips.insert(address.ip), "{} stands in two worlds", address.ip);
        }
        Ok(())
    }

    /// Every address that the lab's loopback bears.
    pub(super) fn addresses(&self) -> BTreeSet<IpAddr> {
        let records = self.domains.iter().flat_map(|domain| &domain.records);
        let hosts = records.filter_map(|record| record.split_whitespace().last()?.parse().ok());
        let machines = self.reverse.iter().map(|address| address.ip);
        hosts.chain(machines).chain(dns::ADDRESSES).collect()
    }
}
