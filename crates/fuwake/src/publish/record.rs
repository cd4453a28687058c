//! `publication.json`: what a site needs to know of a published case. It is written with whatever else is made.

use fuwake_core::publication::{FILE, Indicator, IndicatorKind};
use fuwake_core::publish::{indicators, publication};
use fuwake_report::exchange::blocklist::{Entry, Kind, entries};

use super::{Publication, Work};

/// The record.
pub(super) fn make(work: &Work<'_>) -> anyhow::Result<Option<Publication>> {
    let knowledge = work.knowledge;
    let Some(mut record) = publication(work.editions, work.raw, work.release, knowledge) else {
        return Ok(None);
    };
    if let Some((language, case)) = work.editions.first() {
        let known = indicators(case, work.raw, work.release, knowledge, *language);
        record.indicators = entries(&known).into_iter().map(indicator).collect();
    }
    let bytes = serde_json::to_vec_pretty(&record)?;
    Ok(Some(Publication { name: FILE.to_owned(), bytes }))
}

fn indicator(entry: Entry) -> Indicator {
    let kind = match entry.kind {
        Kind::Domain => IndicatorKind::Domain,
        Kind::Host => IndicatorKind::Hostname,
        Kind::Url => IndicatorKind::Url,
        Kind::File => IndicatorKind::Sha256,
    };
    Indicator { kind, value: entry.value }
}
