//! Nobody can answer: the From domain has neither a mail server (MX) nor an address of its own, where mail would go without one (RFC
//! 5321 section 5.1), or it says that it takes no mail (RFC 7505). Silent for an authenticated domain, which may send notices only, and
//! where answers are to go elsewhere.

use super::world::World;
use super::{Scene, Sign};
use crate::evidence::{Evidence, RecordType};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let world = World::of(scene)?;
    let from = scene.from()?;
    let domain = from.domain.as_deref()?;
    let evidence = takes_no_mail(world, domain).filter(|evidence| world.is_current(evidence))?;
    let excused = world.is_proven()
        || !scene.mail.reply_to.is_empty()
        || from.registrable_domain.as_deref().is_some_and(|domain| world.unregistered(domain).is_some());
    let sign = || Sign::at(from).and(evidence).with("domain", domain).with("asked", world.asked(evidence));
    (!excused).then(sign)
}

fn takes_no_mail<'a>(world: World<'_, 'a>, domain: &str) -> Option<&'a Evidence> {
    let ledger = world.ledger;
    if let Some((records, evidence)) = ledger.records(domain, RecordType::Mx).found() {
        let null = |record: &String| matches!(record.split_once(' '), Some((_, "" | ".")));
        return records.records.iter().all(null).then_some(evidence);
    }
    let (_, evidence) = ledger.records(domain, RecordType::Mx).absent()?;
    let addresses = [RecordType::A, RecordType::Aaaa].map(|record| ledger.records(domain, record).absent());
    addresses.iter().all(Option::is_some).then_some(evidence)
}
