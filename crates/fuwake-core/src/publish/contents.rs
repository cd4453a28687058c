//! Links, attachments and mails inside.

use std::collections::BTreeSet;

use super::reputation;
use super::writer::Writer;
use crate::case::{Dissection, EXCERPT, LinkRecord};
use crate::evidence::{Act, ActKind, Answer, Contents, Data, Question, Subject};
use crate::mail::link::Source;
use crate::report::{Block, Cell, Fact, Record, Section, Tone};

/// How many links are shown.
const LINKS: usize = 60;
/// How many files of an archive are shown.
const FILES: usize = 40;

/// Where the links lead.
pub(super) fn links(writer: &Writer, mail: &Dissection) -> Section {
    let words = &writer.words.links;
    let links = &mail.mail.links;
    let mut known = BTreeSet::new();
    let different: Vec<&LinkRecord> =
        links.iter().filter(|link| known.insert((shown(link), &link.url, source(link.source)))).collect();
    let mut blocks = Vec::new();
    if different.is_empty() {
        blocks.push(Block::Paragraph(writer.word(words.none)));
    } else {
        let records = different.iter().take(LINKS).map(|link| self::link(writer, mail, link));
        blocks.push(Block::Records(records.collect()));
    }
    if different.len() > LINKS {
        blocks.push(Block::Paragraph(writer.word(words.more)));
    }
    Section { id: "links", title: writer.word(writer.words.sections.links), blocks }
}

/// The text that a link shows.
fn shown(link: &LinkRecord) -> Option<&str> {
    link.text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// Whether a link shows its own target, so that one of the two tells all.
fn shows_target(text: &str, url: &str) -> bool {
    text.trim_end_matches('/') == url.trim_end_matches('/')
}

fn link(writer: &Writer, mail: &Dissection, link: &LinkRecord) -> Record {
    let words = &writer.words.links;
    let target = writer.code(&link.url);
    let (name, target) = match shown(link) {
        Some(text) if shows_target(text, &link.url) => (target, None),
        Some(text) => (writer.prose(text), Some(target)),
        None => (writer.toned(words.nameless, Tone::Faint), Some(target)),
    };
    let mut facts: Vec<Fact> = target.into_iter().map(|target| writer.fact(words.target, target)).collect();
    if let Some(host) = &link.host {
        facts.push(writer.fact(words.host, host_cell(writer, host)));
    }
    let registrable =
        link.registrable_domain.as_deref().filter(|domain| link.host.as_deref() != Some(domain));
    facts.extend(writer.optional(words.registrable, registrable));
    facts.push(writer.fact(words.source, writer.word_cell(writer.words.name(source(link.source)))));
    facts.extend(
        link.wrapper.map(|wrapper| writer.fact(words.wrapper, writer.word_cell(writer.words.name(wrapper)))),
    );
    let wrapping =
        link.wrapped_in.and_then(|at| mail.mail.links.get(at)).map(|wrapping| wrapping.url.as_str());
    facts.extend(writer.optional(words.wrapped_in, wrapping));
    if link.carries_recipient {
        facts.push(writer.fact(words.recipient, writer.toned(words.carries, Tone::Warning)));
    }
    let is_meant = |subject: &Subject| match subject {
        // Asked about without what could name the recipient: a head of the link.
        Subject::Url(asked) => link.url.starts_with(asked.trim_end_matches('/')),
        Subject::Address(_) | Subject::Domain(_) => false,
    };
    facts.extend(reputation::fact(writer, &mail.evidence, None, is_meant));
    Record { name, facts }
}

/// A host, with what it spells where it is written in A-labels (RFC 5891).
fn host_cell(writer: &Writer, host: &str) -> Cell {
    let (unicode, _) = idna::domain_to_unicode(host);
    if unicode == host { writer.code(host) } else { writer.code(&format!("{host} ({unicode})")) }
}

const fn source(source: Source) -> &'static str {
    match source {
        Source::Html => "html",
        Source::Area => "area",
        Source::Form => "form",
        Source::MetaRefresh => "meta-refresh",
        Source::Css => "css",
        Source::Image => "image",
        Source::Svg => "svg",
        Source::Text => "text-link",
        Source::Header => "header",
        Source::Calendar => "calendar",
        Source::HtmlAttachment => "html-attachment",
        Source::Attachment => "attachment-link",
        Source::QrCode => "qr-code",
        Source::Unwrapped => "unwrapped",
    }
}

/// What is attached.
pub(super) fn attachments(writer: &Writer, mail: &Dissection) -> Section {
    let words = &writer.words.attachments;
    let attachments = &mail.mail.attachments;
    let block = if attachments.is_empty() {
        Block::Paragraph(writer.word(words.none))
    } else {
        let records = attachments.iter().take(LINKS).map(|attachment| {
            let name = match &attachment.name {
                Some(name) => Cell { text: writer.name(name), code: true, ..Cell::default() },
                None => writer.toned(words.nameless, Tone::Faint),
            };
            let mut facts: Vec<Fact> = Vec::new();
            facts.extend(writer.optional(words.declared, attachment.media_type.as_deref()));
            facts.extend(writer.optional(words.detected, attachment.detected_type));
            facts.push(
                writer.fact(words.size, writer.word_cell(&format!("{} {}", attachment.size, words.bytes))),
            );
            facts.push(writer.fact("SHA-256", writer.code(&attachment.sha256)));
            if attachment.inline {
                facts.push(writer.fact(words.inline, writer.word_cell(writer.words.yes)));
            }
            facts.extend(listing(writer, mail, &attachment.sha256));
            facts.extend(decoded(writer, mail, &attachment.sha256));
            Record { name, facts }
        });
        Block::Records(records.collect())
    };
    Section { id: "attachments", title: writer.word(writer.words.sections.attachments), blocks: vec![block] }
}

/// What decoders read of a file, or of the files in it, where they could.
fn decoded(writer: &Writer, mail: &Dissection, file: &str) -> Vec<Fact> {
    let mut facts = Vec::new();
    for evidence in mail.evidence.iter().filter(|evidence| evidence.question.blob() == Some(file)) {
        match &evidence.answer {
            Answer::Found { data: Data::FileContents { contents } } => {
                facts.extend(contents_of(writer, None, contents));
                facts.extend(contents.truncated.then(|| partly(writer)));
            }
            Answer::Found { data: Data::ArchiveContents { password, members, truncated } } => {
                // The password itself is the recipient's secret.
                facts.extend(password.as_ref().map(|_| {
                    let yes = writer.toned(writer.words.yes, Tone::Warning);
                    writer.fact(writer.words.attachments.opened_with, yes)
                }));
                let members = members.iter().take(FILES);
                facts.extend(
                    members.flat_map(|member| contents_of(writer, Some(&member.name), &member.contents)),
                );
                facts.extend(truncated.then(|| partly(writer)));
            }
            _ => {}
        }
    }
    facts
}

/// Says that a file was not read to its end.
fn partly(writer: &Writer) -> Fact {
    let words = &writer.words.attachments;
    writer.fact(words.read, writer.toned(words.partly, Tone::Warning))
}

/// The facts about one file; in an archive each carries its name.
fn contents_of(writer: &Writer, member: Option<&str>, contents: &Contents) -> Vec<Fact> {
    let words = &writer.words.attachments;
    let mut facts = Vec::new();
    if let Some(pages) = contents.pages {
        facts.push(writer.fact(words.pages, writer.word_cell(&pages.to_string())));
    }
    if contents.encrypted {
        facts.push(writer.fact(words.locked, writer.toned(writer.words.yes, Tone::Warning)));
    }
    let links: Vec<Cell> = contents.links.iter().take(FILES).map(|link| writer.code(&link.url)).collect();
    let acts: Vec<Cell> = contents.acts.iter().take(FILES).map(|act| self::act(writer, act)).collect();
    for (label, cells) in [(words.leads_to, links), (words.does, acts)] {
        if !cells.is_empty() {
            facts.push(writer.facts(label, cells));
        }
    }
    if !contents.text.is_empty() {
        let head: String = contents.text.chars().take(EXCERPT).collect();
        facts.push(writer.fact(words.says, writer.prose(&head)));
    }
    for (fact, name) in facts.iter_mut().zip(member.into_iter().cycle()) {
        fact.values
            .insert(0, Cell { text: writer.name(name), code: true, tone: Tone::Faint, ..Cell::default() });
    }
    facts
}

fn act(writer: &Writer, act: &Act) -> Cell {
    let kind = match act.kind {
        ActKind::Launch => "launch",
        ActKind::Script => "script",
        ActKind::Macro => "macro",
        ActKind::AutoMacro => "auto-macro",
        ActKind::EmbeddedFile => "embedded-file",
        ActKind::EmbeddedObject => "embedded-object",
        ActKind::PasswordField => "password-field",
        ActKind::HiddenMarkup => "hidden-markup",
        ActKind::SavesFile => "saves-file",
        ActKind::Installs => "installs",
    };
    let name = writer.words.name(kind);
    let detail: String = act.detail.chars().take(EXCERPT).collect();
    let text = if detail.is_empty() { name.to_owned() } else { format!("{name}: {detail}") };
    Cell { tone: Tone::Warning, ..writer.prose(&text) }
}

/// What an archive holds, where that was answered.
fn listing(writer: &Writer, mail: &Dissection, sha256: &str) -> Option<Fact> {
    let words = &writer.words.attachments;
    let answer = mail.evidence.iter().find(|evidence| {
        matches!(&evidence.question, Question::ArchiveListing { sha256: asked } if asked == sha256)
    })?;
    let Answer::Found { data: Data::ArchiveListing { entries, truncated } } = &answer.answer else {
        return None;
    };
    let mut rows: Vec<Cell> = entries
        .iter()
        .take(FILES)
        .map(|entry| {
            let note = if entry.encrypted {
                format!("{} {}, {}", entry.size, words.bytes, words.encrypted)
            } else {
                format!("{} {}", entry.size, words.bytes)
            };
            Cell {
                text: writer.name(&format!("{} ({note})", entry.name)),
                code: true,
                tone: if entry.encrypted { Tone::Warning } else { Tone::Neutral },
                ..Cell::default()
            }
        })
        .collect();
    if *truncated || entries.len() > FILES {
        rows.push(writer.toned(words.truncated, Tone::Faint));
    }
    Some(writer.facts(words.listing, rows))
}

/// The mails inside, each of which has a chapter of its own.
pub(super) fn carried(writer: &Writer, mail: &Dissection) -> Option<Section> {
    if mail.inner.is_empty() {
        return None;
    }
    let words = writer.words;
    let points = mail.inner.iter().take(LINKS).map(|inner| {
        let subject = inner.dissection.mail.subject.as_deref().unwrap_or(words.without_subject);
        let (class, tone) = super::outcome::class(writer, inner.dissection.verdict.class);
        let how = words.name(super::carried_as(inner.carried_as));
        Cell { text: writer.line(&format!("{how}: {subject} → {class}")), tone, ..Cell::default() }
    });
    Some(Section {
        id: "carried",
        title: writer.word(words.sections.carried),
        blocks: vec![Block::List(points.collect())],
    })
}
