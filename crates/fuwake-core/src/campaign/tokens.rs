//! The words of a template: what is left of a folded text without what differs from mail to mail.

use super::sketch::mix;
use crate::fold::is_katakana;

/// A longer word is a code or a part of one, in bytes.
const LONGEST_WORD: usize = 30;
/// Characters of a name before 様.
const LONGEST_NAME: usize = 12;
/// Words of a name behind a greeting.
const GREETED: usize = 4;
/// Greetings that a name follows.
const GREETINGS: [&str; 20] = [
    "beste", "bonjour", "caro", "cara", "cher", "chère", "dear", "estimado", "geehrte", "geehrter", "hallo",
    "hello", "hey", "hi", "hola", "liebe", "lieber", "olá", "prezado", "querido",
];

/// Tokens of a folded text: words, and each character of Japanese, which has no blanks between words. Without numbers, codes,
/// addresses, URLs, and names that a greeting or 様 gives away.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Hashes, in the order of the text.
    pub(super) hashes: Vec<u64>,
    /// Where the run of kanji, katakana or words that may be a name began.
    name_start: usize,
    /// Words behind a greeting that may still be a name.
    greeted: usize,
}

impl Tokens {
    /// Adds a piece of folded text.
    pub(super) fn add(&mut self, text: &str) {
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = if is_unspaced(first) {
                self.character(first);
                first.len_utf8()
            } else {
                let end = rest.find(|c: char| c == ' ' || is_unspaced(c)).unwrap_or(rest.len());
                self.run(rest.get(..end).unwrap_or_default());
                end.max(first.len_utf8())
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        self.break_off();
    }

    /// What follows belongs to no name or greeting begun before.
    fn break_off(&mut self) {
        self.name_start = self.hashes.len();
        self.greeted = 0;
    }

    fn character(&mut self, character: char) {
        self.greeted = 0;
        if character == '様' || character == '殿' {
            let name = self.hashes.len() - self.name_start;
            self.hashes.truncate(self.hashes.len() - name.min(LONGEST_NAME));
        }
        if character.is_alphabetic() {
            self.hashes.push(mix(u64::from(u32::from(character))));
        }
        if !(is_katakana(character) || matches!(character, '\u{3400}'..='\u{9FFF}')) {
            self.name_start = self.hashes.len();
        }
    }

    /// Characters without a blank: words and marks, or an address.
    fn run(&mut self, run: &str) {
        if run.contains("://") || run.contains('@') || run.starts_with("www.") || run.contains(".com/") {
            return self.break_off();
        }
        for word in run.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()) {
            self.word(word);
        }
        if run.ends_with([',', ':', '!', ';', '.']) {
            self.break_off();
        }
    }

    fn word(&mut self, word: &str) {
        if word.len() > LONGEST_WORD || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return;
        }
        if let Some(left) = self.greeted.checked_sub(1) {
            self.greeted = left;
            return;
        }
        self.hashes.push(word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3) // FNV-1a
        }));
        if GREETINGS.contains(&word) {
            self.greeted = GREETED;
        }
    }
}

/// Scripts that are written without blanks: each character is a token.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{0E00}'..='\u{0E7F}' | '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    fn tokens(text: &str) -> Vec<u64> {
        let mut tokens = Tokens::default();
        tokens.add(&fold(text).text);
        tokens.hashes
    }

    #[test]
    fn what_differs_from_mail_to_mail_is_no_token() {
        for (one, two) in [
            ("山田太郎様、ご請求は12,300円です。", "佐藤様、ご請求は980円です。"),
            ("お支払い期限：2026年11月22日", "お支払い期限：2026年1月3日"),
            ("Dear John Smith, your parcel AB123 waits", "Dear Mary, your parcel X9 waits"),
            ("See https://a.example/x now", "See https://b.example/yy?z now"),
            ("write to a@example.com today", "write to bb@example.jp today"),
        ] {
            assert_eq!(tokens(one), tokens(two), "{one}");
        }
        assert_ne!(tokens("お客様のカード"), tokens("お客様の荷物"));
    }
}
