//! crt.sh: certificates in the public logs (Certificate Transparency, RFC 9162). The first one tells since when a name is used.

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Reputation, Subject};
use serde_json::Value;

use super::tools::{cut, form, garbled};
use super::{About, Key, ReputationService, Said, Takes, Told, Tools};
use crate::world::{Fault, Rule};

pub(super) const ABOUT: About = About {
    id: "crt-sh",
    name: "crt.sh",
    takes: Takes { addresses: false, domains: true, urls: false },
    // It is slow, and often overloaded.
    rule: Rule { at_once: 1, per_second: 1, time_out: Duration::from_secs(25), retries: 1 },
    lifetime: Duration::from_secs(86_400),
    told: Told::Subject,
    terms: "free, for little use",
    key: Key::None,
};

pub(super) fn set_up(_: Option<String>) -> Box<dyn ReputationService> {
    Box::new(CrtSh)
}

#[derive(Debug)]
struct CrtSh;

impl CrtSh {
    async fn look_up(tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        let query = form(&[("q", &subject.text()), ("output", "json")]);
        let url = tools.url("https://crt.sh", &format!("/?{query}"));
        let answer = tools.json(&ABOUT, || tools.client().get(&url)).await?.ok_or_else(garbled)?;
        read(&answer, subject)
    }
}

impl ReputationService for CrtSh {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        Self::look_up(tools, subject).boxed()
    }
}

/// Dates in one form, so that their text is in their order.
fn read(answer: &Value, subject: &Subject) -> Result<Said, Fault> {
    let entries = answer.as_array().ok_or_else(garbled)?;
    if entries.is_empty() {
        return Ok(Said::NotListed);
    }
    let dates = entries.iter().filter_map(|entry| entry["not_before"].as_str()?.get(..10));
    let is_date = |date: &&str| date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let first = dates.filter(is_date).min().ok_or_else(garbled)?;
    Ok(Said::Listed(Reputation {
        warns: false,
        categories: Vec::new(),
        text: cut(&format!("first certificate {first}, entries: {}", entries.len())),
        link: Some(format!("https://crt.sh/?{}", form(&[("q", &subject.text())]))),
        picture: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, domain, listed};
    use super::*;

    #[tokio::test]
    async fn the_oldest_certificate_is_told() {
        let subject = domain("example.com");
        let answer = include_str!("answers/crt_sh.json");
        let said = ask(set_up(None), &subject, move |head| {
            assert!(head.starts_with("GET /?q=example.com&output=json "), "{head}");
            (200, answer.to_owned())
        });
        let found = listed(said.await);
        assert!(!found.warns);
        assert_eq!(found.text.as_deref(), Some("first certificate 2026-11-01, entries: 2"));
    }

    #[tokio::test]
    async fn nothing_logged_and_faults_are_kept_apart() {
        let said = ask(set_up(None), &domain("example.com"), |_| (200, "[]".to_owned())).await;
        assert_eq!(said, Ok(Said::NotListed));
        let said = ask(set_up(None), &domain("example.com"), |_| (200, "[{}, 3]".to_owned())).await;
        assert!(matches!(said, Err(Fault::Garbled(_))), "entries without a date");
        assert!(matches!(
            ask(set_up(None), &domain("example.com"), |_| (404, String::new())).await,
            Err(Fault::Garbled(_))
        ));
    }

    #[tokio::test]
    async fn refusals_are_failures() {
        let statuses = [(429, Fault::RateLimited(None)), (403, Fault::Refused("HTTP 403".to_owned()))];
        for (status, fault) in statuses {
            let said = ask(set_up(None), &domain("example.com"), move |_| (status, "[]".to_owned())).await;
            assert_eq!(said, Err(fault));
        }
        let said = ask(set_up(None), &domain("example.com"), |_| (200, "<html>".to_owned())).await;
        assert!(matches!(said, Err(Fault::Garbled(_))));
    }
}
