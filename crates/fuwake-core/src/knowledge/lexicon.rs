//! Names and phrases, sought in folded text in one pass.

mod patterns;

use std::collections::{HashMap, HashSet};

use daachorse::DoubleArrayAhoCorasick;
use daachorse::errors::DaachorseError;

use super::schema::Data;
use crate::fold::confusable::skeleton_of;
use crate::fold::{Folded, apart, is_katakana};
use crate::span::Span;

pub use patterns::NameForm;
use patterns::{Entry, NameEntry, Patterns, PhraseEntry, PieceEntry};

/// The shipped [`Patterns`] with their automaton, as the build script wrote them.
const EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// The farthest that the pieces of a phrase (`…`) may stand apart, in bytes of folded text: 40 Japanese characters.
const GAP: usize = 120;
/// Names of one text that are told; nobody reads more.
const MOST_NAMES: usize = 2_000;

/// One automaton for all that is sought.
pub struct Lexicon {
    automaton: DoubleArrayAhoCorasick<u32>,
    patterns: Patterns,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Lexicon")
            .field("patterns", &self.patterns.entries.len())
            .finish_non_exhaustive()
    }
}

/// All that was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The first brand names, left to right, apart from each other; of names at the same place the longest.
    pub names: Vec<NameHit>,
    /// Phrases, each once, by file and number, without hints inside a longer wording of the same file.
    pub phrases: Vec<PhraseHit>,
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

impl Lexicon {
    /// What the build script prepared from the shipped data; none where the library was built wrongly.
    pub(super) fn embedded() -> Option<Self> {
        let (patterns, automaton) = postcard::take_from_bytes(EMBEDDED).ok()?;
        let (automaton, _) = DoubleArrayAhoCorasick::deserialize(automaton).ok()?;
        Some(Self { automaton, patterns })
    }

    pub(super) fn new(data: &Data) -> Result<Self, DaachorseError> {
        let (patterns, texts) = Patterns::of(data);
        Ok(Self { automaton: patterns::automaton(&texts)?, patterns })
    }

    /// Names and phrases in a text.
    #[must_use]
    pub fn search(&self, text: &Folded) -> Found {
        let folded = text.text.as_str();
        let mut names = Vec::new();
        let mut pieces = Pieces::new(self);
        for hit in self.automaton.find_overlapping_iter(folded) {
            let (pattern, place) = (hit.value() as usize, Span::new(hit.start(), hit.end()));
            match self.patterns.entries[pattern] {
                Entry::Piece(piece) => pieces.take(pattern, piece, place, folded),
                Entry::Name(name)
                    if names.len() < MOST_NAMES && stands_alone(folded, place.start, place.end) =>
                {
                    names.push((place, name));
                }
                Entry::Name(_) => {}
            }
        }
        Found { names: apart(names, text), phrases: pieces.finish(text) }
    }

    /// Brand names spelt so that a program passes over them: letters apart (`a m a z o n`, `f.e.d.e.x`) or exchanged for others of the
    /// same look (`netf1ix`). For a line, not for a text.
    #[must_use]
    pub fn disguised(&self, line: &Folded) -> Vec<NameHit> {
        let hit = |place: Span, brand| NameHit {
            brand,
            form: NameForm::Usual,
            span: line.original(place.start, place.end),
            folded: place,
            whole: place == Span::new(0, line.text.len()),
        };
        let joined = apart::letters_apart(&line.text).into_iter().filter_map(|(place, word)| {
            let known = self.patterns.looks.get(&skeleton_of(&word))?;
            Some(hit(place, known.1))
        });
        let exchanged = apart::doubtful_words(&line.text).filter_map(|(place, word)| {
            let (name, brand) = self.patterns.looks.get(&skeleton_of(word))?;
            (name != word).then(|| hit(place, *brand))
        });
        joined.chain(exchanged).collect()
    }

    /// Brand names in a text: see [`Found::names`].
    #[must_use]
    pub fn names(&self, text: &Folded) -> Vec<NameHit> {
        self.search(text).names
    }
}

/// Of names that share a place the leftmost, of these the longest.
fn apart(mut names: Vec<(Span, NameEntry)>, text: &Folded) -> Vec<NameHit> {
    names.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    names.retain(|(place, _)| {
        let free = place.start >= end;
        end = if free { place.end } else { end };
        free
    });
    let hit = |(folded, name): (Span, NameEntry)| NameHit {
        brand: name.brand,
        form: name.form,
        span: text.original(folded.start, folded.end),
        folded,
        whole: folded == Span::new(0, text.text.len()),
    };
    names.into_iter().map(hit).collect()
}

/// Phrases, as their pieces come.
struct Pieces<'l> {
    phrases: &'l [PhraseEntry],
    /// For each piece met so far where its phrase began and where the piece ended; a phrase's pieces are neighbours.
    met: HashMap<usize, Span>,
    /// Whole phrases, with their place in the folded text.
    found: Vec<(usize, Span)>,
    /// Those in `found`.
    known: HashSet<usize>,
}

impl<'l> Pieces<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
        Self {
            phrases: &lexicon.patterns.phrases,
            met: HashMap::new(),
            found: Vec::new(),
            known: HashSet::new(),
        }
    }

    fn take(&mut self, pattern: usize, piece: PieceEntry, place: Span, folded: &str) {
        let PieceEntry { phrase, index } = piece;
        if !words_end(folded, place.start, place.end) || self.known.contains(&phrase) {
            return;
        }
        let start = match (index, pattern.checked_sub(1).and_then(|before| self.met.get(&before))) {
            (0, _) => place.start,
            (_, Some(before)) if before.end <= place.start && place.start - before.end <= GAP => before.start,
            _ => return,
        };
        if index + 1 == self.phrases[phrase].pieces {
            self.known.insert(phrase);
            self.found.push((phrase, Span::new(start, place.end)));
        } else {
            self.met.insert(pattern, Span::new(start, place.end));
        }
    }

    fn finish(self, text: &Folded) -> Vec<PhraseHit> {
        let hit = |(phrase, place): (usize, Span)| {
            let entry = self.phrases[phrase];
            let span = text.original(place.start, place.end);
            PhraseHit { file: entry.file, phrase: entry.number, hint: entry.hint, span }
        };
        let mut hits: Vec<PhraseHit> = self.found.into_iter().map(hit).collect();
        hits.sort_by_key(|hit| (hit.file, hit.phrase));
        let of_files = hits.chunk_by(|one, next| one.file == next.file);
        of_files.flat_map(|hits| hits.iter().filter(|hit| !is_part_of_another(hit, hits)).cloned()).collect()
    }
}

/// A hint inside a longer wording of its file says nothing that this does not.
fn is_part_of_another(hit: &PhraseHit, hits: &[PhraseHit]) -> bool {
    let (start, end) = (hit.span.start, hit.span.end);
    hit.hint
        && hits.iter().any(|other| {
            other.span.start <= start
                && end <= other.span.end
                && other.span.end - other.span.start > end - start
        })
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
    use crate::fold::fold;
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
            redirectors: Vec::new(),
            logins: Vec::new(),
            official_suffixes: Vec::new(),
            services: Vec::new(),
            group: String::new(),
            never: Vec::new(),
            sources: Vec::new(),
            unverified: true,
            self_hosted: false,
            note: String::new(),
            origin: None,
        };
        let phrases = PhraseFile {
            language: "ja".into(),
            topic: "t".into(),
            finding: "f".into(),
            phrases: vec!["利用…制限".into(), "verify your account".into()],
            hints: vec!["至急".into(), "大至急".into()],
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
        let phrases = |text: &str| {
            lexicon().search(&fold(text)).phrases.iter().map(|hit| hit.phrase).collect::<Vec<_>>()
        };
        assert_eq!(phrases("ご利用を一部制限しました"), [0]);
        assert_eq!(phrases("制限なく利用できます"), [] as [usize; 0]);
        assert_eq!(phrases(&format!("利用{}制限", "あ".repeat(60))), [] as [usize; 0]);
        assert_eq!(phrases("至急 Verify  your\naccount"), [1, 2]);
    }

    #[test]
    fn a_hint_inside_a_longer_one_is_not_told() {
        let phrases = |text: &str| lexicon().search(&fold(text)).phrases.len();
        assert_eq!(phrases("大至急"), 1);
        assert_eq!(phrases("大変です、至急"), 1);
    }

    #[test]
    fn spans_are_those_of_the_original() {
        let text = "まず、ご利用を\n制限";
        assert_eq!(lexicon().search(&fold(text)).phrases[0].span, Span::new(4, 10));
    }
}
