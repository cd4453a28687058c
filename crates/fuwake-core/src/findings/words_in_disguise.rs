//! Words of the text spelt so that a program does not read what a person reads: Cyrillic or Greek letters inside Latin words
//! (UTS #39), invisible characters between the letters of a word. Several such words are no accident. Soft hyphens and joiners
//! are everyday typesetting and do not count, nor do words that are wholly of another script.

use super::{Scene, Sign};
use crate::fold::confusable;
use crate::span::Span;

/// How many words in disguise are no accident.
const ENOUGH: usize = 3;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let text = scene.mail.own_text();
    if !may_be_disguised(text.as_bytes()) || scene.mail.list.is_reply || scene.is_list_mail() {
        return None;
    }
    let places: Vec<Span> =
        words(text).filter(|(word, _)| is_disguised(word)).take(8).map(|at| at.1).collect();
    let first = *places.first().filter(|_| places.len() >= ENOUGH)?;
    let word: String = text.chars().skip(first.start).take(first.end - first.start).collect();
    let because = places.iter().map(|&place| scene.in_text(place));
    Some(Sign::at_all(because).with("word", word))
}

/// Whether there is a Greek or Cyrillic letter, U+0380 to U+04FF, or a character of no width (U+200B, U+206x, U+FEFF) at all.
fn may_be_disguised(text: &[u8]) -> bool {
    let holds = |mark: &[u8]| memchr::memmem::find(text, mark).is_some();
    text.iter().any(|byte| matches!(byte, 0xCE..=0xD3))
        || holds(b"\xE2\x80\x8B")
        || holds(b"\xE2\x81")
        || holds(b"\xEF\xBB\xBF")
}

/// The words with a letter outside ASCII, and where they stand in code points.
fn words(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let mut at = 0;
    text.split(char::is_whitespace)
        .map(move |word| {
            let start = at;
            at += word.chars().count() + 1;
            (word, Span::new(start, at - 1))
        })
        .filter(|(word, _)| !word.is_ascii() && word.len() < 200)
}

fn is_disguised(word: &str) -> bool {
    hides_a_break(word) || mixes_scripts(word)
}

/// A Latin letter beside a Cyrillic or Greek one that is read as Latin; `µm`, `Δt` and `γ-ray` hold none or another mark between.
fn mixes_scripts(word: &str) -> bool {
    let foreign = |letter: char| matches!(letter, '\u{0391}'..='\u{03C9}' | '\u{0400}'..='\u{04FF}');
    let letters = word.chars().filter(|letter| letter.is_alphabetic());
    let (mut latin, mut posing) = (0, 0);
    for letter in letters {
        latin += usize::from(letter.is_ascii_alphabetic());
        if foreign(letter) {
            let mut written = [0; 4];
            let plain = confusable::plain(letter.encode_utf8(&mut written));
            if !plain.is_some_and(|plain| plain.text.is_ascii()) {
                return false;
            }
            posing += 1;
        }
    }
    posing > 0 && latin > 0 && latin + posing > 3
}

/// A zero-width space, word joiner or byte-order mark between two Latin letters.
fn hides_a_break(word: &str) -> bool {
    let letter = |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphabetic());
    word.char_indices().any(|(at, character)| {
        matches!(character, '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
            && letter(word.get(..at).and_then(|head| head.chars().next_back()))
            && letter(word.get(at + character.len_utf8()..).and_then(|tail| tail.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn disguised(text: &str) -> bool {
        let mail = format!("From: a@example.com\nContent-Type: text/plain; charset=utf-8\n\n{text}\n");
        fires("words-in-disguise", &mail, "")
    }

    #[test]
    fn letters_that_only_look_latin() {
        assert!(disguised("Y\u{43E}ur w\u{430}llet was l\u{43E}cked, c\u{43E}nfirm it"));
        assert!(disguised("Y\u{200B}our ac\u{200B}count is lo\u{200B}cked"));
    }

    #[test]
    fn everyday_writing() {
        assert!(!disguised("Привет, Иван, как дела сегодня? Καλημέρα σας, κύριε"));
        assert!(!disguised("5 \u{3BC}m, \u{394}t and \u{3B3}-rays, the \u{3A9}-conotoxin of 20 k\u{3A9}"));
        assert!(!disguised("Sil\u{AD}ben\u{AD}tren\u{AD}nung im News\u{AD}let\u{AD}ter"));
        assert!(!disguised("one w\u{43E}rd only"));
    }
}
