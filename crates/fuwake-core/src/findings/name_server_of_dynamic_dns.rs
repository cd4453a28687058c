//! The From domain, or that of a link, is served by a service for changing addresses (`data/domains/dynamic-dns.toml`), which points a
//! name at another machine within minutes. Households use it by right: a weak sign.

use super::world::World;
use super::{Scene, Sign};
use crate::evidence::RecordType;
use crate::knowledge::DomainKind;
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let from = scene.from().zip(world.own_domain()).map(|(from, domain)| (Because::from(from), domain));
    let links = world.link_domains().into_iter().map(|(link, _, domain)| (link.because.clone(), domain));
    from.into_iter().chain(links).find_map(|(place, domain)| {
        let (servers, evidence) = world.ledger.records(domain, RecordType::Ns).found()?;
        let dynamic = |server: &&String| scene.knowledge.kind(server) == Some(DomainKind::DynamicDns);
        let server = servers.records.iter().find(dynamic)?;
        Some(Sign::at(place).and(evidence).with("domain", domain).with("server", server.as_str()))
    })
}
