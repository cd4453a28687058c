//! A word written with a blank behind every letter inside a sentence (A m a z o n をご利用): programs do not find it, people read it.
//! Silent for headings, which are spaced out for their looks.

use super::scene::japanese::{Line, is_japanese_letter};
use super::{Scene, Sign};
use crate::span::Span;

/// Latin letters in a row that are no initials or choices.
const LATIN: usize = 5;
/// Japanese letters in a row: 合 計 and 日 時 are laid out so.
const JAPANESE: usize = 4;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let (line, spaced) = scene.lines().find_map(|line| Some((line, spaced_out(line)?)))?;
    let word: String =
        line.text.chars().skip(spaced.start - line.start).take(spaced.end - spaced.start).collect();
    Some(Sign::at(scene.in_text(spaced)).with("word", word))
}

/// The first word of a line that is spaced out although other words of it are not.
fn spaced_out(line: Line<'_>) -> Option<Span> {
    if !line.text.contains([' ', '　']) {
        return None;
    }
    let letters: Vec<char> = line.text.chars().collect();
    let is_letter = |at: usize| {
        letters.get(at).is_some_and(|letter| letter.is_ascii_alphabetic() || is_japanese_letter(*letter))
    };
    let alone = |at: usize| is_letter(at) && letters.get(at + 1).is_none_or(|next| next.is_whitespace());
    let begins = |at: usize| at.checked_sub(1).is_none_or(|before| !is_letter(before));
    let mut sentence = 0;
    let mut found = None;
    let mut at = 0;
    while at < letters.len() {
        let row = (at..letters.len()).step_by(2).take_while(|&at| alone(at)).count();
        let latin = letters[at].is_ascii_alphabetic();
        if begins(at) && row >= (if latin { LATIN } else { JAPANESE }) {
            found = found.or(Some(Span::new(line.start + at, line.start + at + 2 * row - 1)));
            at += 2 * row;
        } else {
            sentence += usize::from(is_japanese_letter(letters[at]) && !alone(at));
            at += 1;
        }
    }
    found.filter(|_| sentence >= 4)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn spaced(text: &str) -> bool {
        fires("letters-spaced-out", &format!("From: a@example.com\nSubject: お知らせです\n\n{text}\n"), "")
    }

    #[test]
    fn in_a_sentence_and_in_a_heading() {
        assert!(spaced("いつも A m a z o n をご利用いただきありがとうございます。"));
        assert!(spaced("お客様の ア カ ウ ン ト を停止しました。"));
        assert!(!spaced("■ お 知 ら せ ■\nいつもご利用いただきありがとうございます。\nN E W S L E T T E R"));
        assert!(!spaced("A B の二つから、日 時 をお選びください。"));
    }
}
