//! The questions: over HTTP, to the server that the bootstrap registries name.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use fuwake_core::evidence::{AutonomousSystem, Network, Registration};
use reqwest::{StatusCode, Url};
use serde_json::Value;
use tokio::time::timeout;

use super::bootstrap::Bootstrap;
use super::object;
use crate::probes::registry::asking::{Miss, Said};
use crate::world::{Fault, Http, Manners, Page, Rule};

#[cfg(test)]
mod tests;

/// Registries bear a few questions a second from one address.
const RULE: Rule = Rule { at_once: 4, per_second: 4, time_out: Duration::from_secs(10), retries: 1 };
/// Registrars' answers are only a supplement.
const REGISTRAR: Rule = Rule { at_once: 4, per_second: 4, time_out: Duration::from_secs(8), retries: 0 };
/// What is asked for (RFC 7480 section 4.2).
const ACCEPT: &str = "application/rdap+json, application/json;q=0.5";
/// Where the bootstrap registries stand (RFC 9224 section 3).
const IANA: &str = "https://data.iana.org/rdap/";

/// Asks registries by RDAP.
#[derive(Debug)]
pub(in crate::probes::registry) struct Rdap {
    http: Http,
    manners: Arc<Manners>,
    bootstrap: Bootstrap,
    /// How long the registry itself may take, however often it is tried: WHOIS needs time after it.
    share: Duration,
}

impl Rdap {
    /// With bootstrap registries kept in `folder`, where there is one.
    pub(in crate::probes::registry) fn new(
        http: Http,
        manners: Arc<Manners>,
        folder: Option<PathBuf>,
        share: Duration,
    ) -> Self {
        Self { share, ..Self::with_bootstrap(IANA, http, manners, folder) }
    }

    fn with_bootstrap(base: &str, http: Http, manners: Arc<Manners>, folder: Option<PathBuf>) -> Self {
        Self { http, manners, bootstrap: Bootstrap::new(base, folder), share: Duration::from_secs(60) }
    }

    /// A domain's registration; none where its registry has no RDAP.
    pub(in crate::probes::registry) async fn registration(
        &self,
        domain: &str,
    ) -> Result<Option<Said<Registration>>, Miss> {
        let server = self.bootstrap.for_domain(domain, &self.http, &self.manners);
        match self.within_share(self.find(server, &format!("domain/{domain}"))).await? {
            None => Ok(None),
            Some(Asked::Absent(host)) => Ok(Some(Said::absent(source(&host)))),
            Some(Asked::Answer(answer, host)) => {
                let registration =
                    object::registration(&answer, domain).ok_or_else(|| unfit(&host, "no such domain"))?;
                Ok(Some(self.with_registrar(registration, &answer, &host, domain).await))
            }
        }
    }

    /// The block that an address lies in; none where no registry is known for it.
    pub(in crate::probes::registry) async fn network(
        &self,
        ip: IpAddr,
    ) -> Result<Option<Said<Network>>, Miss> {
        let server = self.bootstrap.for_address(ip, &self.http, &self.manners);
        let asked = self.within_share(self.find(server, &format!("ip/{ip}"))).await?;
        said(asked, |answer| object::network(answer, ip))
    }

    /// Who holds an autonomous system; none where no registry is known for it.
    pub(in crate::probes::registry) async fn autonomous_system(
        &self,
        number: u32,
    ) -> Result<Option<Said<AutonomousSystem>>, Miss> {
        let server = self.bootstrap.for_number(number, &self.http, &self.manners);
        let asked = self.within_share(self.find(server, &format!("autnum/{number}"))).await?;
        said(asked, |answer| object::autonomous_system(answer, number))
    }

    async fn within_share<T>(&self, asking: impl Future<Output = Result<T, Miss>>) -> Result<T, Miss> {
        let late = |_| Err(Miss::Failed(Fault::TimeOut, "rdap".to_owned()));
        timeout(self.share, asking).await.unwrap_or_else(late)
    }

    /// What the server that the bootstrap registry names says; none where it names none.
    async fn find(
        &self,
        server: impl Future<Output = Result<Option<String>, Fault>>,
        path: &str,
    ) -> Result<Option<Asked>, Miss> {
        let Some(base) = server.await.map_err(no_bootstrap)? else { return Ok(None) };
        let url = Url::parse(&base).and_then(|base| base.join(path));
        let url = url.map_err(|_| no_bootstrap(Fault::Garbled("bootstrap".to_owned())))?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let asked = self.ask(&url, &host, RULE).await;
        asked.map(Some).map_err(|fault| Miss::Failed(fault, source(&host)))
    }

    async fn ask(&self, url: &Url, host: &str, rule: Rule) -> Result<Asked, Fault> {
        let once = || async { understand(self.http.get(url.as_str(), ACCEPT).await?, host) };
        self.manners.ask(&source(host), rule, once).await
    }

    /// Thin registries leave the registrant to the registrar, whose server is asked where one is named. It stands neither on the
    /// domain asked about nor on an address of its own: whoever registers a domain must not learn that it is looked at.
    async fn with_registrar(
        &self,
        mut registration: Registration,
        answer: &Value,
        host: &str,
        domain: &str,
    ) -> Said<Registration> {
        let named = object::related(answer).and_then(|link| Url::parse(link).ok());
        let wanted =
            named.filter(|url| registration.registrant.is_none() && is_registrars(url, host, domain));
        let Some(url) = wanted else { return Said::found(registration, source(host)) };
        let registrar = url.host_str().unwrap_or_default().to_owned();
        let more = match self.ask(&url, &registrar, REGISTRAR).await {
            Ok(Asked::Answer(answer, _)) => object::registration(&answer, domain),
            Ok(Asked::Absent(_)) | Err(_) => None,
        };
        let Some(more) = more else { return Said::in_part(registration, source(host)) };
        registration.registrant = more.registrant;
        registration.is_organisation = more.is_organisation;
        registration.country = registration.country.or(more.country);
        registration.abuse = registration.abuse.or(more.abuse);
        Said::found(registration, format!("rdap {host}, {registrar}"))
    }
}

fn source(host: &str) -> String {
    format!("rdap {host}")
}

fn no_bootstrap(fault: Fault) -> Miss {
    Miss::Failed(fault, "rdap data.iana.org".to_owned())
}

/// What a server said of an object that `read` finds in its answer.
fn said<T>(asked: Option<Asked>, read: impl FnOnce(&Value) -> Option<T>) -> Result<Option<Said<T>>, Miss> {
    match asked {
        None => Ok(None),
        Some(Asked::Absent(host)) => Ok(Some(Said::absent(source(&host)))),
        Some(Asked::Answer(answer, host)) => {
            let found = read(&answer).ok_or_else(|| unfit(&host, "another object"))?;
            Ok(Some(Said::found(found, source(&host))))
        }
    }
}

/// An answer to another question.
fn unfit(host: &str, what: &str) -> Miss {
    Miss::Failed(Fault::Garbled(format!("RDAP: {what}")), source(host))
}

fn is_registrars(url: &Url, registry: &str, domain: &str) -> bool {
    let named = url.domain().map(str::to_ascii_lowercase);
    let other = |host: &str| {
        let below = host.strip_suffix(domain).is_some_and(|head| head.is_empty() || head.ends_with('.'));
        host != registry && !below
    };
    matches!(url.scheme(), "https" | "http") && named.as_deref().is_some_and(other)
}

enum Asked {
    Answer(Value, String),
    Absent(String),
}

/// "There is none" is believed of the server that was asked alone, and in RDAP's form: a status without a body, or with an error that
/// says the same (RFC 7480 section 5.3, RFC 9083 section 6). Any web server has a page for what it does not find, any gateway JSON.
fn understand(page: Page, asked: &str) -> Result<Asked, Fault> {
    let json: Option<Value> = serde_json::from_slice(&page.body).ok();
    let code = json.as_ref().and_then(object::error_code);
    let says_none =
        page.status == StatusCode::NOT_FOUND && (page.body.trim_ascii().is_empty() || code == Some(404));
    match json.filter(Value::is_object) {
        _ if says_none && page.host == asked => Ok(Asked::Absent(page.host)),
        Some(answer) if page.status == StatusCode::OK => match object::error_code(&answer) {
            None => Ok(Asked::Answer(answer, page.host)),
            Some(404) if page.host == asked => Ok(Asked::Absent(page.host)),
            Some(429) => Err(Fault::RateLimited(None)),
            Some(code) => Err(Fault::ServerFailed(format!("RDAP {code}"))),
        },
        _ if page.status == StatusCode::OK => Err(Fault::Garbled("RDAP".to_owned())),
        _ => Err(Fault::Garbled(format!("HTTP {}", page.status.as_u16()))),
    }
}
