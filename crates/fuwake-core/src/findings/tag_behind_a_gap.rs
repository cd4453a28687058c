//! The subject ends in a short token that a gap sets apart: many blanks or underscores, so that a reader does not see it. It makes
//! every mail of a campaign different, or finds a mail again. Silent for replies and mailing lists.

use super::{Scene, Sign};

/// Blanks that no writer leaves.
const BLANKS: usize = 4;
/// Underscores that no writer sets.
const LINES: usize = 2;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.as_ref()?;
    let excused = scene.is_list_mail() || scene.is_carrier();
    let tag = tag_of(subject.text.trim_end()).filter(|_| !excused)?;
    Some(Sign::at(subject.span).with("tag", tag))
}

/// The token behind the gap.
fn tag_of(subject: &str) -> Option<&str> {
    let is_gap = |character: char| matches!(character, ' ' | '_' | '\u{A0}' | '\u{3000}');
    let (end, last) = subject.char_indices().rev().find(|&(_, character)| is_gap(character))?;
    let tag = subject.get(end + last.len_utf8()..)?;
    let gap: Vec<char> =
        subject.get(..end)?.chars().rev().take_while(|&character| is_gap(character)).collect();
    let lines = gap.iter().chain([&last]).filter(|character| **character == '_').count();
    let wide = lines >= LINES || gap.len() + 1 >= BLANKS;
    let before =
        subject.len() - tag.len() - last.len_utf8() - gap.iter().map(|gap| gap.len_utf8()).sum::<usize>();
    (wide && before > 0 && is_tag(tag)).then_some(tag)
}

/// A few ASCII letters, digits and marks; one letter at least, and no word with a sentence's full stop.
fn is_tag(token: &str) -> bool {
    (3..=24).contains(&token.len())
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"#:-()_".contains(&byte))
        && token.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn tagged(subject: &str) -> bool {
        fires("tag-behind-a-gap", &format!("From: a@example.com\nSubject: {subject}\n\nx"), "")
    }

    #[test]
    fn a_token_out_of_sight() {
        assert!(tagged("Rates are down.                 ptjti"));
        assert!(tagged("You have won a kit __ID#KKFGD-298"));
    }

    #[test]
    fn everyday_subjects() {
        assert!(!tagged("Your order 4711-22"));
        assert!(!tagged("report_final_v2"));
        assert!(!tagged("Minutes  of the meeting"));
    }
}
