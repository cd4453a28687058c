//! How well bytes of eight bits fit a charset: the share of kana and common characters against rare and invalid ones.
//!
//! The national sets put their common characters first (JIS X 0208 level 1, GB 2312 level 1, Big5 level 1, KS X 1001 hangul),
//! so the lead byte tells them; no table is needed.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, KOI8_R, SHIFT_JIS, UTF_8, WINDOWS_1251, WINDOWS_1252,
};

/// What is tried, the likeliest first: of equals the first wins.
pub(super) const CANDIDATES: [&Encoding; 6] = [UTF_8, SHIFT_JIS, EUC_JP, GBK, BIG5, EUC_KR];
/// How many bytes are looked at.
const SAMPLE: usize = 8 << 10;

/// A reading's count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Score {
    characters: i32,
    points: i32,
    kana: i32,
    invalid: i32,
    double_byte: bool,
    unicode: bool,
}

impl Score {
    /// What a charset of one byte a character gets, since any bytes fit it.
    pub(super) const BASELINE: Self =
        Self { characters: 1, points: 5, kana: 0, invalid: 0, double_byte: false, unicode: false };

    /// Points for each character, in tenths.
    pub(super) fn value(&self) -> i32 {
        self.points / (self.characters + self.invalid).max(1)
    }

    /// Whether this reading may stand in for `own`, the label's. A label that fits is only overruled by UTF-8 or by kana; where
    /// there is none, or it does not fit, a few characters are enough for a Japanese charset and more for others.
    pub(super) fn may_replace(&self, own: &Self, labelled: bool, japanese: bool) -> bool {
        if !labelled || own.does_not_fit() {
            return self.value() >= 12
                && (self.characters >= 4 || self.unicode || japanese && self.characters >= 2);
        }
        let enough = self.invalid == 0 && self.characters >= 2 && self.value() >= 18;
        let telling = self.unicode || self.kana * 10 >= self.characters && self.kana > 0;
        enough && telling && self.value() >= own.value() + 8
    }

    /// Whether too many bytes are invalid in this charset.
    pub(super) fn does_not_fit(&self) -> bool {
        self.invalid > 0 && self.value() < 5
    }

    fn add(&mut self, class: Class) {
        match class {
            Class::Invalid => self.invalid += 1,
            _ => self.characters += 1,
        }
        self.kana += i32::from(class == Class::Kana);
        self.points += match class {
            Class::Kana => 30,
            Class::Hangul => 22,
            Class::Common => 20,
            Class::Symbol => 12,
            Class::HalfWidth => 6,
            Class::Rare => -20,
            Class::Invalid => -60,
        };
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Kana,
    Hangul,
    Common,
    Symbol,
    HalfWidth,
    Rare,
    Invalid,
}

/// The part of a text that is counted: from its first byte of eight bits on, bounded.
pub(super) fn sample(bytes: &[u8]) -> &[u8] {
    let from = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
    &bytes[from..(from + SAMPLE).min(bytes.len())]
}

/// Whether two bytes of this charset can look like UTF-8 or another such charset.
pub(super) fn is_double_byte(encoding: &'static Encoding) -> bool {
    [SHIFT_JIS, EUC_JP, GBK, GB18030, BIG5, EUC_KR].contains(&encoding)
}

/// Whether this is GB 2312 or a set around it.
pub(super) fn is_chinese(encoding: &'static Encoding) -> bool {
    encoding == GBK || encoding == GB18030
}

/// How well `sample` fits `encoding`.
pub(super) fn of(encoding: &'static Encoding, sample: &[u8]) -> Score {
    if encoding == UTF_8 {
        return utf8(sample);
    }
    let class: fn(&[u8]) -> (Class, usize) = match encoding {
        _ if encoding == SHIFT_JIS => shift_jis,
        _ if encoding == EUC_JP => euc_jp,
        _ if is_chinese(encoding) => gbk,
        _ if encoding == BIG5 => big5,
        _ if encoding == EUC_KR => euc_kr,
        _ => return Score::BASELINE,
    };
    let mut score = Score { double_byte: true, ..Score::default() };
    let mut rest = sample;
    while let Some(first) = rest.first() {
        if first.is_ascii() {
            rest = &rest[1..];
            continue;
        }
        let (class, length) = class(rest);
        // A character that the sample's end cuts says nothing.
        if length > rest.len() || class == Class::Invalid && rest.len() == 1 {
            break;
        }
        score.add(class);
        rest = &rest[length..];
    }
    score
}

/// A charset of one byte a character for text that fits none of East Asia: Cyrillic where letters of eight bits stand in rows.
pub(super) fn single_byte(sample: &[u8]) -> &'static Encoding {
    let high = sample.iter().filter(|byte| **byte >= 0x80).count();
    let low_case =
        |range: std::ops::RangeInclusive<u8>| sample.iter().filter(|byte| range.contains(byte)).count();
    let pairs = sample.windows(2).filter(|pair| pair[0] >= 0xc0 && pair[1] >= 0xc0).count();
    match (low_case(0xe0..=0xff), low_case(0xc0..=0xdf)) {
        _ if pairs * 2 < high => WINDOWS_1252,
        (upper, lower) if upper >= lower => WINDOWS_1251,
        _ => KOI8_R,
    }
}

fn utf8(sample: &[u8]) -> Score {
    let mut score = Score { unicode: true, ..Score::default() };
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        for character in chunk.valid().chars().filter(|character| !character.is_ascii()) {
            score.add(match character {
                '\u{3041}'..='\u{30ff}' => Class::Kana,
                '\u{80}'..='\u{7ff}' => Class::Symbol,
                _ => Class::Hangul,
            });
        }
        // A character that the sample's end cuts says nothing.
        if !chunk.invalid().is_empty() && chunks.peek().is_some() {
            score.add(Class::Invalid);
        }
    }
    score
}

fn shift_jis(bytes: &[u8]) -> (Class, usize) {
    let trail = |class: Class| match bytes.get(1) {
        Some(0x40..=0x7e | 0x80..=0xfc) | None => (class, 2),
        Some(_) => (Class::Invalid, 1),
    };
    match (bytes[0], bytes.get(1)) {
        (0xa1..=0xdf, _) => (Class::HalfWidth, 1),
        (0x82, Some(0x9f..=0xf1)) | (0x83, Some(0x40..=0x7e | 0x80..=0x96)) => (Class::Kana, 2),
        (0x82, Some(0xf2..)) => (Class::Invalid, 1),
        (0x81 | 0x82 | 0x87, _) => trail(Class::Symbol),
        (0x83 | 0x84 | 0x98..=0x9f | 0xe0..=0xea | 0xed | 0xee | 0xfa..=0xfc, _) => trail(Class::Rare),
        (0x88..=0x97, _) => trail(Class::Common),
        _ => (Class::Invalid, 1),
    }
}

fn euc_jp(bytes: &[u8]) -> (Class, usize) {
    if bytes.get(1).is_some_and(|byte| *byte < 0xa1 || *byte == 0xff) {
        return (Class::Invalid, 1);
    }
    match bytes[0] {
        0x8e => (Class::HalfWidth, 2),
        0x8f => (Class::Rare, 3),
        0xa4 | 0xa5 => (Class::Kana, 2),
        0xa1..=0xa3 | 0xad => (Class::Symbol, 2),
        0xb0..=0xcf => (Class::Common, 2),
        0xa6..=0xa8 | 0xd0..=0xf4 | 0xf9..=0xfc => (Class::Rare, 2),
        _ => (Class::Invalid, 1),
    }
}

fn gbk(bytes: &[u8]) -> (Class, usize) {
    match (bytes[0], bytes.get(1).copied().unwrap_or(0xa1)) {
        (0x80 | 0xff, _) => (Class::Invalid, 1),
        (0x81..=0xfe, 0x30..=0x39) => (Class::Rare, 4),
        (0xb0..=0xd7, 0xa1..=0xfe) => (Class::Common, 2),
        // Kana stand in the same place as in EUC-JP; they speak for a Japanese charset first.
        (0xa1..=0xa5, 0xa1..=0xfe) => (Class::Symbol, 2),
        (_, 0x40..=0x7e | 0x80..=0xfe) => (Class::Rare, 2),
        _ => (Class::Invalid, 1),
    }
}

fn big5(bytes: &[u8]) -> (Class, usize) {
    match (bytes[0], bytes.get(1).copied().unwrap_or(0xa1)) {
        (0xa4..=0xc6, 0x40..=0x7e | 0xa1..=0xfe) => (Class::Common, 2),
        (0xa1..=0xa3, 0x40..=0x7e | 0xa1..=0xfe) => (Class::Symbol, 2),
        (0x87..=0xfe, 0x40..=0x7e | 0xa1..=0xfe) => (Class::Rare, 2),
        _ => (Class::Invalid, 1),
    }
}

fn euc_kr(bytes: &[u8]) -> (Class, usize) {
    match (bytes[0], bytes.get(1).copied().unwrap_or(0xa1)) {
        (0xb0..=0xc8, 0xa1..=0xfe) => (Class::Hangul, 2),
        (0xa1..=0xac, 0xa1..=0xfe) => (Class::Symbol, 2),
        (0x81..=0xfd, 0x41..=0x5a | 0x61..=0x7a | 0x81..=0xfe) => (Class::Rare, 2),
        _ => (Class::Invalid, 1),
    }
}
