//! Lists of what may be blocked, of all cases together. Formats are those of one case's exchange.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fuwake_core::publication::{IndicatorKind, Publication};
use serde::Serialize;

use super::{Page, Site};
use crate::exchange::blocklist::{cell, zone};

/// What is known of something that may be blocked.
pub(super) struct Seen<'s> {
    first: &'s str,
    last: &'s str,
    /// The newest case that has it.
    publication: &'s Publication,
}

/// The JSON.
#[derive(Serialize)]
struct Json<'s> {
    schema: &'static str,
    indicators: Vec<JsonRow<'s>>,
}

/// A row of it.
#[derive(Serialize)]
struct JsonRow<'s> {
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'s str,
    first_seen: &'s str,
    last_seen: &'s str,
    class: &'static str,
    case: &'s str,
}

/// All that may be blocked, by kind and value, however long ago it was seen.
fn rows(site: &Site) -> BTreeMap<(IndicatorKind, &str), Seen<'_>> {
    let mut rows: BTreeMap<(IndicatorKind, &str), Seen<'_>> = BTreeMap::new();
    // Newest first: the first that names it is the newest.
    for publication in site.entries.iter().map(|entry| &entry.publication) {
        let day = day(publication);
        for indicator in &publication.indicators {
            let last = indicator.last.as_deref().unwrap_or_default().max(day);
            let seen = rows.entry((indicator.kind, indicator.value.as_str())).or_insert(Seen {
                first: day,
                last,
                publication,
            });
            seen.first = seen.first.min(day);
            seen.last = seen.last.max(last);
        }
    }
    rows
}

/// Those that still count.
pub(super) fn young(site: &Site) -> BTreeMap<(IndicatorKind, &str), Seen<'_>> {
    let mut rows = rows(site);
    rows.retain(|_, seen| site.lists.is_young(seen.last));
    rows
}

/// When the lists changed: the newest time that any case tells of, or the day on which something dropped out. A zone whose serial stays
/// is fetched by nobody again (RFC 1034 section 4.3.5).
fn changed<'s>(site: &'s Site, rows: &BTreeMap<(IndicatorKind, &str), Seen<'s>>) -> String {
    let old = rows.values().filter(|seen| !site.lists.is_young(seen.last));
    let dropped = old.filter_map(|seen| site.lists.dropped(seen.last)).max();
    let dropped = dropped.map(|day| format!("{day}T00:00:00Z")).unwrap_or_default();
    dropped.max(updated(site).to_owned())
}

/// When the mail came; where it does not say so, the newest time that its record tells of.
fn day(publication: &Publication) -> &str {
    publication.day.as_deref().or_else(|| publication.updated.get(..10)).unwrap_or_default()
}

/// CSV, JSON, hosts, RPZ.
pub(super) fn files(site: &Site) -> Vec<Page> {
    let (updated, rows) = (changed(site, &rows(site)), young(site));
    let mut csv = "\u{feff}type,value,first_seen,last_seen,class,case\r\n".to_owned();
    let mut indicators = Vec::with_capacity(rows.len());
    for ((kind, value), seen) in &rows {
        let (class, case) = (seen.publication.class.name(), seen.publication.slug.as_str());
        csv.push_str(&[kind.name(), value, seen.first, seen.last, class, case].map(cell).join(","));
        csv.push_str("\r\n");
        let (first_seen, last_seen) = (seen.first, seen.last);
        indicators.push(JsonRow { kind: kind.name(), value, first_seen, last_seen, class, case });
    }
    let json = Json { schema: "fuwake.site-indicators/1", indicators };
    let mut json = serde_json::to_vec(&json).unwrap_or_default();
    json.push(b'\n');
    let names = rows.keys().filter_map(|(kind, value)| match kind {
        IndicatorKind::Domain => Some((*value, true)),
        IndicatorKind::Hostname => Some((*value, false)),
        _ => None,
    });
    let names: Vec<(&str, bool)> = names.collect();
    let mut hosts = format!("# fuwake, {updated}\n");
    for (name, _) in &names {
        let _ = writeln!(hosts, "0.0.0.0 {name}\n:: {name}");
    }
    vec![
        Page::ready("lists/indicators.csv", csv.into_bytes()),
        Page::ready("lists/indicators.json", json),
        Page::ready("lists/hosts.txt", hosts.into_bytes()),
        Page::ready("lists/rpz.zone", zone(&format!("fuwake, {updated}"), &updated, &names).into_bytes()),
    ]
}

/// The newest time that any case tells of.
pub(super) fn updated(site: &Site) -> &str {
    let times = site.entries.iter().map(|entry| entry.publication.updated.as_str());
    times.max().unwrap_or("1970-01-01T00:00:00Z")
}
