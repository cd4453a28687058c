//! Links that stay where the mail comes from.

use super::organisation;
use crate::findings::{Alignment, Scene};
use crate::mail::Link;

/// The links that lead to the sender's own organisation, without those through the click counter of a mail service.
pub(in crate::findings) fn of<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Link> {
    let domain = scene.from_domain().filter(|domain| !scene.is_anybodys(domain)).map(organisation::of);
    scene.targets().filter(move |(_, host)| Some(organisation::of(host)) == domain).map(|(link, _)| link)
}

/// The links that can be followed lead to the sender's own organisation, all and at least one, and nobody trusted recorded that its
/// domain is forged. Links through the click counter of a mail service and to known companies' own pages count for neither side.
pub(in crate::findings) fn all(scene: &Scene<'_>) -> bool {
    let domain = scene.from_domain().filter(|domain| !scene.is_anybodys(domain)).map(organisation::of);
    let knowledge = scene.knowledge;
    let is_known = |host: &str| knowledge.owner(host).is_some() && !scene.is_anybodys(host);
    let stays = |host: &str| {
        Some(organisation::of(host)) == domain || knowledge.mail_service(host).is_some() || is_known(host)
    };
    scene.alignment != Alignment::Failed
        && !scene.is_cut()
        && of(scene).next().is_some()
        && scene.targets().all(|(_, host)| stays(host))
}
