//! Likeness to genuine pages that the operator captured (`fuwake brand capture`).

use sha2::{Digest, Sha256};

use crate::evidence::visit::{Page, Visit};
use crate::fold::fold;
use crate::knowledge::{Knowledge, Reference};

use super::Secret;
use super::ask::asks;

/// Two pictures whose difference hashes differ in no more of their 64 bits show the same page: fonts, a cursor or another language's
/// button change a few, another page about half of them.
const SAME_LOOK: u32 = 10;
/// The same for the order of the elements: near-duplicate pages lie within 3 of 64 bits (Manku, Jain, Das Sarma, “Detecting
/// Near-Duplicates for Web Crawling”, WWW 2007, section 4.2).
const SAME_SHAPE: u32 = 3;
/// A shorter text says nothing.
const SHORTEST_TEXT: usize = 40;

/// How a page is like a captured one.
#[derive(Clone, Debug)]
pub(crate) struct Likeness<'a> {
    pub(crate) reference: &'a Reference,
    /// Bits of difference of the pictures, where both are known.
    pub(crate) look: Option<u32>,
    /// The same of the order of elements.
    pub(crate) shape: Option<u32>,
}

impl Likeness<'_> {
    /// Smaller is more alike.
    pub(super) fn distance(&self) -> u32 {
        self.look.unwrap_or(32) + self.shape.unwrap_or(32)
    }
}

/// The likeness, where it is one: the same text, or two of picture, order of elements, icon and title.
pub(super) fn likeness<'a>(page: &Page, reference: &'a Reference) -> Option<Likeness<'a>> {
    let look = bits_apart(page.look.as_deref(), &reference.look);
    let shape = bits_apart(page.shape.as_deref(), &reference.shape);
    let icon = page.icon.as_ref().is_some_and(|icon| Some(icon.mmh3) == reference.icon);
    let text = text_hash(&page.text).is_some_and(|hash| hash == reference.text);
    let title = !page.title.trim().is_empty() && page.title.trim() == reference.title;
    let alike = [
        look.is_some_and(|bits| bits <= SAME_LOOK),
        shape.is_some_and(|bits| bits <= SAME_SHAPE),
        icon,
        title,
    ];
    let alike = text || alike.into_iter().filter(|sign| *sign).count() > 1;
    alike.then_some(Likeness { reference, look, shape })
}

/// Bits in which two hashes differ (Hamming distance).
fn bits_apart(one: Option<&str>, other: &str) -> Option<u32> {
    let parse = |text: &str| u64::from_str_radix(text, 16).ok();
    Some((parse(one?)? ^ parse(other)?).count_ones())
}

/// The SHA-256 of a text, folded, without blanks.
fn text_hash(text: &str) -> Option<String> {
    let plain: String = fold(text).text.chars().filter(|c| !c.is_whitespace()).collect();
    (plain.chars().count() >= SHORTEST_TEXT).then(|| data_encoding::HEXLOWER.encode(&Sha256::digest(plain)))
}

/// What is kept of a genuine page; none where no page was shown.
#[must_use]
pub fn reference(
    brand: &str,
    visit: &Visit,
    knowledge: &Knowledge,
    captured: Option<&str>,
) -> Option<Reference> {
    let page = visit.page.as_ref()?;
    Some(Reference {
        id: String::new(),
        brand: brand.to_owned(),
        url: page.url.split(['?', '#']).next().unwrap_or_default().to_owned(),
        is_login: asks(page, knowledge).has(Secret::Password),
        captured: captured.unwrap_or_default().to_owned(),
        title: page.title.trim().to_owned(),
        look: page.look.clone().unwrap_or_default(),
        shape: page.shape.clone().unwrap_or_default(),
        text: text_hash(&page.text).unwrap_or_default(),
        icon: page.icon.as_ref().map(|icon| icon.mmh3),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_near_each_other_are_alike() {
        let known = Reference {
            look: "00000000000003ff".into(),
            shape: "0000000000000007".into(),
            ..Reference::default()
        };
        let page = |look: &str, shape: &str| Page {
            look: Some(look.into()),
            shape: Some(shape.into()),
            ..Page::default()
        };
        assert!(likeness(&page("0000000000000000", "0000000000000000"), &known).is_some());
        assert!(likeness(&page("0000000000000000", "00000000000000f0"), &known).is_none(), "one sign alone");
        assert!(likeness(&page("no hash", "0000000000000000"), &known).is_none());
    }

    #[test]
    fn what_was_captured_is_like_itself() {
        let knowledge = crate::findings::testing::knowledge();
        let page = Page {
            url: "https://www.example.com/login?session=1".into(),
            title: "ログイン".into(),
            text: "例の会社 会員ログイン ".repeat(10),
            ..Page::default()
        };
        let visit = Visit { page: Some(page.clone()), ..Visit::default() };
        let known =
            reference("amazon", &visit, knowledge, Some("2026-11-22T00:00:00Z")).expect("a page was shown");
        assert_eq!(known.url, "https://www.example.com/login");
        assert!(likeness(&page, &known).is_some());
    }
}
