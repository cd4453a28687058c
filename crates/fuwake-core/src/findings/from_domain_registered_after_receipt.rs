//! The From domain's registration is younger than the mail: whoever holds it today is not, or not yet, the one who sent it. Told, not
//! weighed: it says whom not to blame.

use time::Duration;

use super::world::World;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let from = scene.from()?;
    let domain = from.registrable_domain.as_deref()?;
    let (age, registration, evidence) = world.age(domain)?;
    let since = registration.registered.as_deref()?;
    let since = since.get(..10).unwrap_or(since);
    (age < -Duration::DAY).then(|| Sign::at(from).and(evidence).with("domain", domain).with("since", since))
}
