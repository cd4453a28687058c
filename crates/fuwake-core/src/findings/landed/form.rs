//! What a page asks for, and where that goes.

use super::{Landed, LandingKind, Scene, Secret, Sign, asked, speaks_for_itself, strange};
use crate::knowledge::DomainKind;
use crate::landing::host_of;
use crate::landing::kind::{is_strange, posts_elsewhere as target, site};
use crate::mail::link::Recipients;

/// A mail in a brand's name leads to a page that asks for card data and is no known brand's.
pub(in crate::findings) fn asks_for_card(scene: &Scene<'_>) -> Option<Sign> {
    let brand = scene.posed_as()?;
    let landed = strange(scene).find(|landed| landed.is(LandingKind::PaymentForm))?;
    Some(landed.sign(scene).with("brand", &brand.name).with("asked", asked(&landed.view.asks.0)))
}

/// The same for a password or a code.
pub(in crate::findings) fn asks_for_password(scene: &Scene<'_>) -> Option<Sign> {
    let brand = scene.posed_as()?;
    let landed = strange(scene).find(|landed| landed.is(LandingKind::CredentialForm))?;
    Some(landed.sign(scene).with("brand", &brand.name).with("asked", asked(&landed.view.asks.0)))
}

/// The form hands a password to another site, which is no known company's and has no part in the mail.
pub(in crate::findings) fn posts_elsewhere(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, to) = strange(scene).find_map(|landed| {
        let to = target(landed.page()?, &landed.host, scene.knowledge)?;
        (!takes_part(scene, &to)).then_some((landed, to))
    })?;
    Some(landed.sign(scene).with("target", to))
}

/// Made-up entries went to another site when the form was tried.
pub(in crate::findings) fn entries_go_elsewhere(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, to) = strange(scene).filter(Landed::asks_for_secrets).find_map(|landed| {
        let tried = landed.visit.form_probe.as_ref()?;
        let mut hosts = tried.requests.iter().filter_map(|request| host_of(request.rsplit(' ').next()?));
        let to = hosts.find(|to| is_strange(to, &landed.host, scene.knowledge) && !takes_part(scene, to))?;
        Some((landed, to))
    })?;
    Some(landed.sign(scene).with("target", to))
}

/// The site is the sender's own, or the mail links to it, in a mail that speaks in nobody else's name: a hosted cart, a log-in for several
/// services.
fn takes_part(scene: &Scene<'_>, host: &str) -> bool {
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref()) == Some(site(host));
    let linked = || scene.web_links().any(|link| link.registrable_domain.as_deref() == Some(site(host)));
    speaks_for_itself(scene) && (own || linked())
}

/// The address that came with the link stands in the form already, above a field for the password.
pub(in crate::findings) fn recipient_filled_in(scene: &Scene<'_>) -> Option<Sign> {
    let landed = strange(scene).find(|landed| {
        let fields = || landed.page().into_iter().flat_map(|page| &page.forms).flat_map(|form| &form.fields);
        // An example that the page itself brings stands in no link.
        let came = |value: &String| {
            let is_address = value
                .split_once('@')
                .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
            is_address && Recipients::new([value.trim()]).is_in(landed.landing.url)
        };
        landed.view.asks.has(Secret::Password) && fields().filter_map(|field| field.value.as_ref()).any(came)
    })?;
    Some(landed.sign(scene))
}

/// Lists and buttons on a log-in page that do nothing: painted, not built.
pub(in crate::findings) fn dead_controls(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, control) = strange(scene).filter(Landed::asks_for_secrets).find_map(|landed| {
        let control = landed.page()?.dead_controls.first()?;
        Some((landed, control))
    })?;
    Some(landed.sign(scene).with("control", control.as_str()))
}

/// A wallet's secret phrase: whoever has it has what is in the wallet, and nobody honest asks for it.
pub(in crate::findings) fn asks_for_seed_phrase(scene: &Scene<'_>) -> Option<Sign> {
    Some(strange(scene).find(|landed| landed.view.asks.has(Secret::SeedPhrase))?.sign(scene))
}

/// More secrets of several kinds on one page than any honest form needs.
pub(in crate::findings) fn asks_for_much(scene: &Scene<'_>) -> Option<Sign> {
    const MUCH: usize = 4;
    let landed = strange(scene).find(|landed| landed.view.asks.secrets().count() >= MUCH)?;
    Some(landed.sign(scene).with("asked", asked(&landed.view.asks.0)))
}

/// Secrets are asked for over a line that anybody on it can read.
pub(in crate::findings) fn without_encryption(scene: &Scene<'_>) -> Option<Sign> {
    let plain =
        |landed: &Landed<'_, '_>| landed.view.final_url().is_some_and(|url| url.starts_with("http://"));
    Some(strange(scene).filter(Landed::asks_for_secrets).find(plain)?.sign(scene))
}

/// Secrets are asked for where anybody can put a page.
pub(in crate::findings) fn on_rented_host(scene: &Scene<'_>) -> Option<Sign> {
    let knowledge = scene.knowledge;
    let rented = |landed: &Landed<'_, '_>| {
        let host = landed.host.as_str();
        matches!(knowledge.kind(host), Some(DomainKind::FreeHosting | DomainKind::DynamicDns))
            || knowledge.is_bucket(host)
            || knowledge.is_app_host(host)
    };
    Some(strange(scene).filter(Landed::asks_for_secrets).find(rented)?.sign(scene))
}
