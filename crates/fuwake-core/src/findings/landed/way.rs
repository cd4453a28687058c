//! The way from a link to the page at its end.

use super::{Landed, LandingKind, Scene, Sign, landed, strange};
use crate::findings::scene::world::World;
use crate::inquiry::visits::is_brands;
use crate::landing::host_of;
use crate::landing::kind::{site, strangers};

/// Kinds of pages that do harm.
const HARMFUL: [LandingKind; 4] = [
    LandingKind::FakeLogin,
    LandingKind::MalwareDownload,
    LandingKind::PaymentForm,
    LandingKind::CredentialForm,
];

/// The way leads over sites of different owners, none of them known, to a page that asks for secrets or wears a brand; one counter before
/// the page is ordinary unless the mail or the page uses another's name. Shorteners and the counters of mail services are no such sites.
pub(in crate::findings) fn across_unrelated_domains(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, sites) = strange(scene).filter(Landed::asks_for_secrets).find_map(|landed| {
        let in_anothers_name = landed.view.worn.is_some() || scene.posed_as().is_some();
        let sites = strangers(landed.visit, scene.knowledge);
        (sites.len() > if in_anothers_name { 1 } else { 2 }).then_some((landed, sites))
    })?;
    Some(landed.sign(scene).with("sites", sites.join(" → ")))
}

/// The link leads to a known company's host, which sends the reader on to a page of nobody known that asks for something.
pub(in crate::findings) fn through_genuine_redirector(scene: &Scene<'_>) -> Option<Sign> {
    let knowledge = scene.knowledge;
    let (landed, first) = strange(scene).find_map(|landed| {
        let first = host_of(&landed.visit.steps.first()?.url)?;
        let genuine = is_brands(&first, knowledge) && knowledge.mail_service(&first).is_none();
        let asks = landed.asks_for_secrets() || landed.view.worn.is_some();
        (genuine && asks && site(&first) != site(&landed.host)).then_some((landed, first))
    })?;
    Some(landed.sign(scene).with("first", first))
}

/// One visitor was shown a page that takes secrets or hands over a program, another was not.
pub(in crate::findings) fn cloaked(scene: &Scene<'_>) -> Option<Sign> {
    let harms = |kind: LandingKind| HARMFUL.contains(&kind);
    let harmful = landed(scene).find(|landed| {
        let shown_else = |kind: LandingKind| !harms(kind) && kind != LandingKind::NotReached;
        harms(landed.view.kind) && landed.landing.views.iter().any(|view| shown_else(view.kind))
    })?;
    let other = harmful.landing.views.iter().find(|view| !harms(view.kind))?;
    let other_host = other.final_host().unwrap_or_default();
    Some(harmful.sign(scene).and(other.evidence).with("other", other_host))
}

/// The page stands under a name that was registered just before the mail came, and that no link shows.
pub(in crate::findings) fn host_newly_registered(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let shown =
        |host: &str| scene.web_links().any(|link| link.registrable_domain.as_deref() == Some(site(host)));
    let (landed, days, evidence) =
        strange(scene).filter(|landed| !shown(&landed.host)).find_map(|landed| {
            let (days, _, evidence) = world.newly_registered(site(&landed.host))?;
            Some((landed, days, evidence))
        })?;
    Some(landed.sign(scene).and(evidence).with("days", days.to_string()))
}

/// The page wanted to reach addresses inside the visitor's own network.
pub(in crate::findings) fn reaches_inside(scene: &Scene<'_>) -> Option<Sign> {
    let inner =
        |landed: &Landed<'_, '_>| landed.visit.refused.iter().any(|refused| refused.why == "inner-address");
    let landed = strange(scene).find(|landed| inner(landed) && !landed.is(LandingKind::NotReached))?;
    Some(landed.sign(scene))
}
