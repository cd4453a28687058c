//! A look at the site: plain HTTP on the loopback interface, for this machine alone.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::output::print;

/// Media types by ending.
const TYPES: [(&str, &str); 13] = [
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("pdf", "application/pdf"),
    ("csv", "text/csv; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("zone", "text/plain; charset=utf-8"),
    ("ico", "image/x-icon"),
];

/// Serves a folder until the program is stopped.
pub(super) fn serve(folder: &Path, port: u16) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(accept(folder, port))
}

async fn accept(folder: &Path, port: u16) -> anyhow::Result<()> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))?;
    print(&format!("http://{}/\n", listener.local_addr()?))?;
    let folder: Arc<Path> = Arc::from(folder);
    loop {
        let (stream, _) = listener.accept().await?;
        let folder = Arc::clone(&folder);
        tokio::spawn(async move {
            let service = service_fn(|request| answer(Arc::clone(&folder), request));
            // Whoever breaks off his own request is told nothing.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

async fn answer(folder: Arc<Path>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let head_only = request.method() == Method::HEAD;
    if !head_only && request.method() != Method::GET {
        return Ok(plain(StatusCode::METHOD_NOT_ALLOWED));
    }
    // A page elsewhere whose name was led here (DNS rebinding) asks by that name.
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !is_loopback(host) {
        return Ok(plain(StatusCode::FORBIDDEN));
    }
    let path = request.uri().path();
    let Some(below) = below(path) else { return Ok(plain(StatusCode::NOT_FOUND)) };
    let file = folder.join(&below);
    if file.is_dir() && !path.ends_with('/') {
        let mut moved = plain(StatusCode::MOVED_PERMANENTLY);
        moved.headers_mut().extend(format!("{path}/").parse().ok().map(|place| (LOCATION, place)));
        return Ok(moved);
    }
    let file = if file.is_dir() { file.join("index.html") } else { file };
    Ok(match std::fs::read(&file) {
        Ok(bytes) => page(StatusCode::OK, &file, if head_only { Vec::new() } else { bytes }),
        Err(_) => {
            let missing = folder.join("404.html");
            page(StatusCode::NOT_FOUND, &missing, std::fs::read(&missing).unwrap_or_default())
        }
    })
}

fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost")
}

/// A path below the folder: nothing hidden, nothing above it. Names of ours hold no escapes.
fn below(path: &str) -> Option<PathBuf> {
    let path = Path::new(path.trim_start_matches('/'));
    let plain = |part: Component<'_>| matches!(part, Component::Normal(name) if !name.to_string_lossy().starts_with('.'));
    path.components().all(plain).then(|| path.to_owned())
}

fn page(status: StatusCode, file: &Path, bytes: Vec<u8>) -> Response<Full<Bytes>> {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let known = TYPES.iter().find(|(known, _)| *known == ending);
    let media_type = known.map_or("application/octet-stream", |(_, media_type)| *media_type);
    let mut answer = Response::new(Full::new(Bytes::from(bytes)));
    *answer.status_mut() = status;
    answer.headers_mut().extend(
        [(CONTENT_TYPE, media_type.parse().ok()), (CACHE_CONTROL, "no-store".parse().ok())]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    answer
}

fn plain(status: StatusCode) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::new(Bytes::from(status.to_string())));
    *answer.status_mut() = status;
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_is_served() {
        assert_eq!(below("/cases/a/"), Some(PathBuf::from("cases/a/")));
        assert_eq!(below("/"), Some(PathBuf::new()));
        for path in ["/../x", "/a/../../x", "/.fuwake-site", "/a/.x"] {
            assert_eq!(below(path), None, "{path}");
        }
        assert!(
            is_loopback("127.0.0.1:8000") && is_loopback("localhost") && !is_loopback("evil.example:8000")
        );
    }
}
