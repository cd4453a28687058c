//! The From domain's first registration is for one year, the shortest there is, and began less than a year before the mail. Throwaway
//! names are bought so, and so are most honest new ones: told, not weighed.

use time::Duration;

use super::world::{World, day};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    const YEAR: Duration = Duration::days(366);
    let world = World::of(scene)?;
    let from = scene.from()?;
    let domain = world.own_domain()?;
    let (age, registration, evidence) = world.age(domain)?;
    let (since, until) = (registration.registered.as_deref()?, registration.expires.as_deref()?);
    let shortest = day(until)? - day(since)? <= YEAR;
    let since = since.get(..10).unwrap_or(since);
    let sign = || Sign::at(from).and(evidence).with("domain", domain).with("since", since);
    (shortest && age < YEAR && !age.is_negative()).then(sign)
}
