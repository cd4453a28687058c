//! Whether a domain is registered, since when, by whom; who holds an address or an autonomous system.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fuwake_core::domain::has_registry;
use fuwake_core::evidence::{Absence, Data};

use super::rdap::Rdap;
use super::whois::Whois;
use crate::world::{Dialer, Fault, Http, Manners, Reply, Settings};

/// How long a registration is kept.
const REGISTRATION: Duration = Duration::from_secs(86_400);
/// How long a holder is kept: blocks change hands seldom.
const HOLDER: Duration = Duration::from_secs(7 * 86_400);
/// How long an absence is kept: a domain may be registered any moment.
const ABSENCE: Duration = Duration::from_secs(3_600);
/// How long an answer is kept that misses what another server did not tell this time.
const IN_PART: Duration = Duration::from_secs(3_600);

/// Asks registries.
#[derive(Debug)]
pub struct Registries {
    rdap: Rdap,
    whois: Whois,
}

impl Registries {
    /// Asks nothing yet.
    #[must_use]
    pub fn new(settings: &Settings, http: Http, dialer: Dialer, manners: &Arc<Manners>) -> Self {
        let folder = settings.cache.as_deref().map(|folder: &Path| folder.join("registries"));
        let whois = Whois::new(dialer, Arc::clone(manners));
        // A third for what a question waits for, a third for each way of asking.
        let share = settings.patience / 3;
        Self { rdap: Rdap::new(http, Arc::clone(manners), folder, share), whois }
    }

    /// A registrable domain's registration.
    pub async fn registration(&self, domain: &str) -> Reply {
        // A registry knows nothing of the names that its customer gives away below his own: its "no" would be a falsehood.
        if !has_registry(domain) {
            return Reply::not_asked("private-suffix", "fuwake");
        }
        let by_rdap = self.rdap.registration(domain).await;
        match either(by_rdap, self.whois.registration(domain)).await {
            Ok(said) => said.reply(Data::Registration, REGISTRATION),
            Err(miss) => miss.reply(),
        }
    }

    /// The block that an address lies in.
    pub async fn network(&self, ip: IpAddr) -> Reply {
        let ip = ip.to_canonical();
        let by_rdap = self.rdap.network(ip).await;
        match either(by_rdap, self.whois.network(ip)).await {
            Ok(said) => said.reply(Data::Network, HOLDER),
            Err(miss) => miss.reply(),
        }
    }

    /// Who holds an autonomous system.
    pub async fn autonomous_system(&self, number: u32) -> Reply {
        match self.rdap.autonomous_system(number).await {
            Ok(Some(said)) => said.reply(Data::AutonomousSystem, HOLDER),
            Err(miss) => miss.reply(),
            Ok(None) => Reply::not_asked("no-registry", "rdap data.iana.org"),
        }
    }
}

/// What a registry says, and who it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said<T> {
    /// None where it says that there is none.
    pub(super) found: Option<T>,
    /// The server, with the way that it was asked.
    pub(super) source: String,
    /// Whether all was told that was asked for.
    pub(super) is_whole: bool,
}

impl<T> Said<T> {
    pub(super) fn found(found: T, source: String) -> Self {
        Self { found: Some(found), source, is_whole: true }
    }

    pub(super) fn in_part(found: T, source: String) -> Self {
        Self { found: Some(found), source, is_whole: false }
    }

    /// The same, but for what was lost where the answer was cut.
    pub(super) fn cut(self, is_cut: bool) -> Self {
        Self { is_whole: self.is_whole && !is_cut, ..self }
    }

    pub(super) fn absent(source: String) -> Self {
        Self { found: None, source, is_whole: true }
    }

    fn reply(self, data: impl FnOnce(T) -> Data, lifetime: Duration) -> Reply {
        let lifetime = if self.is_whole { lifetime } else { lifetime.min(IN_PART) };
        match self.found {
            Some(found) => Reply::found(data(found), self.source, lifetime),
            None => Reply::absent(Absence::NotRegistered, self.source, ABSENCE),
        }
    }
}

/// Nobody said anything that counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Miss {
    /// Who was asked did not answer.
    Failed(Fault, String),
    /// Nobody could be asked.
    NotAsked(&'static str, String),
}

impl Miss {
    fn reply(self) -> Reply {
        match self {
            Self::Failed(fault, source) => Reply::failed(&fault, source),
            Self::NotAsked(why, source) => Reply::not_asked(why, source),
        }
    }

    fn source(&self) -> &str {
        match self {
            Self::Failed(_, source) | Self::NotAsked(_, source) => source,
        }
    }
}

/// What one way said, else the other; where both missed, what went wrong with the first that was tried.
async fn either<T>(
    first: Result<Option<Said<T>>, Miss>,
    other: impl Future<Output = Result<Said<T>, Miss>>,
) -> Result<Said<T>, Miss> {
    let missed = match first {
        Ok(Some(said)) => return Ok(said),
        Ok(None) => None,
        Err(miss) => Some(miss),
    };
    other.await.map_err(|also| match missed {
        Some(Miss::Failed(fault, source)) => Miss::Failed(fault, format!("{source}, {}", also.source())),
        Some(_) | None => also,
    })
}
