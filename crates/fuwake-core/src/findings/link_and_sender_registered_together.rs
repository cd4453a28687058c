//! The From domain and a link's domain, two different names, were registered within a day of each other at one registrar, less than a
//! year before the mail: bought together for one purpose.

use time::Duration;

use super::world::{World, domain_of};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    const YEAR: Duration = Duration::days(365);
    let world = World::of(scene)?;
    let own = scene.from().and_then(domain_of)?;
    let (age, registration, of_sender) = world.age(own)?;
    if age > YEAR || age.is_negative() {
        return None;
    }
    let mut links = world.link_domains().into_iter().filter(|(_, _, domain)| *domain != own);
    links.find_map(|(link, _, domain)| {
        let (link_age, other, of_link) = world.age(domain)?;
        let together = (age - link_age).abs() < Duration::DAY
            && registration.registrar.is_some()
            && registration.registrar == other.registrar;
        let sign = Sign::at(link.because.clone()).and(of_sender).and(of_link);
        together.then(|| sign.with("from", own).with("domain", domain))
    })
}
