//! The registrar or the registry has taken a link's domain out of the DNS (EPP status `clientHold`, `serverHold`), as it does with
//! reported names. Silent for the sender's own, and where the answer is much younger than the mail.

use super::world::{World, domain_of};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let own = scene.from().and_then(domain_of);
    let mut links = world.link_domains().into_iter().filter(|(_, _, domain)| Some(*domain) != own);
    links.find_map(|(link, host, domain)| {
        let (status, evidence) = world.suspended(domain)?;
        let sign = Sign::at(link.because.clone()).and(evidence).with("host", host).with("domain", domain);
        Some(sign.with("status", status).with("asked", world.asked(evidence)))
    })
}
