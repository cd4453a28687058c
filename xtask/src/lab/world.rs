//! What the world of a case is like: one file in `lab/worlds/` a case, all of them standing at once.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::Deserialize;

use super::blocklists::Blocklist;
use super::cases::{Expect, Seen};
use super::registry::{InternetRegistry, Network, Registration, Registry};
use super::sites::Site;
use super::tables::Place;
use super::visits::Visit;
use super::{rdap, web, whois, whois_server};

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
    #[serde(rename = "network")]
    networks: Vec<Network>,
    #[serde(rename = "blocklist")]
    blocklists: Vec<Blocklist>,
    #[serde(rename = "site")]
    sites: Vec<Site>,
    #[serde(rename = "registry")]
    registries: Vec<Registry>,
    #[serde(rename = "internet_registry")]
    internet_registries: Vec<InternetRegistry>,
}

/// A mail, and what must come out about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    /// The mail, from the repository's root.
    pub(super) mail: PathBuf,
    #[serde(default)]
    pub(super) expect: Vec<Expect>,
    /// What a person saw on sites that answer people alone, and added by hand.
    #[serde(default)]
    pub(super) seen: Vec<Seen>,
    /// What must come out where its links are visited.
    pub(super) visit: Option<Visit>,
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
    /// What its registry tells of it; a registry that is told nothing here has trouble answering.
    pub(super) registration: Option<Registration>,
}

/// An address.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Address {
    pub(super) ip: IpAddr,
    /// Its reverse names.
    #[serde(default)]
    pub(super) reverse: Vec<String>,
    /// Where it is, by the table of cities.
    pub(super) place: Option<Place>,
}

/// All files together.
#[derive(Debug, Default)]
pub(super) struct Worlds {
    pub(super) cases: Vec<Case>,
    pub(super) domains: Vec<Domain>,
    pub(super) reverse: Vec<Address>,
    pub(super) unregistered: Vec<String>,
    pub(super) networks: Vec<Network>,
    pub(super) blocklists: Vec<Blocklist>,
    pub(super) sites: Vec<Site>,
    pub(super) registries: Vec<Registry>,
    pub(super) internet_registries: Vec<InternetRegistry>,
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
            all.networks.extend(world.networks);
            all.blocklists.extend(world.blocklists);
            all.sites.extend(world.sites);
            all.registries.extend(world.registries);
            all.internet_registries.extend(world.internet_registries);
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
        for network in &self.networks {
            let known = self.internet_registry(&network.registry).is_some();
            ensure!(known, "{}: no registry {:?}", network.name, network.registry);
        }
        for address in &self.reverse {
            ensure!(ips.insert(address.ip), "{} stands in two worlds", address.ip);
        }
        Ok(())
    }

    /// Every address that the worlds name, but for those that every machine has.
    pub(super) fn addresses(&self) -> BTreeSet<IpAddr> {
        let records = self.domains.iter().flat_map(|domain| &domain.records);
        let hosts = records.filter_map(|record| record.split_whitespace().last()?.parse().ok());
        let own = |ip: &IpAddr| ip.to_canonical().is_loopback() || ip.is_unspecified();
        hosts.chain(self.reverse.iter().map(|address| address.ip)).filter(|ip| !own(ip)).collect()
    }

    /// The registry of a domain's last label.
    pub(super) fn registry(&self, domain: &str) -> Option<&Registry> {
        let suffix = domain.trim_end_matches('.').rsplit('.').next()?.to_ascii_lowercase();
        self.registries.iter().find(|registry| registry.suffix == suffix)
    }

    /// A regional registry by its id.
    pub(super) fn internet_registry(&self, id: &str) -> Option<&InternetRegistry> {
        self.internet_registries.iter().find(|registry| registry.id == id)
    }

    /// The smallest block that an address lies in, and its registry.
    pub(super) fn network(&self, ip: IpAddr) -> Option<(&Network, &InternetRegistry)> {
        let holding = self.networks.iter().filter(|network| network.range.holds(ip));
        let network = holding.max_by_key(|network| network.range.length)?;
        Some((network, self.internet_registry(&network.registry)?))
    }

    /// Autonomous systems with a block of theirs.
    pub(super) fn systems(&self) -> Vec<(u32, &Network, &InternetRegistry)> {
        let numbered = self.networks.iter().filter_map(|network| {
            Some((network.system?, network, self.internet_registry(&network.registry)?))
        });
        let mut systems: Vec<_> = numbered.collect();
        systems.sort_by_key(|(number, ..)| *number);
        systems.dedup_by_key(|(number, ..)| *number);
        systems
    }

    /// Hosts that speak HTTP.
    pub(super) fn web_hosts(&self) -> BTreeSet<String> {
        let suffixes = self.registries.iter().filter_map(|registry| registry.rdap.as_deref());
        let bases = suffixes.chain(self.internet_registries.iter().map(|registry| registry.rdap.as_str()));
        let host = |base: &str| base.split('/').nth(2).map(str::to_owned);
        bases.filter_map(host).chain([rdap::IANA.to_owned()]).collect()
    }

    /// Hosts that speak WHOIS, sorted.
    pub(super) fn whois_hosts(&self) -> Vec<String> {
        let suffixes = self.registries.iter().map(|registry| &registry.whois);
        let regional = self.internet_registries.iter().map(|registry| &registry.whois);
        let hosts: BTreeSet<String> =
            suffixes.chain(regional).cloned().chain([whois::IANA.to_owned()]).collect();
        hosts.into_iter().collect()
    }

    /// The lab's own machines: names and where they stand.
    pub(super) fn machines(&self) -> Vec<(String, IpAddr)> {
        let web = self.web_hosts().into_iter().map(|host| (host, web::ADDRESS));
        let whois = self.whois_hosts().into_iter().enumerate();
        let whois = whois.map(|(nth, host)| (host, whois_server::address(nth)));
        web.chain(whois).map(|(host, ip)| (host, ip.into())).collect()
    }
}
