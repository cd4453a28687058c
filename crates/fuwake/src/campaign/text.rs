//! Groups for a terminal; subjects and senders come masked and defanged.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Write};

use fuwake_core::case::Language;
use fuwake_core::publish::{self, plain};

use super::group::{Bond, Group};

/// Subjects, senders and bonds of a group that are told.
const MOST_TOLD: usize = 5;

/// The groups of at least `least` mails.
pub(super) fn write(groups: &[Group], mails: usize, least: usize, language: Language) -> String {
    let mut text = match language {
        Language::Ja => format!("メール {mails} 通、{} グループ\n", groups.len()),
        Language::En => format!("{mails} mails in {} groups\n", groups.len()),
    };
    for group in groups.iter().filter(|group| group.mails >= least) {
        one(&mut text, group, language);
    }
    text
}

fn one(text: &mut String, group: &Group, language: Language) {
    let say = |ja, en| language.pick(ja, en);
    let classes: BTreeMap<String, usize> = group
        .classes
        .iter()
        .map(|(class, count)| (publish::name(language, class).to_owned(), *count))
        .collect();
    let _ = match language {
        Language::Ja => writeln!(text, "\n{}  {} 通  {}", group.id, group.mails, counted(&classes)),
        Language::En => writeln!(text, "\n{}  {} mails  {}", group.id, group.mails, counted(&classes)),
    };
    line(text, say("ブランド", "brands"), &counted(&group.brands));
    if let (Some(first), Some(last)) = (&group.first, &group.last) {
        line(text, say("日付", "dates"), &format!("{first} – {last}"));
    }
    listed(text, say("件名", "subjects"), &group.subjects);
    listed(text, say("差出人", "senders"), &group.senders);
    // Two mails that are most like each other say it once.
    let said = |at: usize, bond: &Bond| {
        group.because[..at].iter().any(|other| other.path == bond.like && other.like == bond.path)
    };
    let bonds = group.because.iter().enumerate().filter(|(at, bond)| !said(*at, bond));
    for (_, bond) in bonds.take(MOST_TOLD) {
        line(text, say("根拠", "because"), &why(bond, language));
    }
}

fn counted(counts: &BTreeMap<String, usize>) -> String {
    let counts: Vec<String> = counts.iter().map(|(name, count)| format!("{} {count}", plain(name))).collect();
    counts.join(", ")
}

fn listed(text: &mut String, title: &str, values: &BTreeSet<String>) {
    for value in values.iter().filter(|value| !value.is_empty()).take(MOST_TOLD) {
        line(text, title, value);
    }
    if values.len() > MOST_TOLD {
        line(text, title, &format!("… +{}", values.len() - MOST_TOLD));
    }
}

fn line(text: &mut String, title: &str, value: &impl Display) {
    let value = value.to_string();
    if !value.is_empty() {
        let _ = writeln!(text, "  {title}: {value}");
    }
}

/// What ties a mail to the one that it is most like, and what differs.
fn why(bond: &Bond, language: Language) -> String {
    let say = |ja, en| language.pick(ja, en);
    let likeness = &bond.likeness;
    let mut reasons = vec![format!("{} {:.0} %", say("文面の一致", "same text"), likeness.text * 100.0)];
    if bond.other_brand {
        reasons.push(say("ブランドは別", "another brand").to_owned());
    }
    match likeness.links {
        Some(1.0) => reasons.push(say("リンクの形が同じ", "same link shape").to_owned()),
        Some(share) if share > 0.0 => {
            reasons.push(format!("{} {:.0} %", say("リンクの形の一致", "link shapes shared"), share * 100.0));
        }
        Some(_) => reasons.push(say("リンクの形は別", "other link shape").to_owned()),
        None => {}
    }
    if likeness.header_differs.is_empty() {
        reasons.push(say("ヘッダーの形が同じ", "same header shape").to_owned());
    } else {
        let differs = likeness.header_differs.join(", ");
        reasons.push(format!("{} ({differs})", say("ヘッダーの形に違い", "header differs")));
    }
    format!("{} ~ {}: {}", plain(&bond.path), plain(&bond.like), reasons.join(say("、", ", ")))
}
