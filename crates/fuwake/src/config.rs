//! The configuration file and what the environment says about the language.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Display;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use fuwake_core::case::Language;
use fuwake_core::evidence::visit::Profile;
use fuwake_core::findings::Reader;
use fuwake_core::inquiry::{StepRule, Visits};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::Trusted;
use fuwake_core::mail::trust::Network;
use fuwake_core::publish::{Audience, Release, Style};
use fuwake_probes::probes::place::Tables;
use fuwake_probes::probes::reputation::{self, Key};
use fuwake_probes::world::{Settings, VisitSettings};
use fuwake_report::exchange::Reporter;
use serde::Deserialize;

use crate::cli;
use crate::publish::MailServer;

/// The most that may be set: questions about one mail, and seconds for them; links of one mail, and seconds for one visit.
const QUESTIONS: usize = 100_000;
const MAIL: u64 = 3_600;
const LINKS: usize = 1_000;
const VISIT: u64 = 600;

/// The configuration file, TOML.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Config {
    /// Own mail servers: networks, or host names and their subdomains.
    pub(crate) trust: Vec<String>,
    /// Passwords for archives of mails, beside the usual ones.
    pub(crate) archive_passwords: Vec<String>,
    /// `ja` or `en`.
    pub(crate) language: Option<String>,
    /// The folder of own brands, phrases and findings, beside this file or anywhere.
    knowledge: Option<PathBuf>,
    /// What the reader tells about himself.
    reader: ReaderConfig,
    /// How the outside world is asked.
    ask: Ask,
    /// How links are visited.
    visit: VisitConfig,
    /// What is published, and how.
    pub(crate) publish: PublishConfig,
    /// The site of published cases.
    pub(crate) site: SiteConfig,
    /// Where this file stands.
    #[serde(skip)]
    place: Option<PathBuf>,
}

/// The site of published cases.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub(crate) struct SiteConfig {
    /// Where it will stand, where its own `site.toml` does not say so.
    pub(crate) base_url: Option<String>,
}

/// What is published, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PublishConfig {
    /// What must not be published, beside what a mail itself reveals: addresses, domains, names, numbers.
    pub(crate) hide: Vec<String>,
    /// How masks and broken links are written; else as readers of the language know it.
    style: Option<StyleConfig>,
    /// Whether innocent bystanders are masked too.
    hide_bystanders: bool,
    /// Who hands in reports of abuse.
    pub(crate) reporter: Option<Reporter>,
    /// The mail server that takes what is sent.
    pub(crate) smtp: Option<MailServer>,
}

/// How masks and broken links are written.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StyleConfig {
    /// `○□△@******.***`, `h**ps://`.
    Japanese,
    /// `***@***.***`, `hxxps://`.
    International,
}

impl From<StyleConfig> for Style {
    fn from(style: StyleConfig) -> Self {
        match style {
            StyleConfig::Japanese => Self::Japanese,
            StyleConfig::International => Self::International,
        }
    }
}

/// How the outside world is asked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Ask {
    /// The resolvers, as `address` or `address:port`; else the system's.
    resolvers: Vec<String>,
    /// A proxy for HTTP and WHOIS: `http://host:port` or `socks5h://host:port`.
    proxy: Option<String>,
    /// Where answers are kept between runs; else in the user's cache folder.
    cache: Option<PathBuf>,
    /// Where the tables of places are; else in the user's data folder.
    tables: Option<PathBuf>,
    /// The most questions about one mail.
    questions: Option<usize>,
    /// The most seconds for all questions about one mail.
    seconds: Option<u64>,
    /// The reputation services to ask that need no key, by id.
    services: Vec<String>,
    /// Keys of reputation services, by the service's id.
    keys: BTreeMap<String, String>,
}

/// How links are visited at `--reach active`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct VisitConfig {
    /// The browser's program; else Chromium or Chrome in the path.
    browser: Option<PathBuf>,
    /// The most links of one mail.
    links: Option<usize>,
    /// The most seconds for one visit.
    seconds: Option<u64>,
    /// The ports that may be visited; else 80, 443, 8080 and 8443.
    ports: Option<Vec<u16>>,
    /// Networks that may be visited although they are inner ones or this machine's own: a laboratory's.
    allow: Vec<String>,
    /// Public addresses of one's own, which are never visited: a router's. This machine's own and its networks' are known.
    own: Vec<String>,
}

/// What the reader of the mails tells about himself; it never leaves this machine.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ReaderConfig {
    /// Services used, by brand id.
    services: Vec<String>,
    /// Addresses registered with a service, by brand id.
    addresses: BTreeMap<String, Vec<String>>,
    /// Domains of the reader's organisation.
    organisation: Vec<String>,
}

impl Config {
    /// Reads the file that the command line names, or the user's where there is one.
    pub(crate) fn read(named: Option<&Path>) -> anyhow::Result<Self> {
        let place = named.map(Path::to_owned).or_else(usual_place);
        let Some(path) = place.clone().filter(|path| named.is_some() || path.exists()) else {
            return Ok(Self { place, ..Self::default() });
        };
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let config: Self = toml::from_str(&text).map_err(|error| {
            let place = error.span().map(|span| fuwake_data::place(&text, span.start));
            let place =
                place.map_or_else(String::new, |(line, column)| format!(", line {line} column {column}"));
            anyhow::anyhow!("{}{place}: {}", path.display(), error.message())
        })?;
        Ok(Self { place, ..config })
    }

    /// The folder of own knowledge that the file names.
    pub(crate) fn knowledge(&self) -> Option<PathBuf> {
        let folder = self.knowledge.as_ref()?;
        Some(self.beside(folder).unwrap_or_else(|| folder.clone()))
    }

    /// The folder of own knowledge where the file names none.
    pub(crate) fn usual_knowledge(&self) -> Option<PathBuf> {
        self.beside(Path::new("knowledge"))
    }

    fn beside(&self, path: &Path) -> Option<PathBuf> {
        Some(self.place.as_ref()?.parent()?.join(path))
    }

    /// The servers that are believed: those of the file and of the command line.
    pub(crate) fn trusted(&self, more: &[String]) -> anyhow::Result<Trusted> {
        let mut trusted = Trusted::default();
        let written = self.trust.iter().map(|text| (text, "trust in the configuration"));
        for (text, place) in written.chain(more.iter().map(|text| (text, "--trust"))) {
            match network(text) {
                Some(network) => trusted.networks.push(network),
                None if is_name(text) => trusted.names.push(registered(text)),
                None => anyhow::bail!("{place}: {text:?} is neither a network nor a host name"),
            }
        }
        Ok(trusted)
    }

    /// What the reader told; a service must be a brand that is known.
    pub(crate) fn reader(&self, knowledge: &Knowledge) -> anyhow::Result<Reader> {
        let told = &self.reader;
        let unknown =
            told.services.iter().chain(told.addresses.keys()).find(|id| knowledge.brand(id).is_none());
        if let Some(id) = unknown {
            anyhow::bail!(
                "[reader] names the service {id:?}, which is no brand here; see `fuwake brand list`"
            );
        }
        let addresses = told.addresses.iter().flat_map(|(brand, addresses)| {
            addresses.iter().map(|address| (brand.clone(), address.to_lowercase()))
        });
        Ok(Reader {
            services: told.services.clone(),
            addresses: addresses.collect(),
            organisation: told.organisation.iter().map(|domain| registered(domain)).collect(),
        })
    }

    /// For whom something is published, and what must not be in it.
    pub(crate) fn release(&self, audience: Audience, hide_bystanders: bool) -> Release {
        let (reader, publish) = (&self.reader, &self.publish);
        let addresses = reader.addresses.values().flatten().cloned();
        let servers = reader.organisation.iter().chain(&self.trust).cloned();
        Release {
            audience,
            hidden: publish.hide.iter().cloned().chain(addresses).collect(),
            own: servers.collect(),
            hide_bystanders: hide_bystanders || publish.hide_bystanders,
            style: publish.style.map(Style::from),
        }
    }

    /// The tables that say where an address is.
    pub(crate) fn tables(&self) -> Tables {
        self.tables_folder().map_or_else(Tables::default, |folder| Tables::in_folder(&folder))
    }

    /// Where they are.
    pub(crate) fn tables_folder(&self) -> Option<PathBuf> {
        let usual = || folder("XDG_DATA_HOME", ".local/share", "tables");
        self.ask.tables.clone().or_else(usual)
    }

    /// How the outside world is asked.
    pub(crate) fn settings(&self) -> anyhow::Result<Settings> {
        let ask = &self.ask;
        let resolvers: anyhow::Result<Vec<SocketAddr>> =
            ask.resolvers.iter().map(|text| resolver(text)).collect();
        self.check_services()?;
        let usual = Settings::default();
        Ok(Settings {
            resolvers: resolvers?,
            proxy: ask.proxy.clone(),
            cache: ask.cache.clone().or_else(|| folder("XDG_CACHE_HOME", ".cache", "answers")),
            places: !self.tables().is_empty(),
            earlier: false,
            services: ask.services.clone(),
            keys: ask.keys.clone(),
            questions: bounded("[ask] questions", ask.questions, QUESTIONS)?.unwrap_or(usual.questions),
            patience: seconds("[ask] seconds", ask.seconds, MAIL)?.unwrap_or(usual.patience),
            visits: None,
        })
    }

    /// The browser's program, where the file names it.
    pub(crate) fn browser(&self) -> Option<&Path> {
        self.visit.browser.as_deref()
    }

    /// How links are visited.
    pub(crate) fn visits(
        &self,
        asked: &cli::Visiting,
        knowledge: &Knowledge,
    ) -> anyhow::Result<VisitSettings> {
        let (visit, usual) = (&self.visit, VisitSettings::default());
        let profiles: Vec<Profile> = asked.visit_as.iter().map(|profile| (*profile).into()).collect();
        let plan = Visits {
            links: bounded("[visit] links", visit.links, LINKS)?.unwrap_or(usual.plan.links),
            profiles: if profiles.is_empty() { usual.plan.profiles } else { profiles },
            genuine: asked.visit_genuine,
            exact: asked.exact_links,
            probe_form: asked.probe_form,
        };
        Ok(VisitSettings {
            steps: StepRule::of(knowledge.genuine_sites(), &plan),
            browser: visit.browser.clone(),
            plan,
            patience: seconds("[visit] seconds", visit.seconds, VISIT)?.unwrap_or(usual.patience),
            ports: visit.ports.clone().unwrap_or(usual.ports),
            allowed: networks("[visit] allow", &visit.allow)?,
            own: networks("[visit] own", &visit.own)?,
        })
    }

    /// Every service that is named is one, and has the key that it needs.
    fn check_services(&self) -> anyhow::Result<()> {
        let find = |id: &str| reputation::known().find(|about| about.id == id);
        for id in self.ask.services.iter().chain(self.ask.keys.keys()) {
            let about = find(id).with_context(|| {
                let known: Vec<&str> = reputation::known().map(|about| about.id).collect();
                format!("[ask] names the service {id:?}; there are: {}", known.join(", "))
            })?;
            if about.key == Key::Required && !self.ask.keys.contains_key(id) {
                anyhow::bail!("[ask] services: {id} needs a key: write it under [ask.keys]");
            }
        }
        Ok(())
    }

    /// The language: of the command line, the file, or the locale.
    pub(crate) fn language(&self, asked: Option<cli::Language>) -> anyhow::Result<Language> {
        match (asked, self.language.as_deref()) {
            (Some(cli::Language::Ja), _) | (None, Some("ja")) => Ok(Language::Ja),
            (Some(cli::Language::En), _) | (None, Some("en")) => Ok(Language::En),
            (None, Some(other)) => {
                anyhow::bail!("language in the configuration: {other:?} is neither \"ja\" nor \"en\"")
            }
            (None, None) => Ok(language_of(&locale())),
        }
    }
}

/// `fuwake/NAME` in a folder of the user's that a variable or the home folder names (XDG Base Directory Specification).
fn folder(variable: &str, beside_home: &str, name: &str) -> Option<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = set(variable).or_else(|| Some(set("HOME")?.join(beside_home)))?;
    Some(folder.join("fuwake").join(name))
}

fn resolver(text: &str) -> anyhow::Result<SocketAddr> {
    let lone = || Some(SocketAddr::new(text.parse().ok()?, 53));
    text.parse().ok().or_else(lone).with_context(|| format!("[ask] resolvers: {text:?} is no address"))
}

/// `fuwake/config.toml` in the user's configuration folder.
pub(crate) fn usual_place() -> Option<PathBuf> {
    folder("XDG_CONFIG_HOME", ".config", "config.toml")
}

/// The locale for messages, as POSIX orders the variables.
pub(crate) fn locale() -> String {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    variables
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty())
        .unwrap_or_default()
}

fn language_of(locale: &str) -> Language {
    if locale.starts_with("ja") { Language::Ja } else { Language::En }
}

impl From<cli::VisitAs> for Profile {
    fn from(asked: cli::VisitAs) -> Self {
        match asked {
            cli::VisitAs::JapaneseMobile => Self::JapaneseMobile,
            cli::VisitAs::JapaneseDesktop => Self::JapaneseDesktop,
        }
    }
}

/// A number that is no larger than may be.
fn bounded<N: Copy + PartialOrd + Display>(name: &str, set: Option<N>, most: N) -> anyhow::Result<Option<N>> {
    if let Some(set) = set.filter(|set| *set > most) {
        anyhow::bail!("{name}: {set} is too large; at most {most}");
    }
    Ok(set)
}

/// A time that is no longer than may be, and some.
fn seconds(name: &str, set: Option<u64>, most: u64) -> anyhow::Result<Option<Duration>> {
    let set = bounded(name, set, most)?;
    anyhow::ensure!(set != Some(0), "{name}: nothing can be done in 0 seconds");
    Ok(set.map(Duration::from_secs))
}

fn networks(name: &str, texts: &[String]) -> anyhow::Result<Vec<Network>> {
    let read = |text: &String| network(text).with_context(|| format!("{name}: {text:?} is no network"));
    texts.iter().map(read).collect()
}

/// A network in CIDR notation (RFC 4632), or a lone address.
fn network(text: &str) -> Option<Network> {
    let (address, prefix) =
        text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let address: std::net::IpAddr = address.trim_matches(['[', ']']).parse().ok()?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.map_or(Some(longest), |prefix| prefix.parse().ok())?;
    (prefix <= longest).then_some(Network { address, prefix })
}

/// The name as it stands in mails: in lower case, labels outside ASCII as A-labels (RFC 5890).
fn registered(name: &str) -> String {
    let name = name.trim_end_matches('.').to_lowercase();
    if name.is_ascii() {
        return name;
    }
    url::Host::parse(&name).map_or(name, |host| host.to_string())
}

fn is_name(text: &str) -> bool {
    let allowed = |character: char| character.is_alphanumeric() || ".-_".contains(character);
    !text.is_empty()
        && text.chars().all(allowed)
        && !text.chars().all(|character| character.is_ascii_digit() || character == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_and_names_are_told_apart() {
        let own = ["192.0.2.0/24", "2001:db8::1", "MX.example.jp.", "mx.例え.jp"].map(str::to_owned);
        let trusted = Config::default().trusted(&own).expect("all are right");
        assert_eq!(trusted.names, ["mx.example.jp", "mx.xn--r8jz45g.jp"]);
        let expected = [("192.0.2.0", 24), ("2001:db8::1", 128)]
            .map(|(address, prefix)| Network { address: address.parse().expect("an address"), prefix });
        assert_eq!(trusted.networks, expected);
        for wrong in ["192.0.2.0/33", "192.0.2", "a b", ""] {
            assert!(Config::default().trusted(&[wrong.to_owned()]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn unknown_keys_are_refused() {
        assert!(toml::from_str::<Config>("trust = []\nlanguage = 'ja'\n[reader]\norganisation = []").is_ok());
        assert!(toml::from_str::<Config>("trusted = []").is_err());
    }

    #[test]
    fn services_are_known_and_have_their_keys() {
        let settings = |text: &str| toml::from_str::<Config>(text).expect("TOML").settings();
        let on = "[ask]\nservices = ['surbl', 'spamhaus-zen']\nkeys = { urlhaus = 'x' }";
        assert_eq!(settings(on).expect("all are right").services, ["surbl", "spamhaus-zen"]);
        assert!(settings("[ask]\nservices = ['urlhaus']").is_err(), "no key");
        assert!(settings("[ask]\nservices = ['no-such']").is_err());
    }

    #[test]
    fn visits_are_as_the_file_and_the_command_line_say() {
        let config = |text: &str| toml::from_str::<Config>(text).expect("TOML");
        let asked =
            cli::Visiting { visit_as: vec![cli::VisitAs::JapaneseDesktop], ..cli::Visiting::default() };
        let file = config("[visit]\nlinks = 1\nseconds = 9\nports = [443]\nallow = ['198.51.100.0/24']");
        let knowledge = Knowledge::embedded().expect("built in");
        let visits = file.visits(&asked, &knowledge).expect("all is right");
        assert_eq!((visits.plan.links, visits.patience.as_secs(), visits.ports), (1, 9, vec![443]));
        assert_eq!((visits.plan.profiles, visits.allowed.len()), (vec![Profile::JapaneseDesktop], 1));
        assert!(config("[visit]\nallow = ['lab']").visits(&asked, &knowledge).is_err());
        let own = config("[visit]\nown = ['203.0.113.7', '2001:db8::/32']")
            .visits(&asked, &knowledge)
            .expect("all is right");
        assert_eq!(own.own.len(), 2);
    }

    #[test]
    fn numbers_have_bounds() {
        let knowledge = Knowledge::embedded().expect("built in");
        let config = |text: &str| toml::from_str::<Config>(text).expect("TOML");
        let visits = |text: &str| config(text).visits(&cli::Visiting::default(), &knowledge);
        let largest = "[visit]\nlinks = 1000\nseconds = 600\n[ask]\nquestions = 100000\nseconds = 3600";
        assert!(visits(largest).is_ok() && config(largest).settings().is_ok());
        for text in ["links = 1001", "seconds = 601", "seconds = 0", "seconds = 9223372036854775807"] {
            assert!(visits(&format!("[visit]\n{text}")).is_err(), "{text}");
        }
        for text in ["questions = 100001", "seconds = 3601", "seconds = 0"] {
            assert!(config(&format!("[ask]\n{text}")).settings().is_err(), "{text}");
        }
    }

    #[test]
    fn the_locale_decides() {
        assert_eq!(language_of("ja_JP.UTF-8"), Language::Ja);
        assert_eq!(language_of("C.UTF-8"), Language::En);
    }
}
