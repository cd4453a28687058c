//! URLhaus of abuse.ch: links that spread malware. <https://urlhaus-api.abuse.ch/>

use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Reputation, Subject};
use reqwest::header;
use serde_json::Value;

use super::tools::{FORM, categories, cut, form, garbled, link};
use super::{About, Key, ReputationService, Said, Takes, Told, Tools};
use crate::world::{Fault, Rule};

pub(super) const ABOUT: About = About {
    id: "urlhaus",
    name: "URLhaus",
    takes: Takes { addresses: true, domains: true, urls: true },
    rule: Rule { at_once: 2, per_second: 4, time_out: Duration::from_secs(10), retries: 1 },
    lifetime: Duration::from_secs(3_600),
    told: Told::Subject,
    terms: "free for fair, non-commercial use with a key of auth.abuse.ch; data CC0",
    key: Key::Required,
};

pub(super) fn set_up(key: Option<String>) -> Box<dyn ReputationService> {
    Box::new(UrlHaus { key: key.unwrap_or_default() })
}

struct UrlHaus {
    key: String,
}

super::hide_key!(UrlHaus);

impl UrlHaus {
    async fn look_up(&self, tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        let text = subject.text();
        let (path, body) = match subject {
            Subject::Url(_) => ("/v1/url/", form(&[("url", &text)])),
            Subject::Address(_) | Subject::Domain(_) => ("/v1/host/", form(&[("host", &text)])),
        };
        let url = tools.url("https://urlhaus-api.abuse.ch", path);
        let request = || {
            let request = tools.keyed().post(&url).header("Auth-Key", &self.key);
            request.header(header::CONTENT_TYPE, FORM).body(body.clone())
        };
        tools.json(&ABOUT, request).await?.map_or(Ok(Said::NotListed), |answer| read(&answer))
    }
}

impl ReputationService for UrlHaus {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        self.look_up(tools, subject).boxed()
    }
}

/// A host warns while one of its links is alive: entries stay for ever, and hosts change hands.
fn read(answer: &Value) -> Result<Said, Fault> {
    match answer["query_status"].as_str() {
        Some("ok") => {}
        Some("no_results") => return Ok(Said::NotListed),
        Some(status) => return Err(Fault::Refused(cut(status).unwrap_or_default())),
        None => return Err(garbled()),
    }
    let hosts_urls = answer["urls"].as_array();
    let entries: Vec<&Value> = hosts_urls.map_or_else(|| vec![answer], |urls| urls.iter().collect());
    let is_alive = |entry: &&Value| entry["url_status"].as_str() == Some("online");
    let words = entries.iter().flat_map(|entry| {
        let tags = entry["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
        entry["threat"].as_str().into_iter().chain(tags)
    });
    let alive = entries.iter().copied().filter(is_alive).count();
    let since = answer["firstseen"].as_str().or_else(|| answer["date_added"].as_str());
    let since = since.map_or_else(String::new, |since| format!(", since {since}"));
    Ok(Said::Listed(Reputation {
        warns: alive > 0,
        categories: categories(words),
        text: cut(&format!("links: {}, online: {alive}{since}", entries.len())),
        link: link(&answer["urlhaus_reference"]),
        picture: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{NO_RESULTS, ask, domain, faults, listed};
    use super::*;

    const HOST: &str = include_str!("answers/urlhaus_host.json");

    #[tokio::test]
    async fn a_host_with_a_living_link_is_warned_of() {
        let subject = domain("evil.example.com");
        let said = ask(set_up(Some("key".into())), &subject, |head| {
            assert!(head.contains("POST /v1/host/") && head.to_lowercase().contains("auth-key: key"));
            assert!(head.ends_with("host=evil.example.com"), "{head}");
            (200, HOST.to_owned())
        });
        let found = listed(said.await);
        assert!(found.warns);
        assert_eq!(found.categories, ["elf", "malware_download", "mozi"]);
        assert_eq!(found.link.as_deref(), Some("https://urlhaus.abuse.ch/host/evil.example.com/"));
        let quiet = HOST.replace("\"online\"", "\"offline\"");
        let old = listed(read(&serde_json::from_str(&quiet).expect("JSON")));
        assert!(!old.warns, "history alone is no warning");
    }

    #[tokio::test]
    async fn nothing_known_and_faults_are_kept_apart() {
        let said = ask(set_up(None), &domain("example.com"), |_| (200, NO_RESULTS.to_owned())).await;
        assert_eq!(said, Ok(Said::NotListed));
        faults(|| set_up(None), &domain("example.com")).await;
    }
}
