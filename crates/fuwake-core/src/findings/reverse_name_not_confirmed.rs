//! The reverse name of the machine that the mail came from does not lead back to it (RFC 8601 section 2.7.3, `iprev`): whoever holds
//! the address writes there what he likes. Silent until all its names were looked up, where the receiving server confirmed one,
//! and for authenticated senders.

use super::world::World;
use super::{Scene, Sign};
use crate::evidence::{Fact, RecordType};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let (ip, hop) = world.origin()?;
    let (names, evidence) = world.ledger.reverse_names(ip).found()?;
    let record = if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa };
    let looked_up = |name: &String| world.ledger.records(name, record) != Fact::Unknown;
    let excused = world.is_proven()
        || world.origin_name(ip, hop).is_some()
        || !names.records.iter().all(looked_up)
        || !world.is_current(evidence);
    let name = names.records.first()?;
    (!excused)
        .then(|| Sign::at(hop.span).and(evidence).with("ip", ip.to_string()).with("name", name.as_str()))
}
