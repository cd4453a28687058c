//! Which server holds which names, addresses and numbers: IANA's bootstrap registries (RFC 9224), asked once a day.

use std::fs;
use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::world::{Fault, Http, Manners, Rule};

const RULE: Rule = Rule { at_once: 4, per_second: 4, time_out: Duration::from_secs(10), retries: 1 };
/// How long a registry is kept.
const LIFETIME: Duration = Duration::from_secs(86_400);
/// How long a failure is remembered.
const FAILURE: Duration = Duration::from_secs(60);
/// How many entries are read of one registry.
const MOST: usize = 100_000;

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

/// A registry: names, blocks or numbers, and the server of each.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Services(Vec<(String, String)>);

impl Services {
    /// Reads RFC 9224 section 3: `services` is a list of pairs, a list of entries and a list of base addresses.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let file: Value = serde_json::from_slice(bytes).ok()?;
        let services = file.get("services")?.as_array()?;
        let pairs =
            services.iter().filter_map(|service| Some((service.get(0)?.as_array()?, base(service.get(1)?)?)));
        let entries = pairs.flat_map(|(entries, base)| {
            let names = entries.iter().filter_map(Value::as_str).map(str::to_ascii_lowercase);
            names.map(move |name| (name, base.clone()))
        });
        Some(Self(entries.take(MOST).collect()))
    }

    /// By the longest match of whole labels (section 4).
    fn of_domain(&self, domain: &str) -> Option<String> {
        let domain = domain.to_ascii_lowercase();
        let mut suffix = Some(domain.as_str());
        while let Some(name) = suffix {
            if let Some((_, base)) = self.0.iter().find(|(entry, _)| entry == name) {
                return Some(base.clone());
            }
            suffix = name.split_once('.').map(|(_, rest)| rest);
        }
        None
    }

    /// By the longest prefix (section 5.1).
    fn of_address(&self, ip: IpAddr) -> Option<String> {
        let blocks = self.0.iter().filter_map(|(entry, base)| Some((prefix(entry, ip)?, base)));
        blocks.max_by_key(|(length, _)| *length).map(|(_, base)| base.clone())
    }

    /// By the range (section 5.3).
    fn of_number(&self, number: u32) -> Option<String> {
        let holds = |entry: &str| {
            let (first, last) = entry.split_once('-').unwrap_or((entry, entry));
            Some((first.parse().ok()?..=last.parse().ok()?).contains(&number))
        };
        self.0.iter().find(|(entry, _)| holds(entry) == Some(true)).map(|(_, base)| base.clone())
    }
}

/// The base address to use, HTTPS before HTTP, with a slash at the end.
fn base(addresses: &Value) -> Option<String> {
    let addresses: Vec<&str> = addresses.as_array()?.iter().filter_map(Value::as_str).collect();
    let secure = addresses.iter().find(|address| address.starts_with("https://"));
    let address = secure.or_else(|| addresses.iter().find(|address| address.starts_with("http://")))?;
    Some(format!("{}/", address.trim_end_matches('/')))
}

/// The length of a block's prefix, where the block holds the address.
fn prefix(block: &str, ip: IpAddr) -> Option<u32> {
    let (network, length) = block.split_once('/')?;
    let (network, length): (IpAddr, u32) = (network.parse().ok()?, length.parse().ok()?);
    let (network, ip, width) = match (network, ip) {
        (IpAddr::V4(network), IpAddr::V4(ip)) => {
            (u128::from(network.to_bits()), u128::from(ip.to_bits()), 32)
        }
        (IpAddr::V6(network), IpAddr::V6(ip)) => (network.to_bits(), ip.to_bits(), 128),
        _ => return None,
    };
    let rest = u32::checked_sub(width, length)?;
    let head = |bits: u128| bits.checked_shr(rest).unwrap_or(0);
    (head(network) == head(ip)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn services(json: &str) -> Services {
        Services::read(json.as_bytes()).expect("a bootstrap registry")
    }

    #[test]
    fn domains_by_the_longest_suffix() {
        let dns = services(
            r#"{"version":"1.0","services":[
                [["com","NET"],["http://rdap.example.com/v1/","https://rdap.example.com/v1"]],
                [["zone.com"],["https://zone.example/"]]]}"#,
        );
        assert_eq!(dns.of_domain("a.com").as_deref(), Some("https://rdap.example.com/v1/"));
        assert_eq!(dns.of_domain("a.net").as_deref(), Some("https://rdap.example.com/v1/"));
        assert_eq!(dns.of_domain("a.zone.com").as_deref(), Some("https://zone.example/"));
        assert_eq!(dns.of_domain("a.jp"), None);
        assert_eq!(dns.of_domain("com.a"), None);
    }

    #[test]
    fn addresses_by_the_longest_prefix() {
        let ipv4 = services(
            r#"{"services":[[["192.0.0.0/8"],["https://wide.example/"]],[["192.0.2.0/24"],["https://narrow.example/"]]]}"#,
        );
        let of = |text: &str| ipv4.of_address(text.parse().expect("an address"));
        assert_eq!(of("192.0.2.7").as_deref(), Some("https://narrow.example/"));
        assert_eq!(of("192.1.2.7").as_deref(), Some("https://wide.example/"));
        assert_eq!(of("2001:db8::1"), None);
        let ipv6 = services(r#"{"services":[[["2001:200::/23","::/0","x/129"],["https://six.example/"]]]}"#);
        assert_eq!(
            ipv6.of_address("2001:3ff::1".parse().expect("an address")).as_deref(),
            Some("https://six.example/")
        );
    }

    #[test]
    fn numbers_by_range() {
        let asn = services(r#"{"services":[[["64496-64511","65551"],["https://as.example/"]]]}"#);
        assert_eq!(asn.of_number(64500).as_deref(), Some("https://as.example/"));
        assert_eq!(asn.of_number(65551).as_deref(), Some("https://as.example/"));
        assert_eq!(asn.of_number(1), None);
    }

    #[test]
    fn what_is_no_registry() {
        for bytes in ["", "[]", "{}", r#"{"services":7}"#] {
            assert_eq!(Services::read(bytes.as_bytes()), None);
        }
        assert_eq!(
            services(r#"{"services":[7,[],[["a"]],[["a"],["ftp://x"]],[7,["https://x"]]]}"#),
            Services(Vec::new())
        );
    }
}
