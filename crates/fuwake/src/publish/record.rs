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
        record.indicators =
            entries(&known).into_iter().map(|entry| indicator(entry, record.day.as_deref())).collect();
    }
    let bytes = serde_json::to_vec_pretty(&record)?;
    Ok(Some(Publication { name: FILE.to_owned(), bytes }))
}

fn indicator(entry: Entry, received: Option<&str>) -> Indicator {
    let kind = match entry.kind {
        Kind::Domain => IndicatorKind::Domain,
        Kind::Host => IndicatorKind::Hostname,
        Kind::Url => IndicatorKind::Url,
        Kind::UrlPrefix => IndicatorKind::UrlPrefix,
        Kind::File => IndicatorKind::Sha256,
    };
    let last = entry.seen[1].get(..10).filter(|last| received.is_none_or(|received| *last > received));
    Indicator { kind, value: entry.value, last: last.map(str::to_owned) }
}
