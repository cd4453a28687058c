//! A signature of the From domain holds by the key that stands in the DNS today (DKIM, aligned by RFC 7489 section 3.1.1): the domain
//! sent this text. That says nothing about its holder's intentions. Silent where a trusted server recorded as much, or a failure, on
//! arrival; at free mail; where a part of the text is not signed; and where the domain is a known company's, for which there is
//! [`super::authenticated_now_known_brand`].

use super::world::World;
use super::{Scene, Sign, authenticated_now_known_brand, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let domain = scene.from_domain()?;
    let (signature, evidence) = world.signed_now()?;
    let silent = organisation::gives_addresses_away(scene, domain)
        || authenticated_now_known_brand::find(scene).is_some();
    (!silent).then(|| Sign::at(evidence).with("domain", domain).with("selector", signature.selector.as_str()))
}
