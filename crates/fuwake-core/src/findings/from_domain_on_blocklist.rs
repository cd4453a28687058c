//! Services, or a person who looked there, warn of the From domain. Silent for domains where anybody can have an address.

use super::world::World;
use super::{Scene, Sign};
use crate::evidence::Subject;
use crate::knowledge::domains::is_within;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let domain = world.own_domain()?;
    let is_meant = |subject: &Subject| matches!(subject, Subject::Domain(name) if is_within(name, domain));
    Some(world.warned(scene.from()?, is_meant)?.with("domain", domain))
}
