//! Google Safe Browsing, API version 4, asked by prefixes of digests: Google learns four bytes of each, never the link.
//! <https://developers.google.com/safe-browsing/v4/urls-hashing>

use std::net::IpAddr;
use std::time::Duration;

use data_encoding::BASE64;
use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Reputation, Subject};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::tools::{categories, garbled};
use super::{About, Key, ReputationService, Said, Takes, Told, Tools};
use crate::world::{Fault, Rule};

pub(super) const ABOUT: About = About {
    id: "google-safe-browsing",
    name: "Google Safe Browsing",
    takes: Takes { addresses: false, domains: true, urls: true },
    rule: Rule { at_once: 4, per_second: 10, time_out: Duration::from_secs(10), retries: 1 },
    // Answers may be shown for as long as they are kept at Google, which is five minutes or more.
    lifetime: Duration::from_secs(300),
    told: Told::DigestPrefix,
    terms: "non-commercial use with a key of a Google Cloud project; a warning is advice, no certainty",
    key: Key::Required,
};

/// How many bytes of a digest are sent.
const PREFIX: usize = 4;

pub(super) fn set_up(key: Option<String>) -> Box<dyn ReputationService> {
    Box::new(SafeBrowsing { key: key.unwrap_or_default() })
}

struct SafeBrowsing {
    key: String,
}

super::hide_key!(SafeBrowsing);

impl SafeBrowsing {
    async fn look_up(&self, tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        let digests: Vec<[u8; 32]> =
            expressions(subject).iter().map(|text| Sha256::digest(text).into()).collect();
        let body = question(&digests).to_string();
        let url = tools.url("https://safebrowsing.googleapis.com", "/v4/fullHashes:find");
        let request = || {
            let request = tools.keyed().post(&url).header("x-goog-api-key", &self.key);
            request.header("content-type", "application/json").body(body.clone())
        };
        let answer = tools.json(&ABOUT, request).await?.ok_or_else(garbled)?;
        read(&answer, &digests, subject)
    }
}

impl ReputationService for SafeBrowsing {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        self.look_up(tools, subject).boxed()
    }
}

fn question(digests: &[[u8; 32]]) -> Value {
    let prefixes: Vec<Value> =
        digests.iter().map(|digest| json!({"hash": BASE64.encode(&digest[..PREFIX])})).collect();
    json!({
        "client": {"clientId": "fuwake", "clientVersion": env!("CARGO_PKG_VERSION")},
        "clientStates": [],
        "threatInfo": {
            "threatTypes": ["MALWARE", "SOCIAL_ENGINEERING", "UNWANTED_SOFTWARE"],
            "platformTypes": ["ANY_PLATFORM"],
            "threatEntryTypes": ["URL"],
            "threatEntries": prefixes,
        },
    })
}

/// Of the digests that begin alike only the whole ones count.
fn read(answer: &Value, digests: &[[u8; 32]], subject: &Subject) -> Result<Said, Fault> {
    let answer = answer.as_object().ok_or_else(garbled)?;
    let matches = match answer.get("matches") {
        Some(matches) => matches.as_array().ok_or_else(garbled)?.as_slice(),
        None => &[],
    };
    let is_ours = |found: &&Value| {
        let hash = found["threat"]["hash"].as_str().and_then(|hash| BASE64.decode(hash.as_bytes()).ok());
        hash.is_some_and(|hash| digests.iter().any(|digest| hash == digest))
    };
    let threats: Vec<&str> =
        matches.iter().filter(is_ours).filter_map(|found| found["threatType"].as_str()).collect();
    if threats.is_empty() {
        return Ok(Said::NotListed);
    }
    let page = "https://transparencyreport.google.com/safe-browsing/search";
    let query = super::tools::form(&[("url", &subject.text())]);
    Ok(Said::Listed(Reputation {
        warns: true,
        categories: categories(threats),
        text: None,
        link: Some(format!("{page}?{query}")),
        picture: None,
    }))
}

/// What may be listed of a link: its host and up to four shorter ones, each with its path and up to four steps towards it.
fn expressions(subject: &Subject) -> Vec<String> {
    let text = match subject {
        Subject::Url(url) => url.clone(),
        Subject::Domain(_) | Subject::Address(_) => format!("http://{}/", subject.text()),
    };
    let Ok(url) = url::Url::parse(&text) else { return Vec::new() };
    let hosts = hosts(url.host_str().unwrap_or_default());
    let paths = paths(url.path(), url.query());
    hosts.iter().flat_map(|host| paths.iter().map(move |path| format!("{host}{path}"))).collect()
}

fn hosts(host: &str) -> Vec<String> {
    let mut hosts = vec![host.to_owned()];
    if host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        return hosts;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let first = labels.len().saturating_sub(5).max(1);
    let shorter = first..labels.len().saturating_sub(1);
    hosts.extend(shorter.take(4).map(|from| labels[from..].join(".")));
    hosts
}

fn paths(path: &str, query: Option<&str>) -> Vec<String> {
    let mut paths: Vec<String> = query.map(|query| format!("{path}?{query}")).into_iter().collect();
    paths.push(path.to_owned());
    let steps = path.match_indices('/').take(4).filter_map(|(at, _)| path.get(..=at));
    for step in steps {
        if step != path {
            paths.push(step.to_owned());
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, faults, listed};
    use super::*;

    #[test]
    fn expressions_are_those_of_the_documentation() {
        let of = |url: &str| {
            let mut found = expressions(&Subject::Url(url.to_owned()));
            found.sort_unstable();
            found
        };
        let mut expected = [
            "a.b.c/1/2.html?param=1",
            "a.b.c/1/2.html",
            "a.b.c/",
            "a.b.c/1/",
            "b.c/1/2.html?param=1",
            "b.c/1/2.html",
            "b.c/",
            "b.c/1/",
        ];
        expected.sort_unstable();
        assert_eq!(of("http://a.b.c/1/2.html?param=1"), expected);
        let mut expected = [
            "a.b.c.d.e.f.g/1.html",
            "a.b.c.d.e.f.g/",
            "c.d.e.f.g/1.html",
            "c.d.e.f.g/",
            "d.e.f.g/1.html",
            "d.e.f.g/",
            "e.f.g/1.html",
            "e.f.g/",
            "f.g/1.html",
            "f.g/",
        ];
        expected.sort_unstable();
        assert_eq!(of("http://a.b.c.d.e.f.g/1.html"), expected);
        assert_eq!(of("http://192.0.2.1/1/"), ["192.0.2.1/", "192.0.2.1/1/"]);
    }

    #[tokio::test]
    async fn only_the_whole_digest_counts_and_only_its_head_is_sent() {
        let subject = Subject::Url("http://evil.example.com/login/".into());
        let said = ask(set_up(Some("key".into())), &subject, |head| {
            assert!(!head.contains("evil") && !head.contains("key=") && head.contains("threatEntries"));
            let digest = Sha256::digest("example.com/login/");
            let other = [&digest[..31], &[!digest[31]]].concat();
            let found = |hash: &[u8], threat: &str| {
                json!({"threatType": threat, "platformType": "ANY_PLATFORM", "threatEntryType": "URL",
                    "threat": {"hash": BASE64.encode(hash)}, "cacheDuration": "300s"})
            };
            let matches = [found(&digest, "SOCIAL_ENGINEERING"), found(&other, "MALWARE")];
            (200, json!({"matches": matches, "negativeCacheDuration": "300s"}).to_string())
        });
        let found = listed(said.await);
        assert_eq!((found.warns, found.categories), (true, vec!["SOCIAL_ENGINEERING".to_owned()]));
    }

    #[tokio::test]
    async fn nothing_known_and_faults_are_kept_apart() {
        let subject = Subject::Url("http://example.com/".into());
        let none = r#"{"negativeCacheDuration": "300s"}"#;
        let said = ask(set_up(None), &subject, move |_| (200, none.to_owned())).await;
        assert_eq!(said, Ok(Said::NotListed));
        faults(|| set_up(None), &subject).await;
    }
}
