//! HTTP without a browser, through the same way out.

use std::time::Duration;

use reqwest::{Client, Proxy, Response, Url, header, redirect};

use fuwake_core::evidence::visit::Profile;

use super::egress::Egress;
use super::profile;
use crate::browser::agent;

/// Sends requests through a visit's way out. Redirects are not followed; certificates are not judged unless asked for.
pub(super) fn client(
    egress: &Egress,
    visitor: Profile,
    version: &str,
    judged: bool,
) -> reqwest::Result<Client> {
    // Another world in this process may have installed it already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut headers = header::HeaderMap::new();
    headers.insert(header::ACCEPT_LANGUAGE, header::HeaderValue::from_static(profile::languages()));
    Client::builder()
        .proxy(Proxy::all(egress.url())?)
        .user_agent(agent::user_agent(visitor, version))
        .default_headers(headers)
        .redirect(redirect::Policy::none())
        .danger_accept_invalid_certs(!judged)
        .connect_timeout(Duration::from_secs(8))
        .build()
}

/// The body of an answer, up to `most` bytes; whether there is more.
pub(super) async fn body(mut response: Response, most: usize) -> reqwest::Result<(Vec<u8>, bool)> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await? {
        let room = most - body.len();
        body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if piece.len() > room {
            return Ok((body, true));
        }
    }
    Ok((body, false))
}

/// Where an answer leads by its status and `Location` (RFC 9110 section 15.4).
pub(super) fn redirect(response: &Response, from: &Url) -> Option<Url> {
    let location = response.headers().get(header::LOCATION).filter(|_| response.status().is_redirection())?;
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut to = from.join(&location).ok()?;
    if to.fragment().is_none() {
        to.set_fragment(from.fragment());
    }
    Some(to)
}
