//! The mail speaks in the name of a company of one country and came from a machine in another, with no mail service between. By the
//! registry of addresses and the tables; silent where they disagree, where the company is of the whole world or names the service,
//! and for authenticated senders.

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (_, brand) = scene.impersonated()?;
    let (ip, hop) = world.origin()?;
    let (country, evidence) = world.country(ip)?;
    let excused = world.is_proven()
        || brand.country == "001"
        || brand.country.eq_ignore_ascii_case(country)
        || world.is_sent_by_service(ip, hop);
    let sign = || Sign::at(hop.span).and(evidence).with("ip", ip.to_string()).with("country", country);
    (!excused).then(|| sign().with("brand", &brand.name).with("brand_country", brand.country.as_str()))
}
