//! A word of the subject or the display name is spelt so that filters miss it: its letters stand apart (`P.a.y.m.e.n.t`,
//! `C-o-n-f-i-r-m`), or digits stand for capitals (`B0NUS`, `IMP0RTANT`). Initials, version numbers and product codes do not count.

use super::{Scene, Sign};

/// Single letters in a row that no abbreviation has.
const APART: usize = 6;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.iter().map(|subject| (subject.text.as_str(), subject.span));
    let authors =
        scene.mail.authors.iter().filter_map(|author| Some((author.display_name.as_deref()?, author.span)));
    let mut seen = subject.chain(authors).filter(|(text, _)| stand_apart(text) || poses_with_digits(text));
    let (text, place) = seen.next()?;
    Some(Sign::at(place).with("text", text))
}

/// Letters with one mark or blank between each.
fn stand_apart(text: &str) -> bool {
    let mut run = 0;
    let mut single = false;
    let mut marks = 0;
    for character in text.chars().chain(Some(' ')) {
        if character.is_alphabetic() {
            run = if single || marks > 1 { 0 } else { run };
            single = true;
            marks = 0;
        } else if matches!(character, '.' | '-' | '_' | '*' | ' ') {
            run += usize::from(single);
            single = false;
            marks += 1;
            if run >= APART {
                return true;
            }
        } else {
            (run, single, marks) = (0, false, 2);
        }
    }
    false
}

/// A word in capitals with a nought or a one among them.
fn poses_with_digits(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_alphanumeric()).any(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
        let posing = word.bytes().filter(|letter| matches!(letter, b'0' | b'1')).count();
        let first = word.bytes().next().is_some_and(|letter| letter.is_ascii_uppercase());
        let sound = word.bytes().any(|letter| matches!(letter, b'A' | b'E' | b'I' | b'U'));
        first
            && sound
            && digits == posing
            && (1..=2).contains(&digits)
            && capitals >= 4
            && digits + capitals == word.len()
            && stands_for_a_vowel(word)
    })
}

/// Consonant and capital stand around it, as where a vowel or an `O` belongs; codes end in their digits.
fn stands_for_a_vowel(word: &str) -> bool {
    let consonant = |letter: u8| letter.is_ascii_uppercase() && !b"AEIOU".contains(&letter);
    word.as_bytes()
        .windows(3)
        .any(|three| matches!(three[1], b'0' | b'1') && consonant(three[0]) && three[2].is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn broken(subject: &str) -> bool {
        fires("words-broken-up", &format!("From: a@example.com\nSubject: {subject}\n\nx"), "")
    }

    #[test]
    fn words_that_filters_should_miss() {
        assert!(broken("P.a.y.m.e.n.t failed"));
        assert!(broken("Please C-o-n-f-i-r-m now"));
        assert!(broken("Your B0NUS waits"));
        assert!(broken("IMP0RTANT notice"));
    }

    #[test]
    fn everyday_writing() {
        assert!(!broken("J. R. R. Tolkien and the U.S.A."));
        assert!(!broken("Plan B is a go, I say"));
        assert!(!broken("Order ABX10 of MX500, COVID19 and WIN10"));
        assert!(!broken("[PATCH] dts: add PERIC0/1 and UART"));
        assert!(!broken("release 1.0.2-rc1 of A-B-C"));
    }
}
