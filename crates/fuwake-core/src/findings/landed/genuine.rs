//! Pages that are the brand's own.

use super::{LandingKind, Scene, Sign, landed};
use crate::findings::genuine_links_under_forged_sender;
use crate::inquiry::visits::is_brands;
use crate::landing::{Secret, View, host_of, known_login};
use crate::mail::Link;
use crate::mail::link::Source;

/// Every link of the mail is a known brand's own, or was opened, was one, and showed its page; none was opened without what may say where
/// it leads. Under a forged sender that clears nobody.
pub(in crate::findings) fn is_genuine(scene: &Scene<'_>) -> Option<Sign> {
    let sign = stays_genuine(scene)?;
    genuine_links_under_forged_sender::find(scene).is_none().then_some(sign)
}

fn stays_genuine(scene: &Scene<'_>) -> Option<Sign> {
    let first = landed(scene).next()?;
    let own = |view: &View<'_>| is_own(view) && !view.is_led_away;
    let seen = scene.landings.iter().all(|landing| !landing.is_cut && landing.views.iter().all(own));
    let covered = |(at, link): (usize, &Link)| {
        let visited = scene.landings.iter().any(|landing| landing.links.contains(&at));
        visited || link.host.as_deref().is_none_or(|host| is_brands(host, scene.knowledge))
    };
    let hidden = |link: &Link| matches!(link.source, Source::Image | Source::Css | Source::Header);
    let mut links = scene.mail.links.iter().enumerate().filter(|(_, link)| !hidden(link));
    (seen && links.all(covered)).then(|| first.sign_of_brand(scene))?
}

/// The same under a sender that is forged: nothing but a prank is left.
pub(in crate::findings) fn confirms_prank(scene: &Scene<'_>) -> Option<Sign> {
    let sign = stays_genuine(scene)?;
    genuine_links_under_forged_sender::find(scene).is_some().then_some(sign)
}

/// A stranger's link led to a brand's own site; others it may lead elsewhere.
pub(in crate::findings) fn led_to_genuine(scene: &Scene<'_>) -> Option<Sign> {
    let landed = landed(scene).find(|landed| is_own(landed.view) && landed.view.is_led_away)?;
    let first = host_of(&landed.visit.steps.first()?.url)?;
    Some(landed.sign_of_brand(scene)?.with("first", first))
}

fn is_own(view: &View<'_>) -> bool {
    matches!(view.kind, LandingKind::GenuineSite | LandingKind::GenuineErrorPage)
}

/// A brand's own host has no such page.
pub(in crate::findings) fn error_page(scene: &Scene<'_>) -> Option<Sign> {
    landed(scene).find(|landed| landed.is(LandingKind::GenuineErrorPage))?.sign_of_brand(scene)
}

/// The log-in is the very one that the registry, or the operator who captured it, knows for the brand.
pub(in crate::findings) fn is_known_login(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, known) = landed(scene)
        .filter(|landed| landed.is(LandingKind::GenuineSite) && landed.view.asks.has(Secret::Password))
        .find_map(|landed| {
            let known = known_login(landed.view, scene.knowledge)?;
            Some((landed, known))
        })?;
    Some(landed.sign_of_brand(scene)?.with("url", known))
}
