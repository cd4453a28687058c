//! SPF or DMARC fails by the DNS of a day more than a year after the mail was received. Senders change their services and their keys in
//! that time: told, not weighed.

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (authenticity, evidence) = world.authenticity()?;
    let spf = authenticity.spf.as_ref().is_some_and(|spf| matches!(spf.result.as_str(), "fail" | "softfail"));
    let dmarc = authenticity.dmarc.as_ref().is_some_and(|dmarc| dmarc.result == "fail");
    let fails = (spf && !world.recorded("spf") || dmarc && !world.recorded("dmarc")) && !world.is_proven();
    let sign = || Sign::at(evidence).with("domain", scene.from_domain().unwrap_or_default());
    (fails && !world.is_current(evidence)).then(|| sign().with("asked", world.asked(evidence)))
}
