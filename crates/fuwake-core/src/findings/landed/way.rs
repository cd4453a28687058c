//! The way from a link to the page at its end.

use std::net::IpAddr;

use super::{Landed, LandingKind, Scene, Sign, strange};
use crate::evidence::visit::Refused;
use crate::findings::scene::world::World;
use crate::inquiry::visits::is_brands;
use crate::landing::cloak::Cloak;
use crate::landing::host_of;
use crate::landing::kind::{site, strangers};

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

/// One visitor was shown a page that takes secrets or hands over a program, another was shown a different one.
pub(in crate::findings) fn cloaked(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, cloak) = cloaks(scene).next()?;
    let other = cloak.innocent.final_host().unwrap_or_default();
    Some(landed.sign(scene).and(cloak.innocent.evidence).with("other", other))
}

/// It was so again when it was opened once more.
pub(in crate::findings) fn cloaked_again(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, cloak, again) = cloaks(scene).find_map(|(landed, cloak)| {
        let again = cloak.again?;
        Some((landed, cloak, again))
    })?;
    Some(landed.sign(scene).and(cloak.innocent.evidence).and(again.evidence))
}

fn cloaks<'s, 'a>(scene: &'s Scene<'a>) -> impl Iterator<Item = (Landed<'s, 'a>, Cloak<'s, 'a>)> {
    strange(scene).filter_map(|landed| {
        let cloak = landed.landing.cloak()?;
        std::ptr::eq(cloak.harmful, landed.view).then_some((landed, cloak))
    })
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

/// The page wanted to reach addresses inside the visitor's own network. What a resolver answers that blocks advertising (`0.0.0.0`) is no such
/// address, and pages look at the visitor's own machine to see whether it is remote-controlled.
pub(in crate::findings) fn reaches_inside(scene: &Scene<'_>) -> Option<Sign> {
    let inner = |landed: &Landed<'_, '_>| {
        landed.visit.refused.iter().any(|refused| refused.why == "inner-address" && is_inner(refused))
    };
    let landed = strange(scene).find(|landed| inner(landed) && !landed.is(LandingKind::NotReached))?;
    Some(landed.sign(scene))
}

/// An address of a private network (RFC 1918, RFC 4193, RFC 3927), or a name that is given out inside of one alone (RFC 6762 and habit).
fn is_inner(refused: &Refused) -> bool {
    let own = |ip: &IpAddr| match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_unicast_link_local(),
    };
    let url = match refused.target.contains("://") {
        true => refused.target.clone(),
        false => format!("http://{}", refused.target),
    };
    let named =
        |name: &str| [".local", ".lan", ".internal", ".intranet"].iter().any(|top| name.ends_with(top));
    match url::Url::parse(&url).ok().and_then(|url| url.host().map(|host| host.to_owned())) {
        Some(url::Host::Ipv4(ip)) => own(&ip.into()),
        Some(url::Host::Ipv6(ip)) => own(&ip.into()),
        Some(url::Host::Domain(name)) => named(&name),
        None => false,
    }
}
