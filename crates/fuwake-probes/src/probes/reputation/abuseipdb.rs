//! AbuseIPDB, API version 2: addresses that people report. <https://docs.abuseipdb.com/#check-endpoint>

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Reputation, Subject};
use reqwest::header;
use serde_json::Value;

use super::tools::{cut, form, garbled};
use super::{About, Key, ReputationService, Said, Takes, Told, Tools};
use crate::world::{Fault, Rule};

pub(super) const ABOUT: About = About {
    id: "abuseipdb",
    name: "AbuseIPDB",
    takes: Takes { addresses: true, domains: false, urls: false },
    rule: Rule { at_once: 2, per_second: 4, time_out: Duration::from_secs(10), retries: 1 },
    lifetime: Duration::from_secs(3_600),
    told: Told::Subject,
    terms: "free key: 1,000 questions a day; a commercial user needs a subscription",
    key: Key::Required,
};

/// From this score on the service itself advises to block.
const BLOCK: u64 = 75;

pub(super) fn set_up(key: Option<String>) -> Box<dyn ReputationService> {
    Box::new(AbuseIpDb { key: key.unwrap_or_default() })
}

struct AbuseIpDb {
    key: String,
}

super::hide_key!(AbuseIpDb);

impl AbuseIpDb {
    async fn look_up(&self, tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        let ip = subject.text();
        let query = form(&[("ipAddress", &ip), ("maxAgeInDays", "90")]);
        let url = tools.url("https://api.abuseipdb.com", &format!("/api/v2/check?{query}"));
        let request =
            || tools.keyed().get(&url).header("Key", &self.key).header(header::ACCEPT, "application/json");
        let answer = tools.json(&ABOUT, request).await?.ok_or_else(garbled)?;
        read(&answer["data"], &ip)
    }
}

impl ReputationService for AbuseIpDb {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        self.look_up(tools, subject).boxed()
    }
}

fn read(data: &Value, ip: &str) -> Result<Said, Fault> {
    let score = data["abuseConfidenceScore"].as_u64().ok_or_else(garbled)?;
    let reports = data["totalReports"].as_u64().ok_or_else(garbled)?;
    if reports == 0 {
        return Ok(Said::NotListed);
    }
    let last = data["lastReportedAt"].as_str().map_or_else(String::new, |at| format!(", last {at}"));
    Ok(Said::Listed(Reputation {
        warns: score >= BLOCK,
        categories: data["usageType"].as_str().and_then(cut).into_iter().collect(),
        text: cut(&format!("score: {score} of 100, reports: {reports}{last}")),
        link: Some(format!("https://www.abuseipdb.com/check/{ip}")),
        picture: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, faults, listed};
    use super::*;

    const ANSWER: &str = include_str!("answers/abuseipdb_check.json");

    fn subject() -> Subject {
        Subject::Address([192, 0, 2, 7].into())
    }

    #[tokio::test]
    async fn the_score_decides() {
        let said = ask(set_up(Some("key".into())), &subject(), |head| {
            assert!(head.starts_with("GET /api/v2/check?ipAddress=192.0.2.7&"), "{head}");
            (200, ANSWER.to_owned())
        })
        .await;
        let found = listed(said);
        assert!(found.warns);
        assert_eq!(
            found.text.as_deref(),
            Some("score: 100 of 100, reports: 57, last 2026-11-20T10:15:00+00:00")
        );
        let little = ANSWER.replace("\"abuseConfidenceScore\": 100", "\"abuseConfidenceScore\": 12");
        let said = read(&serde_json::from_str::<Value>(&little).expect("JSON")["data"], "192.0.2.7");
        assert!(!listed(said).warns);
    }

    #[tokio::test]
    async fn nothing_reported_and_faults_are_kept_apart() {
        let none = r#"{"data": {"ipAddress": "192.0.2.7", "abuseConfidenceScore": 0, "totalReports": 0}}"#;
        let said = ask(set_up(None), &subject(), move |_| (200, none.to_owned())).await;
        assert_eq!(said, Ok(Said::NotListed));
        faults(|| set_up(None), &subject()).await;
    }
}
