//! Names and phrases, sought in folded text in one pass each.

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

use super::schema::Data;
use crate::fold::{Folded, fold, is_katakana};
use crate::span::Span;

/// The farthest that the pieces of a phrase (`…`) may stand apart, in bytes of folded text: 40 Japanese characters.
const GAP: usize = 120;
/// Names of one text that are told; nobody reads more.
const MOST_NAMES: usize = 2_000;

/// The automata.
#[derive(Debug)]
pub struct Lexicon {
    names: AhoCorasick,
    name_entries: Vec<NameEntry>,
    pieces: AhoCorasick,
    piece_entries: Vec<PieceEntry>,
    phrases: Vec<PhraseEntry>,
}

#[derive(Clone, Copy, Debug)]
struct NameEntry {
    brand: usize,
    form: NameForm,
}

/// How a brand's name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameForm {
    /// As people write it.
    Usual,
    /// An everyday word too.
    Short,
    /// As only impostors write it.
    Misspelt,
}

/// A brand's name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameHit {
    /// Index in [`Knowledge::brands`](super::Knowledge::brands).
    pub brand: usize,
    /// How it is written.
    pub form: NameForm,
    /// Where, in code points of the original text.
    pub span: Span,
    /// Where, in bytes of the folded text.
    pub folded: Span,
    /// It is the whole text.
    pub whole: bool,
}

/// A phrase in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseHit {
    /// Index in [`Knowledge::phrases`](super::Knowledge::phrases).
    pub file: usize,
    /// Index of the phrase in its file, hints counted on behind the phrases.
    pub phrase: usize,
    /// It counts only together with another one of its file.
    pub hint: bool,
    /// Where, in code points of the original text.
    pub span: Span,
}

#[derive(Clone, Copy, Debug)]
struct PieceEntry {
    phrase: usize,
    /// Which piece of the phrase.
    index: usize,
}

#[derive(Clone, Copy, Debug)]
struct PhraseEntry {
    file: usize,
    number: usize,
    hint: bool,
    pieces: usize,
}

impl Lexicon {
    pub(super) fn new(data: &Data) -> Result<Self, BuildError> {
        let (names, name_entries) = name_patterns(data);
        let (pieces, piece_entries, phrases) = phrase_patterns(data);
        Ok(Self {
            names: automaton(&names, MatchKind::LeftmostLongest)?,
            name_entries,
            pieces: automaton(&pieces, MatchKind::Standard)?,
            piece_entries,
            phrases,
        })
    }

    /// The first brand names in a text, left to right; of names at the same place the longest.
    #[must_use]
    pub fn names(&self, text: &Folded) -> Vec<NameHit> {
        let folded = text.text.as_str();
        let hits = self.names.find_iter(folded).filter(|hit| stands_alone(folded, hit.start(), hit.end()));
        hits.take(MOST_NAMES)
            .map(|hit| {
                let entry = self.name_entries[hit.pattern().as_usize()];
                let span = text.original(hit.start(), hit.end());
                NameHit {
                    brand: entry.brand,
                    form: entry.form,
                    span,
                    folded: Span::new(hit.start(), hit.end()),
                    whole: hit.len() == folded.len(),
                }
            })
            .collect()
    }

    /// Phrases in a text, each once, by file and number.
    #[must_use]
    pub fn phrases(&self, text: &Folded) -> Vec<PhraseHit> {
        let folded = text.text.as_str();
        // For each piece met so far where its phrase began and where the piece ended; a phrase's pieces are neighbours.
        let mut met: Vec<Option<(usize, usize)>> = vec![None; self.piece_entries.len()];
        let mut found = vec![false; self.phrases.len()];
        let mut hits: Vec<PhraseHit> = Vec::new();
        for hit in self.pieces.find_overlapping_iter(folded) {
            let piece = hit.pattern().as_usize();
            let PieceEntry { phrase, index } = self.piece_entries[piece];
            if found[phrase] || !words_end(folded, hit.start(), hit.end()) {
                continue;
            }
            let start = match piece.checked_sub(1).filter(|_| index > 0).map(|before| met[before]) {
                None => hit.start(),
                Some(Some((start, end))) if end <= hit.start() && hit.start() - end <= GAP => start,
                Some(_) => continue,
            };
            let entry = self.phrases[phrase];
            if index + 1 == entry.pieces {
                let span = text.original(start, hit.end());
                hits.push(PhraseHit { file: entry.file, phrase: entry.number, hint: entry.hint, span });
                found[phrase] = true;
            } else {
                met[piece] = Some((start, hit.end()));
            }
        }
        hits.sort_by_key(|hit| (hit.file, hit.phrase));
        hits
    }
}

fn automaton(patterns: &[String], kind: MatchKind) -> Result<AhoCorasick, BuildError> {
    // Deep enough that the first Japanese character, three bytes, is followed by table.
    AhoCorasick::builder()
        .match_kind(kind)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .dense_depth(3)
        .build(patterns)
}

fn name_patterns(data: &Data) -> (Vec<String>, Vec<NameEntry>) {
    let mut patterns = Vec::new();
    let mut entries = Vec::new();
    for (brand, entry) in data.brands.iter().enumerate() {
        let usual = entry.names.iter().map(|name| (name, NameForm::Usual));
        let short = entry.short_names.iter().map(|name| (name, NameForm::Short));
        let misspelt = entry.misspellings.iter().map(|name| (name, NameForm::Misspelt));
        for (name, form) in usual.chain(short).chain(misspelt) {
            patterns.push(fold(name).text);
            entries.push(NameEntry { brand, form });
        }
    }
    (patterns, entries)
}

fn phrase_patterns(data: &Data) -> (Vec<String>, Vec<PieceEntry>, Vec<PhraseEntry>) {
    let mut patterns = Vec::new();
    let mut entries = Vec::new();
    let mut phrases = Vec::new();
    for (file, topic) in data.phrases.iter().enumerate() {
        for (number, text) in topic.phrases.iter().chain(&topic.hints).enumerate() {
            let pieces: Vec<String> =
                text.split('…').map(|piece| fold(piece).text).filter(|piece| !piece.is_empty()).collect();
            for (index, piece) in pieces.iter().enumerate() {
                patterns.push(piece.clone());
                entries.push(PieceEntry { phrase: phrases.len(), index });
            }
            phrases.push(PhraseEntry {
                file,
                number,
                hint: number >= topic.phrases.len(),
                pieces: pieces.len(),
            });
        }
    }
    (patterns, entries, phrases)
}

/// A name stands alone: Latin letters do not run on, nor does katakana, and what follows makes no host name or address of it.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    words_end(text, start, end) && {
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        let after = text.get(end..).and_then(|tail| tail.chars().next());
        let katakana = |inner: Option<char>, outer: Option<char>| {
            inner.is_some_and(is_katakana) && outer.is_some_and(is_katakana)
        };
        let inside = text.get(start..end).unwrap_or_default();
        !katakana(inside.chars().next(), before)
            && !katakana(inside.chars().next_back(), after)
            && before != Some('@')
    }
}

/// ASCII letters and digits at either end do not run on.
fn words_end(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let runs_on = |inner: usize, outer: Option<usize>| word(inner) && outer.is_some_and(word);
    !(runs_on(start, start.checked_sub(1)) || end > start && runs_on(end - 1, Some(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::schema::{Brand, PhraseFile};

    fn lexicon() -> Lexicon {
        let brand = |names: &[&str], short: &[&str]| Brand {
            id: String::new(),
            name: Default::default(),
            sector: String::new(),
            country: String::new(),
            names: names.iter().map(ToString::to_string).collect(),
            short_names: short.iter().map(ToString::to_string).collect(),
            misspellings: Vec::new(),
            domains: Vec::new(),
            sender_domains: Vec::new(),
            link_domains: Vec::new(),
            services: Vec::new(),
            sources: Vec::new(),
            unverified: true,
            note: String::new(),
        };
        let phrases = PhraseFile {
            language: "ja".into(),
            topic: "t".into(),
            finding: "f".into(),
            phrases: vec!["利用…制限".into(), "verify your account".into()],
            hints: vec!["至急".into()],
            note: String::new(),
        };
        let data = Data {
            brands: vec![brand(&["例山カード", "Reiyama"], &["ETC"]), brand(&["例山", "アップル"], &[])],
            phrases: vec![phrases],
            ..Data::default()
        };
        Lexicon::new(&data).expect("few patterns")
    }

    fn brands(text: &str) -> Vec<usize> {
        lexicon().names(&fold(text)).iter().map(|hit| hit.brand).collect()
    }

    #[test]
    fn the_longest_name_wins_and_must_stand_alone() {
        assert_eq!(brands("例山カードと例山"), [0, 1]);
        assert_eq!(brands("REIYAMA reiyamax アップルパイ"), [0]);
        assert_eq!(brands("ＥＴＣ利用照会 fetch"), [0]);
    }

    #[test]
    fn pieces_of_a_phrase_stand_in_order_and_near() {
        let phrases =
            |text: &str| lexicon().phrases(&fold(text)).iter().map(|hit| hit.phrase).collect::<Vec<_>>();
        assert_eq!(phrases("ご利用を一部制限しました"), [0]);
        assert_eq!(phrases("制限なく利用できます"), [] as [usize; 0]);
        assert_eq!(phrases(&format!("利用{}制限", "あ".repeat(60))), [] as [usize; 0]);
        assert_eq!(phrases("至急 Verify  your\naccount"), [1, 2]);
    }

    #[test]
    fn spans_are_those_of_the_original() {
        let text = "まず、ご利用を\n制限";
        assert_eq!(lexicon().phrases(&fold(text))[0].span, Span::new(4, 10));
    }
}
