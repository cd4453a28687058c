//! By today's DNS the mail does not meet what the From domain publishes (DMARC `fail`). Silent where a trusted server recorded DMARC on
//! arrival, or anything passed for the domain; where somebody passed the mail on; where the path, and with it SPF, is not known; and
//! for a mail so old that the records may have changed.

use super::world::World;
use super::{Scene, Sign, brand_domain_fails_now};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (dmarc, evidence) = world.dmarc_fails()?;
    let policy = dmarc.policy.as_deref().unwrap_or("none");
    let sign = || Sign::at(evidence).with("domain", dmarc.domain.as_str()).with("policy", policy);
    brand_domain_fails_now::find(scene).is_none().then(|| sign().with("asked", world.asked(evidence)))
}
