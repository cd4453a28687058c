//! The certificate of a page that wears a brand or asks for secrets. A free certificate is what half of the web has: it counts beside a
//! brand alone, and little.

use time::Duration;

use super::{Landed, Scene, Sign, strange};
use crate::evidence::visit::Certificate;
use crate::findings::scene::world::day;

/// How old a certificate is that was made for the occasion.
const NEW: Duration = Duration::days(7);

/// Pages that wear a brand although they are not its, with the certificate of the last step.
fn worn<'s, 'a>(scene: &'s Scene<'a>) -> impl Iterator<Item = (Landed<'s, 'a>, &'a Certificate)> {
    let fake = |landed: &Landed<'_, '_>| landed.view.worn.as_ref().is_some_and(|worn| !worn.may_be_its_own);
    strange(scene).filter(fake).filter_map(|landed| {
        let certificate = landed.visit.steps.last()?.certificate.as_ref()?;
        Some((landed, certificate))
    })
}

/// It was issued in the days before the visit.
pub(in crate::findings) fn new(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, days) = worn(scene).find_map(|(landed, certificate)| {
        let age = day(landed.view.evidence.asked_at.as_deref()?)? - day(certificate.from.as_deref()?)?;
        (age >= Duration::ZERO && age <= NEW).then(|| (landed, age.whole_days()))
    })?;
    Some(landed.sign(scene).with("days", days.to_string()))
}

/// No browser holds it for good.
pub(in crate::findings) fn wrong(scene: &Scene<'_>) -> Option<Sign> {
    let landed = strange(scene).filter(Landed::asks_for_secrets).find(|landed| {
        let certificate = landed.visit.steps.last().and_then(|step| step.certificate.as_ref());
        certificate.is_some_and(|certificate| !certificate.is_trusted)
    })?;
    Some(landed.sign(scene))
}

/// It is one that anybody gets at once, for nothing and without a name.
pub(in crate::findings) fn free(scene: &Scene<'_>) -> Option<Sign> {
    const FREE: [&str; 3] = ["Let's Encrypt", "ZeroSSL", "Buypass"];
    let free = |certificate: &Certificate| FREE.iter().find(|issuer| certificate.issuer.contains(**issuer));
    let (landed, issuer) =
        worn(scene).find_map(|(landed, certificate)| Some((landed, free(certificate)?)))?;
    Some(landed.sign_of_brand(scene)?.with("issuer", *issuer))
}
