//! A link leads to the very machine that the mail came from, under another name than the sender's: page and sender are in one hand.
//! Silent where link and sender are of one organisation, and for authenticated senders.

use super::world::{World, domain_of};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (ip, hop) = world.origin()?;
    if world.is_proven() {
        return None;
    }
    let own = scene.from().and_then(domain_of);
    let mut links = world.link_domains().into_iter().filter(|(_, _, domain)| Some(*domain) != own);
    links.find_map(|(link, host, _)| {
        let mut addresses = world.ledger.addresses(host).into_iter();
        let (_, evidence) = addresses.find(|(address, _)| address.to_canonical() == ip)?;
        let sign = Sign::at(link.because.clone()).and(hop.span).and(evidence);
        Some(sign.with("host", host).with("ip", ip.to_string()))
    })
}
