//! Whose a domain is, and of what kind; the nearest entry at or above the name counts.

use rustc_hash::{FxHashMap, FxHashSet};

use super::schema::Data;
use crate::domain::registrable;
use crate::fold::confusable::skeleton_of;

/// What a domain is used for, where that matters for judging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DomainKind {
    /// Anybody can open an address there.
    FreeMail,
    /// Addresses of an access provider's customers.
    InternetProvider,
    /// Short links.
    Shortener,
    /// Anybody can put a page there under a name of his own.
    FreeHosting,
    /// Names that follow a changing address.
    DynamicDns,
    /// Names that a service gives each customer until he brings his own.
    TenantDefault,
    /// Services that hand mail on under an address of their own, the true sender in the name.
    AliasService,
}

impl DomainKind {
    /// What the interface calls it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::FreeMail => "free-mail",
            Self::InternetProvider => "internet-provider",
            Self::Shortener => "shortener",
            Self::FreeHosting => "free-hosting",
            Self::DynamicDns => "dynamic-dns",
            Self::TenantDefault => "tenant-default",
            Self::AliasService => "alias-service",
        }
    }

    /// The list's file name without its ending.
    const ALL: [(Self, &'static str); 7] = [
        (Self::FreeMail, "free-mail"),
        (Self::InternetProvider, "internet-providers"),
        (Self::Shortener, "shorteners"),
        (Self::FreeHosting, "free-hosting"),
        (Self::DynamicDns, "dynamic-dns"),
        (Self::TenantDefault, "tenant-defaults"),
        (Self::AliasService, "alias-services"),
    ];
}

/// Whose a listed domain is.
#[derive(Clone, Copy, Debug)]
struct Owned {
    brand: usize,
    /// A source names it.
    shown: bool,
}

/// Domains by owner and kind. A mail asks hundreds of times and adds nothing, so the hash need be quick, not hard to foresee.
#[derive(Debug, Default)]
pub struct Domains {
    owners: FxHashMap<String, Owned>,
    redirectors: FxHashMap<String, usize>,
    /// Open redirectors of well-known companies, in the order of the table, by the host that they stand at or below.
    open_redirectors: FxHashMap<String, Vec<usize>>,
    kinds: FxHashMap<String, DomainKind>,
    mail_services: FxHashMap<String, usize>,
    hosting_providers: FxHashMap<String, usize>,
    /// Where anybody can put files behind a large provider's name.
    buckets: FxHashSet<String>,
    /// Where anybody can run a page or a function under a name that the provider gives.
    app_hosts: FxHashSet<String>,
    /// Companies whose own mails carry text that their users typed.
    platforms: FxHashSet<String>,
    /// Name servers of services that park names.
    parking_services: FxHashSet<String>,
    /// Where the customers of many banks log in.
    shared_log_ins: FxHashSet<String>,
    /// Where companies let their customers and staff log in, or pay.
    log_in_services: FxHashSet<String>,
    /// Suffixes under which names cost next to nothing in bulk.
    cheap_suffixes: FxHashSet<String>,
    /// Brands by the first label of their registrable domains.
    labels: FxHashMap<String, Vec<usize>>,
    /// Labels of brands by what they look like.
    skeletons: FxHashMap<String, String>,
}

impl Domains {
    pub(super) fn new(data: &Data) -> Self {
        let mut domains = Self::default();
        for (index, brand) in data.brands.iter().enumerate() {
            for domain in brand.all_domains() {
                let owned = Owned { brand: index, shown: brand.is_shown(domain) };
                domains.owners.entry(domain.clone()).or_insert(owned);
            }
            for host in &brand.redirectors {
                domains.redirectors.entry(host.clone()).or_insert(index);
            }
            domains.add_labels(index, &brand.domains);
        }
        for (kind, list) in DomainKind::ALL {
            for domain in data.lists.get(list).into_iter().flat_map(|list| &list.domains) {
                domains.kinds.entry(domain.clone()).or_insert(kind);
            }
        }
        for (index, redirector) in data.redirectors.iter().enumerate() {
            let host = redirector.host.strip_prefix("*.").unwrap_or(&redirector.host);
            domains.open_redirectors.entry(host.to_owned()).or_default().push(index);
        }
        let listed = |list: &str| -> FxHashSet<String> {
            data.lists.get(list).into_iter().flat_map(|list| list.domains.iter().cloned()).collect()
        };
        domains.cheap_suffixes = listed("cheap-suffixes");
        domains.buckets = listed("buckets");
        domains.app_hosts = listed("app-hosts");
        domains.platforms = listed("platforms");
        domains.parking_services = listed("parking-services");
        domains.shared_log_ins = listed("shared-log-ins");
        domains.log_in_services = listed("log-in-services");
        for (index, service) in data.mail_services.iter().enumerate() {
            for domain in service.domains.iter().chain(&service.link_domains) {
                domains.mail_services.entry(domain.clone()).or_insert(index);
            }
        }
        for (index, provider) in data.hosting_providers.iter().enumerate() {
            for domain in &provider.domains {
                domains.hosting_providers.entry(domain.clone()).or_insert(index);
            }
        }
        domains
    }

    fn add_labels(&mut self, brand: usize, names: &[String]) {
        for name in names {
            let Some((label, _)) = registrable(name).and_then(|name| name.split_once('.')) else { continue };
            let brands = self.labels.entry(label.to_owned()).or_default();
            if !brands.contains(&brand) {
                brands.push(brand);
            }
            if label.len() > 4 {
                self.skeletons.entry(skeleton_of(label)).or_insert_with(|| label.to_owned());
            }
        }
    }

    /// The brands one of whose registrable domains begins with a label.
    pub(super) fn with_label(&self, label: &str) -> &[usize] {
        self.labels.get(label).map_or(&[], Vec::as_slice)
    }

    /// The label of a brand that `label` only looks like.
    pub(super) fn looks_like(&self, label: &str) -> Option<&str> {
        self.skeletons.get(&skeleton_of(label)).map(String::as_str).filter(|known| *known != label)
    }

    /// The brand that exactly this name belongs to.
    pub(super) fn exact_owner(&self, domain: &str) -> Option<usize> {
        self.owners.get(domain).map(|owned| owned.brand)
    }

    pub(super) fn owner(&self, domain: &str) -> Option<usize> {
        nearest(&self.owners, domain).map(|owned| owned.brand)
    }

    /// The owner, where a source names the domain.
    pub(super) fn sourced_owner(&self, domain: &str) -> Option<usize> {
        nearest(&self.owners, domain).filter(|owned| owned.shown).map(|owned| owned.brand)
    }

    /// The cheap suffix that a name lies directly or further below.
    pub(super) fn cheap_suffix<'d>(&self, domain: &'d str) -> Option<&'d str> {
        above(domain).skip(1).find(|name| self.cheap_suffixes.contains(*name))
    }

    pub(super) fn redirector(&self, host: &str) -> Option<usize> {
        nearest(&self.redirectors, host)
    }

    /// Open redirectors that stand at or above a host, in the order of the table.
    pub(super) fn open_redirectors(&self, host: &str) -> Vec<usize> {
        let mut found: Vec<usize> =
            above(host).filter_map(|name| self.open_redirectors.get(name)).flatten().copied().collect();
        found.sort_unstable();
        found
    }

    pub(super) fn is_bucket(&self, host: &str) -> bool {
        above(host).any(|name| self.buckets.contains(name)) || is_amazon_bucket(host)
    }

    pub(super) fn is_app_host(&self, host: &str) -> bool {
        above(host).skip(1).any(|name| self.app_hosts.contains(name))
    }

    pub(super) fn is_parking_service(&self, server: &str) -> bool {
        above(server).any(|name| self.parking_services.contains(name))
    }

    pub(super) fn is_shared_log_in(&self, host: &str) -> bool {
        above(host).any(|name| self.shared_log_ins.contains(name))
    }

    pub(super) fn is_log_in_service(&self, host: &str) -> bool {
        above(host).any(|name| self.log_in_services.contains(name))
    }

    pub(super) fn is_platform(&self, domain: &str) -> bool {
        above(domain).any(|name| self.platforms.contains(name))
    }

    pub(super) fn kind(&self, domain: &str) -> Option<DomainKind> {
        nearest(&self.kinds, domain)
    }

    pub(super) fn mail_service(&self, domain: &str) -> Option<usize> {
        nearest(&self.mail_services, domain)
    }

    pub(super) fn hosting_provider(&self, domain: &str) -> Option<usize> {
        nearest(&self.hosting_providers, domain)
    }

    /// The name, or one below it, stands in a list of services that others use; looks through all lists.
    pub(super) fn is_root_of_platform(&self, name: &str) -> bool {
        let lists = self.kinds.keys().chain(self.mail_services.keys()).chain(self.hosting_providers.keys());
        lists.chain(&self.buckets).chain(&self.app_hosts).any(|listed| is_within(listed, name))
    }
}

fn nearest<T: Copy>(entries: &FxHashMap<String, T>, domain: &str) -> Option<T> {
    above(domain).find_map(|name| entries.get(name)).copied()
}

/// `bucket.s3.eu-west-1.amazonaws.com`, `s3-website-us-east-1.amazonaws.com` and their kin.
fn is_amazon_bucket(host: &str) -> bool {
    let is_s3 = |label: &str| label == "s3" || label.starts_with("s3-");
    host.strip_suffix(".amazonaws.com").is_some_and(|labels| labels.split('.').any(is_s3))
}

/// A name and the names above it: `a.b.c`, `b.c`, `c`.
pub fn above(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |name| name.split_once('.').map(|(_, rest)| rest))
}

/// Whether `domain` is `parent` or lies below it.
#[must_use]
pub fn is_within(domain: &str, parent: &str) -> bool {
    domain.strip_suffix(parent).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_labels_count() {
        assert!(is_within("mail.example.jp", "example.jp"));
        assert!(is_within("example.jp", "example.jp"));
        assert!(!is_within("notexample.jp", "example.jp"));
        assert_eq!(above("a.b.jp").collect::<Vec<_>>(), ["a.b.jp", "b.jp", "jp"]);
    }
}
