//! The mail poses as a company of one country, and whoever registered the domain that a link leads to gave another. Silent for
//! companies of the whole world, where the registry shows no country, and for the sender's own domain.

use super::world::{World, domain_of};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (_, brand) = scene.impersonated().filter(|(_, brand)| brand.country != "001")?;
    let own = scene.from().and_then(domain_of);
    let mut links = world.link_domains().into_iter().filter(|(_, _, domain)| Some(*domain) != own);
    links.find_map(|(link, _, domain)| {
        let (registration, evidence) = world.ledger.registration(domain).found()?;
        let country = registration.country.as_deref()?;
        let sign = || Sign::at(link.because.clone()).and(evidence).with("domain", domain);
        let sign = || sign().with("country", country).with("brand", &brand.name);
        (!brand.country.eq_ignore_ascii_case(country))
            .then(|| sign().with("brand_country", brand.country.as_str()))
    })
}
