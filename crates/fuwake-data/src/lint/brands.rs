//! Brands: names, domains, sources, and who owns what.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Linter, is_country, is_invisible, is_kebab};
use crate::schema::Brand;

/// Sectors a brand may be of; the list stands in `data/brands/README.md`.
const SECTORS: [&str; 30] = [
    "airline",
    "bank",
    "broker",
    "card",
    "crypto",
    "energy",
    "food",
    "game",
    "government",
    "health",
    "hosting",
    "insurance",
    "internet-provider",
    "mail",
    "marketplace",
    "parcel",
    "payment",
    "post",
    "rail",
    "retail",
    "security",
    "shop",
    "social",
    "software",
    "streaming",
    "tax",
    "telecom",
    "toll",
    "travel",
    "education",
];

impl Linter<'_> {
    pub(super) fn brand(&mut self, brand: &Brand) {
        let file = &self.path(&["brands", &brand.id]);
        let (ja, en) = (brand.name.ja.trim().is_empty(), brand.name.en.trim().is_empty());
        self.check(!is_kebab(&brand.id), file, "", "the file's name is not kebab-case");
        self.check(self.lacks_words(ja, en), file, "name", "a name is missing");
        let sector = format!("no such sector: {}", brand.sector);
        self.check(!SECTORS.contains(&brand.sector.as_str()), file, "sector", &sector);
        let country = format!("no country: {}", brand.country);
        self.check(!is_country(&brand.country), file, "country", &country);
        let nameless = brand.names.is_empty() && brand.short_names.is_empty();
        self.check(nameless, file, "names", "no name to find it by");
        let unsure = brand.unverified != brand.sources.is_empty();
        self.check(unsure, file, "unverified", "either a source or unverified, not both");
        for source in &brand.sources {
            let nowhere = format!("no address of a source: {}", source.url);
            self.check(!source.url.starts_with("http"), file, &source.url, &nowhere);
            self.check(source.read.len() != 10, file, &source.read, &format!("no date: {}", source.read));
            let empty = source.shows.is_empty() && source.says.trim().is_empty();
            self.check(empty, file, &source.url, "a source that neither shows a domain nor says anything");
            for shown in &source.shows {
                let listed = brand.all_domains().chain(&brand.redirectors).any(|domain| domain == shown);
                self.check(!listed, file, shown, &format!("shown, but not a domain of the brand: {shown}"));
            }
        }
        for name in brand.names.iter().chain(&brand.short_names).chain(&brand.misspellings) {
            let unseen = name.trim() != name || name.is_empty() || name.chars().any(is_invisible);
            self.check(unseen, file, name, &format!("blank or invisible: {name:?}"));
        }
        for name in brand.names.iter().chain(&brand.short_names) {
            let short = name.chars().nth(1).is_none();
            self.check(short, file, &format!("{name:?}"), &format!("one letter names nobody: {name:?}"));
        }
        self.check_domains(file, brand.all_domains().chain(&brand.redirectors));
        self.check_logins(file, brand);
        self.house(brand, file);
    }

    /// Log-ins stand on the brand's own domains, and are written without what differs from visit to visit.
    fn check_logins(&mut self, file: &Path, brand: &Brand) {
        for login in &brand.logins {
            let host = login.strip_prefix("https://").and_then(|rest| rest.split('/').next());
            let own = |host: &str| {
                brand.all_domains().any(|domain| {
                    host.strip_suffix(domain.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
                })
            };
            let foreign = !host.is_some_and(own) || login.contains(['?', '#']);
            self.check(foreign, file, login, &format!("no log-in of the brand: {login}"));
        }
    }

    /// What a brand is beyond its names and domains: its house, where a government's mail comes from, what it never does.
    fn house(&mut self, brand: &Brand, file: &Path) {
        let group = &brand.group;
        self.check(!group.is_empty() && !is_kebab(group), file, "group", "the group is not kebab-case");
        let shipped = self.shipped.into_iter().flat_map(|data| &data.brands);
        let alone =
            self.reading.data.brands.iter().chain(shipped).filter(|other| other.group == *group).count() < 2;
        self.check(!group.is_empty() && alone, file, "group", "a group of one brand");
        for suffix in &brand.official_suffixes {
            let unknown = psl::suffix(suffix.as_bytes()).is_none_or(|known| !known.is_known());
            self.check(unknown, file, suffix, &format!("no suffix: {suffix}"));
        }
        let unsourced =
            !brand.never.is_empty() && !brand.sources.iter().any(|source| source.says.contains("never"));
        self.check(unsourced, file, "never", "no source says what it never does (says = \"never: …\")");
        let services = &self.shipped.unwrap_or(&self.reading.data).mail_services;
        for id in &brand.services {
            let unknown =
                !services.iter().chain(&self.reading.data.mail_services).any(|known| known.id == *id);
            self.check(unknown, file, id, &format!("no such mail service: {id}"));
        }
    }

    /// Domains that two brands claim, one of them of this folder.
    pub(super) fn owners(&mut self) {
        let own = &self.reading.data.brands;
        let replaced = |brand: &&Brand| !own.iter().any(|other| other.id == brand.id);
        let shipped = self.shipped.into_iter().flat_map(|data| &data.brands).filter(replaced);
        let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for brand in own.iter().chain(shipped) {
            for domain in brand.all_domains().chain(&brand.redirectors) {
                owners.entry(domain).or_default().insert(&brand.id);
            }
        }
        owners.retain(|_, brands| brands.len() > 1);
        for (domain, brands) in owners {
            let ids: Vec<&str> = brands.iter().copied().collect();
            let message = format!("{domain} stands with {}", ids.join(" and "));
            let ours = ids.iter().find(|id| own.iter().any(|brand| brand.id == **id));
            if let Some(id) = ours {
                self.say(&self.path(&["brands", id]), domain, message);
            }
        }
    }
}
