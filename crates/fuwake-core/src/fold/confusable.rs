//! Letters of other scripts that look like Latin ones (UTS #39), read as what a reader takes them for.

use unicode_security::skeleton;

/// A text whose look-alike letters are Latin, with the byte of the source for each of its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// The text.
    pub text: String,
    /// For each byte of `text` the first byte of the character in the source that it stands for.
    pub sources: Vec<u32>,
}

/// The text with Greek, Cyrillic, Armenian and Cherokee look-alikes as Latin letters; none where there are none. Accents stay, for
/// many names have them.
#[must_use]
pub fn plain(text: &str) -> Option<Plain> {
    if text.is_ascii() || !text.chars().any(is_lookalike) {
        return None;
    }
    let mut plain =
        Plain { text: String::with_capacity(text.len()), sources: Vec::with_capacity(text.len()) };
    for (at, character) in text.char_indices() {
        let character = if is_lookalike(character) { prototype(character) } else { character };
        plain.text.push(character);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        plain.sources.extend(std::iter::repeat_n(at, character.len_utf8()));
    }
    Some(plain)
}

/// A host or label in which look-alikes of all kinds are one: digits and letters (0 o, 1 l), pairs (rn m, vv w), other scripts.
#[must_use]
pub fn skeleton_of(label: &str) -> String {
    let plain: String =
        label.chars().map(|letter| if letter.is_ascii() { letter } else { prototype(letter) }).collect();
    plain.replace("rn", "m").replace("vv", "w").replace('0', "o").replace(['1', 'i'], "l").replace('5', "s")
}

/// Letters of scripts whose capitals and small letters resemble Latin ones, phonetic letters, and letters on black squares.
#[must_use]
pub const fn is_lookalike(character: char) -> bool {
    matches!(character, '\u{A730}'..='\u{A731}' | '\u{1F150}'..='\u{1F189}' | '\u{0250}'..='\u{02AF}' | '\u{0370}'..='\u{058F}' | '\u{13A0}'..='\u{13FF}' | '\u{1D00}'..='\u{1DBF}' | '\u{AB30}'..='\u{ABBF}')
}

/// Letters and digits in circles, squares or mathematical type, which no name is written in.
#[must_use]
pub const fn is_ornamental(character: char) -> bool {
    matches!(character, '\u{2460}'..='\u{24FF}' | '\u{1D400}'..='\u{1D7FF}' | '\u{1F100}'..='\u{1F1FF}')
}

/// Small capitals (Latin phonetic extensions), which UTS #39 leaves as they are.
const SMALL_CAPITALS: [(char, char); 20] = [
    ('ᴀ', 'a'),
    ('ʙ', 'b'),
    ('ᴄ', 'c'),
    ('ᴅ', 'd'),
    ('ᴇ', 'e'),
    ('ꜰ', 'f'),
    ('ɢ', 'g'),
    ('ʜ', 'h'),
    ('ɪ', 'i'),
    ('ᴊ', 'j'),
    ('ᴋ', 'k'),
    ('ʟ', 'l'),
    ('ᴍ', 'm'),
    ('ɴ', 'n'),
    ('ᴘ', 'p'),
    ('ʀ', 'r'),
    ('ꜱ', 's'),
    ('ᴛ', 't'),
    ('ᴜ', 'u'),
    ('ʏ', 'y'),
];

/// The Latin letter that it looks like; itself where there is none or more than one.
fn prototype(character: char) -> char {
    if let Some((_, letter)) = SMALL_CAPITALS.iter().find(|(small, _)| *small == character) {
        return *letter;
    }
    if let '\u{1F150}'..='\u{1F189}' = character {
        let letter = (u32::from(character) - 0x1F150) % 32;
        return u8::try_from(letter)
            .ok()
            .filter(|letter| *letter < 26)
            .map_or(character, |letter| char::from(b'a' + letter));
    }
    let mut written = [0; 4];
    let mut letters = skeleton(character.encode_utf8(&mut written)).filter(char::is_ascii_alphanumeric);
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter.to_ascii_lowercase(),
        _ => character,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panic")]
mod tests {
    use super::*;

    #[test]
    fn other_scripts_are_read_as_latin_and_japanese_stays() {
        let text = |source: &str| plain(source).map(|plain| plain.text);
        assert_eq!(text("\u{0441}oinb\u{0430}se").as_deref(), Some("coinbase"));
        assert_eq!(text("例山カード amazon"), None);
        assert_eq!(text("ᴘᴀʏᴘᴀʟ").as_deref(), Some("paypal"));
        assert_eq!(text("🅿🅐").as_deref(), Some("pa"));
        let plain = plain("\u{0430}b").unwrap();
        assert_eq!(plain.sources, [0, 2]);
    }

    #[test]
    fn digits_and_pairs_look_like_letters() {
        assert_eq!(skeleton_of("arnaz0n"), skeleton_of("amazon"));
        assert_eq!(skeleton_of("paypa1"), skeleton_of("paypal"));
        assert_ne!(skeleton_of("reiyama"), skeleton_of("reizama"));
    }
}
