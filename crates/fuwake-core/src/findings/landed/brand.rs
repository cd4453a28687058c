//! A page wears a brand whose site it is not.

use super::{Landed, LandingKind, Scene, Secret, Sign, strange};
use crate::landing::kind::copied_from;

/// Fake log-ins in a brand's name; programs that anybody runs on his own machine are told apart.
fn fakes<'s, 'a>(scene: &'s Scene<'a>) -> impl Iterator<Item = Landed<'s, 'a>> {
    strange(scene).filter(|landed| {
        let brands = landed.view.worn.as_ref().is_some_and(|worn| !worn.brand.self_hosted);
        landed.is(LandingKind::FakeLogin) && brands
    })
}

fn asks_for_card(landed: &Landed<'_, '_>) -> bool {
    landed.view.asks.has(Secret::Card) || landed.view.asks.has(Secret::SecurityCode)
}

/// It asks for a password or the like.
pub(in crate::findings) fn asks_for_password_as_brand(scene: &Scene<'_>) -> Option<Sign> {
    fakes(scene).find(|landed| !asks_for_card(landed))?.sign_of_brand(scene)
}

/// It asks for card data.
pub(in crate::findings) fn asks_for_card_as_brand(scene: &Scene<'_>) -> Option<Sign> {
    fakes(scene).find(asks_for_card)?.sign_of_brand(scene)
}

/// It is made up as the log-in of a mailbox or a server, with what no honest one has.
pub(in crate::findings) fn webmail_look_alike(scene: &Scene<'_>) -> Option<Sign> {
    let landed = strange(scene).find(|landed| {
        landed.is(LandingKind::FakeLogin)
            && landed.view.worn.as_ref().is_none_or(|worn| worn.brand.self_hosted)
    })?;
    let title = landed.page().map_or("", |page| page.title.as_str());
    Some(landed.sign(scene).with("title", title))
}

/// It asks for nothing, or nothing was seen of that.
pub(in crate::findings) fn wears_brand(scene: &Scene<'_>) -> Option<Sign> {
    let landed = strange(scene).find(|landed| {
        let worn = landed.view.worn.as_ref();
        worn.is_some_and(|worn| !worn.may_be_its_own) && !landed.asks_for_secrets()
    })?;
    landed.sign_of_brand(scene)
}

/// Pictures or scripts of the brand's genuine site make up the page.
pub(in crate::findings) fn loads_brands_own_pictures(scene: &Scene<'_>) -> Option<Sign> {
    let by_resources = |landed: &Landed<'_, '_>| {
        landed.view.worn.as_ref().is_some_and(|worn| worn.by.contains(&"resources") && !worn.may_be_its_own)
    };
    strange(scene).find(by_resources)?.sign_of_brand(scene)
}

/// The page was saved from another site by a browser or a copying program.
pub(in crate::findings) fn copied(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, from) = strange(scene).find_map(|landed| {
        let from = copied_from(landed.page()?, &landed.host)?;
        Some((landed, from))
    })?;
    Some(landed.sign(scene).with("from", from))
}

/// It is like a genuine page that the operator captured.
pub(in crate::findings) fn like_reference(scene: &Scene<'_>) -> Option<Sign> {
    let (landed, like) = strange(scene).find_map(|landed| {
        let like = landed.view.worn.as_ref()?.like.clone()?;
        Some((landed, like))
    })?;
    let bits = |bits: Option<u32>| bits.map_or_else(|| "-".to_owned(), |bits| bits.to_string());
    let sign = landed.sign_of_brand(scene)?.with("url", like.reference.url.as_str());
    Some(sign.with("look", bits(like.look)).with("shape", bits(like.shape)))
}
