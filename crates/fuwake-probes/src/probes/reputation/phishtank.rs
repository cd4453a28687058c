//! PhishTank: links that people reported and voted on. <https://phishtank.org/api_info.php>

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Reputation, Subject};
use reqwest::header;
use serde_json::Value;

use super::tools::{FORM, cut, form, garbled, link};
use super::{About, Key, ReputationService, Said, Takes, Told, Tools};
use crate::world::{Fault, Rule};

pub(super) const ABOUT: About = About {
    id: "phishtank",
    name: "PhishTank",
    takes: Takes { addresses: false, domains: false, urls: true },
    rule: Rule { at_once: 1, per_second: 1, time_out: Duration::from_secs(10), retries: 1 },
    lifetime: Duration::from_secs(3_600),
    told: Told::Subject,
    terms: "free, with the application key of a registered user",
    key: Key::Required,
};

pub(super) fn set_up(key: Option<String>) -> Box<dyn ReputationService> {
    Box::new(PhishTank { key: key.unwrap_or_default() })
}

struct PhishTank {
    key: String,
}

super::hide_key!(PhishTank);

impl PhishTank {
    async fn look_up(&self, tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        let body = form(&[("url", &subject.text()), ("format", "json"), ("app_key", &self.key)]);
        let url = tools.url("https://checkurl.phishtank.com", "/checkurl/");
        let request = || {
            let request = tools.keyed().post(&url).header(header::USER_AGENT, "phishtank/fuwake");
            request.header(header::CONTENT_TYPE, FORM).body(body.clone())
        };
        let answer = tools.json(&ABOUT, request).await?.ok_or_else(garbled)?;
        read(&answer["results"])
    }
}

impl ReputationService for PhishTank {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        self.look_up(tools, subject).boxed()
    }
}

/// Only what was voted to be phishing, and is still held to be, is a warning.
fn read(results: &Value) -> Result<Said, Fault> {
    if !results["in_database"].as_bool().ok_or_else(garbled)? {
        return Ok(Said::NotListed);
    }
    let is = |name: &str| results[name].as_bool() == Some(true);
    let state = if is("verified") { "verified" } else { "unverified" };
    let at = results["verified_at"].as_str().map_or_else(String::new, |at| format!(", since {at}"));
    Ok(Said::Listed(Reputation {
        warns: is("verified") && is("valid"),
        categories: vec!["phishing".to_owned()],
        text: cut(&format!("{state}{at}")),
        link: link(&results["phish_detail_page"]),
        picture: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, faults, listed};
    use super::*;

    const ANSWER: &str = include_str!("answers/phishtank_checkurl.json");

    fn subject() -> Subject {
        Subject::Url("https://evil.example.com/login".to_owned())
    }

    #[tokio::test]
    async fn what_was_voted_phishing_is_a_warning() {
        let subject = subject();
        let said = ask(set_up(Some("key".into())), &subject, |head| {
            assert!(head.ends_with("url=https%3A%2F%2Fevil.example.com%2Flogin&format=json&app_key=key"));
            (200, ANSWER.to_owned())
        });
        let found = listed(said.await);
        assert!(found.warns);
        assert_eq!(found.text.as_deref(), Some("verified, since 2026-11-20T10:15:00+00:00"));
        let open = ANSWER.replace("\"verified\": true", "\"verified\": false");
        assert!(!listed(read(&serde_json::from_str::<Value>(&open).expect("JSON")["results"])).warns);
    }

    #[tokio::test]
    async fn nothing_known_and_faults_are_kept_apart() {
        let none = r#"{"meta": {"status": "success"}, "results": {"url": "x", "in_database": false}}"#;
        let said = ask(set_up(None), &subject(), move |_| (200, none.to_owned())).await;
        assert_eq!(said, Ok(Said::NotListed));
        faults(|| set_up(None), &subject()).await;
    }
}
