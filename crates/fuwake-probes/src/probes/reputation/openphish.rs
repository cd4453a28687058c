//! OpenPhish's public feed: a list of links, fetched and looked up here, so that nobody learns what is looked up.
//! <https://openphish.com/phishing_feeds.html>

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Reputation, Subject};
use moka::future::Cache;

use super::tools::garbled;
use super::{About, Key, ReputationService, Said, Takes, Told, Tools};
use crate::world::{Fault, Rule};

pub(super) const ABOUT: About = About {
    id: "openphish",
    name: "OpenPhish",
    takes: Takes { addresses: true, domains: true, urls: true },
    rule: Rule { at_once: 1, per_second: 1, time_out: Duration::from_secs(20), retries: 1 },
    lifetime: Duration::from_secs(3_600),
    told: Told::Nothing,
    terms: "free feed for non-commercial use; its list is a small part of all",
    key: Key::None,
};

/// How long the list is kept; it is renewed twice a day.
const LIST: Duration = Duration::from_secs(6 * 3_600);
/// How many links are kept.
const MOST: usize = 200_000;

pub(super) fn set_up(_: Option<String>) -> Box<dyn ReputationService> {
    Box::new(OpenPhish { list: Cache::builder().max_capacity(1).time_to_live(LIST).build() })
}

#[derive(Debug)]
struct OpenPhish {
    list: Cache<(), Arc<List>>,
}

/// What is listed.
#[derive(Debug, Default)]
struct List {
    urls: HashSet<String>,
    hosts: HashSet<String>,
}

impl List {
    /// One link a line.
    fn read(text: &str) -> Result<Self, Fault> {
        let mut list = Self::default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST);
        for url in lines.filter_map(|line| url::Url::parse(line).ok()) {
            if let (Some(host), "http" | "https") = (url.host_str(), url.scheme()) {
                list.hosts.insert(host.trim_matches(['[', ']']).to_owned());
                list.urls.insert(without_query(&url));
            }
        }
        // The feed is never empty: a page that says something else is no list.
        if list.urls.is_empty() { Err(Fault::Garbled("list".to_owned())) } else { Ok(list) }
    }

    fn holds(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Address(ip) => self.hosts.contains(&ip.to_string()),
            Subject::Domain(domain) => self.hosts.contains(domain),
            Subject::Url(url) => {
                url::Url::parse(url).is_ok_and(|url| self.urls.contains(&without_query(&url)))
            }
        }
    }
}

/// Questions come without queries, which may name the recipient.
fn without_query(url: &url::Url) -> String {
    let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
    format!("{}{port}{}", url.host_str().unwrap_or_default(), url.path().trim_end_matches('/'))
}

impl OpenPhish {
    async fn look_up(&self, tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        let fetching = self.list.try_get_with((), fetch(tools));
        let list = fetching.await.map_err(|fault| Fault::clone(&fault))?;
        if !list.holds(subject) {
            return Ok(Said::NotListed);
        }
        Ok(Said::Listed(Reputation {
            warns: true,
            categories: vec!["phishing".to_owned()],
            text: None,
            link: Some("https://openphish.com/".to_owned()),
            picture: None,
        }))
    }
}

async fn fetch(tools: &Tools) -> Result<Arc<List>, Fault> {
    let url = tools.url("https://openphish.com", "/feed.txt");
    let page = tools.page(&ABOUT, || tools.client().get(&url)).await?.ok_or_else(garbled)?;
    let text = String::from_utf8(page.body).map_err(|_| Fault::Garbled("list".to_owned()))?;
    List::read(&text).map(Arc::new)
}

impl ReputationService for OpenPhish {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        self.look_up(tools, subject).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ask, domain, faults, listed};
    use super::*;

    const FEED: &str = "https://evil.example.com/login/?id=7\nhttp://192.0.2.7:8080/x\n\nnot a link\n";

    #[tokio::test]
    async fn the_list_is_looked_up_here() {
        let subject = Subject::Url("http://evil.example.com/login".to_owned());
        let said = ask(set_up(None), &subject, |head| {
            assert!(head.starts_with("GET /feed.txt ") && !head.contains("evil"), "{head}");
            (200, FEED.to_owned())
        });
        assert!(listed(said.await).warns);
        let list = List::read(FEED).expect("a list");
        assert!(list.holds(&domain("evil.example.com")) && !list.holds(&domain("example.com")));
        assert!(list.holds(&Subject::Address([192, 0, 2, 7].into())));
        assert!(!list.holds(&Subject::Url("https://evil.example.com/".to_owned())));
    }

    #[tokio::test]
    async fn nothing_listed_and_faults_are_kept_apart() {
        let said = ask(set_up(None), &domain("example.com"), |_| (200, FEED.to_owned())).await;
        assert_eq!(said, Ok(Said::NotListed));
        faults(|| set_up(None), &domain("example.com")).await;
    }
}
