//! A signature of the From domain is there and does not fit the message (DKIM `fail`, RFC 6376 section 6.1.3): text or header were
//! changed after it was signed, or it was copied from another mail. A key that has gone is no such failure. Silent where a trusted
//! server recorded DKIM on arrival, and where somebody passed the mail on. Gateways add lines: a weak sign.

use super::world::World;
use super::{Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let own = scene.from()?.registrable_domain.as_deref()?;
    let (authenticity, evidence) = world.authenticity()?;
    let mut aligned = authenticity.dkim.iter().filter(|dkim| organisation::of(&dkim.domain) == own);
    let broken = aligned.find(|dkim| dkim.result == "fail")?;
    let silent = world.recorded("dkim") || world.is_proven() || delivery::was_passed_on(scene);
    let why = broken.why.as_deref().unwrap_or("fail");
    let sign = || {
        Sign::at(evidence).with("domain", broken.domain.as_str()).with("selector", broken.selector.as_str())
    };
    (!silent).then(|| sign().with("why", why))
}
