//! Pages that are the brand's own.

use super::{Landed, LandingKind, Scene, Sign, landed};
use crate::landing::Secret;

/// Every link that was seen ended at a known brand's own site.
pub(in crate::findings) fn is_genuine(scene: &Scene<'_>) -> Option<Sign> {
    let own = |landed: &Landed<'_, '_>| {
        matches!(landed.view.kind, LandingKind::GenuineSite | LandingKind::GenuineErrorPage)
    };
    let first = landed(scene).next()?;
    landed(scene).all(|landed| own(&landed)).then(|| first.sign_of_brand(scene))?
}

/// A brand's own host has no such page.
pub(in crate::findings) fn error_page(scene: &Scene<'_>) -> Option<Sign> {
    landed(scene).find(|landed| landed.is(LandingKind::GenuineErrorPage))?.sign_of_brand(scene)
}

/// The log-in is the very one that the operator captured for the brand.
pub(in crate::findings) fn is_known_login(scene: &Scene<'_>) -> Option<Sign> {
    let bare = |url: &str| url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned();
    let (landed, known) =
        landed(scene).filter(|landed| landed.is(LandingKind::GenuineSite)).find_map(|landed| {
            let brand = landed.view.brand?;
            let url = bare(landed.view.final_url()?);
            let mut known =
                scene.knowledge.references().iter().filter(|known| known.is_login && known.brand == brand.id);
            let known = known.find(|known| bare(&known.url) == url)?;
            landed.view.asks.has(Secret::Password).then_some((landed, known))
        })?;
    Some(landed.sign_of_brand(scene)?.with("url", known.url.as_str()))
}
