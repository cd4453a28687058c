//! How a host borrows a brand's name: whole (`www.amazon.co.jp.example.com`), as a label or a word of one, or nearly.

use crate::domain::registrable;
use crate::knowledge::domains::above;
use crate::knowledge::{Brand, Knowledge};

/// A name in a host that is not its owner's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Borrowed<'k> {
    /// Whose.
    pub(super) brand: &'k Brand,
    /// What of the host resembles it.
    pub(super) name: String,
}

/// The most labels of a host that are looked at.
const LABELS: usize = 12;

/// An official domain that stands as labels in a host of somebody else, with dots or with hyphens (`amazon-co-jp`).
pub(super) fn whole_domain<'k>(knowledge: &'k Knowledge, host: &str) -> Option<Borrowed<'k>> {
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
pub(super) fn label<'k>(host: &str, brand: &'k Brand) -> Option<Borrowed<'k>> {
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
    labels.filter(|label| label.len() > 2)
}

/// A registered name that nearly is a brand's: other letters of the same look, one letter off, or the same under another suffix.
pub(super) fn lookalike(knowledge: &Knowledge, host: &str, claimed: &[&Brand]) -> Option<String> {
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
}
