//! The report on one name, address or link.

use super::by_hand;
use super::hosts;
use super::landing;
use super::outcome;
use super::writer::Writer;
use crate::case::{HostRecord, Language, Lookup};
use crate::evidence::{Answer, Evidence, Subject};
use crate::report::{Block, Cell, Chapter, Report, Section};

/// How many questions without an answer are shown.
const ROWS: usize = 60;

/// Writes the report on what is known of a name, an address or a link.
#[must_use]
pub fn publish_lookup(lookup: &Lookup, language: Language) -> Report {
    let writer = Writer::without_mail(language);
    let words = writer.words;
    let hosts = hosts::of(&writer, &lookup.hosts, &lookup.evidence, &[], [None, None]);
    let mut sections: Vec<Section> =
        landing::section_of_link(&writer, lookup).into_iter().chain(hosts).collect();
    sections.push(Section {
        id: "not-checked",
        title: writer.word(words.sections.not_checked),
        blocks: vec![not_checked(&writer, lookup)],
    });
    let subject = |host: &HostRecord| match &host.name {
        Some(name) => Some(Subject::Domain(name.clone())),
        None => host.addresses.first().copied().map(Subject::Address),
    };
    let subjects: Vec<Subject> = lookup.hosts.iter().filter_map(subject).collect();
    sections.extend(by_hand::about(&writer, &subjects));
    let chapter = Chapter {
        anchor: "lookup".to_owned(),
        role: None,
        heading: writer.line(&lookup.input.path),
        verdict: None,
        sections,
    };
    let tool = format!("{} {}", lookup.tool.name, lookup.tool.version);
    Report {
        language,
        title: writer.word(words.sections.hosts),
        chapters: vec![chapter],
        colophon: vec![
            writer.fact(words.rest.tool, writer.word_cell(&tool)),
            writer.fact(words.rest.knowledge, writer.word_cell(&lookup.tool.knowledge)),
        ],
    }
}

fn not_checked(writer: &Writer, lookup: &Lookup) -> Block {
    let open = lookup.evidence.iter().filter(|evidence| lookup.not_checked.contains(&evidence.id));
    let rows: Vec<Cell> = open.take(ROWS).map(|evidence| row(writer, evidence)).collect();
    if rows.is_empty() {
        return Block::Paragraph(writer.word(writer.words.rest.all_checked));
    }
    Block::List(rows)
}

/// What was asked about what, and why there is no answer.
fn row(writer: &Writer, evidence: &Evidence) -> Cell {
    let about = outcome::about(&evidence.question).unwrap_or_default();
    let why = match &evidence.answer {
        Answer::Failed { why } | Answer::NotAsked { why } => writer.words.reason(why),
        Answer::Found { .. } | Answer::Absent { .. } => String::new(),
    };
    let kind = outcome::kind(writer, &evidence.question);
    writer.prose(&format!("{kind} ({about}): {why}"))
}
