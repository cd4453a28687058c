//! Services played by a server on this machine.

use std::sync::Arc;

use fuwake_core::evidence::{Reputation, Subject};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{ReputationService, Said, Tools};
use crate::probes::dns::Dns;
use crate::world::{Dialer, Fault, Http, Manners, Settings};

/// What abuse.ch answers where it knows nothing.
pub(super) const NO_RESULTS: &str = r#"{"query_status": "no_results"}"#;

pub(super) fn domain(name: &str) -> Subject {
    Subject::Domain(name.to_owned())
}

pub(super) fn tools(resolver: std::net::SocketAddr, base: Option<String>) -> Tools {
    let settings = Settings { resolvers: vec![resolver], ..Settings::default() };
    let manners = Arc::new(Manners::new());
    let dns = Arc::new(Dns::new(&settings, Arc::clone(&manners)).expect("a resolver"));
    let http = Http::new(&settings, Dialer::to_loopback(&settings, Arc::clone(&dns))).expect("a client");
    let mut tools = Tools::new(http, dns, manners);
    tools.base = base;
    tools
}

/// Asks a service whose server answers each request, head and body, with a status and a body.
pub(super) async fn ask(
    service: Box<dyn ReputationService>,
    subject: &Subject,
    answer: impl Fn(&str) -> (u16, String) + Send + Sync + 'static,
) -> Result<Said, Fault> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let request = request(&mut stream).await;
            let (status, body) = answer(&request);
            let head =
                format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all((head + &body).as_bytes()).await;
        }
    });
    service.ask(&tools(([127, 0, 0, 1], 9).into(), Some(base)), subject).await
}

/// A request with its whole body.
async fn request(stream: &mut tokio::net::TcpStream) -> String {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4_096]);
    loop {
        let length = stream.read(&mut piece).await.unwrap_or(0);
        bytes.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let lower = text.to_lowercase();
        let wanted =
            lower.split_once("content-length: ").and_then(|(_, rest)| rest.lines().next()?.parse().ok());
        let body = text.split_once("\r\n\r\n").map(|(_, body)| body.len());
        if length == 0 || body.is_some_and(|body| body >= wanted.unwrap_or(0)) {
            return text;
        }
    }
}

pub(super) fn listed(said: Result<Said, Fault>) -> Reputation {
    let listed = match said.expect("an answer") {
        Said::Listed(reputation) => Some(reputation),
        Said::NotListed => None,
    };
    listed.expect("it is listed")
}

/// What every service must take for a failure: too many questions, a wrong key, a server's fault, no JSON, other JSON.
pub(super) async fn faults(service: fn() -> Box<dyn ReputationService>, subject: &Subject) {
    let asked = |status, body: &'static str| ask(service(), subject, move |_| (status, body.to_owned()));
    assert_eq!(asked(429, "").await, Err(Fault::RateLimited(None)));
    assert_eq!(asked(403, "{}").await, Err(Fault::Refused("HTTP 403".to_owned())));
    assert_eq!(asked(400, "{}").await, Err(Fault::Refused("HTTP 400".to_owned())));
    assert_eq!(asked(503, "{}").await, Err(Fault::ServerFailed("HTTP 503".to_owned())));
    for body in ["<html>", "", "[{", "[]", "\"x\"", "7"] {
        let said = asked(200, body).await;
        assert!(matches!(said, Err(Fault::Garbled(_))), "{body}: {said:?}");
    }
}
