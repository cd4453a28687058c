//! What registries say of domains, addresses and numbers: by RDAP, by WHOIS where that is missing or fails.

mod country;
mod date;
mod network;
mod rdap;
mod registration;
mod whois;

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use fuwake_core::evidence::{Absence, Data};

use crate::world::{Dialer, Fault, Http, Manners, Reply, Settings};
use rdap::Rdap;
use whois::Whois;

/// How long an absence is kept: a domain may be registered any moment.
const ABSENCE: Duration = Duration::from_secs(3_600);
/// How long an answer is kept that misses what another server did not tell this time.
const IN_PART: Duration = Duration::from_secs(3_600);
/// How long one value may be, in characters.
const LONG: usize = 300;

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
}

/// What a registry says, and who it is.
#[derive(Clone, Debug, PartialEq)]
struct Said<T> {
    /// None where it says that there is none.
    found: Option<T>,
    /// The server, with the way that it was asked.
    source: String,
    /// Whether all was told that was asked for.
    is_whole: bool,
}

impl<T> Said<T> {
    fn found(found: T, source: String) -> Self {
        Self { found: Some(found), source, is_whole: true }
    }

    fn in_part(found: T, source: String) -> Self {
        Self { found: Some(found), source, is_whole: false }
    }

    fn absent(source: String) -> Self {
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
enum Miss {
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

/// A value that says something, cut to a bearable length: neither empty nor one of the phrases that stand for what is not shown.
fn blank(text: &str) -> Option<String> {
    const HIDDEN: [&str; 15] = [
        "redacted",
        "data protected",
        "data redacted",
        "not disclosed",
        "not available",
        "not shown",
        "non-public data",
        "statutory masking",
        "gdpr masked",
        "gdpr redacted",
        "hidden upon user request",
        "private person",
        "none",
        "n/a",
        "-",
    ];
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let is_hidden = HIDDEN.iter().any(|hidden| match hidden.len() {
        0..5 => lower == *hidden,
        _ => lower.starts_with(hidden),
    });
    (!text.is_empty() && !is_hidden).then(|| text.chars().take(LONG).collect())
}

/// A host name in lower case, without the last dot.
fn host(text: &str) -> Option<String> {
    let name = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    (name.contains('.') && name.len() <= 253 && name.chars().all(is_name)).then_some(name)
}

/// A mail address, where the value is one.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let (local, domain) = text.rsplit_once('@')?;
    let is_one = !local.is_empty() && domain.contains('.') && text.len() <= 254;
    (is_one && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// Reads bytes as RDAP's and as WHOIS's answer about a domain, an address and a number, for fuzzing: any bytes give a value or none.
pub fn read_any_answer(bytes: &[u8], server: &str) {
    let (domain, number) = ("example.jp", 64_500);
    for ip in [IpAddr::from([192, 0, 2, 7]), IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1])] {
        whois::read_any(bytes, server, domain, ip);
        rdap::read_any(bytes, domain, ip, number);
    }
}
