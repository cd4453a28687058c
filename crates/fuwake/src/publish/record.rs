//! `publication.json`: what a site needs to know of a published case. It is written with whatever else is made.

use std::collections::BTreeSet;
use std::fs;

use anyhow::Context;
use data_encoding::HEXLOWER;
use fuwake_core::case::{Language, worst};
use fuwake_core::publication::{self, FILE, Indicator, IndicatorKind};
use fuwake_core::publish::{Audience, indicators, publication};
use fuwake_report::exchange::blocklist::{Entry, Kind, entries};
use sha2::{Digest, Sha256};

use super::exchange::now;
use super::{Publication, Work};
use crate::case_folder::LEDGER;
use crate::output::complain;

/// What everybody was shown of the case before and still lies there: names in its folder, by its record; none where that is for others,
/// is not there, or was masked or judged otherwise than it would be now.
pub(super) fn shown(work: &Work<'_>) -> anyhow::Result<BTreeSet<String>> {
    let Some(record) = before(work) else { return Ok(BTreeSet::new()) };
    let is_stale = work.release.audience == Audience::Public && record.made != made(work)?;
    let there = record.files.into_iter().filter(|name| work.folder.join(name).is_file());
    Ok(if is_stale { BTreeSet::new() } else { there.collect() })
}

/// Says what everybody was shown before, lies there still and is shown no more.
pub(super) fn tell_withdrawn(work: &Work<'_>, shown: &BTreeSet<String>) {
    let files = before(work).map(|record| record.files).unwrap_or_default();
    let is_withdrawn = |name: &&String| !shown.contains(*name) && work.folder.join(name).is_file();
    let names: Vec<&str> = files.iter().filter(is_withdrawn).map(String::as_str).collect();
    if !names.is_empty() {
        let names = names.join(", ");
        complain(&match work.tools.language {
            Language::Ja => {
                format!("サイトには載らなくなりました(一般向けに公開し直すと、また載ります): {names}")
            }
            Language::En => {
                format!("a site shows these no more until they are published for everybody anew: {names}")
            }
        });
    }
}

/// What decides over the words of a case, as a digest that only who has the mail can make: with the digest alone nobody can try what
/// may be hidden.
fn made(work: &Work<'_>) -> anyhow::Result<String> {
    let (release, path) = (work.release, work.case.join(LEDGER));
    let answers = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let verdict = work.editions.first().map(|(_, case)| &worst(&case.dissection).verdict);
    let verdict = verdict.map(|verdict| (verdict.class, verdict.score));
    let masked: [BTreeSet<&String>; 2] = [&release.hidden, &release.own].map(|words| words.iter().collect());
    let settings = format!("{masked:?}{}{:?}{verdict:?}", release.hide_bystanders, release.style);
    let whole = Sha256::new().chain_update(Sha256::digest(settings)).chain_update(Sha256::digest(answers));
    Ok(HEXLOWER.encode(&whole.chain_update(work.raw).finalize()))
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
        None => current(work)?,
    };
    let Some(mut record) = record else { return Ok(None) };
    record.files = shown;
    let bytes = serde_json::to_vec_pretty(&record)?;
    Ok(Some(Publication { name: FILE.to_owned(), bytes }))
}

fn current(work: &Work<'_>) -> anyhow::Result<Option<publication::Publication>> {
    let Some((language, case)) = work.editions.first() else { return Ok(None) };
    let known = indicators(case, work.raw, work.release, work.knowledge, *language);
    let Some(mut record) = publication(work.editions, &known, work.release) else { return Ok(None) };
    record.made = made(work)?;
    // What lies there in a language that is not written now keeps its words, where they would be the same today.
    let earlier = before(work).filter(|earlier| earlier.made == record.made);
    for (language, text) in earlier.map(|earlier| earlier.texts).unwrap_or_default() {
        record.texts.entry(language).or_insert(text);
    }
    let now = now();
    let entries = entries(&known.until(&now));
    record.updated = record.updated.min(now);
    record.indicators = entries.into_iter().map(|entry| indicator(entry, record.day.as_deref())).collect();
    Ok(Some(record))
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
