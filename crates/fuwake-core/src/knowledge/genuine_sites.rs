//! Known brands' own pages.

use std::sync::Arc;

use url::Url;

use super::{DomainKind, Domains, Redirector};
use crate::mail::link::redirected;

/// Whose pages are known brands' own. Cheap to share with whoever asks the world.
#[derive(Clone, Debug)]
pub struct GenuineSites {
    pub(super) domains: Arc<Domains>,
    pub(super) redirectors: Arc<[Redirector]>,
}

/// Which marks for a reader belong to the page's address at a host, so that no page is found without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeptMarks {
    /// None does.
    None,
    /// A label is the name that a customer chose, or was given.
    Host,
    /// So is the path: a file's name.
    HostAndPath,
    /// The whole address stands for another one.
    All,
}

impl GenuineSites {
    /// Whether a host is a brand's own, and none where anybody can put a page.
    #[must_use]
    pub fn has(&self, host: &str) -> bool {
        self.domains.is_genuine_site(host)
    }

    /// Where an open redirector of a known company's leads on to.
    pub(crate) fn redirected(&self, url: &Url) -> Option<Url> {
        const DEEPEST: usize = 5;
        let next = |url: &Url| {
            let rows = self.domains.open_redirectors(url.host_str()?.trim_end_matches('.'));
            Url::parse(&redirected(url, rows.into_iter().map(|at| &self.redirectors[at]))?).ok()
        };
        std::iter::successors(next(url), next).take(DEEPEST).last()
    }

    /// Which marks stay where a link of this host is asked for.
    pub(crate) fn keeps_marks(&self, host: &str) -> KeptMarks {
        self.domains.keeps_marks(host)
    }
}

impl Domains {
    pub(super) fn is_genuine_site(&self, host: &str) -> bool {
        let anybodys = matches!(
            self.kind(host),
            Some(
                DomainKind::FreeHosting
                    | DomainKind::DynamicDns
                    | DomainKind::Shortener
                    | DomainKind::InternetProvider
            )
        );
        self.owner(host).is_some() && !anybodys && !self.is_bucket(host) && !self.is_app_host(host)
    }

    pub(super) fn keeps_marks(&self, host: &str) -> KeptMarks {
        match self.kind(host) {
            Some(DomainKind::Shortener) => KeptMarks::All,
            _ if self.redirector(host).is_some() => KeptMarks::All,
            Some(DomainKind::FreeHosting) => KeptMarks::HostAndPath,
            _ if self.is_bucket(host) => KeptMarks::HostAndPath,
            _ if self.is_app_host(host) || self.mail_service(host).is_some() => KeptMarks::Host,
            _ => KeptMarks::None,
        }
    }
}
