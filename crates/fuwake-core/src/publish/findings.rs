//! Findings: what speaks against the mail, what speaks for it, what is only good to know, and the wording.

use super::writer::Writer;
use crate::case::{Dissection, EXCERPT, FindingRecord, Ground};
use crate::report::{Block, Cell, Fact, FindingCard, Section, Table, Tone};
use crate::span::Because;

/// The weight that fills a bar.
const HEAVY: f32 = 4.0;
/// How many places a finding shows.
const GROUNDS: usize = 3;

/// On which side a finding stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Against,
    Favour,
    /// Without weight: for the reader's information.
    Neither,
}

impl Side {
    fn of(finding: &FindingRecord) -> Self {
        match finding.weight {
            weight if weight > 0.0 => Self::Against,
            weight if weight < 0.0 => Self::Favour,
            _ => Self::Neither,
        }
    }
}

/// The findings of a mail and their numbers: those against it first, then those for it, the heaviest first.
pub(super) fn numbered(mail: &Dissection) -> Vec<(usize, &FindingRecord)> {
    let mut findings: Vec<&FindingRecord> = mail.findings.iter().collect();
    findings.sort_by(|a, b| {
        Side::of(a)
            .cmp(&Side::of(b))
            .then(b.weight.abs().total_cmp(&a.weight.abs()))
            .then_with(|| a.id.cmp(&b.id))
    });
    findings.into_iter().enumerate().map(|(at, finding)| (at + 1, finding)).collect()
}

/// Why, what speaks for the mail, and where there is something, what is good to know.
pub(super) fn sections(
    writer: &Writer,
    mail: &Dissection,
    numbered: &[(usize, &FindingRecord)],
) -> Vec<Section> {
    let words = writer.words;
    let cards = |side: Side| -> Vec<FindingCard> {
        let those = numbered.iter().filter(|(_, finding)| Side::of(finding) == side);
        those.map(|(number, finding)| card(writer, mail, *number, finding)).collect()
    };
    let section = |id, title, cards: Vec<FindingCard>, nothing| {
        let block =
            if cards.is_empty() { Block::Paragraph(writer.word(nothing)) } else { Block::Findings(cards) };
        Section { id, title: writer.word(title), blocks: vec![block] }
    };
    let (titles, nothing) = (&words.sections, &words.findings);
    let mut sections = vec![
        section("findings", titles.against, cards(Side::Against), nothing.nothing_against),
        section("counter-evidence", titles.in_favour, cards(Side::Favour), nothing.nothing_in_favour),
    ];
    let notes = cards(Side::Neither);
    if !notes.is_empty() {
        sections.push(section("notes", titles.notes, notes, ""));
    }
    sections
}

/// What the text says: the findings by wording.
pub(super) fn wording(writer: &Writer, mail: &Dissection, numbered: &[(usize, &FindingRecord)]) -> Section {
    let found: Vec<Fact> = numbered
        .iter()
        .filter(|(_, finding)| finding.group == "wording")
        .map(|(number, finding)| Fact {
            label: writer.line(&format!("[{number}] {}", finding.title)),
            values: quotes(writer, mail, finding),
        })
        .collect();
    let block = if found.is_empty() {
        Block::Paragraph(writer.word(writer.words.findings.no_wording))
    } else {
        Block::Facts(found)
    };
    Section { id: "wording", title: writer.word(writer.words.sections.wording), blocks: vec![block] }
}

fn quotes(writer: &Writer, mail: &Dissection, finding: &FindingRecord) -> Vec<Cell> {
    grounds(writer, mail, finding).into_iter().flat_map(|ground| ground.values).collect()
}

fn card(writer: &Writer, mail: &Dissection, number: usize, finding: &FindingRecord) -> FindingCard {
    let words = writer.words;
    let tone = match finding.weight {
        weight if weight < 0.0 => Tone::Good,
        weight if weight >= 1.5 => Tone::Bad,
        weight if weight > 0.0 => Tone::Warning,
        _ => Tone::Faint,
    };
    let references: Vec<Cell> = finding
        .references
        .iter()
        .map(|reference| Cell {
            text: writer.word(&super::plain(reference)),
            tone: Tone::Faint,
            link: true,
            ..Cell::default()
        })
        .collect();
    FindingCard {
        number,
        title: writer.line(&finding.title),
        explanation: writer.line(&finding.explanation),
        group: writer.word(words.name(&finding.group)),
        share: (Side::of(finding) != Side::Neither).then(|| share(writer, finding)),
        strength: (finding.weight.abs() / HEAVY).min(1.0),
        tone,
        grounds: grounds(writer, mail, finding),
        references: (!references.is_empty()).then(|| writer.facts(words.findings.references, references)),
        id: finding.id.clone(),
    }
}

/// What a finding adds to the score, and where its group's cap takes something off, what it weighs alone.
fn share(writer: &Writer, finding: &FindingRecord) -> Fact {
    let words = &writer.words.findings;
    let (share, weight) = (format!("{:+.1}", finding.share), format!("{:+.1}", finding.weight));
    let text = if share == weight { share } else { format!("{share} ({} {weight})", words.alone) };
    writer.fact(words.share, writer.word_cell(&text))
}

/// How the score comes about: the starting point, what each group of findings adds, and the sum.
pub(super) fn sum(writer: &Writer, mail: &Dissection) -> Section {
    let (words, verdict) = (writer.words, &mail.verdict);
    let row = |name: &str, odds: f32| {
        let tone = if odds > 0.0 { Tone::Warning } else { Tone::Neutral };
        vec![writer.word_cell(name), Cell { tone, ..writer.word_cell(&format!("{odds:+.1}")) }]
    };
    let mut rows = vec![row(words.findings.prior, verdict.prior)];
    rows.extend(verdict.groups.iter().map(|(group, odds)| row(words.name(group), *odds)));
    let odds = verdict.prior + verdict.groups.values().sum::<f32>();
    rows.push(row(words.findings.sum, odds));
    let table = Table {
        caption: writer.word(words.findings.sum_caption),
        columns: vec![writer.word(words.findings.group), writer.word(words.findings.log_odds)],
        rows,
    };
    Section { id: "score", title: writer.word(words.sections.score), blocks: vec![Block::Table(table)] }
}

/// Places with something to show, without repetitions.
fn grounds(writer: &Writer, mail: &Dissection, finding: &FindingRecord) -> Vec<Fact> {
    let mut grounds: Vec<Fact> = Vec::new();
    for ground in &finding.because {
        let fact = ground_fact(writer, mail, ground);
        if let Some(fact) = fact.filter(|fact| !grounds.iter().any(|known| known.values == fact.values)) {
            grounds.push(fact);
        }
        if grounds.len() == GROUNDS {
            break;
        }
    }
    grounds
}

fn ground_fact(writer: &Writer, mail: &Dissection, ground: &Ground) -> Option<Fact> {
    let words = &writer.words.findings;
    let is_read = |word: &&str| !is_encoded(word);
    let mut excerpt = ground.excerpt.split_whitespace().filter(is_read).collect::<Vec<_>>().join(" ");
    if ground.excerpt.chars().count() >= EXCERPT {
        excerpt.push('…');
    }
    let (place, cell) = match &ground.because {
        Because::Bytes { bytes } => {
            let place = if bytes.start < mail.mail.header_size { words.in_header } else { words.in_body };
            (place, writer.code(&excerpt))
        }
        Because::Text { .. } => (words.in_text, writer.code(&excerpt)),
        Because::Evidence { evidence: id } => {
            let asked = mail.evidence.iter().find(|evidence| evidence.id == *id);
            let question = asked.map(|evidence| super::outcome::question(writer, mail, evidence));
            (words.in_evidence, question.unwrap_or_else(|| writer.code(id)))
        }
    };
    (!cell.text.is_empty()).then(|| writer.fact(place, cell))
}
/// A line of base64 (RFC 2045 section 6.8): nobody reads it, and where it is cut off nobody can tell whom it names.
fn is_encoded(word: &str) -> bool {
    const LINE: usize = 40;
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    word.len() >= LINE && word.bytes().all(is_base64)
}
