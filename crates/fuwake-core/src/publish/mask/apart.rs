//! Addresses and names that are taken apart: letters with blanks in between, an address over lines or cells of a table, its signs in
//! words or brackets.

use super::Mask;
use super::kind::Kind;
use crate::fold::apart::letters_apart;
use crate::fold::is_invisible;
use crate::publish::edit::Edit;
use crate::publish::release::Marks;

/// Signs of an address in words.
const IN_WORDS: [(&str, char); 5] =
    [("アットマーク", '@'), ("アット", '@'), ("ドット", '.'), ("dot", '.'), ("at", '@')];
/// Shorter local parts may be two words.
const LOCAL: usize = 8;
/// What people put around them.
const BRACKETS: &[char] =
    &['[', ']', '(', ')', '{', '}', '<', '>', '（', '）', '［', '］', '＜', '＞', '【', '】'];

impl Mask {
    /// Addresses that are whole once blanks and brackets are left out, and names of single letters.
    pub(super) fn apart(&self, text: &str, marks: &Marks) -> Vec<Edit> {
        let letters = letters_apart(text).into_iter();
        let names = letters.filter(|(_, word)| self.words(word, marks).next().is_some());
        let mut edits: Vec<Edit> =
            names.map(|(span, _)| Edit::new(span.start, span.end, marks.name)).collect();
        if text.contains(is_between) {
            edits.extend(self.addresses_apart(text, marks));
        }
        edits
    }

    fn addresses_apart(&self, text: &str, marks: &Marks) -> Vec<Edit> {
        let (joined, starts) = joined(text);
        let hits = self.words.iter().flat_map(|words| words.find_overlapping_iter(&joined));
        let edits = hits.filter_map(|hit| {
            let kind = self.kinds[hit.pattern().as_usize()];
            let mark = match kind {
                Kind::Address => marks.address,
                Kind::Name if joined.get(hit.range()).is_some_and(is_local) => marks.name,
                _ => return None,
            };
            let (start, last) = (*starts.get(hit.start())?, *starts.get(hit.end() - 1)?);
            let end = last + text.get(last..)?.chars().next()?.len_utf8();
            kind.stands_alone(text, start, end).then(|| Edit::new(start, end, mark))
        });
        edits.collect()
    }
}

/// Whether a name is a local part, of words that a sign ties.
fn is_local(name: &str) -> bool {
    name.len() >= LOCAL && name.bytes().any(|byte| b"._-".contains(&byte))
}

/// What may stand within an address that is not written as one.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || !letter.is_ascii() || BRACKETS.contains(&letter)
}

/// A text without blanks and brackets, in lower case, signs for the words for them; and for each of its bytes the place of its character.
fn joined(text: &str) -> (String, Vec<usize>) {
    let (mut joined, mut starts) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    let mut at = 0;
    while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let begins = matches!(letter, 'a' | 'A' | 'd' | 'D' | 'ア' | 'ド');
        let word = IN_WORDS.iter().find(|(word, _)| begins && is_word(text, at, word));
        let sign = word.map_or(Some(letter), |(_, sign)| Some(*sign)).and_then(plain);
        if let Some(sign) = sign {
            joined.push(sign);
            starts.extend(std::iter::repeat_n(at, sign.len_utf8()));
        }
        at += word.map_or(letter.len_utf8(), |(word, _)| word.len());
    }
    (joined, starts)
}

/// A letter as addresses have it; none for what stands between letters.
fn plain(letter: char) -> Option<char> {
    match letter {
        _ if letter.is_whitespace() || is_invisible(letter) || BRACKETS.contains(&letter) => None,
        '。' | '｡' => Some('.'),
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(letter) - 0xfee0).map(|letter| letter.to_ascii_lowercase())
        }
        _ => Some(letter.to_ascii_lowercase()),
    }
}

/// Whether a word stands by itself at a place.
fn is_word(text: &str, at: usize, word: &str) -> bool {
    let is = |tail: &str| tail.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.get(at..).is_some_and(is)
        && !joins(text.get(..at).and_then(|head| head.chars().next_back()))
        && !joins(text.get(at + word.len()..).and_then(|tail| tail.chars().next()))
}
