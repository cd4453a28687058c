//! What services are asked with, and how their answers are kept within bounds.

use std::sync::Arc;

use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::Value;

use super::About;
use crate::probes::dns::Dns;
use crate::world::{Fault, Http, Manners, Page};

/// How long one value may be, in characters.
const LONG: usize = 300;
/// How many categories are kept.
const CATEGORIES: usize = 12;

/// What services are asked with.
#[derive(Debug)]
pub(crate) struct Tools {
    http: Http,
    pub(super) dns: Arc<Dns>,
    pub(super) manners: Arc<Manners>,
    /// Where tests have all servers.
    #[cfg(test)]
    pub(super) base: Option<String>,
}

impl Tools {
    pub(super) fn new(http: Http, dns: Arc<Dns>, manners: Arc<Manners>) -> Self {
        #[cfg(test)]
        return Self { http, dns, manners, base: None };
        #[cfg(not(test))]
        Self { http, dns, manners }
    }

    pub(super) fn client(&self) -> &Client {
        self.http.client()
    }

    /// For requests that carry a key.
    pub(super) fn keyed(&self) -> &Client {
        self.http.keyed()
    }

    /// The address of a service's page: `base` has no slash at its end, `path` begins with one.
    pub(super) fn url(&self, base: &str, path: &str) -> String {
        #[cfg(test)]
        let base = self.base.as_deref().unwrap_or(base);
        format!("{base}{path}")
    }

    /// Asks as the service wants to be asked; none where it answers that there is nothing (404).
    pub(super) async fn page(
        &self,
        about: &About,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<Option<Page>, Fault> {
        let asked = self.manners.ask(about.id, about.rule, || self.http.send(request())).await?;
        match asked.status {
            StatusCode::NOT_FOUND => Ok(None),
            status if status.is_success() => Ok(Some(asked)),
            status => Err(Fault::Refused(format!("HTTP {}", status.as_u16()))),
        }
    }

    /// The same for an answer in JSON.
    pub(super) async fn json(
        &self,
        about: &About,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<Option<Value>, Fault> {
        let Some(page) = self.page(about, request).await? else { return Ok(None) };
        serde_json::from_slice(&page.body).map(Some).map_err(|_| garbled())
    }
}

/// Not the JSON that the service is known to write.
pub(super) fn garbled() -> Fault {
    Fault::Garbled("JSON".to_owned())
}

/// A text of a bearable length without control characters; none where nothing is left.
pub(super) fn cut(text: &str) -> Option<String> {
    let text: String = text.trim().chars().filter(|c| !c.is_control()).take(LONG).collect();
    (!text.is_empty()).then_some(text)
}

/// Each category once, in order of the alphabet, as many as are kept.
pub(super) fn categories<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut found: Vec<String> = words.into_iter().take(10_000).filter_map(cut).collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(CATEGORIES);
    found
}

/// A link that the service gives, where it is one over HTTPS.
pub(super) fn link(value: &Value) -> Option<String> {
    value.as_str().filter(|url| url.starts_with("https://")).and_then(cut)
}

/// The fields of a form, as a body of `application/x-www-form-urlencoded`.
pub(super) fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// The type of such a body.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";
