//! Characters in Japanese words that only Chinese is written with (ご确认, 所得稅): typed with a Chinese keyboard, or translated in
//! part. A Chinese partner's name and address do not count: they touch no kana, or an honorific follows. One word is enough where
//! a company is named, else two.

use super::scene::japanese::{is_japanese_letter, is_kanji};
use super::{Scene, Sign};
use crate::fold::chinese::is_chinese_only;
use crate::span::{Because, Span};

/// Words that are shown.
const SHOWN: usize = 6;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let company = scene.presented().next().is_some();
    let foreign_words = |text: &str| foreign_words(text, !company);
    let mut words: Vec<(String, Because)> = Vec::new();
    for (text, place) in scene.headings() {
        words.extend(foreign_words(text).into_iter().map(|(word, _)| (word, place.clone())));
    }
    for line in scene.lines() {
        let place = |span: Span| scene.in_text(Span::new(line.start + span.start, line.start + span.end));
        words.extend(foreign_words(line.text).into_iter().map(|(word, span)| (word, place(span))));
        if words.len() >= SHOWN {
            break;
        }
    }
    let enough = if company { 1 } else { 2 };
    if words.len() < enough {
        return None;
    }
    words.truncate(SHOWN);
    let list = words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join("、");
    Some(Sign::at_all(words.into_iter().map(|(_, place)| place)).with("words", list))
}

/// The kanji words with Chinese characters that stand in one run with kana, and where; names of people and firms but for where
/// they are asked for.
fn foreign_words(text: &str, but_names: bool) -> Vec<(String, Span)> {
    if text.is_ascii() || !text.chars().any(is_chinese_only) {
        return Vec::new();
    }
    let letters: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut start = 0;
    for run in letters.split(|&letter| !is_japanese_letter(letter)) {
        if run.iter().any(|&letter| !is_kanji(letter)) {
            words.extend(kanji_words(run, start, but_names));
        }
        start += run.len() + 1;
    }
    words
}

/// Those of one run of Japanese letters that begins at `start`.
fn kanji_words(run: &[char], start: usize, but_names: bool) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < run.len() {
        let length = run[at..].iter().take_while(|&&letter| is_kanji(letter)).count();
        let (word, rest) = run[at..].split_at(length);
        let spoken_of =
            [&['さ', 'ん'][..], &['の'], &['で', 'す'], &['と']].iter().any(|tail| rest.starts_with(tail));
        let named = but_names && spoken_of || word.last() == Some(&'様');
        if word.iter().any(|&letter| is_chinese_only(letter)) && !named {
            words.push((word.iter().collect(), Span::new(start + at, start + at + length)));
        }
        at += length.max(1);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn foreign(subject: &str, text: &str) -> bool {
        fires("chinese-glyphs", &format!("From: a@example.com\nSubject: {subject}\n\n{text}\n"), "")
    }

    #[test]
    fn chinese_characters_in_japanese_words() {
        assert!(foreign("お荷物のご确认", "配达先の变更をお願いいたします。"));
        assert!(!foreign("お荷物のご確認", "配達先の変更をお願いいたします。"));
    }

    #[test]
    fn a_chinese_partner_signs() {
        let text = "お世話になっております。张さんに確認しました。\n贸易の王伟です。\n上海市浦东新区世纪大道 贸易有限公司";
        assert!(!foreign("納期の件", text));
    }
}
