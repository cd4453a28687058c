//! The mail poses as a company of one country, and whoever registered the From domain gave another. Silent for companies of the whole
//! world, where the registry shows no country, and for the companies' own domains.

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (_, brand) = scene.impersonated()?;
    let domain = world.own_domain()?;
    let (registration, evidence) = world.ledger.registration(domain).found()?;
    let country = registration.country.as_deref()?;
    let differs = brand.country != "001" && !brand.country.eq_ignore_ascii_case(country);
    let sign = || Sign::at(evidence).with("domain", domain).with("country", country);
    differs.then(|| sign().with("brand", &brand.name).with("brand_country", brand.country.as_str()))
}
