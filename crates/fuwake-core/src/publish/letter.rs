//! The mail as its reader saw it, with marks where findings point.

use super::edit::apply;
use super::moment::moment;
use super::writer::Writer;
use crate::case::{Dissection, FindingRecord, filled};
use crate::report::{Block, Cell, Fact, Letter, Plain, Run, Section, Tone};
use crate::span::{Because, Span};

/// How much of a text is shown, in characters.
const SHOWN: usize = 12_000;
/// How many hidden texts are shown.
const HIDDEN: usize = 6;

/// Subject, sender, date and text.
pub(super) fn section(
    writer: &Writer,
    mail: &Dissection,
    numbered: &[(usize, &FindingRecord)],
    label: Plain,
) -> Section {
    let words = writer.words;
    let mut blocks = vec![Block::Facts(head(writer, mail)), text(writer, mail, numbered, label, SHOWN)];
    let unseen = unseen(writer, mail);
    if !unseen.is_empty() {
        blocks.push(Block::Facts(unseen));
    }
    Section { id: "letter", title: writer.word(words.sections.letter), blocks }
}

/// The text without marks, up to so many characters.
pub(super) fn quoted(writer: &Writer, mail: &Dissection, label: Plain, shown: usize) -> Block {
    text(writer, mail, &[], label, shown)
}

/// What the text is called; in a report on several mails with its number, so that no two are called the same.
pub(super) fn label(writer: &Writer, number: Option<usize>) -> Plain {
    let words = &writer.words.letter;
    let Some(number) = number else { return writer.word(words.text) };
    writer.word(&filled(words.text_of, writer.words.language, |_| number.to_string().into()))
}

/// Subject, senders, date and the like.
pub(super) fn head(writer: &Writer, mail: &Dissection) -> Vec<Fact> {
    let words = &writer.words.letter;
    let mail = &mail.mail;
    let prose = |label, value: &Option<String>| {
        value
            .as_deref()
            .filter(|value| !value.is_empty())
            .map(|value| writer.fact(label, writer.prose(value)))
    };
    let mut facts: Vec<Fact> = Vec::new();
    facts.extend(prose(words.subject, &mail.subject));
    if !mail.subject_stamps.is_empty() {
        facts.push(writer.fact(words.stamps, writer.prose(&mail.subject_stamps.join(" "))));
    }
    let senders: Vec<Cell> = mail
        .from
        .iter()
        .chain(&mail.authors)
        .take(5)
        .map(|author| writer.prose(&writer.mailbox(author)))
        .collect();
    if !senders.is_empty() {
        facts.push(writer.facts(words.from, senders));
    }
    facts.extend(mail.date.as_deref().map(|date| writer.fact(words.date, writer.word_cell(&moment(date)))));
    facts.extend(prose(words.mailer, &mail.mailer));
    let languages: Vec<&str> = mail.languages.iter().map(|tag| writer.words.name(tag)).collect();
    if !languages.is_empty() {
        facts.push(writer.fact(words.languages, writer.word_cell(&languages.join(writer.words.comma))));
    }
    facts
}

/// A marked stretch of the text, in bytes.
struct Mark<'c> {
    start: usize,
    end: usize,
    number: usize,
    title: &'c str,
}

fn text(
    writer: &Writer,
    mail: &Dissection,
    numbered: &[(usize, &FindingRecord)],
    label: Plain,
    shown: usize,
) -> Block {
    let words = &writer.words.letter;
    let whole = mail.mail.text.as_str();
    if whole.trim().is_empty() {
        return Block::Paragraph(writer.word(words.empty));
    }
    let end = whole.char_indices().nth(shown).map_or(whole.len(), |(at, _)| at);
    let text = whole.get(..end).unwrap_or_default();
    let marks = marks(mail, numbered, text);
    // Beyond the cut nobody looks, so the word that it hits could be half an address.
    let end =
        if end < whole.len() { text.trim_end_matches(|c: char| c.is_ascii_graphic()).len() } else { end };
    let edits = writer.edits(text, true);
    let mut edges: Vec<usize> =
        marks.iter().flat_map(|mark| [mark.start.min(end), mark.end.min(end)]).chain([0, end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let runs = edges.windows(2).map(|pair| {
        let covering = marks.iter().filter(|mark| mark.start <= pair[0] && pair[1] <= mark.end);
        Run {
            text: Plain::new(apply(text, &edits, pair[0], pair[1])),
            marks: covering.map(|mark| (mark.number, writer.line(mark.title))).collect(),
        }
    });
    let runs = runs.filter(|run| !run.text.is_empty()).collect();
    let cut = (end < whole.len()).then(|| writer.word(words.cut));
    Block::Letter(Letter { label, runs, cut })
}

/// Where findings point at the displayed text; stretches of one finding that touch are one.
fn marks<'c>(mail: &'c Dissection, numbered: &[(usize, &'c FindingRecord)], text: &str) -> Vec<Mark<'c>> {
    let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut marks: Vec<Mark<'c>> = Vec::new();
    for (number, finding) in numbered {
        let mut spans: Vec<(usize, usize)> = finding
            .because
            .iter()
            .filter_map(|ground| match &ground.because {
                Because::Text { part, text: span } => {
                    let before = part_start(mail, part)?;
                    bytes(&offsets, Span::new(span.start + before, span.end + before))
                }
                _ => None,
            })
            .collect();
        spans.sort_unstable();
        for (start, end) in spans {
            match marks.last_mut().filter(|last| last.number == *number && start <= last.end) {
                Some(last) => last.end = last.end.max(end),
                None => marks.push(Mark { start, end, number: *number, title: &finding.title }),
            }
        }
    }
    marks
}

/// What stands between two displayed parts, in characters.
const SEPARATOR: usize = 2;

/// The character of the displayed text at which a part begins; none where it is not shown.
fn part_start(mail: &Dissection, wanted: &str) -> Option<usize> {
    if let Some(shown) = &mail.mail.text_part {
        return (shown == wanted).then_some(0);
    }
    let mut start = 0;
    for part in mail.mail.parts.iter().filter(|part| part.displayed) {
        if part.part == wanted {
            return Some(start);
        }
        start += part.text.as_ref().map_or(0, |text| text.chars().count()) + SEPARATOR;
    }
    None
}

fn bytes(offsets: &[usize], span: Span) -> Option<(usize, usize)> {
    let start = *offsets.get(span.start)?;
    let end = *offsets.get(span.end.min(offsets.len() - 1))?;
    (start < end).then_some((start, end))
}

/// What the reader did not see.
fn unseen(writer: &Writer, mail: &Dissection) -> Vec<Fact> {
    let words = &writer.words.letter;
    let parts = &mail.mail.parts;
    let mut facts = Vec::new();
    let hidden = parts.iter().flat_map(|part| &part.hidden);
    let hidden: Vec<Cell> = hidden
        .take(HIDDEN)
        .map(|hidden| {
            let by = serde_json::to_value(hidden.by).ok();
            let by = by.as_ref().and_then(|by| by.as_str()).unwrap_or_default();
            let text: String =
                hidden.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
            writer.prose(&format!("{} ({})", text, writer.words.name(by)))
        })
        .collect();
    if !hidden.is_empty() {
        facts.push(writer.facts(words.hidden, hidden));
    }
    let forms: Vec<Cell> = parts
        .iter()
        .flat_map(|part| &part.forms)
        .take(HIDDEN)
        .map(|form| {
            let tone = if form.password { Tone::Bad } else { Tone::Warning };
            Cell { tone, ..writer.code(&format!("{} [{}]", form.action, form.inputs.join(", "))) }
        })
        .collect();
    if !forms.is_empty() {
        facts.push(writer.facts(words.forms, forms));
    }
    let scripts: usize = parts.iter().map(|part| part.scripts).sum();
    let tracking = parts.iter().flat_map(|part| &part.images).filter(|image| image.tracking).count();
    for (label, count) in [(words.scripts, scripts), (words.tracking, tracking)] {
        if count > 0 {
            facts.push(writer.fact(label, writer.word_cell(&count.to_string())));
        }
    }
    facts
}
