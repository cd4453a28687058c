//! Services, or a person who looked there, warn of the address that the mail came from. Silent for machines of mail services, where
//! one customer's fault falls on all, and for authenticated senders.

use super::world::World;
use super::{Scene, Sign};
use crate::evidence::Subject;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (ip, hop) = world.origin()?;
    if world.is_proven() || world.is_sent_by_service(ip, hop) {
        return None;
    }
    let is_meant =
        |subject: &Subject| matches!(subject, Subject::Address(address) if address.to_canonical() == ip);
    Some(world.warned(hop.span, is_meant)?.with("ip", ip.to_string()))
}
