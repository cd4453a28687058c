//! Files fetched for this machine: tables of places.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use thiserror::Error;
use tokio::time::timeout;

use super::{Dialer, Fault, Http, Manners, Settings, UnusableSettings};
use crate::probes::dns::Dns;

/// How long nothing may come.
const SILENCE: Duration = Duration::from_secs(30);

/// Why a file was not fetched.
#[derive(Debug, Error)]
pub enum DownloadError {
    /// No connection can be set up.
    #[error(transparent)]
    Settings(#[from] UnusableSettings),
    /// No answer, or too long a one.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// The server has something else to say.
    #[error("HTTP {}", .0.as_u16())]
    Status(StatusCode),
    /// It cannot be written here.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Fetches a file of at most `most` bytes, through the proxy and resolvers of the settings. Must be called inside a Tokio runtime.
///
/// # Errors
/// Where it does not come whole.
pub async fn download(
    settings: &Settings,
    url: &str,
    most: u64,
    out: &mut (impl Write + Send),
) -> Result<(), DownloadError> {
    let dns = Arc::new(Dns::new(settings, Arc::new(Manners::new()))?);
    let http = Http::new(settings, Dialer::new(settings, dns))?;
    save(&http, url, most, out).await
}

async fn save(http: &Http, url: &str, most: u64, out: &mut (impl Write + Send)) -> Result<(), DownloadError> {
    let mut response = timeout(SILENCE, http.open(url)).await.unwrap_or(Err(Fault::TimeOut))?;
    if !response.status().is_success() {
        return Err(DownloadError::Status(response.status()));
    }
    let mut left = most;
    loop {
        let piece = timeout(SILENCE, Http::piece(&mut response)).await.unwrap_or(Err(Fault::TimeOut))?;
        let Some(piece) = piece else { return Ok(()) };
        left = left.checked_sub(piece.len() as u64).ok_or(Fault::TooLong)?;
        out.write_all(&piece)?;
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    async fn saved(answer: &'static str, most: u64) -> (Result<(), DownloadError>, Vec<u8>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let url = format!("http://{}/table", listener.local_addr().expect("an address"));
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a client");
            let _ = stream.read(&mut [0; 2_048]).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        });
        let settings = Settings { resolvers: vec![([127, 0, 0, 1], 9).into()], ..Settings::default() };
        let dns = Arc::new(Dns::new(&settings, Arc::new(Manners::new())).expect("a resolver"));
        let http = Http::new(&settings, Dialer::to_loopback(&settings, dns)).expect("a client");
        let mut out = Vec::new();
        (save(&http, &url, most, &mut out).await, out)
    }

    #[tokio::test]
    async fn a_file_comes_whole_or_not_at_all() {
        let (result, bytes) = saved("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\ntable", 5).await;
        assert!(result.is_ok() && bytes == b"table");
        let (result, _) = saved("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\ntable", 4).await;
        assert!(matches!(result, Err(DownloadError::Fault(Fault::TooLong))));
        let (result, _) = saved("HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\ntable", 99).await;
        assert!(matches!(result, Err(DownloadError::Fault(_))), "cut off");
        let (result, _) = saved("HTTP/1.1 404 Gone\r\ncontent-length: 0\r\n\r\n", 9).await;
        assert!(matches!(result, Err(DownloadError::Status(StatusCode::NOT_FOUND))));
    }
}
