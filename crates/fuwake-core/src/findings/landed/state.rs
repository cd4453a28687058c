//! Pages that are gone, taken down, for sale, guarded, or files.

use super::{Landed, LandingKind, Scene, Sign, strange};
use crate::inquiry::visits::is_program;
use crate::landing::marks;

fn first<'s, 'a>(scene: &'s Scene<'a>, kind: LandingKind) -> Option<Landed<'s, 'a>> {
    // What any visitor saw counts more than what another did not.
    strange(scene)
        .find(|landed| landed.is(kind) && landed.landing.worst().is_some_and(|worst| worst.kind == kind))
}

/// The name is for sale, or shows advertisements.
pub(in crate::findings) fn parked(scene: &Scene<'_>) -> Option<Sign> {
    Some(first(scene, LandingKind::Parked)?.sign(scene))
}

/// The provider took the site down.
pub(in crate::findings) fn suspended(scene: &Scene<'_>) -> Option<Sign> {
    Some(first(scene, LandingKind::Suspended)?.sign(scene))
}

/// Nothing stands there any more.
pub(in crate::findings) fn dead(scene: &Scene<'_>) -> Option<Sign> {
    Some(first(scene, LandingKind::Dead)?.sign(scene))
}

/// Somebody warns of fraud in the place of the page.
pub(in crate::findings) fn warned_of(scene: &Scene<'_>) -> Option<Sign> {
    let warned = |landed: &Landed<'_, '_>| {
        landed.is(LandingKind::Blocked)
            && marks::warns(scene.knowledge, landed.visit, landed.view.final_url().unwrap_or_default())
    };
    Some(strange(scene).find(warned)?.sign(scene))
}

/// The visitor must show that he is no machine before he sees anything.
pub(in crate::findings) fn captcha_first(scene: &Scene<'_>) -> Option<Sign> {
    Some(first(scene, LandingKind::CaptchaWall)?.sign(scene))
}

/// A program is handed over.
pub(in crate::findings) fn offers_program(scene: &Scene<'_>) -> Option<Sign> {
    let landed = strange(scene).find(|landed| landed.is(LandingKind::MalwareDownload))?;
    let mut offered =
        landed.visit.downloads.iter().filter(|file| is_program(&file.name) || is_program(&file.url));
    let name = offered.next().map(|file| file.name.as_str()).filter(|name| !name.is_empty());
    let name = name.or_else(|| landed.view.final_url()).unwrap_or_default().to_owned();
    Some(landed.sign(scene).with("file", name))
}

/// Another file is handed over as soon as the link is opened.
pub(in crate::findings) fn offers_download(scene: &Scene<'_>) -> Option<Sign> {
    let landed = first(scene, LandingKind::Download)?;
    let name = landed.visit.downloads.first().map_or("", |file| file.name.as_str());
    Some(landed.sign(scene).with("file", name))
}
