//! A katakana word with a kanji, or a hiragana, in the place of a kana that it looks like (カ一ド, 力ード, ログイン written with 口):
//! written so that programs do not find the word. [`fold`] reports them.

use super::scene::japanese::is_japanese_letter;
use super::{Scene, Sign};
use crate::fold::{Lookalike, fold, is_katakana};
use crate::span::Span;

/// Places that are shown.
const SHOWN: usize = 6;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let in_headings = scene.headings().find_map(|(text, place)| {
        let folded = fold(text);
        let first = folded.lookalikes.first()?;
        Some((word_around(text, first.at).0, place))
    });
    let text = scene.mail.own_text();
    let in_text = || {
        let first = scene.text.lookalikes.first()?;
        let (word, span) = word_around(text, first.at);
        Some((word, scene.in_text(span)))
    };
    let (word, place) = in_headings.or_else(in_text)?;
    let others = scene.text.lookalikes.iter().take(SHOWN).map(|other| scene.in_text(place_of(other)));
    let plain = fold(&word).text;
    Some(Sign::at_all(std::iter::once(place).chain(others)).with("word", word).with("plain", plain))
}

const fn place_of(lookalike: &Lookalike) -> Span {
    Span::new(lookalike.at, lookalike.at + 1)
}

/// The katakana word around a place, look-alikes included, and where it stands.
fn word_around(text: &str, at: usize) -> (String, Span) {
    let near: Vec<char> = text.chars().skip(at.saturating_sub(20)).take(40).collect();
    let middle = at.min(20);
    let inside = |letter: &&char| is_katakana(**letter);
    let before = near[..middle].iter().rev().take_while(inside).count();
    let after = near.iter().skip(middle + 1).take_while(inside).count();
    let word: String = near[middle - before..]
        .iter()
        .take(before + 1 + after)
        .filter(|&&letter| is_japanese_letter(letter))
        .collect();
    (word, Span::new(at - before, at + 1 + after))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn disguised(text: &str) -> bool {
        fires("kana-look-alikes", &format!("From: a@example.com\nSubject: お知らせ\n\n{text}\n"), "")
    }

    #[test]
    fn a_kanji_read_as_a_kana() {
        assert!(disguised("クレジットカ一ドのご利用について"));
        assert!(disguised("力ードのご利用について"));
    }

    #[test]
    fn kanji_beside_katakana() {
        assert!(!disguised("サービス一覧とグルメ口コミ、チーム力アップ講座、プラン二カ月のご案内です。"));
    }
}
