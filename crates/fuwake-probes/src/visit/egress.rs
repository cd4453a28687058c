//! The only way out of a visit: a forward proxy on loopback (RFC 9110 section 7.7), one for each visit, that opens no connection but
//! through the guard, keeps count, and can be shut.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
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
    connections: AtomicUsize,
    is_shut: watch::Sender<bool>,
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
            connections: AtomicUsize::new(0),
            is_shut: watch::Sender::new(false),
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

    /// Whether as much came as one visit may load.
    pub(super) fn is_full(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) > self.most_bytes
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
    pub(super) fn refuse(&self, target: String, why: Barred) {
        let mut record = self.record();
        let refused = Refused { target, why: why.id().to_owned() };
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

    /// Carries bytes one way until an end, the shutting, or the visit's share of bytes.
    async fn carry<I: AsyncReadExt, O: AsyncWriteExt>(
        &self,
        mut from: ReadHalf<I>,
        mut to: WriteHalf<O>,
        counted: bool,
    ) {
        let mut piece = vec![0; PIECE];
        let mut shut = self.is_shut.subscribe();
        loop {
            let length = tokio::select! {
                _ = shut.wait_for(|shut| *shut) => break,
                length = from.read(&mut piece) => length.unwrap_or(0),
            };
            if length == 0 || (counted && self.count(length)) || to.write_all(&piece[..length]).await.is_err()
            {
                break;
            }
        }
        let _ = to.shutdown().await;
    }

    /// Counts bytes; whether the share is used up.
    fn count(&self, length: usize) -> bool {
        self.bytes.fetch_add(length as u64, Ordering::Relaxed) + length as u64 > self.most_bytes
    }
}

/// Brackets of IPv6 addresses and a name's last dot make no other host.
fn key(host: &str) -> String {
    host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase()
}

async fn serve(listener: TcpListener, traffic: Arc<Traffic>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let traffic = Arc::clone(&traffic);
        connections.spawn(async move {
            let mut shut = traffic.is_shut.subscribe();
            let service = service_fn(|request| answer(request, Arc::clone(&traffic)));
            let connection = server::Builder::new()
                .preserve_header_case(true)
                .serve_connection(TokioIo::new(stream), service)
                .with_upgrades();
            // A fault of one connection is the browser's to tell.
            tokio::select! {
                _ = connection => {},
                _ = shut.wait_for(|shut| *shut) => {},
            }
        });
        while connections.try_join_next().is_some() {}
    }
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
        let Ok(upgraded) = hyper::upgrade::on(request).await else { return };
        let (from_browser, to_browser) = tokio::io::split(TokioIo::new(upgraded));
        let (from_server, to_server) = tokio::io::split(stream);
        tokio::join!(
            traffic.carry(from_browser, to_server, false),
            traffic.carry(from_server, to_browser, true)
        );
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
    tokio::spawn(connection);
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    *request.uri_mut() = path.parse::<Uri>().map_err(|_| Barred::Scheme)?;
    strip(request.headers_mut());
    let mut response = sender.send_request(request).await.map_err(unreachable)?;
    strip(response.headers_mut());
    let counted = Arc::clone(traffic);
    Ok(response.map(|body| {
        let body = body.map_frame(move |frame| {
            if frame.data_ref().is_some_and(|data| counted.count(data.len())) {
                counted.shut();
            }
            frame
        });
        body.boxed()
    }))
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
