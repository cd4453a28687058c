//! Characters that steer, hide or reorder are written out as `\u{…}`.

use std::fmt::Write as _;

/// The text with control characters, bidirectional controls and invisible characters written as `\u{…}`, so that it can neither
/// steer a terminal nor show itself in another order than it has. Line ends are written out too.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            safe.push_str(&escape(character));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// How a steering character is written.
pub(super) fn escape(character: char) -> String {
    let mut escape = String::with_capacity(10);
    let _ = write!(escape, "\\u{{{:x}}}", u32::from(character));
    escape
}

/// C0 and C1 controls, bidirectional controls (UAX #9), line and paragraph separators, and characters that nobody sees
/// (Default_Ignorable_Code_Point, but for the variation selectors that emoji and kanji need), and noncharacters, which neither XML nor YAML
/// may hold.
pub(super) fn steers(character: char) -> bool {
    character.is_control()
        || matches!(u32::from(character) & 0xffff, 0xfffe | 0xffff)
        || matches!(character,
            '\u{FDD0}'..='\u{FDEF}' |
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0D}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_steers() {
        assert_eq!(plain("a\u{1b}[2Jb\nc\u{202e}d\u{9b}"), "a\\u{1b}[2Jb\\u{a}c\\u{202e}d\\u{9b}");
        assert_eq!(plain("事案 é 葛\u{e0100} ❤\u{fe0f}"), "事案 é 葛\u{e0100} ❤\u{fe0f}");
        assert_eq!(plain("a\u{200b}b\u{feff}"), "a\\u{200b}b\\u{feff}");
        assert_eq!(plain("a\u{fffe}\u{10ffff}\u{fdd0}"), "a\\u{fffe}\\u{10ffff}\\u{fdd0}");
    }
}
