//! Charts, drawn by us: bars over time, and rows with a bar each. Every number stands in a table too.

use std::collections::BTreeMap;

use fuwake_core::publish::{country_name, name};
use fuwake_core::verdict::Class;

use super::arrange::GroupKind;
use super::frame::Frame;

/// Months that are drawn.
const MONTHS: usize = 24;

/// A row of a table: of a group.
pub(super) struct Row {
    /// Its page; empty where it has none.
    pub(super) href: String,
    pub(super) name: String,
    pub(super) count: usize,
    /// Its bar, 0 to 100.
    pub(super) share: f64,
    pub(super) newest: String,
    pub(super) remark: String,
}

/// Rows whose bars are measured by the largest.
pub(super) fn scaled(mut rows: Vec<Row>) -> Vec<Row> {
    let most = rows.iter().map(|row| row.count).max().unwrap_or(1).max(1);
    rows.iter_mut().for_each(|row| row.share = row.count as f64 * 100.0 / most as f64);
    rows
}

/// In which countries the networks are by which cases came or lead on.
pub(super) fn countries(frame: &Frame<'_>) -> Vec<Row> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &frame.site.entries {
        let networks = entry.publication.hosts.iter().flat_map(|host| &host.networks);
        let mut its: Vec<&str> = networks.map(|network| network.country.as_str()).collect();
        its.sort_unstable();
        its.dedup();
        its.into_iter()
            .filter(|code| !code.is_empty())
            .for_each(|code| *counts.entry(code).or_default() += 1);
    }
    let row = |(code, count)| Row {
        href: String::new(),
        name: country_name(frame.language, code),
        count,
        share: 0.0,
        newest: String::new(),
        remark: String::new(),
    };
    let mut rows: Vec<Row> = counts.into_iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

/// A bar of the chart over time.
pub(super) struct Bar {
    pub(super) month: String,
    pub(super) href: String,
    /// Its left edge, top and height in the drawing.
    pub(super) x: usize,
    pub(super) y: f64,
    pub(super) height: f64,
    /// What stands below it: the year, where one begins.
    pub(super) label: String,
    /// Cases, all and by the classes of the table.
    pub(super) counts: Vec<usize>,
}

/// The chart over time.
pub(super) struct Bars {
    pub(super) bars: Vec<Bar>,
    /// The heads of the table's columns.
    pub(super) classes: Vec<String>,
    pub(super) width: usize,
    /// The largest number.
    pub(super) most: usize,
    pub(super) alt: String,
}

/// How high the largest bar is, and how wide one is with its gap.
pub(super) const HEIGHT: f64 = 150.0;
const STEP: usize = 26;

/// Cases by month: the newest months that have any, without a gap.
pub(super) fn bars(frame: &Frame<'_>) -> Bars {
    let site = frame.site;
    let mut months: BTreeMap<(i32, u32), Vec<Class>> = BTreeMap::new();
    for group in site.arranged.groups(GroupKind::Month) {
        let Some(month) = month(&group.id) else { continue };
        months.insert(month, group.members.iter().map(|at| site.entries[*at].publication.class).collect());
    }
    let mut classes: Vec<Class> = months.values().flatten().copied().collect();
    classes.sort_unstable();
    classes.dedup();
    let drawn = span(months.keys().next().copied(), months.keys().next_back().copied());
    let most = drawn.iter().filter_map(|month| months.get(month)).map(Vec::len).max().unwrap_or(0);
    let bars = drawn.iter().enumerate().map(|(at, (year, number))| {
        let cases = months.get(&(*year, *number)).map_or(&[][..], Vec::as_slice);
        let height = if most == 0 { 0.0 } else { cases.len() as f64 * HEIGHT / most as f64 };
        let id = format!("{year:04}-{number:02}");
        let by_class = classes.iter().map(|class| cases.iter().filter(|its| *its == class).count());
        Bar {
            href: if cases.is_empty() { String::new() } else { frame.to(&format!("months/{id}/")) },
            month: id,
            x: at * STEP,
            y: HEIGHT - height,
            height,
            label: if *number == 1 || at == 0 && (2..=8).contains(number) {
                format!("{year:04}-{number:02}")
            } else {
                String::new()
            },
            counts: std::iter::once(cases.len()).chain(by_class).collect(),
        }
    });
    Bars {
        bars: bars.collect(),
        classes: classes.iter().map(|class| name(frame.language, class.name()).to_owned()).collect(),
        width: (drawn.len() * STEP).max(STEP * 12),
        most,
        alt: frame.words.chart_alt.replace("{what}", frame.words.by_month),
    }
}

fn month(id: &str) -> Option<(i32, u32)> {
    let (year, month) = id.split_once('-')?;
    Some((year.parse().ok()?, month.parse().ok()?))
}

/// The newest months up to the last, not before the first.
fn span(first: Option<(i32, u32)>, last: Option<(i32, u32)>) -> Vec<(i32, u32)> {
    let (Some(first), Some((mut year, mut month))) = (first, last) else { return Vec::new() };
    let mut months = Vec::new();
    while months.len() < MONTHS && (year, month) >= first {
        months.push((year, month));
        (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    }
    months.reverse();
    months
}
