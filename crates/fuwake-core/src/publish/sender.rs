//! Who the mail says it is from, and what servers recorded about that.

use super::authenticity;
use super::writer::Writer;
use crate::case::{Dissection, Identity};
use crate::report::{Block, Cell, Fact, Section, Table, Tone};

/// How many rows of a kind are shown.
const ROWS: usize = 30;

/// The trio and its kin, side by side.
pub(super) fn section(writer: &Writer, mail: &Dissection) -> Section {
    let words = &writer.words.identities;
    let identities = &mail.mail.identities;
    let block = if identities.is_empty() {
        Block::Paragraph(writer.word(words.absent))
    } else {
        let heads = [words.field, words.value, words.owner, words.agrees, words.written_by, words.forgeable];
        Block::Table(Table {
            caption: writer.word(words.caption),
            columns: heads.iter().map(|head| writer.word(head)).collect(),
            rows: identities.iter().map(|identity| row(writer, identity)).collect(),
        })
    };
    Section { id: "sender", title: writer.word(writer.words.sections.sender), blocks: vec![block] }
}

fn row(writer: &Writer, identity: &Identity) -> Vec<Cell> {
    let words = &writer.words.identities;
    let agrees = match identity.agrees {
        _ if identity.field == "from" => writer.toned(words.reference, Tone::Faint),
        Some(true) => writer.toned(words.does_agree, Tone::Good),
        Some(false) => writer.toned(words.differs, Tone::Warning),
        None => writer.toned(writer.words.unknown, Tone::Faint),
    };
    let written_by = match identity.written_by {
        "receiver" => words.by_receiver,
        "relay" => words.by_relay,
        _ => words.by_sender,
    };
    let value = match &identity.domain {
        Some(domain) if identity.field == "received" => format!("{domain} [{}]", identity.value),
        _ => identity.value.clone(),
    };
    vec![
        writer.word_cell(writer.words.name(identity.field)),
        writer.code(&value),
        match &identity.owner_name {
            Some(owner) => writer.prose(owner),
            None => writer.toned(writer.words.unknown, Tone::Faint),
        },
        agrees,
        writer.word_cell(written_by),
        if identity.forgeable {
            writer.toned(words.can_forge, Tone::Warning)
        } else {
            writer.toned(words.cannot_forge, Tone::Good)
        },
    ]
}

/// Results, signatures and the notes of filters.
pub(super) fn authentication(writer: &Writer, mail: &Dissection) -> Section {
    let words = &writer.words.authentication;
    let mut blocks = vec![results(writer, mail)];
    blocks.extend(authenticity::blocks(writer, mail));
    let mut facts: Vec<Fact> = Vec::new();
    let signatures = mail.mail.authentication.signatures.iter().take(ROWS);
    let signatures: Vec<Cell> = signatures
        .map(|signature| {
            let part =
                |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name}={value}"));
            let tags = [
                part("d", &signature.domain),
                part("s", &signature.selector),
                part("a", &signature.algorithm),
            ];
            writer.code(&tags.into_iter().flatten().collect::<Vec<_>>().join("; "))
        })
        .collect();
    // Signatures that were verified are told of above.
    if !signatures.is_empty() && !authenticity::is_known(mail) {
        facts.push(writer.facts(words.signatures, signatures));
    }
    let stamps: Vec<Cell> = mail
        .mail
        .filter_stamps
        .iter()
        .take(ROWS)
        .map(|stamp| Cell {
            tone: match stamp.unwanted {
                Some(true) => Tone::Bad,
                Some(false) => Tone::Good,
                None => Tone::Neutral,
            },
            ..writer.code(&format!("{}: {}={}", stamp.field, stamp.key, stamp.value))
        })
        .collect();
    if !stamps.is_empty() {
        facts.push(writer.facts(words.stamps, stamps));
    }
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    Section { id: "authentication", title: writer.word(writer.words.sections.authentication), blocks }
}

fn results(writer: &Writer, mail: &Dissection) -> Block {
    let words = &writer.words.authentication;
    let results = &mail.mail.authentication.results;
    if results.is_empty() {
        return Block::Paragraph(writer.word(words.no_results));
    }
    let rows = results.iter().take(ROWS).map(|result| {
        let tone = match (result.trusted, result.result.as_str()) {
            (false, _) => Tone::Faint,
            (_, "pass") => Tone::Good,
            (_, "fail" | "softfail" | "permerror") => Tone::Bad,
            _ => Tone::Neutral,
        };
        let optional =
            |value: &Option<String>| value.as_deref().map_or_else(Cell::default, |value| writer.code(value));
        let believed =
            if result.trusted { (words.trusted, Tone::Good) } else { (words.untrusted, Tone::Warning) };
        vec![
            writer.prose(&result.method.to_uppercase()),
            Cell { tone, ..writer.prose(writer.words.name(&result.result)) },
            optional(&result.domain),
            optional(&result.authserv_id),
            writer.toned(believed.0, believed.1),
        ]
    });
    let heads = [words.method, words.result, words.domain, words.said_by, words.believed];
    Block::Table(Table {
        caption: writer.word(words.caption),
        columns: heads.iter().map(|head| writer.word(head)).collect(),
        rows: rows.collect(),
    })
}
