//! What is sought, made of the data: by the build script of what is shipped, else at start. An automaton of ten thousand patterns takes
//! longer to build than a mail to judge.

use std::collections::HashMap;

use daachorse::DoubleArrayAhoCorasick;
use daachorse::errors::DaachorseError;
use fuwake_data::schema::Data;
use serde::{Deserialize, Serialize};

use crate::fold::confusable::skeleton_of;
use crate::fold::fold;

/// What the patterns mean; their texts are in the automaton alone.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Patterns {
    /// What each pattern is.
    pub(crate) entries: Vec<Entry>,
    /// The phrases that pieces belong to.
    pub(crate) phrases: Vec<PhraseEntry>,
    /// Names of one word by what they look like, with the word as it is written and its brand.
    pub(crate) looks: HashMap<String, (String, usize)>,
}

/// What a pattern is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Entry {
    /// A brand's name.
    Name(NameEntry),
    /// A phrase, or what stands between its gaps.
    Piece(PieceEntry),
}

/// A brand's name.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct NameEntry {
    /// Index in [`Data::brands`].
    pub(crate) brand: usize,
    /// How it is written.
    pub(crate) form: NameForm,
}

/// How a brand's name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameForm {
    /// As people write it.
    Usual,
    /// An everyday word too.
    Short,
    /// As only impostors write it.
    Misspelt,
}

/// One of the pieces of a phrase, which are neighbours among the patterns.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct PieceEntry {
    /// Index in [`Patterns::phrases`].
    pub(crate) phrase: usize,
    /// Which piece of the phrase.
    pub(crate) index: usize,
}

/// A phrase of a file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct PhraseEntry {
    /// Index in [`Data::phrases`].
    pub(crate) file: usize,
    /// Index in its file, hints counted on behind the phrases.
    pub(crate) number: usize,
    /// It counts only together with another one of its file.
    pub(crate) hint: bool,
    /// Of how many pieces it is made.
    pub(crate) pieces: usize,
}

impl Patterns {
    /// All that is sought, with the folded text of each pattern.
    pub(crate) fn of(data: &Data) -> (Self, Vec<String>) {
        let (mut texts, mut entries) = name_patterns(data);
        let phrases = add_phrase_patterns(data, &mut texts, &mut entries);
        (Self { entries, phrases, looks: looks(data) }, texts)
    }
}

/// The automaton that finds each text by its index.
///
/// # Errors
/// There are too many.
pub(crate) fn automaton(texts: &[String]) -> Result<DoubleArrayAhoCorasick<u32>, DaachorseError> {
    DoubleArrayAhoCorasick::new(texts)
}

/// Names of one Latin word of five letters and more; shorter ones are too near to other words.
fn looks(data: &Data) -> HashMap<String, (String, usize)> {
    let mut looks = HashMap::new();
    for (brand, entry) in data.brands.iter().enumerate() {
        for name in &entry.names {
            let name = fold(name).text;
            if name.len() > 4 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                looks.entry(skeleton_of(&name)).or_insert((name, brand));
            }
        }
    }
    looks
}

fn name_patterns(data: &Data) -> (Vec<String>, Vec<Entry>) {
    let mut patterns = Vec::new();
    let mut entries = Vec::new();
    for (brand, entry) in data.brands.iter().enumerate() {
        let usual = entry.names.iter().map(|name| (name, NameForm::Usual));
        let short = entry.short_names.iter().map(|name| (name, NameForm::Short));
        let misspelt = entry.misspellings.iter().map(|name| (name, NameForm::Misspelt));
        for (name, form) in usual.chain(short).chain(misspelt) {
            patterns.push(fold(name).text);
            entries.push(Entry::Name(NameEntry { brand, form }));
        }
    }
    (patterns, entries)
}

fn add_phrase_patterns(
    data: &Data,
    patterns: &mut Vec<String>,
    entries: &mut Vec<Entry>,
) -> Vec<PhraseEntry> {
    let mut phrases = Vec::new();
    for (file, topic) in data.phrases.iter().enumerate() {
        for (number, text) in topic.phrases.iter().chain(&topic.hints).enumerate() {
            let pieces: Vec<String> =
                text.split('…').map(|piece| fold(piece).text).filter(|piece| !piece.is_empty()).collect();
            let count = pieces.len();
            for (index, piece) in pieces.into_iter().enumerate() {
                patterns.push(piece);
                entries.push(Entry::Piece(PieceEntry { phrase: phrases.len(), index }));
            }
            phrases.push(PhraseEntry { file, number, hint: number >= topic.phrases.len(), pieces: count });
        }
    }
    phrases
}
