//! The one thing that a mail wants opened, by what is held against each of its links: what else it links to may be anybody's.

use std::collections::BTreeMap;

use crate::case::{Dissection, FindingRecord, LinkRecord};
use crate::findings::is_made_site;
use crate::mail::link::Source;
use crate::span::Because;

/// Of so many links the lure is sought.
const MOST: usize = 500;
/// What is held against whichever link comes first, what marks its reader wherever it leads, and what rests on a word in a name alone:
/// the word may be the name of another firm.
const NOT_ITS_OWN: [&str; 4] = [
    "no-link-of-the-claimed-brand",
    "link-carries-recipient",
    "from-domain-not-the-brands",
    "brand-name-in-foreign-host",
];
/// The page lies where whoever breaks in puts it: the site is somebody else's. That makes no lure of a page, which anybody can link to to
/// have its owner accused.
const BROKEN_IN: &str = "hacked-site-path";

/// Where the mail wants its reader to go.
pub(super) struct Lure<'c> {
    pub(super) domain: &'c str,
    pub(super) links: Vec<&'c LinkRecord>,
    /// The mail itself tells something against it, and not only that it is there: a page that does harm may stand in anybody's site.
    pub(super) is_marked: bool,
    /// A page of it lies in a site of somebody else's, by its address.
    pub(super) is_broken_in: bool,
}

impl<'c> Lure<'c> {
    /// The domain against which more is held than against any other that is `foreign`; none where several are alike, since one of them
    /// may be there to have an innocent one accused. `more` is what is known of a domain beside the mail; links to what is `known` are
    /// no lure.
    pub(super) fn of(
        mail: &'c Dissection,
        foreign: impl Fn(&str) -> bool,
        known: impl Fn(&str) -> bool,
        more: impl Fn(&str) -> f32,
    ) -> Option<Self> {
        let mut domains: BTreeMap<&str, Vec<&LinkRecord>> = BTreeMap::new();
        let followed = || mail.mail.links.iter().filter(|link| is_followed(link)).take(MOST);
        for link in followed() {
            let host = link.host.as_deref().filter(|host| foreign(host));
            if let Some(domain) = host.and(link.registrable_domain.as_deref()) {
                domains.entry(domain).or_default().push(link);
            }
        }
        let is_elsewhere = |link: &LinkRecord, domain| {
            let host = link.host.as_deref().filter(|host| !known(host));
            host.is_some() && link.registrable_domain.as_deref() != Some(domain)
        };
        let ranked = domains.into_iter().map(|(domain, links)| {
            let (broken, other): (Vec<&FindingRecord>, Vec<_>) =
                held(mail, &links).partition(|finding| finding.id == BROKEN_IN);
            let weight = other.iter().map(|finding| finding.weight).sum::<f32>() + more(domain);
            let most = weight + broken.iter().map(|finding| finding.weight).sum::<f32>();
            let is_alone = || !followed().any(|link| is_elsewhere(link, domain));
            let is_marked =
                other.iter().any(|finding| is_of_mail(finding)) || !broken.is_empty() && is_alone();
            let is_broken_in = links.iter().any(|link| is_made_site(&link.url));
            Ranked { weight, most, lure: Self { domain, links, is_marked, is_broken_in } }
        });
        let mut ranked: Vec<Ranked<'_>> = ranked.collect();
        ranked.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        let mut ranked = ranked.into_iter();
        let first = ranked.next()?;
        ranked.all(|other| first.weight > other.most).then_some(first.lure)
    }
}

/// What may be the lure.
struct Ranked<'c> {
    weight: f32,
    /// The same with what tells that the site was broken into: the lure may be there after all, and the first be there to be accused.
    most: f32,
    lure: Lure<'c>,
}

/// Findings against the mail that point at one of the links.
fn held<'c>(mail: &'c Dissection, links: &[&LinkRecord]) -> impl Iterator<Item = &'c FindingRecord> {
    let against = mail
        .findings
        .iter()
        .filter(|finding| finding.weight > 0.0 && !NOT_ITS_OWN.contains(&finding.id.as_str()));
    against.filter(move |finding| {
        let mut grounds = finding.because.iter().map(|ground| &ground.because);
        grounds.any(|at| links.iter().any(|link| *at == link.because || at.overlaps(&link.because)))
    })
}

/// It rests on the mail alone.
fn is_of_mail(finding: &FindingRecord) -> bool {
    !finding.because.iter().any(|ground| matches!(ground.because, Because::Evidence { .. }))
}

/// A reader opens it; what is only fetched to be shown is no lure.
fn is_followed(link: &LinkRecord) -> bool {
    !matches!(link.source, Source::Image | Source::Css | Source::Header)
}
