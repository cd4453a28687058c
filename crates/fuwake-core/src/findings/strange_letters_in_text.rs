//! Words of the text in mathematical, squared or circled letters, or a Latin name spelt in Greek capitals (ΑΝΑ): people read them, programs do not. Silent for
//! circled figures and for formulas' few letters.

use super::{Scene, Sign};
use crate::fold::confusable::is_ornamental;
use crate::span::Span;

/// Letters in a row that are no formula.
const ENOUGH: usize = 4;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let (line, strange) = scene.lines().find_map(|line| Some((line, strange(line.text)?)))?;
    let word: String = line.text.chars().skip(strange.start).take(strange.end - strange.start).collect();
    let place = Span::new(line.start + strange.start, line.start + strange.end);
    Some(Sign::at(scene.in_text(place)).with("word", word))
}

/// The first run of letters in disguise.
fn strange(text: &str) -> Option<Span> {
    if text.is_ascii() {
        return None;
    }
    let mut start = 0;
    let (mut ornaments, mut capitals, mut others) = (0, 0, 0);
    for (at, letter) in text.chars().chain(['\n']).enumerate() {
        if is_letter_in_disguise(letter) {
            ornaments += 1;
        } else if is_capital_like_latin(letter) {
            capitals += 1;
        } else if letter.is_alphabetic() && !letter.is_ascii() && matches!(letter, '\u{0370}'..='\u{03FF}') {
            others += 1;
        } else {
            if ornaments >= ENOUGH || capitals >= 3 && others == 0 {
                return Some(Span::new(start, at));
            }
            (start, ornaments, capitals, others) = (at + 1, 0, 0, 0);
        }
    }
    None
}

/// Letters, not the figures in circles that lists are numbered with.
const fn is_letter_in_disguise(letter: char) -> bool {
    is_ornamental(letter)
        && !matches!(letter, '\u{2460}'..='\u{24B5}' | '\u{24EA}'..='\u{24FF}' | '\u{1F1E6}'..='\u{1F1FF}')
}

/// Greek capitals that are drawn like Latin ones.
const fn is_capital_like_latin(letter: char) -> bool {
    matches!(letter, 'Α' | 'Β' | 'Ε' | 'Ζ' | 'Η' | 'Ι' | 'Κ' | 'Μ' | 'Ν' | 'Ο' | 'Ρ' | 'Τ' | 'Υ' | 'Χ')
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn disguised(text: &str) -> bool {
        fires("strange-letters-in-text", &format!("From: a@example.com\nSubject: お知らせ\n\n{text}\n"), "")
    }

    #[test]
    fn words_in_disguise() {
        assert!(disguised("ログインは 𝚊𝚌𝚌𝚘𝚞𝚗𝚝 からお願いします。"));
        assert!(disguised("ΑΝΑマイレージクラブをご利用いただきありがとうございます。"));
    }

    #[test]
    fn everyday_signs() {
        assert!(!disguised("①②③④⑤の順に、Ωとα、Νの値を入力してください。Ελληνικά もどうぞ。"));
    }
}
