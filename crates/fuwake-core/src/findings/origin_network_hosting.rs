//! The mail speaks in a known company's name and came from a network whose holder rents machines out to anybody
//! (`data/domains/hosting-providers.toml`). Silent where the machine's name says so already
//! ([`super::origin_at_rented_machine`]), for mail services and for authenticated senders.

use super::world::World;
use super::{Scene, Sign, origin_at_rented_machine};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (_, brand) = scene.impersonated()?;
    let (ip, hop) = world.origin()?;
    let (network, evidence) = world.network(ip)?;
    let holder = network.holder.as_deref().or(network.name.as_deref())?;
    let provider = scene.knowledge.network_holder(holder)?;
    let excused = provider.kind == "access"
        || world.is_proven()
        || world.is_sent_by_service(ip, hop)
        || world.origin_name(ip, hop).is_some_and(|name| scene.belongs(name, brand))
        || origin_at_rented_machine::find(scene).is_some();
    let sign = || Sign::at(hop.span).and(evidence).with("ip", ip.to_string());
    (!excused).then(|| sign().with("provider", provider.name.as_str()).with("brand", &brand.name))
}
