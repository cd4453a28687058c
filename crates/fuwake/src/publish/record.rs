//! `publication.json`: what a site needs to know of a published case. It is written with whatever else is made.

use std::collections::BTreeSet;
use std::fs;

use fuwake_core::case::worst;
use fuwake_core::publication::{self, FILE, Indicator, IndicatorKind};
use fuwake_core::publish::{Audience, indicators, publication};
use fuwake_report::exchange::blocklist::{Entry, Kind, entries};

use super::exchange::now;
use super::{Publication, Work};

/// What everybody was shown of the case before and still lies there: names in its folder, by its record; none where that is for others
/// or is not there.
pub(super) fn shown(work: &Work<'_>) -> BTreeSet<String> {
    let files = before(work).map(|record| record.files).unwrap_or_default();
    files.into_iter().filter(|name| work.folder.join(name).is_file()).collect()
}

/// The record of the same mail that an earlier run left in the folder.
fn before(work: &Work<'_>) -> Option<publication::Publication> {
    let record = fs::read(work.folder.join(FILE)).ok()?;
    let record = publication::Publication::read(&record, work.folder.file_name()?.to_str()?).ok()?;
    let (_, case) = work.editions.first()?;
    (record.sha256 == worst(&case.dissection).mail.sha256).then_some(record)
}

/// The record; `shown` are the files of the folder that everybody may see. What is made for others leaves what was told everybody as it is.
pub(super) fn make(work: &Work<'_>, shown: BTreeSet<String>) -> anyhow::Result<Option<Publication>> {
    let for_all = work.release.audience == Audience::Public;
    let record = match before(work).filter(|_| !for_all) {
        Some(record) => Some(record),
        None => current(work),
    };
    let Some(mut record) = record else { return Ok(None) };
    record.files = shown;
    let bytes = serde_json::to_vec_pretty(&record)?;
    Ok(Some(Publication { name: FILE.to_owned(), bytes }))
}

fn current(work: &Work<'_>) -> Option<publication::Publication> {
    let knowledge = work.knowledge;
    let mut record = publication(work.editions, work.raw, work.release, knowledge)?;
    // What lies there in a language that is not written now keeps its words.
    for (language, text) in before(work).map(|record| record.texts).unwrap_or_default() {
        record.texts.entry(language).or_insert(text);
    }
    if let Some((language, case)) = work.editions.first() {
        let now = now();
        let known = indicators(case, work.raw, work.release, knowledge, *language).until(&now);
        record.updated = record.updated.min(now);
        record.indicators =
            entries(&known).into_iter().map(|entry| indicator(entry, record.day.as_deref())).collect();
    }
    Some(record)
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
