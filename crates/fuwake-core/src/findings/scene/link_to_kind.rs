//! A link to a host of a kind: what the findings on shorteners, free hosting, storage and dynamic DNS share.

use crate::findings::{Scene, Sign};
use crate::knowledge::DomainKind;

/// What lies in storage by right.
const DOCUMENTS: [&str; 12] =
    [".pdf", ".png", ".jpg", ".jpeg", ".gif", ".zip", ".csv", ".xlsx", ".docx", ".pptx", ".mp4", ".ics"];

/// The first link to a host of `kind`; a sender's links to his own domain say nothing.
pub(in crate::findings) fn find(scene: &Scene<'_>, kind: DomainKind) -> Option<Sign> {
    let hosts = scene.web_links().filter_map(|link| Some((link, link.host.as_deref()?)));
    let (link, host) = hosts
        .filter(|(_, host)| scene.from_domain() != Some(host))
        .find(|(_, host)| scene.knowledge.kind(host) == Some(kind))?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

/// The first link to a page on a host where anybody may put one. Documents, pictures and archives lie there by right, and people who
/// talk show each other their demonstrations.
pub(in crate::findings) fn find_page(scene: &Scene<'_>, is_rented: impl Fn(&str) -> bool) -> Option<Sign> {
    if scene.is_list_mail() || scene.answers {
        return None;
    }
    let (link, host) = scene.targets().find(|(link, host)| {
        let path = link.url.split(['?', '#']).next().unwrap_or_default();
        is_rented(host)
            && scene.from_domain() != Some(host)
            && !DOCUMENTS.iter().any(|ending| path.ends_with(ending))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host))
}
