//! The only way out of a visit: a forward proxy on loopback (RFC 9110 section 7.7), one for each visit, that opens no connection but
//! through the guard, keeps count, and can be shut.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fuwake_core::evidence::visit::{Contact, Refused};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1 as client;
use hyper::header::{self, HeaderName};
use hyper::server::conn::http1 as server;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::guard::{Barred, Guard};
use crate::browser::chromium;

/// Connections of one visit, refused ones included.
const CONNECTIONS: usize = 600;
/// Refusals that are told.
const REFUSALS: usize = 100;
/// Hosts that are told.
const HOSTS: usize = 300;
/// Bytes that are read at once.
const PIECE: usize = 16 << 10;

/// A visit's way out; shut when it is dropped.
#[derive(Debug)]
pub(super) struct Egress {
    address: SocketAddr,
    traffic: Arc<Traffic>,
    serving: tokio::task::JoinHandle<()>,
}

impl Drop for Egress {
    fn drop(&mut self) {
        self.traffic.shut();
        self.serving.abort();
    }
}

/// What went through.
#[derive(Debug)]
pub(super) struct Traffic {
    guard: Guard,
    most_bytes: u64,
    bytes: AtomicU64,
    sent: AtomicU64,
    connections: AtomicUsize,
    is_shut: watch::Sender<bool>,
    /// How often what was open was cut.
    cuts: watch::Sender<usize>,
    record: Mutex<Record>,
}

#[derive(Debug, Default)]
struct Record {
    contacts: BTreeMap<String, (BTreeSet<IpAddr>, usize)>,
    /// By host and port: which address answered last, or why none.
    outcomes: BTreeMap<(String, u16), Result<IpAddr, Barred>>,
    refused: Vec<Refused>,
}

type Body = BoxBody<Bytes, hyper::Error>;

impl Egress {
    /// Opens it at a free port of loopback.
    pub(super) async fn open(guard: Guard, most_bytes: u64) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let traffic = Arc::new(Traffic {
            guard,
            most_bytes,
            bytes: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            connections: AtomicUsize::new(0),
            is_shut: watch::Sender::new(false),
            cuts: watch::Sender::new(0),
            record: Mutex::default(),
        });
        let address = listener.local_addr()?;
        let serving = tokio::spawn(serve(listener, Arc::clone(&traffic)));
        Ok(Self { address, traffic, serving })
    }

    /// As the browser wants it named.
    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn traffic(&self) -> &Traffic {
        &self.traffic
    }
}

impl Traffic {
    /// Lets nothing more through and cuts what is open.
    pub(super) fn shut(&self) {
        self.is_shut.send_replace(true);
    }

    /// Cuts what is open; new connections may be made.
    pub(super) fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Whether as much came and went as one visit may load.
    pub(super) fn is_full(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) + self.sent.load(Ordering::Relaxed) > self.most_bytes
            || self.connections.load(Ordering::Relaxed) > CONNECTIONS
    }

    /// Bytes that came, as they came: packed and encrypted.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// What became of the last connection to a server.
    pub(super) fn outcome(&self, host: &str, port: u16) -> Option<Result<IpAddr, Barred>> {
        self.record().outcomes.get(&(key(host), port)).copied()
    }

    pub(super) fn contacts(&self) -> Vec<Contact> {
        let contact = |(host, (addresses, requests)): (&String, &(BTreeSet<IpAddr>, usize))| Contact {
            host: host.clone(),
            addresses: addresses.iter().copied().collect(),
            requests: *requests,
        };
        self.record().contacts.iter().map(contact).collect()
    }

    pub(super) fn refused(&self) -> Vec<Refused> {
        self.record().refused.clone()
    }

    /// Tells that something was not let through.
    fn refuse(&self, target: String, why: Barred) {
        self.hold_back(target, why.id());
    }

    /// The same of what was not even asked for.
    pub(super) fn hold_back(&self, target: String, why: &str) {
        let mut record = self.record();
        let refused = Refused { target, why: why.to_owned() };
        if record.refused.len() < REFUSALS && !record.refused.contains(&refused) {
            record.refused.push(refused);
        }
    }

    /// A connection through the guard.
    async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, Barred> {
        self.connections.fetch_add(1, Ordering::Relaxed);
        let connected = if self.is_full() || *self.is_shut.borrow() {
            Err(Barred::Bound)
        } else {
            self.guard.connect(host, port).await
        };
        self.note(host, port, &connected);
        let (stream, _, _) = connected?;
        Ok(stream)
    }

    fn note(&self, host: &str, port: u16, connected: &Result<(TcpStream, IpAddr, bool), Barred>) {
        let outcome = connected.as_ref().map(|(_, ip, _)| *ip).map_err(|why| *why);
        let partly = connected.as_ref().is_ok_and(|(.., struck_out)| *struck_out);
        match outcome {
            Err(why) if why.is_refusal() => self.refuse(format!("{host}:{port}"), why),
            _ if partly => self.refuse(format!("{host}:{port}"), Barred::InnerAddress),
            _ => {}
        }
        let mut record = self.record();
        if record.outcomes.len() < HOSTS {
            record.outcomes.insert((key(host), port), outcome);
        }
        if record.contacts.len() < HOSTS && !outcome.is_err_and(Barred::is_refusal) {
            let contact = record.contacts.entry(key(host)).or_default();
            contact.0.extend(outcome.ok());
            contact.1 += 1;
        }
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something that ends with the visit's way out, also while a server neither reads nor writes.
    async fn until_shut(&self, work: impl Future) {
        let (mut shut, mut cut) = (self.is_shut.subscribe(), self.cuts.subscribe());
        tokio::select! {
            _ = work => {},
            _ = shut.wait_for(|shut| *shut) => {},
            _ = cut.changed() => {},
        }
    }

    /// Carries bytes one way until an end or the visit's share of bytes.
    async fn carry<I: AsyncReadExt, O: AsyncWriteExt>(
        &self,
        mut from: ReadHalf<I>,
        mut to: WriteHalf<O>,
        counter: &AtomicU64,
    ) {
        let mut piece = vec![0; PIECE];
        loop {
            let length = from.read(&mut piece).await.unwrap_or(0);
            self.count(counter, length);
            if length == 0 || to.write_all(&piece[..length]).await.is_err() {
                break;
            }
        }
        let _ = to.shutdown().await;
    }

    /// Counts bytes of one way; shuts where the share is used up.
    fn count(&self, counter: &AtomicU64, length: usize) {
        counter.fetch_add(length as u64, Ordering::Relaxed);
        if self.is_full() {
            self.shut();
        }
    }
}

/// Brackets of IPv6 addresses and a name's last dot make no other host.
fn key(host: &str) -> String {
    host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase()
}

async fn serve(listener: TcpListener, traffic: Arc<Traffic>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, peer)) = listener.accept().await {
        let Ok(own) = listener.local_addr() else { continue };
        let traffic = Arc::clone(&traffic);
        connections.spawn(async move {
            // The table may be long.
            let judged = tokio::task::spawn_blocking(move || is_of_this_visit(peer, own)).await;
            if !judged.unwrap_or(false) {
                return;
            }
            let service = service_fn(|request| answer(request, Arc::clone(&traffic)));
            let connection = server::Builder::new()
                .preserve_header_case(true)
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades();
            // A fault of one connection is the browser's to tell.
            traffic.until_shut(connection).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

/// Whether a connection is this program's or its browser's: any user of this machine could open one. Where the system does not say whose
/// connections are, all are.
fn is_of_this_visit(peer: SocketAddr, own: SocketAddr) -> bool {
    let Ok(table) = fs::read_to_string("/proc/net/tcp") else { return true };
    owner(&table, peer, own)
        .is_some_and(|user| user == rustix::process::geteuid().as_raw() || Some(user) == chromium::user())
}

/// The user at one end of a connection inside this machine (proc_net(5)).
fn owner(table: &str, local: SocketAddr, remote: SocketAddr) -> Option<u32> {
    let end = |address: SocketAddr| match address {
        SocketAddr::V4(v4) => format!("{:08X}:{:04X}", u32::from_ne_bytes(v4.ip().octets()), v4.port()),
        SocketAddr::V6(_) => String::new(),
    };
    let (local, remote) = (end(local), end(remote));
    let mut lines = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let line = lines.find(|fields| fields.get(1..3) == Some(&[local.as_str(), remote.as_str()]))?;
    line.get(7)?.parse().ok()
}

/// An error ends the connection without a word: a page of ours would look like the server's.
async fn answer(request: Request<Incoming>, traffic: Arc<Traffic>) -> Result<Response<Body>, Barred> {
    if request.method() == Method::CONNECT {
        return Ok(tunnel(request, traffic).await);
    }
    forward(request, &traffic).await
}

async fn tunnel(request: Request<Incoming>, traffic: Arc<Traffic>) -> Response<Body> {
    let stream = match target(request.uri(), None) {
        Ok((host, port)) => traffic.connect(&host, port).await,
        Err(why) => Err(why),
    };
    let Ok(stream) = stream else { return empty(StatusCode::BAD_GATEWAY) };
    tokio::spawn(async move {
        let carrying = async {
            let Ok(upgraded) = hyper::upgrade::on(request).await else { return };
            let (from_browser, to_browser) = tokio::io::split(TokioIo::new(upgraded));
            let (from_server, to_server) = tokio::io::split(stream);
            tokio::join!(
                traffic.carry(from_browser, to_server, &traffic.sent),
                traffic.carry(from_server, to_browser, &traffic.bytes)
            );
        };
        traffic.until_shut(carrying).await;
    });
    empty(StatusCode::OK)
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Empty::new().map_err(|never: Infallible| match never {}).boxed());
    *response.status_mut() = status;
    response
}

async fn forward(mut request: Request<Incoming>, traffic: &Arc<Traffic>) -> Result<Response<Body>, Barred> {
    let (host, port) = match target(request.uri(), Some(80)) {
        Ok(target) => target,
        Err(why) => {
            traffic.refuse(request.uri().to_string(), why);
            return Err(why);
        }
    };
    let stream = traffic.connect(&host, port).await?;
    let unreachable = |_| Barred::Unreachable;
    let (mut sender, connection) = client::Builder::new()
        .preserve_header_case(true)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(unreachable)?;
    let of_visit = Arc::clone(traffic);
    tokio::spawn(async move { of_visit.until_shut(connection).await });
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    *request.uri_mut() = path.parse::<Uri>().map_err(|_| Barred::Scheme)?;
    strip(request.headers_mut());
    let request = request.map(|body| counted(body, traffic, |traffic| &traffic.sent));
    let mut response = sender.send_request(request).await.map_err(unreachable)?;
    strip(response.headers_mut());
    Ok(response.map(|body| counted(body, traffic, |traffic| &traffic.bytes)))
}

/// A body whose bytes are counted as they pass.
fn counted(body: Incoming, traffic: &Arc<Traffic>, counter: fn(&Traffic) -> &AtomicU64) -> Body {
    let traffic = Arc::clone(traffic);
    let body = body.map_frame(move |frame| {
        traffic.count(counter(&traffic), frame.data_ref().map_or(0, Bytes::len));
        frame
    });
    body.boxed()
}

/// Takes off what holds for one connection alone (RFC 9110 section 7.6.1).
fn strip(headers: &mut hyper::HeaderMap) {
    const OWN: [HeaderName; 5] = [
        header::CONNECTION,
        header::PROXY_AUTHORIZATION,
        header::TRAILER,
        header::UPGRADE,
        HeaderName::from_static("proxy-connection"),
    ];
    for name in OWN {
        headers.remove(name);
    }
}

/// Host and port of a request's target.
fn target(uri: &Uri, usual: Option<u16>) -> Result<(String, u16), Barred> {
    let http = uri.scheme_str().is_none_or(|scheme| scheme == "http");
    let authority = uri.authority().filter(|_| http).ok_or(Barred::Scheme)?;
    let port = authority.port_u16().or(usual).ok_or(Barred::Scheme)?;
    Ok((authority.host().to_owned(), port))
}

impl std::error::Error for Barred {}

impl std::fmt::Display for Barred {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Linux writes it on machines with the lesser byte first.
    #[test]
    #[cfg(target_endian = "little")]
    fn whose_a_connection_is() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n\
                     0: 0100007F:07E8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 551 1\n\
                     1: 0100007F:C350 0100007F:07E8 01 00000000:00000000 00:00000000 00000000  1000        0 552 1\n";
        let at = |port| SocketAddr::from(([127, 0, 0, 1], port));
        assert_eq!(owner(table, at(50_000), at(2_024)), Some(1_000));
        assert_eq!(owner(table, at(50_001), at(2_024)), None);
    }
}
