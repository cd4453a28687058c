//! Connections to the servers of registries and services: their names resolved by the world's own resolver, addresses of inner
//! networks never dialled.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use fuwake_core::evidence::{Answer, Data, RecordType};
use fuwake_core::mail::trust::is_public;
use moka::future::Cache;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::proxy::ProxyServer;
use super::{Fault, Settings};
use crate::probes::dns::Dns;

/// How long a server's addresses are kept.
const LIFETIME: Duration = Duration::from_secs(300);
/// How many servers' addresses are kept.
const SERVERS: u64 = 1_000;
/// How many addresses of a server are tried.
const TRIES: usize = 4;
/// How long one of them may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens connections to servers.
#[derive(Clone, Debug)]
pub struct Dialer {
    dns: Arc<Dns>,
    known: Cache<String, Arc<[IpAddr]>>,
    may_dial: fn(IpAddr) -> bool,
    way: Way,
}

/// How connections are opened that are not HTTP.
#[derive(Clone, Debug)]
enum Way {
    Straight,
    Proxy(ProxyServer),
    /// A proxy that carries HTTP alone: nothing goes around it.
    None,
}

impl Dialer {
    /// To public addresses alone, through the proxy where there is one.
    #[must_use]
    pub fn new(settings: &Settings, dns: Arc<Dns>) -> Self {
        let known = Cache::builder().max_capacity(SERVERS).time_to_live(LIFETIME).build();
        let way = settings
            .proxy
            .as_deref()
            .map_or(Way::Straight, |proxy| ProxyServer::read(proxy).map_or(Way::None, Way::Proxy));
        Self { dns, known, may_dial: is_public, way }
    }

    /// Loopback too: the servers of tests.
    #[cfg(test)]
    pub(crate) fn to_loopback(settings: &Settings, dns: Arc<Dns>) -> Self {
        Self { may_dial: |ip| ip.is_loopback() || is_public(ip), ..Self::new(settings, dns) }
    }

    /// Whether connections can be opened that are not HTTP.
    #[must_use]
    pub fn can_connect(&self) -> bool {
        !matches!(self.way, Way::None)
    }

    /// Whether an address may be dialled.
    #[must_use]
    pub fn may_dial(&self, ip: IpAddr) -> bool {
        (self.may_dial)(ip)
    }

    /// Whether a URL's host may be dialled, as far as the URL itself says: a name is judged once it is resolved.
    pub(super) fn may_visit(&self, url: &reqwest::Url) -> bool {
        match url.host() {
            Some(url::Host::Ipv4(ip)) => self.may_dial(ip.into()),
            Some(url::Host::Ipv6(ip)) => self.may_dial(ip.into()),
            Some(url::Host::Domain(_)) => true,
            None => false,
        }
    }

    /// The addresses of a server that may be dialled, IPv4 first.
    ///
    /// # Errors
    /// There is none, or the resolver does not answer.
    pub async fn addresses(&self, name: &str) -> Result<Arc<[IpAddr]>, Fault> {
        if let Ok(ip) = name.parse::<IpAddr>() {
            return if self.may_dial(ip) { Ok(Arc::new([ip])) } else { Err(Fault::Unreachable) };
        }
        let resolving = self.known.try_get_with(name.to_owned(), self.resolve(name));
        resolving.await.map_err(|fault| Fault::clone(&fault))
    }

    /// All addresses of a name, those too that may not be dialled, IPv4 first; none where there is no such name. Asked anew each
    /// time: whoever judges them dials what he judged, by [`Dialer::dial`].
    pub(crate) async fn look_up(&self, name: &str) -> Result<Vec<IpAddr>, Fault> {
        let (v4, v6) = tokio::join!(self.records(name, RecordType::A), self.records(name, RecordType::Aaaa));
        match (v4, v6) {
            (Err(fault), Err(_)) => Err(fault),
            // Half an answer is no proof that there is nothing.
            (Err(fault), Ok(none)) | (Ok(none), Err(fault)) if none.is_empty() => Err(fault),
            (v4, v6) => Ok([v4, v6].into_iter().flatten().flatten().collect()),
        }
    }

    /// A connection to exactly this address, through the proxy where there is one. Nothing is judged here.
    pub(crate) async fn dial(&self, address: SocketAddr) -> Result<TcpStream, Fault> {
        let connecting = async {
            match &self.way {
                Way::Straight => TcpStream::connect(address).await.map_err(|_| Fault::Unreachable),
                Way::Proxy(proxy) => proxy.connect(&address.ip().to_string(), address.port()).await,
                Way::None => Err(Fault::Unreachable),
            }
        };
        timeout(PATIENCE, connecting).await.unwrap_or(Err(Fault::TimeOut))
    }

    async fn resolve(&self, name: &str) -> Result<Arc<[IpAddr]>, Fault> {
        let (v4, v6) = tokio::join!(self.records(name, RecordType::A), self.records(name, RecordType::Aaaa));
        let found: Vec<IpAddr> = match (v4, v6) {
            (Err(fault), Err(_)) => return Err(fault),
            (v4, v6) => [v4, v6].into_iter().flatten().flatten().filter(|ip| self.may_dial(*ip)).collect(),
        };
        if found.is_empty() { Err(Fault::Unreachable) } else { Ok(found.into()) }
    }

    async fn records(&self, name: &str, record: RecordType) -> Result<Vec<IpAddr>, Fault> {
        match self.dns.ask(name, record).await.answer {
            Answer::Found { data: Data::Records(found) } => {
                Ok(found.records.iter().filter_map(|ip| ip.parse().ok()).collect())
            }
            Answer::Absent { .. } => Ok(Vec::new()),
            _ => Err(Fault::Unreachable),
        }
    }

    /// A connection to a port of a server.
    ///
    /// # Errors
    /// As [`Dialer::addresses`], and where nobody answers there.
    pub async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, Fault> {
        match &self.way {
            Way::Straight => self.connect_straight(host, port).await,
            Way::Proxy(_) if host.parse().is_ok_and(|ip| !self.may_dial(ip)) => Err(Fault::Unreachable),
            Way::Proxy(proxy) => proxy.connect(host, port).await,
            Way::None => Err(Fault::Unreachable),
        }
    }

    async fn connect_straight(&self, host: &str, port: u16) -> Result<TcpStream, Fault> {
        let mut fault = Fault::Unreachable;
        for &ip in self.addresses(host).await?.iter().take(TRIES) {
            match timeout(PATIENCE, TcpStream::connect(SocketAddr::new(ip, port))).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(_)) => fault = Fault::Unreachable,
                Err(_) => fault = Fault::TimeOut,
            }
        }
        Err(fault)
    }
}

impl Resolve for Dialer {
    fn resolve(&self, name: Name) -> Resolving {
        let dialer = self.clone();
        Box::pin(async move {
            let found = dialer.addresses(name.as_str()).await.map_err(io::Error::other)?;
            let addresses: Vec<SocketAddr> = found.iter().map(|ip| SocketAddr::new(*ip, 0)).collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
