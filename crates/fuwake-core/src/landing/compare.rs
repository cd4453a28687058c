//! Likeness to genuine pages that the operator captured (`fuwake brand capture`).

use sha2::{Digest, Sha256};

use crate::evidence::visit::{Page, Visit};
use crate::fold::fold;
use crate::knowledge::{Knowledge, Reference};

use super::ask::asks;
use super::worn::is_log_in;
use super::{Secret, marks};

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

/// The likeness, where it is one: the same text, or picture or order of elements and one more of these, icon and title. Icons and titles are
/// shared by all that run one program, and a title of nothing but log-in words by all who have a log-in.
pub(super) fn likeness<'a>(page: &Page, reference: &'a Reference) -> Option<Likeness<'a>> {
    let look = bits_apart(page.look.as_deref(), &reference.look);
    let shape = bits_apart(page.shape.as_deref(), &reference.shape);
    let text = text_hash(&page.text).is_some_and(|hash| hash == reference.text);
    let title = page.title.trim();
    let named = title == reference.title && !is_log_in(&fold(title).text);
    let icon = page.icon.as_ref().is_some_and(|icon| Some(icon.mmh3) == reference.icon);
    let (looks, built) =
        (look.is_some_and(|bits| bits <= SAME_LOOK), shape.is_some_and(|bits| bits <= SAME_SHAPE));
    let alike = text || looks && built || (looks || built) && (named || icon);
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

/// Why a page cannot stand for a brand's genuine one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReference {
    /// There was none.
    #[error("no page was shown")]
    NoPage,
    /// The server answered with another status than 2xx.
    #[error("the server answered with status {0}, not with the page")]
    Status(u16),
    /// Something of it remained unseen.
    #[error("the page was seen in part only")]
    Partial,
    /// Another page stood in its place, of this kind of `data/pages`.
    #[error("a page of the kind \"{0}\" stood in the place of the genuine one")]
    InItsPlace(&'static str),
}

/// What is kept of a genuine page.
///
/// # Errors
/// What was seen is not the genuine page, or not all of it.
pub fn reference(
    brand: &str,
    visit: &Visit,
    knowledge: &Knowledge,
    captured: Option<&str>,
) -> Result<Reference, NoReference> {
    const OTHERS: [&str; 6] = ["blocked", "captcha", "error", "gone", "parked", "suspended"];
    let page = visit.page.as_ref().ok_or(NoReference::NoPage)?;
    let status = visit.steps.last().and_then(|step| step.status);
    if let Some(status) = status.filter(|status| !(200..300).contains(status)) {
        return Err(NoReference::Status(status));
    }
    if visit.is_partial() {
        return Err(NoReference::Partial);
    }
    if let Some(kind) = OTHERS.into_iter().find(|kind| marks::is(knowledge, kind, visit, &page.url)) {
        return Err(NoReference::InItsPlace(kind));
    }
    Ok(Reference {
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
    use crate::evidence::visit::{Icon, Step};

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
        let seen = |page: &Page| Visit {
            browser: Some("Chromium".into()),
            page: Some(page.clone()),
            ..Visit::default()
        };
        let visit = seen(&page);
        let known =
            reference("amazon", &visit, knowledge, Some("2026-11-22T00:00:00Z")).expect("a page was shown");
        assert_eq!(known.url, "https://www.example.com/login");
        assert!(likeness(&page, &known).is_some());
    }

    #[test]
    fn pages_in_the_place_of_the_genuine_one_are_no_references() {
        let knowledge = crate::findings::testing::knowledge();
        let refused = |visit: &Visit| reference("amazon", visit, knowledge, None).err();
        let visit = |title: &str, status| Visit {
            browser: Some("Chromium".into()),
            steps: vec![Step { status: Some(status), ..Step::default() }],
            page: Some(Page { title: title.into(), ..Page::default() }),
            ..Visit::default()
        };
        assert_eq!(refused(&visit("Amazon", 200)), None);
        assert_eq!(refused(&Visit::default()), Some(NoReference::NoPage));
        assert_eq!(refused(&visit("Amazon", 503)), Some(NoReference::Status(503)));
        assert_eq!(refused(&visit("Access Denied", 200)), Some(NoReference::InItsPlace("blocked")));
        assert_eq!(refused(&visit("Just a moment...", 200)), Some(NoReference::InItsPlace("captcha")));
        let partly = Visit { bounds: vec!["time".into()], ..visit("Amazon", 200) };
        assert_eq!(refused(&partly), Some(NoReference::Partial));
    }

    #[test]
    fn what_many_sites_share_is_no_likeness() {
        let icon = Icon { mmh3: 7, ..Icon::default() };
        let page = |title: &str| Page {
            title: title.into(),
            icon: Some(icon.clone()),
            shape: Some("00".into()),
            ..Page::default()
        };
        let known = |title: &str| Reference {
            title: title.into(),
            icon: Some(7),
            shape: "ff".into(),
            ..Reference::default()
        };
        assert!(likeness(&page("Amazon サインイン"), &known("Amazon サインイン")).is_none());
        let same_shape = |title: &str| Reference { icon: None, shape: "00".into(), ..known(title) };
        assert!(likeness(&page("ログイン"), &same_shape("ログイン")).is_none());
        assert!(likeness(&page("Amazon サインイン"), &same_shape("Amazon サインイン")).is_some());
    }
}
