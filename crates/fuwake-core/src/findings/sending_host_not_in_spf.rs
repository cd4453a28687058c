//! By today's DNS the envelope's domain does not allow the sending machine (SPF `fail` or `softfail`, RFC 7208 section 2.6). Silent
//! where a trusted server recorded SPF on arrival, which decides; where somebody passed the mail on; for authenticated senders; and
//! for a mail so old that the record may have changed.

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (ip, hop) = world.origin()?;
    let (authenticity, evidence) = world.authenticity()?;
    let spf = authenticity.spf.as_ref()?;
    let fails = matches!(spf.result.as_str(), "fail" | "softfail") && spf.identity == "mfrom";
    let silent = world.recorded("spf") || world.is_proven() || !world.is_current(evidence);
    let term = spf.mechanism.as_deref().or(spf.record.as_deref()).unwrap_or("-");
    let sign =
        || Sign::at(hop.span).and(evidence).with("domain", spf.domain.as_str()).with("ip", ip.to_string());
    (fails && !silent).then(|| sign().with("term", term).with("asked", world.asked(evidence)))
}
