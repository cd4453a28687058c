//! Services, or a person who looked there, warn of the domain that answers go to. Silent where it is the From domain, and for domains
//! where anybody can have an address.

use super::world::{World, domain_of};
use super::{Scene, Sign};
use crate::evidence::Subject;
use crate::knowledge::domains::is_within;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let reply = scene.mail.reply_to.first()?;
    let domain = domain_of(reply)?;
    let excused = scene.from().and_then(domain_of) == Some(domain) || scene.knowledge.kind(domain).is_some();
    let is_meant = |subject: &Subject| matches!(subject, Subject::Domain(name) if is_within(name, domain));
    Some(world.warned(reply, is_meant).filter(|_| !excused)?.with("domain", domain))
}
