//! A signature of a known company's domain holds by the key that stands in the DNS today: the company sent this text. Silent where a
//! trusted server recorded as much, or a failure, on arrival; where customers have addresses under the domain; for domains that no
//! source names; and where a user of the company's platform typed a lure into its notice.

use super::world::World;
use super::{Scene, Sign, authentication_aligned_known_brand};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (signature, evidence) = world.signed_now()?;
    let (domain, brand) = authentication_aligned_known_brand::sender(scene)?;
    let sign = Sign::at(evidence).with("domain", domain).with("brand", &brand.name);
    Some(sign.with("selector", signature.selector.as_str()))
}
