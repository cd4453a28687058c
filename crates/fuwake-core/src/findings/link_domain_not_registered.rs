//! A link's domain is held by nobody today: the link leads nowhere. Frauds' domains are soon taken away, and others lapse, so it is
//! told, not weighed.

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    world.link_domains().into_iter().find_map(|(link, host, domain)| {
        let evidence = world.unregistered(domain)?;
        let sign = Sign::at(link.because.clone()).and(evidence).with("host", host).with("domain", domain);
        Some(sign.with("asked", world.asked(evidence)))
    })
}
