//! The name that the sending machine gave itself (HELO) stands at another address (RFC 5321 section 4.1.4). Silent where it is near
//! by, or of the organisation whose name the machine bears: large senders share one name. Silent too for authenticated senders.

use super::world::World;
use super::{Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (ip, _) = world.origin()?;
    let (hop, helo) = delivery::introduction(scene)?;
    let evidence = world.leads_elsewhere(&helo, ip).filter(|evidence| world.is_current(evidence))?;
    let same = |name| organisation::of(name) == organisation::of(&helo);
    let excused = world.is_proven()
        || world.origin_name(ip, hop).is_some_and(same)
        || scene.knowledge.mail_service(&helo).is_some();
    (!excused)
        .then(|| Sign::at(hop.span).and(evidence).with("helo", helo.as_str()).with("ip", ip.to_string()))
}
