//! Sentences with values from outside in them.

use std::borrow::Cow;

use super::Language;

/// Puts values in the place of `{name}`; a value is never read for names again.
pub(crate) fn filled<'v>(words: &str, language: Language, value: impl Fn(&str) -> Cow<'v, str>) -> String {
    let mut filled = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some((head, tail)) = rest.split_once('{') {
        filled.push_str(head);
        let Some((name, after)) = tail.split_once('}') else {
            rest = tail;
            break;
        };
        rest = set(language, &mut filled, &value(name), after);
    }
    filled.push_str(rest);
    filled
}

/// Sets a value behind what stands, and gives what follows: without the spaces that Latin words have beside Japanese ones where the value
/// is Japanese, and without a second full stop behind “Example Co., Ltd.”.
fn set<'a>(language: Language, filled: &mut String, value: &str, after: &'a str) -> &'a str {
    let mut after = after;
    if language == Language::Ja {
        if is_japanese(value.chars().next()) && filled.ends_with(' ') {
            filled.pop();
        }
        if is_japanese(value.chars().next_back()) {
            after = after.trim_start_matches(' ');
        }
    }
    filled.push_str(value);
    if filled.ends_with('.') { after.strip_prefix('.').unwrap_or(after) } else { after }
}

/// Kana, ideographs, and their punctuation (the Unicode blocks of these names).
fn is_japanese(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| {
        matches!(u32::from(letter), 0x3000..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xff01..=0xff60)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &str, language: Language, a: &'static str) -> String {
        filled(words, language, |name| Cow::from(if name == "a" { a } else { "" }))
    }

    #[test]
    fn values_are_not_read_again() {
        assert_eq!(said("{a}と{b}", Language::Ja, "{b}"), "{b}と");
        assert_eq!(said("{a} and {b}", Language::En, ""), " and ");
        assert_eq!(said("an {a", Language::En, "x"), "an a");
    }

    #[test]
    fn spaces_stand_beside_latin_words_only() {
        let words = "登録者は {a} です";
        assert_eq!(said(words, Language::Ja, "株式会社見本"), "登録者は株式会社見本です");
        assert_eq!(said(words, Language::Ja, "Example社"), "登録者は Example社です");
        assert_eq!(said(words, Language::Ja, "example.jp"), "登録者は example.jp です");
        assert_eq!(said("by {a} there", Language::En, "株式会社見本"), "by 株式会社見本 there");
    }

    #[test]
    fn a_name_with_a_full_stop_ends_a_sentence() {
        assert_eq!(said("It is {a}.", Language::En, "Example Ltd."), "It is Example Ltd.");
        assert_eq!(said("It is {a}.", Language::En, "Example"), "It is Example.");
    }
}
