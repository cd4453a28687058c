//! What is not known, and what the article is made of.

use super::harm::contacts;
use super::teller::Teller;
use crate::publish::words::article::closing::*;
use crate::report::{Block, Section};

/// Below this a judgement is not firm.
const FIRM: f32 = 0.4;

pub(super) fn unknown(teller: &Teller<'_>) -> Option<Section> {
    let verdict = &teller.mail.verdict;
    let (asked, kinds): (Vec<&String>, Vec<&String>) = verdict
        .not_checked
        .iter()
        .partition(|what| teller.mail.evidence.iter().any(|known| known.id == **what));
    let what: Vec<String> = kinds.iter().map(|what| within(teller.writer.words.name(what))).collect();
    let mut sentences = Vec::new();
    sentences.extend((!what.is_empty()).then(|| {
        let what = what.join(teller.writer.words.comma);
        UNCHECKED.fill(teller.language(), &[("what", &what)])
    }));
    sentences.extend(match asked.len() {
        0 => None,
        1 => Some(teller.tell(FAILED_ONE)),
        count => Some(teller.say(FAILED, &[("count", &count.to_string())])),
    });
    sentences.extend((verdict.confidence < FIRM).then(|| teller.tell(CONFIDENCE_LOW)));
    let blocks: Vec<Block> = teller.paragraph(&sentences).into_iter().collect();
    (!blocks.is_empty()).then(|| super::section("unknown", teller.title(UNKNOWN), blocks))
}

/// A name as it stands within a sentence: without its capital, which abbreviations keep.
fn within(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain([second]).chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// To whom to pass it on, and where it comes from.
pub(super) fn about(teller: &Teller<'_>) -> Section {
    let unwanted = teller.class().is_unwanted();
    let share = if unwanted { SHARE_BAD } else { SHARE_PLAIN };
    let tables = teller.mail.evidence.iter().any(|evidence| evidence.source.contains("dbip"));
    let made = [
        Some(teller.tell(share)),
        unwanted.then(|| teller.tell(BYSTANDERS)),
        Some(teller.tell(MADE)),
        tables.then(|| teller.tell(DBIP)),
    ];
    let made: Vec<String> = made.into_iter().flatten().collect();
    let reports = contacts(teller, "report", REPORT);
    let blocks = teller.paragraph(&made).into_iter().chain(reports).collect();
    super::section("about", teller.title(SHARE), blocks)
}
