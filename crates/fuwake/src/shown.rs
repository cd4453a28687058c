//! Text from mails and file names, made safe for a terminal.

use std::fmt::Write;

/// The text with control characters, bidirectional controls and line ends written as `\u{…}`, so that it can neither
/// steer the terminal nor show itself in another order than it has.
#[must_use]
pub(crate) fn shown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if steers(character) {
            let _ = write!(safe, "\\u{{{:x}}}", u32::from(character));
        } else {
            safe.push(character);
        }
    }
    safe
}

/// C0 and C1 controls, bidirectional controls (UAX #9), line and paragraph separators, and invisible format characters.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(shown("a\u{1b}[2Jb\nc\u{202e}d\u{9b}"), "a\\u{1b}[2Jb\\u{a}c\\u{202e}d\\u{9b}");
        assert_eq!(shown("事案 é"), "事案 é");
    }
}
