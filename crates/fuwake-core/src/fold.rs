//! Folding: the form of a text in which names and phrases are sought, with the way back to what stands in the text.
//!
//! Full-width and half-width forms (NFKC, UAX #15), case, accents on Latin letters, curly apostrophes, invisible characters,
//! line breaks inside Japanese, and kanji that stand for look-alike kana (カ一ド, 力ード) make no difference; the last are
//! reported, for no honest writer uses them.

pub mod apart;
pub mod chinese;
pub mod confusable;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::span::Span;

/// A folded text.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The folded form.
    pub text: String,
    /// For each byte of `text` the code point of the original that it comes from; none where both count alike (plain ASCII).
    origins: Option<Vec<u32>>,
    /// Kanji, or kana of the other kind, in the place of kana.
    pub lookalikes: Vec<Lookalike>,
}

/// A character in the place of another one that looks like it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookalike {
    /// The code point in the original text.
    pub at: usize,
    /// What stands there.
    pub written: char,
    /// What a reader takes it for.
    pub read_as: char,
}

impl Folded {
    /// The code points of the original that the bytes `[start, end)` of the folded text come from.
    #[must_use]
    pub fn original(&self, start: usize, end: usize) -> Span {
        match &self.origins {
            None => Span::new(start, end),
            Some(origins) => {
                let first = origins.get(start).copied().unwrap_or_default() as usize;
                let last = end.checked_sub(1).and_then(|last| origins.get(last)).copied().unwrap_or_default();
                Span::new(first, last as usize + 1)
            }
        }
    }
}

impl Folded {
    /// The byte of the folded text from which on it shows what stands from the code point `at` of the original on.
    #[must_use]
    pub fn place(&self, at: usize) -> usize {
        match &self.origins {
            None => at.min(self.text.len()),
            Some(origins) => origins.partition_point(|origin| (*origin as usize) < at),
        }
    }

    /// The same places with other letters.
    #[must_use]
    pub fn with_text(&self, text: confusable::Plain) -> Self {
        let origins = text.sources.iter().map(|&byte| match &self.origins {
            Some(origins) => origins.get(byte as usize).copied().unwrap_or_default(),
            None => byte,
        });
        Self { origins: Some(origins.collect()), text: text.text, lookalikes: Vec::new() }
    }
}

/// Folds a text.
#[must_use]
pub fn fold(text: &str) -> Folded {
    if text.is_ascii() && !has_blank_runs(text) {
        return Folded { text: text.to_ascii_lowercase(), origins: None, lookalikes: Vec::new() };
    }
    Folder::new(text).run()
}

fn has_blank_runs(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_whitespace() && pair[1].is_ascii_whitespace())
        || text.bytes().any(|byte| byte.is_ascii_whitespace() && byte != b' ')
}

struct Folder<'t> {
    rest: std::str::Chars<'t>,
    /// The code point that `rest` begins with.
    place: u32,
    text: String,
    origins: Vec<u32>,
    /// A blank was met and not yet written: its place.
    blank: Option<u32>,
    last: Option<char>,
    lookalikes: Vec<Lookalike>,
}

impl<'t> Folder<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            rest: text.chars(),
            place: 0,
            text: String::with_capacity(text.len()),
            origins: Vec::with_capacity(text.len()),
            blank: None,
            last: None,
            lookalikes: Vec::new(),
        }
    }

    fn run(mut self) -> Folded {
        self.fold_ascii();
        while let Some((place, character)) = self.next() {
            if character.is_whitespace() {
                self.blank.get_or_insert(place);
            } else if !is_invisible(character) {
                self.fold_character(place, character);
            }
            self.fold_ascii();
        }
        Folded { text: self.text, origins: Some(self.origins), lookalikes: self.lookalikes }
    }

    fn next(&mut self) -> Option<(u32, char)> {
        let character = self.rest.next()?;
        let place = self.place;
        self.place = place.saturating_add(1);
        Some((place, character))
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    /// The ASCII ahead, most of most texts, but for the last character before another one, which may be its mark.
    fn fold_ascii(&mut self) {
        let rest = self.rest.as_str();
        let length =
            rest.bytes().position(|byte| !byte.is_ascii()).map_or(rest.len(), |end| end.saturating_sub(1));
        let Some((run, rest)) = rest.split_at_checked(length) else { return };
        for (place, byte) in (self.place..).zip(run.bytes()) {
            let character = char::from(byte);
            if character.is_whitespace() {
                self.blank.get_or_insert(place);
            } else {
                self.write(place, character.to_ascii_lowercase());
            }
        }
        self.place = self.place.saturating_add(u32::try_from(length).unwrap_or(u32::MAX));
        self.rest = rest.chars();
    }

    fn fold_character(&mut self, place: u32, character: char) {
        let next = self.peek();
        let combining = next.is_some_and(is_combining);
        if character.is_ascii() && !combining {
            self.write(place, character.to_ascii_lowercase());
        } else if is_settled(character) && !combining {
            let read_as = self.read_as_kana(character, next);
            if read_as != character {
                self.lookalikes.push(Lookalike { at: place as usize, written: character, read_as });
            }
            self.write(place, read_as);
        } else {
            self.compose(place, character);
        }
    }

    /// NFKC of a starter and the marks that follow it (half-width ﾊﾞ becomes バ).
    fn compose(&mut self, place: u32, starter: char) {
        let mut cluster = String::from(starter);
        while let Some(mark) = self.peek() {
            if !is_combining(mark) || cluster.len() > 32 {
                break;
            }
            cluster.push(mark);
            self.next();
        }
        for character in cluster.nfkc().flat_map(char::to_lowercase) {
            if character.is_whitespace() {
                self.blank.get_or_insert(place);
            } else {
                self.write(place, plain_letter(character));
            }
        }
    }

    fn write(&mut self, place: u32, character: char) {
        if let Some(blank) = self.blank.take()
            && let Some(last) = self.last
            && !(is_unspaced(last) && is_unspaced(character))
        {
            self.push(blank, ' ');
        }
        self.push(place, character);
        self.last = Some(character);
    }

    fn push(&mut self, place: u32, character: char) {
        self.text.push(character);
        if character.is_ascii() {
            self.origins.push(place);
            return;
        }
        self.origins.extend(std::iter::repeat_n(place, character.len_utf8()));
    }

    /// The kana that a kanji stands for: between katakana, or before a long-vowel mark or a small kana, which follow no kanji.
    fn read_as_kana(&self, character: char, next: Option<char>) -> char {
        let Some(kana) = kana_lookalike(character) else { return character };
        let before = self.last.is_some_and(is_katakana) && self.blank.is_none();
        let tied = kana != 'ー'
            && next.is_some_and(|next| {
                matches!(next, 'ー' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ャ' | 'ュ' | 'ョ')
            });
        let between =
            || before && next.is_some_and(|next| is_katakana(next) && !is_kanji_there(character, next));
        if tied && !is_plain_hiragana(character) || between() { kana } else { character }
    }
}

/// A kanji that may well stand between katakana for itself: チーム力アップ, グルメ口コミ, プラン二カ月, ライン工スタッフ.
fn is_kanji_there(character: char, next: char) -> bool {
    match character {
        '力' => matches!(next, 'ア' | 'チ' | 'テ' | 'ト' | 'ナ' | 'プ'),
        '口' => matches!(next, 'ケ' | 'コ' | 'パ' | 'ピ'),
        '工' => !matches!(next, 'ク' | 'ネ' | 'ラ' | 'ン'),
        '一' | '二' | '八' => matches!(next, 'カ' | 'ヵ' | 'ケ' | 'ヶ' | 'コ' | 'ッ' | 'ツ'),
        _ => false,
    }
}

const fn is_plain_hiragana(character: char) -> bool {
    matches!(character, 'べ' | 'ぺ')
}

/// A Latin letter without its accent, and the mark of the keyboard for a curly apostrophe or an unbroken hyphen: many writers,
/// and most impostors, leave them out.
fn plain_letter(character: char) -> char {
    match character {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{00E0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => {
            std::iter::once(character).nfd().next().filter(char::is_ascii_alphabetic).unwrap_or(character)
        }
        other => other,
    }
}

/// Characters that NFKC and case mapping leave alone: hiragana, katakana and the common kanji, most of a Japanese text.
fn is_settled(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309E}' | '\u{30A0}'..='\u{30FE}' | '\u{3001}'..='\u{3020}' | '\u{3400}'..='\u{4DB5}' | '\u{4E00}'..='\u{9FFC}')
}

/// Marks that join the character before them: combining marks and the half-width voicing marks, which NFKC makes such.
fn is_combining(character: char) -> bool {
    !character.is_ascii()
        && (matches!(character, '\u{FF9E}' | '\u{FF9F}') || canonical_combining_class(character) != 0)
}

/// Zero-width and formatting characters that no reader sees.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Japanese and Chinese write no blanks between words, so a line break between two such characters is none.
fn is_unspaced(character: char) -> bool {
    is_katakana(character)
        || matches!(character, '\u{3000}'..='\u{303F}' | '\u{3041}'..='\u{309F}' | '\u{3400}'..='\u{9FFF}')
}

/// Katakana and the long-vowel mark.
#[must_use]
pub fn is_katakana(character: char) -> bool {
    matches!(character, '\u{30A1}'..='\u{30FA}' | '\u{30FC}')
}

fn kana_lookalike(character: char) -> Option<char> {
    Some(match character {
        '一' | '丨' => 'ー',
        '力' => 'カ',
        '工' => 'エ',
        '口' => 'ロ',
        '二' => 'ニ',
        '八' => 'ハ',
        '夕' => 'タ',
        '卜' => 'ト',
        '乜' => 'セ',
        'べ' => 'ベ',
        'ぺ' => 'ペ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(text).text
    }

    #[test]
    fn widths_case_and_marks_make_no_difference() {
        assert_eq!(folded("ＡＭＡＺＯＮ　ｶﾞｲﾄﾞ"), "amazon ガイド");
        assert_eq!(folded("Ａｍａ\u{200B}zon"), "amazon");
        assert_eq!(folded("か\u{3099}"), "が");
        assert_eq!(folded("Prêmio, voce\u{302}, don’t"), "premio, voce, don't");
    }

    #[test]
    fn japanese_lines_join_and_latin_words_do_not() {
        assert_eq!(folded("三井住友\r\n  カード"), "三井住友カード");
        assert_eq!(folded("American\n Express"), "american express");
    }

    #[test]
    fn kanji_in_the_place_of_kana_are_read_as_kana_and_reported() {
        let card = fold("楽天カ一ド");
        assert_eq!(card.text, "楽天カード");
        assert_eq!(card.lookalikes, [Lookalike { at: 3, written: '一', read_as: 'ー' }]);
        assert_eq!(folded("楽天力ード"), "楽天カード");
        assert_eq!(folded("二ュースとぺイぺイ"), "ニュースとぺイペイ");
        for kanji in [
            "データ一覧と電力",
            "チーム力アップ",
            "グルメ口コミ",
            "プラン二カ月",
            "ライン工スタッフ",
            "パン食べパン",
        ] {
            assert_eq!(folded(kanji), kanji);
        }
        assert_eq!(folded("第三者、電力、東口、木曜"), "第三者、電力、東口、木曜");
    }

    #[test]
    fn spans_lead_back_to_the_original() {
        let text = "ｶﾞｽ 料金\n請求";
        let folded = fold(text);
        assert_eq!(folded.text, "ガス料金請求");
        let at = folded.text.find("料金").expect("it is there");
        assert_eq!(folded.original(at, at + "料金".len()), Span::new(4, 6));
        assert_eq!(folded.original(0, "ガス".len()), Span::new(0, 3));
        let plain = fold("plain text");
        assert_eq!(plain.original(6, 10), Span::new(6, 10));
    }
}
