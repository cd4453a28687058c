//! A half-width question mark between two kanji or two katakana (紛失?盗難): a ・ that was lost on the way through another character
//! set. Questions end in kana, or in a full-width mark.

use super::scene::japanese::is_kanji;
use super::{Scene, Sign};
use crate::fold::is_katakana;
use crate::span::Span;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let in_heading = scene.headings().find_map(|(text, place)| lost(text).map(|(_, word)| (place, word)));
    let in_text = || {
        scene.lines().find_map(|line| {
            let (at, word) = lost(line.text)?;
            Some((scene.in_text(Span::new(line.start + at - 1, line.start + at + 2)), word))
        })
    };
    let (place, word) = in_heading.or_else(in_text)?;
    Some(Sign::at(place).with("word", word))
}

/// Where the mark stands, and it with its neighbours.
fn lost(text: &str) -> Option<(usize, String)> {
    if !text.contains('?') {
        return None;
    }
    let letters: Vec<char> = text.chars().collect();
    let at = letters.windows(3).position(|three| {
        let alike = |kind: fn(char) -> bool| kind(three[0]) && kind(three[2]);
        three[1] == '?' && (alike(is_kanji) || alike(is_katakana))
    })?;
    Some((at + 1, letters[at.saturating_sub(3)..].iter().take(at.min(3) + 6).collect()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn lost(text: &str) -> bool {
        fires("question-mark-for-dot", &format!("From: a@example.com\nSubject: お知らせ\n\n{text}\n"), "")
    }

    #[test]
    fn between_nouns_and_after_questions() {
        assert!(lost("カードの紛失?盗難のご連絡はこちらまで。"));
        assert!(!lost("ご存じですか?詳細はこちら。お困りですか？電話を。"));
    }
}
