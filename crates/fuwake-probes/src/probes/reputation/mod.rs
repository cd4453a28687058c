//! What services say of addresses, domains and links: one file a service, all in one list; each off until the operator names it or
//! gives its key.

mod abuseipdb;
mod barracuda;
mod blocklist;
mod crt_sh;
mod google_safe_browsing;
mod openphish;
mod phishtank;
mod spamhaus;
mod surbl;
#[cfg(test)]
mod testing;
mod tools;
mod uribl;
mod urlhaus;
mod urlscan;
mod virustotal;

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use fuwake_core::evidence::{Absence, Data, Reputation, Subject};
use fuwake_core::inquiry::Service;

use crate::probes::dns::Dns;
use crate::world::{Fault, Http, Manners, Reply, Rule, Settings};
pub(crate) use tools::Tools;

/// How long it is remembered that a service does not list something: it may any moment.
const NOT_LISTED: Duration = Duration::from_secs(1_800);

/// A service that says what it knows of addresses, domains or links.
trait ReputationService: Debug + Send + Sync {
    /// Asks it about one of the kinds that it takes.
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>>;
}

/// What a service said.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    /// It knows it.
    Listed(Reputation),
    /// It says clearly that it does not.
    NotListed,
}

/// What an operator should know of a service before he turns it on.
#[derive(Debug)]
pub struct About {
    /// Its id in questions and in the configuration.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is asked about.
    pub takes: Takes,
    /// How it wants to be asked.
    pub rule: Rule,
    /// How long its answer is kept.
    pub lifetime: Duration,
    /// What it learns.
    pub told: Told,
    /// Who may use it, in one line.
    pub terms: &'static str,
    /// Whether it needs a key.
    pub key: Key,
}

/// What a service is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takes {
    /// Addresses.
    pub addresses: bool,
    /// Domains and host names.
    pub domains: bool,
    /// Links, cut of what could name the recipient.
    pub urls: bool,
}

/// What a service learns by being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The address or domain, as a DNS question that the resolver passes on.
    ByDns,
    /// The address, domain or link itself.
    Subject,
    /// The first four bytes of digests, shared by a great many links.
    DigestPrefix,
    /// Nothing: its list is fetched, and looked up here.
    Nothing,
}

/// Whether a service needs a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// There is none.
    None,
    /// It also serves without one.
    Optional,
    /// It does not serve without one.
    Required,
}

/// A service, and how it is set up with its key.
struct Entry {
    about: &'static About,
    set_up: fn(Option<String>) -> Box<dyn ReputationService>,
}

/// All services, by id.
const ALL: &[Entry] = &[
    Entry { about: &abuseipdb::ABOUT, set_up: abuseipdb::set_up },
    Entry { about: &barracuda::ABOUT, set_up: barracuda::set_up },
    Entry { about: &crt_sh::ABOUT, set_up: crt_sh::set_up },
    Entry { about: &google_safe_browsing::ABOUT, set_up: google_safe_browsing::set_up },
    Entry { about: &openphish::ABOUT, set_up: openphish::set_up },
    Entry { about: &phishtank::ABOUT, set_up: phishtank::set_up },
    Entry { about: &spamhaus::DBL, set_up: spamhaus::dbl },
    Entry { about: &spamhaus::ZEN, set_up: spamhaus::zen },
    Entry { about: &surbl::ABOUT, set_up: surbl::set_up },
    Entry { about: &uribl::ABOUT, set_up: uribl::set_up },
    Entry { about: &urlhaus::ABOUT, set_up: urlhaus::set_up },
    Entry { about: &urlscan::ABOUT, set_up: urlscan::set_up },
    Entry { about: &virustotal::ABOUT, set_up: virustotal::set_up },
];

/// All services that this build knows, by id.
pub fn known() -> impl Iterator<Item = &'static About> {
    ALL.iter().map(|entry| entry.about)
}

/// Whether a service is asked with these settings: it is named or has a key, and has the key that it needs.
#[must_use]
pub fn is_on(about: &About, settings: &Settings) -> bool {
    let has_key = settings.keys.contains_key(about.id);
    let is_named = settings.services.iter().any(|id| id == about.id);
    match about.key {
        Key::None => is_named,
        Key::Optional => is_named || has_key,
        Key::Required => has_key,
    }
}

/// The services that are on.
#[derive(Debug)]
pub(crate) struct Reputations {
    services: Vec<(&'static About, Box<dyn ReputationService>)>,
    tools: Tools,
}

impl Reputations {
    /// Asks nothing yet.
    pub(crate) fn new(settings: &Settings, http: Http, dns: Arc<Dns>, manners: Arc<Manners>) -> Self {
        let on = ALL.iter().filter(|entry| is_on(entry.about, settings));
        let set_up =
            |entry: &Entry| (entry.about, (entry.set_up)(settings.keys.get(entry.about.id).cloned()));
        Self { services: on.map(set_up).collect(), tools: Tools::new(http, dns, manners) }
    }

    /// What they take, as questions are made from it.
    pub(crate) fn scope(&self) -> Vec<Service> {
        let service = |about: &About| Service {
            id: about.id.to_owned(),
            addresses: about.takes.addresses,
            domains: about.takes.domains,
            urls: about.takes.urls,
        };
        self.services.iter().map(|(about, _)| service(about)).collect()
    }

    /// What a service says.
    pub(crate) async fn ask(&self, id: &str, subject: &Subject) -> Reply {
        let Some((about, service)) = self.services.iter().find(|(about, _)| about.id == id) else {
            return Reply::not_asked("the service is not turned on", id);
        };
        match service.ask(&self.tools, subject).await {
            Ok(Said::Listed(reputation)) => {
                Reply::found(Data::Reputation(reputation), about.id, about.lifetime)
            }
            Ok(Said::NotListed) => {
                Reply::absent(Absence::NotListed, about.id, about.lifetime.min(NOT_LISTED))
            }
            Err(fault) => Reply::failed(&fault, about.id),
        }
    }
}

/// What a service's debug form must not show is its key.
macro_rules! hide_key {
    ($service:ident) => {
        impl std::fmt::Debug for $service {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($service)).finish_non_exhaustive()
            }
        }
    };
}
use hide_key;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_call_services_by_their_names() {
        for about in known() {
            assert_eq!(fuwake_core::inquiry::service_name(about.id), about.name);
        }
    }
}
