//! Subject or display name spelt so that a program does not read what a person reads: mathematical or small-capital letters in
//! place of plain ones (UTS #39), Cyrillic or Greek letters inside a Latin word, invisible characters inside a word. Circled
//! digits and full-width letters are everyday Japanese and do not count; nor do emoji.

use super::{Scene, Sign};
use crate::fold::is_invisible;

/// How many letters in disguise are no accident.
const ENOUGH: usize = 3;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.iter().map(|subject| (subject.text.as_str(), subject.span));
    let authors =
        scene.mail.authors.iter().filter_map(|author| Some((author.display_name.as_deref()?, author.span)));
    let mut seen = subject.chain(authors).filter(|(text, _)| is_disguised(text));
    let (text, place) = seen.next()?;
    Some(Sign::at(place).with("text", text))
}

fn is_disguised(text: &str) -> bool {
    let ornamental = text.chars().filter(|&letter| is_ornamental(letter)).count();
    ornamental >= ENOUGH || text.split_whitespace().any(|word| mixes_scripts(word) || hides_a_break(word))
}

/// Mathematical, circled and squared letters, and phonetic small capitals.
const fn is_ornamental(letter: char) -> bool {
    matches!(letter, '\u{1D400}'..='\u{1D7FF}' | '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}' | '\u{1D00}'..='\u{1D2B}' | '\u{0299}' | '\u{029C}' | '\u{029F}' | '\u{0262}' | '\u{026A}' | '\u{0274}' | '\u{0280}')
}

/// Latin and look-alike Cyrillic or Greek letters side by side, as no language writes them.
fn mixes_scripts(word: &str) -> bool {
    let cyrillic = |letter: &char| matches!(letter, '\u{0400}'..='\u{04FF}');
    let greek = |letter: &char| matches!(letter, '\u{0391}'..='\u{03C9}');
    let letters: Vec<char> = word.chars().take(64).collect();
    let mixed = letters.windows(2).any(|pair| {
        let latin = pair.iter().any(char::is_ascii_alphabetic);
        latin && (pair.iter().any(cyrillic) || pair.iter().any(greek))
    });
    mixed && !is_symbol_first(&letters, greek)
}

/// `μSv`, `αGEL`, `ΔT`: one Greek letter as a sign, then a unit or a name with a capital.
fn is_symbol_first(letters: &[char], greek: impl Fn(&char) -> bool) -> bool {
    let start = letters.iter().position(&greek).unwrap_or_default();
    let alone = letters.iter().filter(|letter| greek(letter)).count() == 1;
    let before = start.checked_sub(1).map(|at| letters[at]);
    let next = letters.get(start + 1).copied().unwrap_or(' ');
    alone
        && !before.is_some_and(|letter| letter.is_ascii_alphabetic())
        && (letters[start] == 'μ'
            || letters[start].is_lowercase() && next.is_ascii_uppercase()
            || letters[start] == 'Δ')
}

/// An invisible character between two Latin letters; joiners inside emoji and after other scripts have their use.
fn hides_a_break(word: &str) -> bool {
    let letters: Vec<char> = word.chars().take(64).collect();
    letters.windows(3).any(|three| {
        three[0].is_ascii_alphabetic() && is_invisible(three[1]) && three[2].is_ascii_alphabetic()
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn disguised(subject: &str) -> bool {
        fires("letters-in-disguise", &format!("From: a@example.com\nSubject: {subject}\n\nx"), "")
    }

    #[test]
    fn plain_words_in_strange_letters() {
        assert!(disguised("𝐘𝐨𝐮𝐫 photos"));
        assert!(disguised("ᴄʟᴏᴜᴅ storage"));
        assert!(disguised("C\u{043E}nfirm"));
        assert!(disguised("acc\u{200B}ount"));
    }

    #[test]
    fn everyday_writing() {
        assert!(!disguised("①お知らせ ②ご案内 ＡＢＣ"));
        assert!(!disguised("Привет из Киева"));
        assert!(!disguised("5 µm と Ω、α版 🎉👨\u{200D}👩\u{200D}👧"));
        assert!(!disguised("Ünïcode café"));
        assert!(!disguised("0.05μSv/h と αGEL と ΔT"));
        assert!(disguised("αmazon"));
    }
}
