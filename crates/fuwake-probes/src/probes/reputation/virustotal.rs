//! VirusTotal, API version 3: what some ninety scanners say. <https://docs.virustotal.com/reference/overview>

use std::num::NonZeroU32;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Reputation, Subject};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use serde_json::Value;

use super::tools::{categories, cut, garbled};
use super::{About, Key, ReputationService, Said, Takes, Told, Tools};
use crate::world::{Fault, Rule};

pub(super) const ABOUT: About = About {
    id: "virustotal",
    name: "VirusTotal",
    takes: Takes { addresses: true, domains: true, urls: true },
    rule: Rule { at_once: 2, per_second: 4, time_out: Duration::from_secs(10), retries: 0 },
    lifetime: Duration::from_secs(6 * 3_600),
    told: Told::Subject,
    terms: "public key: 4 questions a minute, 500 a day, not for commercial use; else a premium key",
    key: Key::Required,
};

/// What a public key allows. Waiting for more would outlast the patience for one mail.
const PER_MINUTE: NonZeroU32 = NonZeroU32::new(4).expect("not zero");
/// How many scanners must agree: one or two are often wrong.
const AGREE: u64 = 3;

pub(super) fn set_up(key: Option<String>) -> Box<dyn ReputationService> {
    let pace = RateLimiter::direct(Quota::per_minute(PER_MINUTE));
    Box::new(VirusTotal { key: key.unwrap_or_default(), pace })
}

struct VirusTotal {
    key: String,
    pace: DefaultDirectRateLimiter,
}

super::hide_key!(VirusTotal);

impl VirusTotal {
    async fn look_up(&self, tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        self.pace.check().map_err(|_| Fault::RateLimited(None))?;
        let (kind, id) = match subject {
            Subject::Address(ip) => ("ip_addresses", ip.to_string()),
            Subject::Domain(domain) => ("domains", domain.clone()),
            Subject::Url(url) => ("urls", BASE64URL_NOPAD.encode(url.as_bytes())),
        };
        let url = tools.url("https://www.virustotal.com", &format!("/api/v3/{kind}/{id}"));
        let request = || tools.keyed().get(&url).header("x-apikey", &self.key);
        tools.json(&ABOUT, request).await?.map_or(Ok(Said::NotListed), |answer| read(&answer, subject))
    }
}

impl ReputationService for VirusTotal {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        self.look_up(tools, subject).boxed()
    }
}

fn read(answer: &Value, subject: &Subject) -> Result<Said, Fault> {
    let attributes = &answer["data"]["attributes"];
    let stats = attributes["last_analysis_stats"].as_object().ok_or_else(garbled)?;
    let count = |name: &str| stats.get(name).and_then(Value::as_u64).unwrap_or(0);
    let (malicious, suspicious) = (count("malicious"), count("suspicious"));
    let all = ["malicious", "suspicious", "harmless", "undetected", "timeout"].map(count);
    let results = attributes["last_analysis_results"].as_object().into_iter().flatten();
    let bad = results.filter(|(_, one)| matches!(one["category"].as_str(), Some("malicious" | "suspicious")));
    let kind = match subject {
        Subject::Address(_) => "ip-address",
        Subject::Domain(_) => "domain",
        Subject::Url(_) => "search",
    };
    let text = url::form_urlencoded::byte_serialize(subject.text().as_bytes()).collect::<String>();
    Ok(Said::Listed(Reputation {
        warns: malicious >= AGREE,
        categories: categories(bad.filter_map(|(_, one)| one["result"].as_str())),
        text: cut(&format!(
            "malicious: {malicious}, suspicious: {suspicious}, scanners: {}",
            all.into_iter().fold(0_u64, u64::saturating_add)
        )),
        link: Some(format!("https://www.virustotal.com/gui/{kind}/{text}")),
        picture: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, domain, faults, listed};
    use super::*;

    #[tokio::test]
    async fn several_scanners_must_agree() {
        const ANSWER: &str = include_str!("answers/virustotal_domain.json");
        let subject = domain("evil.example.com");
        let said = ask(set_up(Some("key".into())), &subject, |head| {
            assert!(
                head.starts_with("GET /api/v3/domains/evil.example.com ") && head.contains("x-apikey: key")
            );
            (200, ANSWER.to_owned())
        });
        let found = listed(said.await);
        assert!(found.warns);
        assert_eq!(found.categories, ["malicious", "malware", "phishing", "suspicious"]);
        assert_eq!(found.text.as_deref(), Some("malicious: 3, suspicious: 1, scanners: 94"));
        let fewer = ANSWER.replace("\"malicious\": 3", "\"malicious\": 2");
        let said = read(&serde_json::from_str(&fewer).expect("JSON"), &subject);
        assert!(!listed(said).warns);
    }

    #[tokio::test]
    async fn nothing_known_and_faults_are_kept_apart() {
        let none = r#"{"error": {"code": "NotFoundError", "message": "Domain \"x\" not found"}}"#;
        let said = ask(set_up(None), &domain("example.com"), move |_| (404, none.to_owned())).await;
        assert_eq!(said, Ok(Said::NotListed));
        faults(|| set_up(None), &domain("example.com")).await;
    }

    #[test]
    fn the_fifth_question_of_a_minute_is_not_sent() {
        let pace = RateLimiter::direct(Quota::per_minute(PER_MINUTE));
        assert_eq!((0..6).filter(|_| pace.check().is_ok()).count(), 4);
    }
}
