//! The machine that the mail came from has no reverse name today (RFC 1912 section 2.1); mail servers have one. Silent where the
//! receiving server saw one, or wrote already that there is none, and for authenticated senders.

use super::world::World;
use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (ip, hop) = world.origin()?;
    let (_, evidence) = world.ledger.reverse_names(ip).absent()?;
    let told = hop.reverse_dns.is_some() || delivery::is_nameless(scene, hop);
    let sign = || Sign::at(hop.span).and(evidence).with("ip", ip.to_string());
    (!told && !world.is_proven() && world.is_current(evidence))
        .then(|| sign().with("asked", world.asked(evidence)))
}
