//! The registrar or the registry has taken the From domain out of the DNS (EPP status `clientHold`, `serverHold`), as it does with
//! names that were reported, not paid or registered under a false name. Silent where the answer is much younger than the mail.

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let from = scene.from()?;
    let domain = from.registrable_domain.as_deref()?;
    let (status, evidence) = world.suspended(domain)?;
    let sign = Sign::at(from).and(evidence).with("domain", domain).with("status", status);
    Some(sign.with("asked", world.asked(evidence)))
}
