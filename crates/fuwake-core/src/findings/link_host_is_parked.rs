//! A link's domain stands at a parking service (`data/domains/parking-services.toml`): its page only advertises, or offers the name for
//! sale. What stood there when the mail was sent is not known, so it is told, not weighed.

use super::world::World;
use super::{Scene, Sign};
use crate::evidence::RecordType;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    world.link_domains().into_iter().find_map(|(link, host, domain)| {
        let (servers, evidence) = world.ledger.records(domain, RecordType::Ns).found()?;
        let server = servers.records.iter().find(|server| scene.knowledge.is_parking_service(server))?;
        let sign = Sign::at(link.because.clone()).and(evidence).with("host", host);
        Some(sign.with("server", server.as_str()).with("asked", world.asked(evidence)))
    })
}
