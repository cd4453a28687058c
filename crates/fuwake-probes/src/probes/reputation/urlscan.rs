//! urlscan.io: scans that others had made; nothing is submitted. <https://docs.urlscan.io/apis/urlscan-openapi/search>

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Reputation, Subject};
use serde_json::Value;

use super::tools::{categories, cut, form, garbled, link};
use super::{About, Key, ReputationService, Said, Takes, Told, Tools};
use crate::world::{Fault, Rule};

pub(super) const ABOUT: About = About {
    id: "urlscan",
    name: "urlscan.io",
    takes: Takes { addresses: false, domains: true, urls: false },
    rule: Rule { at_once: 1, per_second: 2, time_out: Duration::from_secs(12), retries: 1 },
    lifetime: Duration::from_secs(6 * 3_600),
    told: Told::Subject,
    terms: "free key: 1,000 searches a day, for fair use",
    key: Key::Required,
};

pub(super) fn set_up(key: Option<String>) -> Box<dyn ReputationService> {
    Box::new(UrlScan { key: key.unwrap_or_default() })
}

struct UrlScan {
    key: String,
}

super::hide_key!(UrlScan);

impl UrlScan {
    async fn look_up(&self, tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        let asked = format!("page.domain:\"{}\"", subject.text());
        let query = form(&[("q", &asked), ("size", "20")]);
        let url = tools.url("https://urlscan.io", &format!("/api/v1/search/?{query}"));
        let request = || tools.keyed().get(&url).header("API-Key", &self.key);
        let answer = tools.json(&ABOUT, request).await?.ok_or_else(garbled)?;
        read(&answer)
    }
}

impl ReputationService for UrlScan {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        self.look_up(tools, subject).boxed()
    }
}

/// The newest scan comes first; a scan is a warning where the service called the page malicious.
fn read(answer: &Value) -> Result<Said, Fault> {
    let scans = answer["results"].as_array().ok_or_else(garbled)?;
    let Some(newest) = scans.first() else { return Ok(Said::NotListed) };
    let bad = scans.iter().filter(|scan| scan["verdicts"]["malicious"].as_bool() == Some(true));
    let tags = scans.iter().flat_map(|scan| scan["task"]["tags"].as_array().into_iter().flatten());
    let total = answer["total"].as_u64().unwrap_or(scans.len() as u64);
    let at = newest["task"]["time"].as_str().map_or_else(String::new, |at| format!(", last {at}"));
    let id = newest["_id"]
        .as_str()
        .filter(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    Ok(Said::Listed(Reputation {
        warns: bad.count() > 0,
        categories: categories(tags.filter_map(Value::as_str)),
        text: cut(&format!("scans: {total}{at}")),
        link: id.map(|id| format!("https://urlscan.io/result/{id}/")).or_else(|| link(&newest["result"])),
        picture: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, domain, faults, listed};
    use super::*;

    const ANSWER: &str = include_str!("answers/urlscan_search.json");

    #[tokio::test]
    async fn a_scan_called_malicious_is_a_warning() {
        let subject = domain("evil.example.com");
        let said = ask(set_up(Some("key".into())), &subject, |head| {
            assert!(
                head.starts_with("GET /api/v1/search/?q=page.domain%3A%22evil.example.com%22&"),
                "{head}"
            );
            (200, ANSWER.to_owned())
        });
        let found = listed(said.await);
        assert!(found.warns);
        assert_eq!(found.categories, ["phishing"]);
        assert_eq!(found.text.as_deref(), Some("scans: 1, last 2026-11-20T10:15:00.000Z"));
        let quiet = ANSWER.replace("\"malicious\": true", "\"malicious\": false");
        assert!(!listed(read(&serde_json::from_str(&quiet).expect("JSON"))).warns);
    }

    #[tokio::test]
    async fn nothing_scanned_and_faults_are_kept_apart() {
        let none = r#"{"results": [], "total": 0, "took": 3, "has_more": false}"#;
        let said = ask(set_up(None), &domain("example.com"), move |_| (200, none.to_owned())).await;
        assert_eq!(said, Ok(Said::NotListed));
        faults(|| set_up(None), &domain("example.com")).await;
    }
}
