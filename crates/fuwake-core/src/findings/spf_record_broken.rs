//! The SPF record of the envelope's domain cannot be evaluated (`permerror`, RFC 7208 section 2.6.7): nobody can tell who may send for
//! it. Told, not weighed: honest domains have such faults for years.

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (authenticity, evidence) = World::of(scene)?.authenticity()?;
    let spf = authenticity.spf.as_ref().filter(|spf| spf.result == "permerror")?;
    let why = spf.why.as_deref().unwrap_or("permerror");
    Some(Sign::at(evidence).with("domain", spf.domain.as_str()).with("why", why))
}
