//! HTTP to registries and services: never to a host that a mail names.

use std::time::Duration;

use reqwest::{Client, Proxy, StatusCode, Url, header, redirect};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::{Dialer, Fault, Settings, UnusableSettings, now};

/// The longest answer that is read, in bytes.
const LONGEST: usize = 4 << 20;
/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// A client for registries and services.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    /// For requests that carry a key, which no redirect may take elsewhere.
    keyed: Client,
    dialer: Dialer,
}

/// An answer over HTTP.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// The body, whole.
    pub body: Vec<u8>,
    /// Who answered, after redirects.
    pub host: String,
}

impl Http {
    /// Certificates are judged by the system's authorities (`SSL_CERT_FILE` names others). Names are resolved by the dialer, with a
    /// proxy by the proxy.
    ///
    /// # Errors
    /// A proxy that is none.
    pub fn new(settings: &Settings, dialer: Dialer) -> Result<Self, UnusableSettings> {
        // A second world in one process finds the provider already installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = client_of(settings, &dialer, redirects(dialer.clone()))?;
        let keyed = client_of(settings, &dialer, redirect::Policy::none())?;
        Ok(Self { client, keyed, dialer })
    }

    /// Gets a page.
    ///
    /// # Errors
    /// No answer, too long an answer, a status that says that the server cannot or will not answer. A 404 is an answer.
    pub async fn get(&self, url: &str, accept: &'static str) -> Result<Page, Fault> {
        let may_visit = Url::parse(url).is_ok_and(|url| self.dialer.may_visit(&url));
        if !may_visit {
            return Err(Fault::Unreachable);
        }
        self.send(self.client.get(url).header(header::ACCEPT, accept)).await
    }

    /// Begins to get a file of any length; its pieces come by [`Http::piece`].
    pub(super) async fn open(&self, url: &str) -> Result<reqwest::Response, Fault> {
        let may_visit = Url::parse(url).is_ok_and(|url| self.dialer.may_visit(&url));
        if !may_visit {
            return Err(Fault::Unreachable);
        }
        self.client.get(url).send().await.map_err(|error| fault(&error))
    }

    /// The next piece of a file; none at its end.
    pub(super) async fn piece(response: &mut reqwest::Response) -> Result<Option<Vec<u8>>, Fault> {
        let piece = response.chunk().await.map_err(|error| fault(&error))?;
        Ok(piece.map(|piece| piece.to_vec()))
    }

    /// The client for requests to public pages; send them with [`Http::send`].
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The client for requests that carry a key: it follows no redirect.
    #[must_use]
    pub fn keyed(&self) -> &Client {
        &self.keyed
    }

    /// Sends a request.
    ///
    /// # Errors
    /// As [`Http::get`].
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Result<Page, Fault> {
        let mut response = request.send().await.map_err(|error| fault(&error))?;
        let status = response.status();
        let host = response.url().host_str().unwrap_or_default().to_owned();
        match status {
            StatusCode::TOO_MANY_REQUESTS => return Err(Fault::RateLimited(retry_after(response.headers()))),
            StatusCode::SERVICE_UNAVAILABLE if retry_after(response.headers()).is_some() => {
                return Err(Fault::RateLimited(retry_after(response.headers())));
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(Fault::Refused(format!("HTTP {}", status.as_u16())));
            }
            status if status.is_server_error() => {
                return Err(Fault::ServerFailed(format!("HTTP {}", status.as_u16())));
            }
            _ => {}
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| fault(&error))? {
            if body.len() + piece.len() > LONGEST {
                return Err(Fault::TooLong);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Page { status, body, host })
    }
}

/// How long the server wants to be left alone (RFC 9110 section 10.2.3): a number of seconds, or a date.
fn retry_after(headers: &header::HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = OffsetDateTime::parse(text, &Rfc2822).ok()?;
    Some((until - now()).try_into().unwrap_or(Duration::ZERO))
}

fn client_of(
    settings: &Settings,
    dialer: &Dialer,
    redirects: redirect::Policy,
) -> Result<Client, UnusableSettings> {
    let mut builder = Client::builder()
        .user_agent(concat!("fuwake/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .redirect(redirects)
        .no_proxy();
    if let Some(proxy) = &settings.proxy {
        let all =
            Proxy::all(proxy).map_err(|error| UnusableSettings::Proxy(proxy.clone(), error.to_string()))?;
        builder = builder.proxy(all);
    } else {
        builder = builder.dns_resolver(dialer.clone());
    }
    builder.build().map_err(|error| UnusableSettings::Http(error.to_string()))
}

/// Each redirect leads to a host that may be dialled.
fn redirects(dialer: Dialer) -> redirect::Policy {
    redirect::Policy::custom(move |attempt| {
        if attempt.previous().len() > REDIRECTS {
            attempt.error("too many redirects")
        } else if dialer.may_visit(attempt.url()) {
            attempt.follow()
        } else {
            attempt.error("a redirect to an inner network")
        }
    })
}

fn fault(error: &reqwest::Error) -> Fault {
    if error.is_timeout() {
        Fault::TimeOut
    } else if error.is_connect() {
        Fault::Unreachable
    } else if error.is_redirect() {
        Fault::Garbled("redirects".to_owned())
    } else {
        Fault::Garbled("HTTP".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_says_by_seconds_or_by_date_how_long_it_wants_to_be_left_alone() {
        let after = |value: Option<&str>| {
            let mut headers = header::HeaderMap::new();
            headers.extend(value.map(|value| (header::RETRY_AFTER, value.parse().expect("a value"))));
            retry_after(&headers)
        };
        assert_eq!(after(Some("120")), Some(Duration::from_secs(120)));
        assert_eq!(after(Some("Sun, 06 Nov 1994 08:49:37 GMT")), Some(Duration::ZERO), "over by now");
        let hour = (now() + time::Duration::HOUR).format(&Rfc2822).expect("a date").replace("+0000", "GMT");
        let wanted = after(Some(&hour)).expect("a date");
        assert!((3_590..=3_600).contains(&wanted.as_secs()), "{wanted:?}");
        for none in [None, Some("soon"), Some("-1"), Some("99999999999999999999999")] {
            assert_eq!(after(none), None, "{none:?}");
        }
    }
}
