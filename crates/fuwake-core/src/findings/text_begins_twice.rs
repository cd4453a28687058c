//! The text begins a second time: its first two lines stand there again, with other numbers. A template was filled in twice.

use super::{Scene, Sign};
use crate::findings::scene::japanese::{Line, is_japanese_letter};

/// Japanese letters that a line needs to be known again.
const SHORTEST: usize = 4;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    // Two displayed parts may well say the same.
    if !scene.is_japanese() || scene.is_second_hand() || scene.mail.text_part.is_none() {
        return None;
    }
    let lines: Vec<Line<'_>> = scene.lines().filter(|line| !line.text.trim().is_empty()).take(200).collect();
    let words: Vec<String> = lines.iter().map(|line| words_of(line.text)).collect();
    let [first, second, rest @ ..] = words.as_slice() else { return None };
    if [first, second].iter().any(|line| line.chars().count() < SHORTEST) || first == second {
        return None;
    }
    let again = 2 + rest.windows(2).position(|pair| pair[0] == *first && pair[1] == *second)?;
    let (begin, repeated) = (lines.first()?, lines.get(again)?);
    let quote: String = begin.text.trim().chars().take(40).collect();
    Some(Sign::at(scene.in_text(begin.span())).and(scene.in_text(repeated.span())).with("quote", quote))
}

/// The Japanese letters of a line.
fn words_of(line: &str) -> String {
    line.chars().filter(|&letter| is_japanese_letter(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn twice(text: &str) -> bool {
        fires("text-begins-twice", &format!("From: a@example.com\nSubject: 料金\n\n{text}\n"), "")
    }

    #[test]
    fn the_same_head_with_another_number() {
        assert!(twice(
            "電気料金のご案内\nお客様番号:A12\n期日:5日\n電気料金のご案内\nお客様番号:B99\n期日:9日"
        ));
        assert!(!twice("ご注文のお知らせ\nご注文のお知らせ\n商品:ペン\n数量:1\n商品:紙\n数量:2"));
    }
}
