//! A link leads to a domain that was registered less than 30 days before the mail was received: pages of frauds live for days. Silent
//! for the sender's own new domain, of which [`super::from_domain_newly_registered`] tells.

use super::world::{World, age, domain_of};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let own = scene.from().and_then(domain_of);
    let mut links = world.link_domains().into_iter().filter(|(_, _, domain)| Some(*domain) != own);
    links.find_map(|(link, host, domain)| {
        let (days, _, evidence) = world.newly_registered(domain)?;
        let sign = Sign::at(link.because.clone()).and(evidence);
        Some(sign.with("host", host).with("domain", domain).with("age", age(days)))
    })
}
