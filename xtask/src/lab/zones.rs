//! Zone files for the worlds: the root, its top-level domains, the reverse tree, and every domain.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::dns::{AUTHORITY, REGISTRY, ROOT};
use super::world::{Domain, Worlds};

/// How long answers hold, in seconds.
const TTL: u32 = 300;

/// A zone file.
pub(super) struct Zone {
    /// The zone, without the last dot; the root's is a dot.
    pub(super) origin: String,
    pub(super) text: String,
}

impl Zone {
    fn new(origin: &str, name_servers: &[String]) -> Self {
        let origin_dot = absolute(origin);
        let first =
            name_servers.first().map_or_else(|| "a.root-servers.net.".to_owned(), |name| absolute(name));
        let mut text = format!(
            "$ORIGIN {origin_dot}\n$TTL {TTL}\n@ SOA {first} hostmaster.{first} 1 3600 600 86400 {TTL}\n"
        );
        for name in name_servers {
            text += &format!("@ NS {}\n", absolute(name));
        }
        Self { origin: origin.to_owned(), text }
    }

    fn add(&mut self, owner: &str, record: &str, data: &str) {
        self.text += &format!("{} {record} {data}\n", absolute(owner));
    }
}

/// All zones, sorted; the blocklists may serve nobody.
pub(super) fn of(worlds: &Worlds, are_blocklists_refusing: bool) -> Vec<Zone> {
    let lists = worlds.blocklists.iter().map(|list| list.domain(are_blocklists_refusing));
    let domains: Vec<Domain> = worlds.domains.iter().cloned().chain(lists).collect();
    let mut leaves: BTreeMap<&str, Zone> =
        domains.iter().map(|domain| (domain.name.as_str(), leaf(domain))).collect();
    let mut suffixes = suffixes(&domains, &worlds.unregistered);
    for (host, ip) in hosts_without_address(worlds, &domains) {
        let ip = ip.to_string();
        let holder =
            leaves.iter_mut().filter(|(name, _)| is_under(&host, name)).max_by_key(|(name, _)| name.len());
        match holder {
            Some((_, zone)) => zone.add(&host, "A", &ip),
            None => {
                let suffix = top(&host).to_owned();
                suffixes.entry(suffix.clone()).or_insert_with(|| registry(&suffix)).add(&host, "A", &ip);
            }
        }
    }
    let mut root = Zone::new(".", &["a.root-servers.net".to_owned()]);
    root.add("a.root-servers.net", "A", &ROOT.to_string());
    let tree = reverse(worlds);
    for zone in suffixes.values().chain([&tree]) {
        let server = registry_host(&zone.origin);
        root.add(&zone.origin, "NS", &absolute(&server));
        root.add(&server, "A", &REGISTRY.to_string());
    }
    let mut zones: Vec<Zone> =
        [root, tree].into_iter().chain(suffixes.into_values()).chain(leaves.into_values()).collect();
    zones.sort_by(|a, b| a.origin.cmp(&b.origin));
    zones
}

fn leaf(domain: &Domain) -> Zone {
    let mut zone = Zone::new(&domain.name, &domain.name_servers);
    for record in &domain.records {
        zone.text += record;
        zone.text.push('\n');
    }
    zone
}

/// Top-level domains with their delegations.
fn suffixes(domains: &[Domain], unregistered: &[String]) -> BTreeMap<String, Zone> {
    let mut zones = BTreeMap::new();
    for domain in domains {
        let suffix = top(&domain.name).to_owned();
        let zone = zones.entry(suffix.clone()).or_insert_with(|| registry(&suffix));
        for server in &domain.name_servers {
            zone.add(&domain.name, "NS", &absolute(server));
            if is_under(server, &domain.name) {
                zone.add(server, "A", &AUTHORITY.to_string());
            }
        }
    }
    for suffix in unregistered.iter().map(|name| top(name)) {
        zones.entry(suffix.to_owned()).or_insert_with(|| registry(suffix));
    }
    zones
}

fn registry(suffix: &str) -> Zone {
    let server = registry_host(suffix);
    let mut zone = Zone::new(suffix, std::slice::from_ref(&server));
    zone.add(&server, "A", &REGISTRY.to_string());
    zone
}

fn registry_host(suffix: &str) -> String {
    format!("a.nic.{suffix}")
}

/// Name servers for which no world has an address, and the lab's own machines.
fn hosts_without_address(worlds: &Worlds, domains: &[Domain]) -> BTreeMap<String, IpAddr> {
    let has_address = |host: &str| {
        domains.iter().filter(|domain| is_under(host, &domain.name)).any(|domain| {
            let label = host.strip_suffix(domain.name.as_str()).unwrap_or_default().trim_end_matches('.');
            domain.records.iter().any(|record| {
                let mut fields = record.split_whitespace();
                fields.next() == Some(label) && matches!(fields.next(), Some("A" | "AAAA"))
            })
        })
    };
    let hosts = domains.iter().flat_map(|domain| &domain.name_servers);
    let servers = hosts.filter(|host| !has_address(host)).map(|host| (host.clone(), AUTHORITY.into()));
    servers.chain(worlds.machines()).collect()
}

/// `arpa` with every reverse name.
fn reverse(worlds: &Worlds) -> Zone {
    let mut zone = registry("arpa");
    for address in &worlds.reverse {
        for name in &address.reverse {
            zone.add(&reverse_name(address.ip), "PTR", &absolute(name));
        }
    }
    zone
}

/// RFC 1035 section 3.5, RFC 3596 section 2.5.
pub(super) fn reverse_name(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(ip) => {
            let nibbles =
                ip.octets().into_iter().rev().map(|byte| format!("{:x}.{:x}.", byte & 15, byte >> 4));
            nibbles.collect::<String>() + "ip6.arpa"
        }
    }
}

fn absolute(name: &str) -> String {
    if name == "." { name.to_owned() } else { format!("{name}.") }
}

fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|left| left.is_empty() || left.ends_with('.'))
}

fn top(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
