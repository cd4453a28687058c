//! The mail came from the very address that the From domain leads to: the sender's name is not forged, the domain and the machine are
//! in one hand. Told, not weighed: honest small senders do the same; in an impostor's mail it shows that the domain is the impostor's
//! own (`impostor-sends-from-own-domain`).

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (ip, hop) = world.origin()?;
    world.own_domain()?;
    let domain = scene.from_domain()?;
    let mut addresses = world.ledger.addresses(domain).into_iter();
    let (_, evidence) = addresses.find(|(address, _)| address.to_canonical() == ip)?;
    Some(Sign::at(hop.span).and(evidence).with("domain", domain).with("ip", ip.to_string()))
}
