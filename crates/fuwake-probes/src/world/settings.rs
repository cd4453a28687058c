//! What the operator settles about questions to the outside.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use fuwake_core::inquiry::{StepRule, Visits};
use fuwake_core::mail::trust::Network;
use thiserror::Error;

/// What the operator settles about questions to the outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The resolvers to ask; those of the system where there are none.
    pub resolvers: Vec<SocketAddr>,
    /// A proxy for HTTP and WHOIS: `http://host:port` or `socks5h://host:port`.
    pub proxy: Option<String>,
    /// Where answers are kept between runs; nowhere where there is none.
    pub cache: Option<PathBuf>,
    /// Whether there are tables that say where an address is.
    pub places: bool,
    /// Whether there are earlier cases to compare with.
    pub earlier: bool,
    /// The reputation services to ask that need no key, by id.
    pub services: Vec<String>,
    /// Keys of reputation services, by the service's id.
    pub keys: BTreeMap<String, String>,
    /// How many questions are asked about one mail.
    pub questions: usize,
    /// How long all questions about one mail may take together.
    pub patience: Duration,
    /// How links are visited; they are not where there is none.
    pub visits: Option<VisitSettings>,
}

/// What the operator settles about visits of links.
#[derive(Clone, Debug)]
pub struct VisitSettings {
    /// The browser's program; found among the usual places where there is none.
    pub browser: Option<PathBuf>,
    /// Which links, and as whom.
    pub plan: Visits,
    /// Which steps are taken on the way.
    pub steps: StepRule,
    /// How long one visit may take.
    pub patience: Duration,
    /// The ports that may be visited.
    pub ports: Vec<u16>,
    /// Addresses that may be visited although they are inner ones or this machine's own: a laboratory's.
    pub allowed: Vec<Network>,
    /// Public addresses that are the operator's own, a router's for example: never visited. Those of this machine and of the networks that
    /// it stands in are known.
    pub own: Vec<Network>,
}

impl Default for VisitSettings {
    fn default() -> Self {
        Self {
            browser: None,
            plan: Visits::default(),
            steps: StepRule::default(),
            patience: Duration::from_secs(20),
            ports: vec![80, 443, 8080, 8443],
            allowed: Vec::new(),
            own: Vec::new(),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            resolvers: Vec::new(),
            proxy: None,
            cache: None,
            places: false,
            earlier: false,
            services: Vec::new(),
            keys: BTreeMap::new(),
            questions: 200,
            patience: Duration::from_secs(60),
            visits: None,
        }
    }
}

/// A setting that cannot be used.
#[derive(Debug, Error)]
pub enum UnusableSettings {
    /// The system names no resolver.
    #[error("no resolver: {0}")]
    Resolver(String),
    /// The proxy's address cannot be read.
    #[error("proxy {0}: {1}")]
    Proxy(String, String),
    /// Connections cannot be set up.
    #[error("HTTP: {0}")]
    Http(String),
    /// What visits see cannot be kept.
    #[error("no folder for what visits see: {0}")]
    Blobs(#[from] std::io::Error),
}
