//! A link to a host of a kind: what the findings on shorteners, free hosting and dynamic DNS share.

use crate::findings::{Scene, Sign};
use crate::knowledge::DomainKind;

/// The first link to a host of `kind`; a sender's links to his own domain say nothing.
pub(in crate::findings) fn find(scene: &Scene<'_>, kind: DomainKind) -> Option<Sign> {
    let hosts = scene.web_links().filter_map(|link| Some((link, link.host.as_deref()?)));
    let (link, host) = hosts
        .filter(|(_, host)| scene.from_domain() != Some(host))
        .find(|(_, host)| scene.knowledge.kind(host) == Some(kind))?;
    Some(Sign::at(link.because.clone()).with("host", host))
}
