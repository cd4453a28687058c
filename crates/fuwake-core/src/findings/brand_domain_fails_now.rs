//! The From address bears a known company's domain, that company asks receivers to refuse what it did not send (DMARC policy
//! `quarantine` or `reject`), and by today's DNS this mail is not its: no SPF pass, and no signature of the domain at all. A signature
//! that was broken on the way is another matter ([`super::dmarc_fails_now`]).

use super::world::World;
use super::{Scene, Sign, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let brand = scene.from_owner()?;
    let from = scene.from()?;
    let own = from.registrable_domain.as_deref()?;
    let (dmarc, evidence) = world.dmarc_fails()?;
    let (authenticity, _) = world.authenticity()?;
    let signed = authenticity.dkim.iter().any(|dkim| organisation::of(&dkim.domain) == own);
    let strict = matches!(dmarc.policy.as_deref(), Some("quarantine" | "reject")) && !dmarc.testing;
    let sign =
        || Sign::at(from).and(evidence).with("domain", dmarc.domain.as_str()).with("brand", &brand.name);
    (strict && !signed && !scene.is_anybodys(own)).then(|| sign().with("asked", world.asked(evidence)))
}
