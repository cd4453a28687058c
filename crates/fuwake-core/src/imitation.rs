//! How a host resembles a brand's: what `fuwake brand check` answers and what the findings on look-alike senders and links rest on.
//!
//! The kinds are those of M3AAWG and of the literature on squatting: whole domains as labels, the same label under another suffix, labels
//! and words (combosquats), letters of the same look (UTS #39, also behind punycode), and typing errors.

pub(crate) mod distance;

use crate::domain::registrable;
use crate::fold::confusable::skeleton_of;
use crate::knowledge::domains::above;
use crate::knowledge::{Brand, Knowledge};

/// How a host resembles a brand's, the plainest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Manner {
    /// An official domain stands in it as labels: `www.amazon.co.jp.example.com`, `amazon-co-jp.example.com`.
    WholeDomain,
    /// The registered label is the brand's, the suffix is not: `amazon.example`.
    OtherSuffix,
    /// The brand's label is one of somebody else's name: `amazon.example.com`.
    Label,
    /// The brand's label with other words in one label: `amazon-login.example`, `kuronekoyamatoinfo.example`.
    Combosquat,
    /// The registered label differs by letters of the same look: `arnazon.example`, `аmazon.example`.
    Homoglyph,
    /// The registered label, or a word of it, differs by a slip of the keyboard: `amazom.example`.
    Typo,
}

impl Manner {
    /// What the interface calls it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::WholeDomain => "whole-domain",
            Self::OtherSuffix => "other-suffix",
            Self::Label => "label",
            Self::Combosquat => "combosquat",
            Self::Homoglyph => "homoglyph",
            Self::Typo => "typo",
        }
    }

    /// The registered name is nearly the brand's; otherwise it only has the brand's name in it.
    #[must_use]
    pub const fn is_lookalike(self) -> bool {
        matches!(self, Self::OtherSuffix | Self::Homoglyph | Self::Typo)
    }
}

/// A brand that a host of somebody else makes one think of. Chance is not ruled out: a place to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imitation<'k> {
    /// The brand.
    pub brand: &'k Brand,
    /// How.
    pub manner: Manner,
    /// What of the host resembles it, or what it resembles.
    pub name: String,
}

/// The most labels of a host that are looked at.
const LABELS: usize = 12;

/// An official domain that stands as labels in a host of somebody else, with dots or with hyphens (`amazon-co-jp`).
pub(crate) fn whole_domain<'k>(knowledge: &'k Knowledge, host: &str) -> Option<Imitation<'k>> {
    let labels: Vec<&str> = host.split('.').take(LABELS).collect();
    let own = registrable(host).map_or(1, |own| own.split('.').count());
    let free = labels.len().saturating_sub(own.saturating_sub(1));
    let dotted = (0..free).flat_map(|start| (start + 2..=free).map(move |end| (start, end)));
    let spelt = dotted.map(|(start, end)| labels[start..end].join("."));
    let hyphenated =
        labels.iter().filter(|label| label.contains('-')).take(4).map(|label| label.replace('-', "."));
    spelt.chain(hyphenated).find_map(|name| {
        // The name itself or, in `www.…` and `login.…`, what stands below.
        let brand =
            above(&name).filter(|name| name.contains('.')).find_map(|name| knowledge.exact_owner(name))?;
        Some(Imitation { brand, manner: Manner::WholeDomain, name })
    })
}

/// A brand whose label the registered one only looks like; plain enough to count without a claim on the brand.
pub(crate) fn homoglyph<'k>(knowledge: &'k Knowledge, host: &str) -> Option<Imitation<'k>> {
    let known = knowledge.looks_like(&shown(registrable(host)?.split_once('.')?.0))?;
    let brand = knowledge.brands_with_label(known).next()?;
    Some(Imitation { brand, manner: Manner::Homoglyph, name: known.to_owned() })
}

/// How a host that is not the brand's resembles it, the plainest way.
pub(crate) fn of<'k>(host: &str, brand: &'k Brand) -> Option<Imitation<'k>> {
    // A name that nobody can register (`correios`) has labels all the same.
    let own = registrable(host).and_then(|own| own.split_once('.')).map_or("", |(label, _)| label);
    let shown = shown(own);
    let resemblances =
        labels_of(brand).filter_map(|name| Some((resemblance(host, own, &shown, name)?, name)));
    let (manner, name) = resemblances.min_by_key(|(manner, _)| *manner)?;
    Some(Imitation { brand, manner, name: name.to_owned() })
}

/// How a host resembles a label of a brand; `own` is its registered label, `shown` what a reader sees of that.
fn resemblance(host: &str, own: &str, shown: &str, name: &str) -> Option<Manner> {
    let labels = || host.split('.').take(LABELS);
    let has_word = |label: &str| {
        label.contains('-')
            && (label.split('-').any(|word| word == name) || name.contains('-') && label.contains(name))
    };
    let is_typo = |word: &str| distance::is_typo(name, word);
    if own == name {
        Some(Manner::OtherSuffix)
    } else if labels().any(|label| label == name) {
        Some(Manner::Label)
    } else if name.len() > 4 && shown != name && skeleton_of(shown) == skeleton_of(name) {
        Some(Manner::Homoglyph)
    } else if is_typo(shown) {
        Some(Manner::Typo)
    } else if labels().any(|label| has_word(label) || name.len() > 5 && label.contains(name)) {
        Some(Manner::Combosquat)
    } else {
        (shown.contains('-') && shown.split('-').any(is_typo)).then_some(Manner::Typo)
    }
}

/// A label as a reader sees it (RFC 5891: punycode decoded).
fn shown(label: &str) -> String {
    if label.starts_with("xn--") { idna::domain_to_unicode(label).0 } else { label.to_owned() }
}

/// The first labels of a brand's registrable domains.
fn labels_of(brand: &Brand) -> impl Iterator<Item = &str> {
    let labels = brand
        .domains
        .iter()
        .filter_map(|domain| registrable(domain)?.split_once('.'))
        .map(|(label, _)| label);
    // Under a suffix that only one owner has (`www.gov.uk`), the label names a service, not the brand.
    labels.filter(|label| label.len() > 2 && !["www", "mail", "web"].contains(label))
}

/// The brands that a host resembles, the plainest resemblance first, each brand once; none for a host that is a brand's own.
#[must_use]
pub fn imitations<'k>(knowledge: &'k Knowledge, host: &str) -> Vec<Imitation<'k>> {
    if knowledge.owner(host).is_some() || knowledge.redirector_of(host).is_some() {
        return Vec::new();
    }
    let mut found: Vec<Imitation<'k>> = whole_domain(knowledge, host).into_iter().collect();
    let customers = host.strip_suffix(knowledge.platform_root(host).unwrap_or_default()).unwrap_or(host);
    for brand in knowledge.brands() {
        if found.iter().all(|known| known.brand.id != brand.id) {
            let imitation = of(host, brand).filter(|found| is_telling(knowledge, customers, host, found));
            found.extend(imitation.or_else(|| spelt_name(customers, brand)));
        }
    }
    found.sort_by_key(|imitation| imitation.manner);
    found
}

/// The brand's name as people write it, spelt as one label: `jp-post`.
fn spelt_name<'k>(host: &str, brand: &'k Brand) -> Option<Imitation<'k>> {
    let spelt = |text: &str| -> String {
        text.chars().filter(|letter| !"- ".contains(*letter)).flat_map(char::to_lowercase).collect()
    };
    let labels: Vec<String> =
        host.split('.').take(LABELS).filter(|label| label.len() > 5).map(spelt).collect();
    let is_label = |name: &&String| labels.contains(&spelt(name));
    let name = brand.names.iter().chain(&brand.short_names).filter(|name| name.len() > 5).find(is_label)?;
    Some(Imitation { brand, manner: Manner::Label, name: name.clone() })
}

/// Without a claim on the brand, a resemblance says little where it lies in the name of a service (`amazonaws.com`), and where the
/// label is a word that several brands have (`post`), a slip in one that another has, or a short one with a letter more or less
/// (`chasen`) or with words around it (`amazon-login`, near `gogin`). `customers` is what stands before the service's name: all of the host where there is none.
fn is_telling(knowledge: &Knowledge, customers: &str, host: &str, found: &Imitation<'_>) -> bool {
    let own = registrable(host).and_then(|own| own.split_once('.')).map_or("", |(label, _)| label);
    let name = found.name.as_str();
    let reader_sees = shown(own);
    let by_chance = |word: &str| {
        let short = name.len() < 6 && (word.len() != name.len() || reader_sees.contains('-'));
        distance::is_typo(name, word) && (short || knowledge.brands_with_label(word).next().is_some())
    };
    let in_a_service = customers.len() < host.len();
    match found.manner {
        Manner::WholeDomain => true,
        Manner::OtherSuffix | Manner::Label => !in_a_service || customers.contains(name),
        Manner::Combosquat => customers.contains(name) && knowledge.brands_with_label(name).nth(1).is_none(),
        Manner::Homoglyph => customers.contains(own),
        Manner::Typo => customers.contains(own) && !reader_sees.split('-').any(by_chance),
    }
}

#[cfg(test)]
mod tests;
