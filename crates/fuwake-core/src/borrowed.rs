//! How a host borrows a brand's name: whole (`www.amazon.co.jp.example.com`), as a label or a word of one, or nearly.

use crate::domain::registrable;
use crate::knowledge::domains::above;
use crate::knowledge::{Brand, Knowledge};

/// A name in a host that is not its owner's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Borrowed<'k> {
    /// Whose.
    pub(crate) brand: &'k Brand,
    /// What of the host resembles it.
    pub(crate) name: String,
}

/// The most labels of a host that are looked at.
const LABELS: usize = 12;

/// An official domain that stands as labels in a host of somebody else, with dots or with hyphens (`amazon-co-jp`).
pub(crate) fn whole_domain<'k>(knowledge: &'k Knowledge, host: &str) -> Option<Borrowed<'k>> {
    let labels: Vec<&str> = host.split('.').take(LABELS).collect();
    let own = registrable(host).map_or(1, |own| own.split('.').count());
    let free = labels.len().saturating_sub(own.saturating_sub(1));
    let dotted = (0..free).flat_map(|start| (start + 2..=free).map(move |end| (start, end)));
    let spelt = dotted.map(|(start, end)| labels[start..end].join("."));
    let hyphenated =
        labels.iter().filter(|label| label.contains('-')).take(4).map(|label| label.replace('-', "."));
    spelt.chain(hyphenated).find_map(|name| {
        // The name itself or, in `www.…` and `login.…`, what stands below.
        let known =
            above(&name).filter(|name| name.contains('.')).find_map(|name| knowledge.exact_owner(name))?;
        Some(Borrowed { brand: known, name })
    })
}

/// A brand's label or name that stands in a host: a label, a word of one, or inside one where it is long enough to be no chance.
pub(crate) fn label<'k>(host: &str, brand: &'k Brand) -> Option<Borrowed<'k>> {
    let names = labels_of(brand).find(|name| {
        host.split('.').any(|label| {
            label == *name
                || label.contains('-')
                    && (label.split('-').any(|word| word == *name) || within_words(label, name))
                || name.len() > 5 && label.contains(name)
        })
    });
    names.map(|name| Borrowed { brand, name: name.to_owned() })
}

/// `eki-net` in `eki-net-login`.
fn within_words(label: &str, name: &str) -> bool {
    name.contains('-') && label.contains(name)
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

/// A registered name that nearly is a brand's: other letters of the same look, one letter off, or the same under another suffix.
pub(crate) fn lookalike(knowledge: &Knowledge, host: &str, claimed: &[&Brand]) -> Option<String> {
    let own = registrable(host)?;
    let (label, _) = own.split_once('.')?;
    let shown = if label.starts_with("xn--") { idna::domain_to_unicode(label).0 } else { label.to_owned() };
    if let Some(known) = knowledge.looks_like(&shown) {
        return Some(known.to_owned());
    }
    claimed
        .iter()
        .flat_map(|brand| labels_of(brand))
        .find(|known| known.len() > 3 && *known == label || known.len() > 4 && one_off(known, label))
        .map(str::to_owned)
}

/// One letter put in, left out, changed, or two neighbours exchanged.
fn one_off(known: &str, label: &str) -> bool {
    let (known, label) = (known.as_bytes(), label.as_bytes());
    let head = known.iter().zip(label).take_while(|(a, b)| a == b).count();
    let tail = known.iter().rev().zip(label.iter().rev()).take_while(|(a, b)| a == b).count();
    let (longer, shorter) = (known.len().max(label.len()), known.len().min(label.len()));
    match longer - shorter {
        0 => {
            let changed = longer.saturating_sub(head + tail);
            changed == 1 || changed == 2 && known[head] == label[head + 1] && known[head + 1] == label[head]
        }
        1 => head + tail >= shorter,
        _ => false,
    }
}

/// How a host resembles a brand's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// An official domain stands in it as labels: `www.amazon.co.jp.example.com`.
    WholeDomain,
    /// A brand's label stands in it: `amazon-login.example.com`, `amazon.example.com`.
    Label,
    /// Its registered name differs by a letter, or by letters of the same look.
    Lookalike,
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

/// The brands that a host resembles, the plainest resemblance first, each brand once; none for a host that is a brand's own.
#[must_use]
pub fn imitations<'k>(knowledge: &'k Knowledge, host: &str) -> Vec<Imitation<'k>> {
    if knowledge.owner(host).is_some() {
        return Vec::new();
    }
    let whole = whole_domain(knowledge, host);
    let mut found: Vec<Imitation<'k>> = whole
        .map(|Borrowed { brand, name }| Imitation { brand, manner: Manner::WholeDomain, name })
        .into_iter()
        .collect();
    for brand in knowledge.brands() {
        let borrowed = label(host, brand).map(|borrowed| (Manner::Label, borrowed.name));
        let near = || {
            lookalike(knowledge, host, &[brand]).filter(|name| labels_of(brand).any(|known| known == name))
        };
        let resemblance = borrowed.or_else(|| near().map(|name| (Manner::Lookalike, name)));
        if let Some((manner, name)) = resemblance
            && found.iter().all(|known| known.brand.id != brand.id)
        {
            found.push(Imitation { brand, manner, name });
        }
    }
    found
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panic")]
mod tests {
    use super::*;
    use crate::findings::testing::knowledge;

    #[test]
    fn a_whole_domain_is_seen_with_dots_and_with_hyphens() {
        let found = |host| whole_domain(knowledge(), host).map(|found| found.brand.id.clone());
        assert_eq!(found("www.amazon.co.jp.login.example.com").as_deref(), Some("amazon"));
        assert_eq!(found("my-jcb-co-jp.example.com").as_deref(), Some("jcb"));
        assert_eq!(found("amazon-co-jp.example.com").as_deref(), Some("amazon"));
        assert_eq!(found("www.example.com"), None);
        assert_eq!(found("amazon.example.com"), None);
    }

    #[test]
    fn labels_count_as_words() {
        let jcb = knowledge().brand("jcb").unwrap();
        assert!(label("jcb-login.example.com", jcb).is_some());
        assert!(label("jcbank.example.com", jcb).is_none());
        let yamato = knowledge().brand("yamato").unwrap();
        assert!(label("kuronekoyamatox.example.com", yamato).is_some());
    }

    #[test]
    fn one_letter_off_is_near() {
        assert!(one_off("amazon", "amazom") && one_off("amazon", "amazn") && one_off("amazon", "amaozn"));
        assert!(one_off("amazon", "amazonn") && !one_off("amazon", "amazon") && !one_off("amazon", "amozan"));
        let amazon = knowledge().brand("amazon").unwrap();
        assert_eq!(lookalike(knowledge(), "www.arnazon.example", &[]).as_deref(), Some("amazon"));
        assert_eq!(lookalike(knowledge(), "amazon.example", &[amazon]).as_deref(), Some("amazon"));
        assert_eq!(lookalike(knowledge(), "www.example.com", &[amazon]), None);
    }

    #[test]
    fn a_host_is_checked_against_all_brands() {
        let found = |host| {
            let imitations = imitations(knowledge(), host);
            imitations
                .into_iter()
                .map(|imitation| (imitation.brand.id.as_str(), imitation.manner))
                .collect::<Vec<_>>()
        };
        assert!(found("www.eki-net.example.com").contains(&("eki-net", Manner::Label)));
        assert!(found("www.amazon.co.jp.example.com").contains(&("amazon", Manner::WholeDomain)));
        assert!(found("www.arnazon.example").contains(&("amazon", Manner::Lookalike)));
        assert!(!found("www.example.com").iter().any(|(brand, _)| brand.starts_with("gov-")));
        assert_eq!(found("www.amazon.co.jp"), []);
        assert_eq!(found("mail.reiyama.example"), []);
    }
}
