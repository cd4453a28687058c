//! Whether a link shows one visitor a page that does harm and another one something else (cloaking).
//!
//! Many things make two visits differ: a page that failed once, a check for machines, a link that works once, a site that lays itself out
//! otherwise on a telephone. So both pages must have been shown whole, and be two pages; later visits of both make it certain.

use super::kind::site;
use super::{Landing, LandingKind, View};
use crate::evidence::visit::{Page, VisitEnd};
use crate::fold::fold;

/// Kinds of pages that do harm.
const HARMFUL: [LandingKind; 4] = [
    LandingKind::FakeLogin,
    LandingKind::MalwareDownload,
    LandingKind::PaymentForm,
    LandingKind::CredentialForm,
];
/// Kinds that are shown to whoever is not to see more.
const INNOCENT: [LandingKind; 4] =
    [LandingKind::Page, LandingKind::GenuineSite, LandingKind::GenuineErrorPage, LandingKind::Parked];

/// Two visitors who were shown different pages.
#[derive(Debug)]
pub(crate) struct Cloak<'l, 'a> {
    /// The one who saw what does harm.
    pub(crate) harmful: &'l View<'a>,
    /// The other.
    pub(crate) innocent: &'l View<'a>,
    /// What the first was shown again, where each was shown his page once more.
    pub(crate) again: Option<&'l View<'a>>,
}

impl<'a> Landing<'a> {
    /// The pages that it shows to one visitor and hides from another.
    pub(crate) fn cloak(&self) -> Option<Cloak<'_, 'a>> {
        let first = || self.views.iter().filter(|view| !view.is_again && view.is_whole());
        let harms = |view: &&View<'a>| HARMFUL.contains(&view.kind);
        let harmful = first().filter(harms).min_by_key(|view| view.kind)?;
        let is_other = |view: &&View<'a>| view.shows_nothing_bad() && !is_same(harmful, view);
        let innocent = first().filter(|view| view.profile != harmful.profile).find(is_other)?;
        let later = |profile| {
            let mut later = self.views.iter().filter(move |view| view.is_again && view.profile == profile);
            later.find(|view| view.is_whole())
        };
        let again = later(harmful.profile).filter(|view| view.kind == harmful.kind);
        let is_hidden_again = later(innocent.profile).is_some_and(|view| is_other(&view));
        Some(Cloak { harmful, innocent, again: again.filter(|_| is_hidden_again) })
    }
}

impl View<'_> {
    /// A page that says something: a blank one is a script that failed.
    fn shows_nothing_bad(&self) -> bool {
        INNOCENT.contains(&self.kind) && self.page().is_some_and(|page| !page.text.trim().is_empty())
    }

    /// The page was shown, or the file offered, and nothing of it remained unseen.
    fn is_whole(&self) -> bool {
        let shown = |end| matches!(end, VisitEnd::Shown | VisitEnd::Download);
        self.visit.is_some_and(|visit| {
            shown(visit.end)
                && !visit.is_partial()
                && (visit.page.is_some() || self.kind == LandingKind::MalwareDownload)
        })
    }
}

/// One page in two layouts: on one site, with one title or mostly the same words; or a log-in that poses as nobody, where the same site
/// sends telephones to its app.
fn is_same(harmful: &View<'_>, other: &View<'_>) -> bool {
    let sites = [harmful, other].map(|view| view.final_host().unwrap_or_default());
    let poses = harmful.kind != LandingKind::CredentialForm || harmful.worn.is_some();
    let (Some(one), Some(other)) = (harmful.page(), other.page()) else { return false };
    site(&sites[0]) == site(&sites[1]) && (!poses || has_title_of(one, other) || says_the_same(one, other))
}

fn has_title_of(one: &Page, other: &Page) -> bool {
    let title = one.title.trim();
    !title.is_empty() && title == other.title.trim()
}

/// More than half of the lines of the shorter text stand in the longer one.
fn says_the_same(one: &Page, other: &Page) -> bool {
    const LINES: usize = 400;
    let lines = |page: &Page| -> Vec<String> {
        let folded = fold(&page.text).text;
        folded.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).map(str::to_owned).collect()
    };
    let (mut short, mut long) = (lines(one), lines(other));
    if short.len() > long.len() {
        std::mem::swap(&mut short, &mut long);
    }
    let long: std::collections::BTreeSet<&str> = long.iter().map(String::as_str).collect();
    let shared = short.iter().filter(|line| long.contains(line.as_str())).count();
    shared * 2 > short.len()
}
