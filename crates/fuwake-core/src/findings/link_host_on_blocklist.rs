//! Services, or a person who looked there, warn of a link, of its host or of its domain. Of the machine it stands on nothing follows:
//! hundreds of honest sites may share it. Silent for the sender's own domain, of which [`super::from_domain_on_blocklist`] tells.

use super::world::{World, domain_of};
use super::{Scene, Sign};
use crate::evidence::Subject;
use crate::knowledge::domains::is_within;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let own = scene.from().and_then(domain_of);
    let mut links = world.link_domains().into_iter().filter(|(_, _, domain)| Some(*domain) != own);
    links.find_map(|(link, host, domain)| {
        let is_meant = |subject: &Subject| match subject {
            Subject::Domain(name) => is_within(host, name) && is_within(name, domain),
            Subject::Url(url) => url::Url::parse(url).is_ok_and(|url| url.host_str() == Some(host)),
            Subject::Address(_) => false,
        };
        Some(world.warned(link.because.clone(), is_meant)?.with("host", host))
    })
}
