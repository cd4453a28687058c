//! Which server holds which names, addresses and numbers: IANA's bootstrap registries (RFC 9224), asked once a day.

use std::fs;
use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::Mutex;
use tokio::time::Instant;

use super::services::Services;
use crate::world::{Fault, Http, Manners, Rule};

const RULE: Rule = Rule { at_once: 4, per_second: 4, time_out: Duration::from_secs(10), retries: 1 };
/// How long a registry is kept.
const LIFETIME: Duration = Duration::from_secs(86_400);
/// How long a failure is remembered.
const FAILURE: Duration = Duration::from_secs(60);

/// One of the registries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Registry {
    Dns,
    Ipv4,
    Ipv6,
    Asn,
}

impl Registry {
    const fn file(self) -> &'static str {
        match self {
            Self::Dns => "dns.json",
            Self::Ipv4 => "ipv4.json",
            Self::Ipv6 => "ipv6.json",
            Self::Asn => "asn.json",
        }
    }

    const fn for_address(ip: IpAddr) -> Self {
        if ip.is_ipv4() { Self::Ipv4 } else { Self::Ipv6 }
    }
}

/// IANA's bootstrap registries.
#[derive(Debug)]
pub(super) struct Bootstrap {
    /// Where they stand, with a slash at the end.
    base: String,
    folder: Option<PathBuf>,
    kept: [Mutex<Option<Kept>>; 4],
}

#[derive(Debug)]
struct Kept {
    until: Instant,
    services: Result<Arc<Services>, Fault>,
}

impl Bootstrap {
    /// At `base`, kept in memory and in `folder` where there is one.
    pub(super) fn new(base: &str, folder: Option<PathBuf>) -> Self {
        Self { base: base.to_owned(), folder, kept: [const { Mutex::const_new(None) }; 4] }
    }

    /// The base address of the server that holds a domain; none where its registry has no RDAP.
    pub(super) async fn for_domain(
        &self,
        domain: &str,
        http: &Http,
        manners: &Manners,
    ) -> Result<Option<String>, Fault> {
        Ok(self.services(Registry::Dns, http, manners).await?.of_domain(domain))
    }

    /// The base address of the server that holds an address.
    pub(super) async fn for_address(
        &self,
        ip: IpAddr,
        http: &Http,
        manners: &Manners,
    ) -> Result<Option<String>, Fault> {
        Ok(self.services(Registry::for_address(ip), http, manners).await?.of_address(ip))
    }

    /// The base address of the server that holds an autonomous system.
    pub(super) async fn for_number(
        &self,
        number: u32,
        http: &Http,
        manners: &Manners,
    ) -> Result<Option<String>, Fault> {
        Ok(self.services(Registry::Asn, http, manners).await?.of_number(number))
    }

    /// Who comes second waits for who came first.
    async fn services(
        &self,
        registry: Registry,
        http: &Http,
        manners: &Manners,
    ) -> Result<Arc<Services>, Fault> {
        let mut kept = self.kept[registry as usize].lock().await;
        if let Some(kept) = kept.as_ref().filter(|kept| kept.until > Instant::now()) {
            return kept.services.clone();
        }
        let services = self.read_or_ask(registry, http, manners).await.map(Arc::new);
        let lifetime = if services.is_ok() { LIFETIME } else { FAILURE };
        *kept = Some(Kept { until: Instant::now() + lifetime, services: services.clone() });
        services
    }

    async fn read_or_ask(
        &self,
        registry: Registry,
        http: &Http,
        manners: &Manners,
    ) -> Result<Services, Fault> {
        let place = self.folder.as_deref().map(|folder| folder.join(registry.file()));
        let (old, is_fresh) = place.as_deref().and_then(read).unzip();
        if is_fresh == Some(true)
            && let Some(services) = old.as_deref().and_then(Services::read)
        {
            return Ok(services);
        }
        let url = format!("{}{}", self.base, registry.file());
        let asked = manners.ask("bootstrap", RULE, || http.get(&url, "application/json")).await;
        let asked = asked.and_then(|page| {
            let services = page.status.is_success().then(|| Services::read(&page.body)).flatten();
            services.map(|services| (services, page.body)).ok_or(Fault::Garbled("bootstrap".to_owned()))
        });
        match asked {
            Ok((services, bytes)) => {
                // A full disk is not worth a stop: the next run asks again.
                let _ = place.map(|place| write_whole(&place, &bytes));
                Ok(services)
            }
            // Servers move seldom: yesterday's list leads to nearly all of them.
            Err(fault) => old.as_deref().and_then(Services::read).ok_or(fault),
        }
    }
}

/// A kept registry, and whether it is fresh.
fn read(place: &Path) -> Option<(Vec<u8>, bool)> {
    let changed = fs::metadata(place).ok()?.modified().ok()?;
    let age = SystemTime::now().duration_since(changed).unwrap_or(LIFETIME);
    Some((fs::read(place).ok()?, age < LIFETIME))
}

/// Another run may read at the same time: it sees the whole file or none.
fn write_whole(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = place.parent().unwrap_or(place);
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(place)?;
    Ok(())
}
