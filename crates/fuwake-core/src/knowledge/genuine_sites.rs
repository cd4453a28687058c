//! Known brands' own pages.

use std::sync::Arc;

use super::{DomainKind, Domains};

/// Whose pages are known brands' own. Cheap to share with whoever asks the world.
#[derive(Clone, Debug)]
pub struct GenuineSites(pub(super) Arc<Domains>);

impl GenuineSites {
    /// Whether a host is a brand's own, and none where anybody can put a page.
    #[must_use]
    pub fn has(&self, host: &str) -> bool {
        self.0.is_genuine_site(host)
    }

    /// Whether the host leads on to wherever its address says.
    pub(crate) fn redirects(&self, host: &str) -> bool {
        !self.0.open_redirectors(host).is_empty()
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
}
