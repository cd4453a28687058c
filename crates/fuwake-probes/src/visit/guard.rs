//! Which servers a visit may reach: public addresses at the ports of the web, and never this machine itself. What is judged is what is
//! dialled: a name is resolved once for a connection, so that no later answer of the DNS can lead elsewhere.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

use fuwake_core::mail::trust::{Network, is_public};
use if_addrs::IfAddr;
use tokio::net::TcpStream;
use url::Host;

use crate::world::{Dialer, Fault, VisitSettings};

/// How many addresses of a server are tried.
const TRIES: usize = 4;
/// A port that nobody is asked at (RFC 863).
const DISCARD: u16 = 9;

/// Judges and opens connections.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    dialer: Dialer,
    pub(super) ports: Vec<u16>,
    allowed: Vec<Network>,
    /// The operator's own public addresses.
    own: Vec<Network>,
    /// Servers of tests; their neighbours stay refused.
    #[cfg(test)]
    pub(super) servers: Vec<SocketAddr>,
    /// Names of tests.
    #[cfg(test)]
    pub(super) names: std::collections::BTreeMap<String, Vec<IpAddr>>,
}

/// Why there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Barred {
    /// The host is, or leads to, an address that is not public, or this machine's own.
    InnerAddress,
    /// The port is none of the web's.
    Port,
    /// The URL is none of the web's, or its host none at all.
    Scheme,
    /// The visit has had its share.
    Bound,
    /// There is no such name.
    NoSuchName,
    /// Nobody answers, the resolver included.
    Unreachable,
}

impl Barred {
    /// The guard itself bars it: told as refused.
    pub(super) const fn is_refusal(self) -> bool {
        matches!(self, Self::InnerAddress | Self::Port | Self::Scheme)
    }

    /// As evidence writes it; for failures in a browser's words.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::InnerAddress => "inner-address",
            Self::Port => "port",
            Self::Scheme => "scheme",
            Self::Bound => "bound",
            Self::NoSuchName => "net::ERR_NAME_NOT_RESOLVED",
            Self::Unreachable => "net::ERR_CONNECTION_FAILED",
        }
    }
}

/// A server as it was judged: addresses that may be dialled, and whether others were struck out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) addresses: Vec<SocketAddr>,
    pub(super) struck_out: bool,
}

impl Guard {
    pub(super) fn new(settings: &VisitSettings, dialer: Dialer) -> Self {
        Self {
            dialer,
            ports: settings.ports.clone(),
            allowed: settings.allowed.clone(),
            own: settings.own.clone(),
            #[cfg(test)]
            servers: Vec::new(),
            #[cfg(test)]
            names: std::collections::BTreeMap::new(),
        }
    }

    /// A connection to a server, and the address that answered.
    pub(super) async fn connect(&self, host: &str, port: u16) -> Result<(TcpStream, IpAddr, bool), Barred> {
        let judged = self.judge(host, port).await?;
        for address in judged.addresses.iter().take(TRIES) {
            if let Ok(stream) = self.dialer.dial(*address).await {
                return Ok((stream, address.ip(), judged.struck_out));
            }
        }
        Err(Barred::Unreachable)
    }

    /// The addresses of a server that may be dialled; the host as browsers read it (WHATWG URL, section 3.5): `0x7f.1` is an address.
    pub(super) async fn judge(&self, host: &str, port: u16) -> Result<Judged, Barred> {
        let found = match Host::parse(host).map_err(|_| Barred::Scheme)? {
            Host::Ipv4(ip) => vec![ip.into()],
            Host::Ipv6(ip) => vec![ip.into()],
            Host::Domain(name) => self.resolve(&name).await?,
        };
        let all = found.len();
        let addresses: Vec<SocketAddr> = found
            .into_iter()
            .map(|ip| SocketAddr::new(ip, port))
            .filter(|address| self.may_reach(*address))
            .collect();
        if addresses.is_empty() {
            return Err(Barred::InnerAddress);
        }
        if !self.ports.contains(&port) && !addresses.iter().all(|address| self.is_server_of_tests(*address)) {
            return Err(Barred::Port);
        }
        Ok(Judged { struck_out: addresses.len() < all, addresses })
    }

    async fn resolve(&self, name: &str) -> Result<Vec<IpAddr>, Barred> {
        #[cfg(test)]
        if let Some(addresses) = self.names.get(name) {
            return if addresses.is_empty() { Err(Barred::NoSuchName) } else { Ok(addresses.clone()) };
        }
        let name = name.trim_end_matches('.');
        // Names that mean this machine or its network (RFC 6761, 6762, 8375, 9476): nobody outside is asked about them.
        let last = name.rsplit('.').next().unwrap_or_default();
        let inner = ["localhost", "local", "internal", "lan", "home", "corp", "intranet", "onion"];
        if !name.contains('.') || inner.contains(&last) || name.ends_with(".home.arpa") {
            return Err(Barred::InnerAddress);
        }
        match self.dialer.look_up(name).await {
            Ok(found) if found.is_empty() => Err(Barred::NoSuchName),
            Ok(found) => Ok(found),
            Err(Fault::Garbled(_)) => Err(Barred::NoSuchName),
            Err(_) => Err(Barred::Unreachable),
        }
    }

    fn may_reach(&self, address: SocketAddr) -> bool {
        let ip = address.ip().to_canonical();
        self.allowed.iter().any(|network| network.contains(ip))
            || self.is_server_of_tests(address)
            || (is_of_the_web(ip) && !self.own.iter().any(|network| network.contains(ip)) && !is_own(ip))
    }

    #[cfg(test)]
    fn is_server_of_tests(&self, address: SocketAddr) -> bool {
        self.servers.contains(&address)
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, reason = "tests look at it")]
    const fn is_server_of_tests(&self, _: SocketAddr) -> bool {
        false
    }
}

/// An address of the public internet at which a web server may stand (IANA's special-purpose registries, RFC 6890).
fn is_of_the_web(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_of_the_web_v4(ip),
        IpAddr::V6(ip) => is_of_the_web_v6(ip),
    }
}

/// Microsoft's clouds answer their guests here, about the guest itself; no special-purpose registry names it.
const AZURE: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);

fn is_of_the_web_v4(ip: Ipv4Addr) -> bool {
    let special = match ip.octets() {
        // Protocol assignments (Oracle's metadata too), 6to4 relays, benchmarks.
        [192, 0, 0, _] | [192, 88, 99, _] | [198, 18 | 19, ..] => true,
        _ => ip == AZURE,
    };
    is_public(ip.into()) && !special
}

/// Only 2000::/3 is given out. An IPv4 address inside, by NAT64 (RFC 6052) or 6to4 (RFC 3056), is judged as itself.
fn is_of_the_web_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let inside = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        is_of_the_web_v4(Ipv4Addr::new(a, b, c, d))
    };
    match [a, b] {
        [0x64, 0xff9b] if [c, d, e, f] == [0; 4] => inside(g, h),
        [0x2002, high] => inside(high, c),
        // Teredo, benchmarks, ORCHID and what else stands in 2001::/23 (RFC 2928).
        [0x2001, b] if b < 0x200 => false,
        _ => (0x2000..0x4000).contains(&a) && is_public(ip.into()) && !is_isatap(ip),
    }
}

/// An interface identifier that carries an IPv4 address through a tunnel (RFC 5214).
fn is_isatap(ip: Ipv6Addr) -> bool {
    matches!(ip.segments(), [.., 0 | 0x200, 0x5efe, _, _])
}

/// An address of this machine, or of a network that it stands in: its neighbours may be a router or a printer. Where interfaces cannot be
/// listed, routes alone tell.
fn is_own(ip: IpAddr) -> bool {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    is_local(ip) || interfaces.into_iter().any(|interface| prefix(&interface.addr).contains(ip))
}

/// Whether the way to an address begins at it, which holds for own ones alone, also for those that no interface bears; no packet is sent.
/// To bind them would tell less: where `ip_nonlocal_bind` is set (ip(7)), every address can be bound.
fn is_local(ip: IpAddr) -> bool {
    let any: IpAddr = if ip.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let begins = UdpSocket::bind((any, 0)).and_then(|socket| {
        socket.connect((ip, DISCARD))?;
        socket.local_addr()
    });
    begins.is_ok_and(|begins| begins.ip() == ip)
}

/// The network of an interface's address; never the whole internet.
fn prefix(address: &IfAddr) -> Network {
    let prefix = match address {
        IfAddr::V4(v4) => v4.prefixlen,
        IfAddr::V6(v6) => v6.prefixlen,
    };
    let alone = if address.ip().is_ipv4() { 32 } else { 128 };
    Network { address: address.ip(), prefix: if prefix == 0 { alone } else { prefix } }
}

#[cfg(test)]
mod tests {
    use if_addrs::{Ifv4Addr, Ifv6Addr};

    use super::*;

    #[test]
    fn own_addresses_are_those_that_the_way_to_them_begins_at() {
        assert!(is_local(Ipv4Addr::LOCALHOST.into()));
        assert!(!is_local(Ipv4Addr::new(203, 0, 113, 1).into()));
        assert!(!is_local("2001:db8::1".parse().expect("an address")));
        for interface in if_addrs::get_if_addrs().expect("interfaces") {
            assert!(is_own(interface.ip()), "{interface:?}");
        }
    }

    #[test]
    fn neighbours_are_own() {
        let v4 = |ip: &str, prefixlen| {
            let (ip, netmask) = (ip.parse().expect("an address"), Ipv4Addr::UNSPECIFIED);
            prefix(&IfAddr::V4(Ifv4Addr { ip, netmask, prefixlen, broadcast: None }))
        };
        let contains = |network: Network, ip: &str| network.contains(ip.parse().expect("an address"));
        assert!(contains(v4("203.0.113.9", 24), "203.0.113.1"));
        assert!(!contains(v4("203.0.113.9", 24), "203.0.114.1"));
        assert!(
            contains(v4("203.0.113.9", 0), "203.0.113.9") && !contains(v4("203.0.113.9", 0), "203.0.113.8")
        );
        let (ip, netmask) = ("2001:db8:1:2::9".parse().expect("an address"), Ipv6Addr::UNSPECIFIED);
        let v6 = prefix(&IfAddr::V6(Ifv6Addr { ip, netmask, prefixlen: 64, broadcast: None }));
        assert!(contains(v6, "2001:db8:1:2::1") && !contains(v6, "2001:db8:1:3::1"));
    }
}
