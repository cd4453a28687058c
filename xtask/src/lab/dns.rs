//! nsd is the root, every registry and every authority; unbound resolves from that root.

use std::net::Ipv4Addr;

use super::Place;
use super::faults::Fault;
use super::server::{Server, Wait};
use super::world::Worlds;
use super::zones::{self, Zone};

/// The resolver that programs in the lab ask.
pub(super) const RESOLVER: Ipv4Addr = Ipv4Addr::new(10, 53, 0, 1);
/// Where unbound listens when something stands between it and the program.
pub(super) const BEHIND: Ipv4Addr = Ipv4Addr::new(10, 53, 0, 2);
/// The root, a.root-servers.net.
pub(super) const ROOT: Ipv4Addr = Ipv4Addr::new(198, 41, 0, 4);
/// The name servers of all top-level domains; from here on the lab's own machines stand in 29.0.0.0/8, which is given out, so that the
/// program connects to it, but announced nowhere, so that no mail names it.
pub(super) const REGISTRY: Ipv4Addr = Ipv4Addr::new(29, 18, 0, 2);
/// The name servers of all other domains.
pub(super) const AUTHORITY: Ipv4Addr = Ipv4Addr::new(29, 18, 0, 3);

/// All of them.
pub(super) const ADDRESSES: [Ipv4Addr; 5] = [RESOLVER, BEHIND, ROOT, REGISTRY, AUTHORITY];

/// All that is authoritative: the root with the registries, and the domains' own servers, which may be lame: then these know nothing.
pub(super) fn authorities(
    place: &Place,
    worlds: &Worlds,
    fault: Option<Fault>,
) -> anyhow::Result<[Server; 2]> {
    let is_leaf = |zone: &Zone| zone.origin.trim_matches('.').contains('.');
    let all = zones::of(worlds, matches!(fault, Some(Fault::BlocklistsRefuse)));
    let (mut leaves, registries): (Vec<Zone>, Vec<Zone>) = all.into_iter().partition(is_leaf);
    leaves.retain(|_| !matches!(fault, Some(Fault::Lame)));
    Ok([
        authority(place, "registries", &[ROOT, REGISTRY], &registries)?,
        authority(place, "domains", &[AUTHORITY], &leaves)?,
    ])
}

fn authority(place: &Place, name: &str, addresses: &[Ipv4Addr], zones: &[Zone]) -> anyhow::Result<Server> {
    let folder = place.file(name);
    std::fs::create_dir_all(&folder)?;
    let folder = folder.display();
    let mut text = format!(
        "server:\n  username: \"\"\n  database: \"\"\n  zonesdir: \"{folder}\"\n  pidfile: \"{folder}/nsd.pid\"\n  \
         xfrdfile: \"{folder}/xfrd.state\"\n  zonelistfile: \"{folder}/zone.list\"\n  rrl-ratelimit: 0\n  server-count: 1\n"
    );
    for address in addresses {
        text += &format!("  ip-address: {address}\n");
    }
    text += "remote-control:\n  control-enable: no\n";
    for zone in zones {
        let file = if zone.origin == "." { "root" } else { &zone.origin };
        place.write(&format!("{name}/{file}"), &zone.text)?;
        text += &format!("zone:\n  name: \"{}\"\n  zonefile: \"{file}\"\n", zone.origin);
    }
    let config = place.write(&format!("{name}.conf"), text)?;
    Server::start(place, name, "nsd", &["-d", "-c", &config.to_string_lossy()], Wait::Port(addresses[0], 53))
}

/// The resolver, at an address of the lab.
pub(super) fn resolver(place: &Place, address: Ipv4Addr) -> anyhow::Result<Server> {
    let hints = format!(". 3600000 NS a.root-servers.net.\na.root-servers.net. 3600000 A {ROOT}\n");
    let hints = place.write("root.hints", hints)?;
    // Documentation names and reverse trees of reserved space are part of the worlds; every question is logged, to be counted.
    let open = [
        "test.",
        "2.0.192.in-addr.arpa.",
        "100.51.198.in-addr.arpa.",
        "113.0.203.in-addr.arpa.",
        "8.b.d.0.1.0.0.2.ip6.arpa.",
    ];
    let open: String = open.iter().map(|zone| format!("  local-zone: \"{zone}\" nodefault\n")).collect();
    let text = format!(
        "server:\n  username: \"\"\n  chroot: \"\"\n  directory: \"{0}\"\n  pidfile: \"\"\n  interface: {address}\n  \
         access-control: 0.0.0.0/0 allow\n  do-ip6: no\n  module-config: \"iterator\"\n  root-hints: \"{1}\"\n  \
         do-not-query-localhost: no\n  infra-host-ttl: 1\n  use-syslog: no\n  logfile: \"{0}/unbound.log\"\n  log-queries: yes\n  \
         num-threads: 1\n{open}remote-control:\n  control-enable: no\n",
        place.scratch.display(),
        hints.display()
    );
    let config = place.write("unbound.conf", text)?;
    let config = config.to_string_lossy();
    Server::start(place, "unbound", "unbound", &["-d", "-c", &config], Wait::Port(address, 53))
}
