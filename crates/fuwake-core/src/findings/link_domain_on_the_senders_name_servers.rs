//! The From domain and a link's domain, two different names, are served by the same name servers, and those are nobody else's: they lie
//! under one of the two. The name servers of registrars and large services serve millions and say nothing.

use super::world::{World, domain_of};
use super::{Scene, Sign};
use crate::evidence::RecordType;
use crate::knowledge::domains::is_within;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let own = scene.from().and_then(domain_of)?;
    let (servers, of_sender) = world.ledger.records(own, RecordType::Ns).found()?;
    // Whoever has a site of his own name long since serves his other names from there.
    let is_new = |domain| world.age(domain).is_some_and(|(age, ..)| age.whole_days() < 365);
    let mut links = world.link_domains().into_iter().filter(|(_, _, domain)| *domain != own);
    links.find_map(|(link, _, domain)| {
        let (others, of_link) = world.ledger.records(domain, RecordType::Ns).found()?;
        let private = |server: &String| is_within(server, own) || is_within(server, domain);
        let shared = others.records == servers.records && servers.records.iter().all(private);
        let sign = Sign::at(link.because.clone()).and(of_sender).and(of_link);
        (shared && (is_new(own) || is_new(domain))).then(|| sign.with("from", own).with("domain", domain))
    })
}
