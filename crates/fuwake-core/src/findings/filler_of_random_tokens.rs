//! The text holds rows of letters and digits drawn by lot: filler that makes every copy different for filters. Keys, patches and
//! signed mails hold such rows too, so only HTML that is shown counts, and hexadecimal digits, links and armoured blocks do not.

use super::{Scene, Sign};
use crate::span::Span;

/// Rows that are no accident.
const ENOUGH: usize = 6;
/// A row so long that one is enough.
const LONG: usize = 80;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let shown = scene.mail.bodies.iter().any(|body| body.displayed && body.html.is_some());
    if !shown || scene.mail.list.is_reply || scene.is_list_mail() || scene.is_carrier() {
        return None;
    }
    let text = scene.mail.own_text();
    if text.contains("-----BEGIN") {
        return None;
    }
    let mut at = 0;
    let mut drawn: Vec<Span> = Vec::new();
    for word in text.split(char::is_whitespace) {
        let start = at;
        let length = word.chars().count();
        at += length + 1;
        if word.len() >= 10 && word.is_ascii() && is_drawn(word) {
            drawn.push(Span::new(start, start + length));
            if drawn.len() >= ENOUGH || length >= LONG {
                let because = drawn.iter().map(|&place| scene.in_text(place));
                return Some(Sign::at_all(because).with("count", drawn.len().to_string()));
            }
        }
    }
    None
}

/// Letters of both cases and digits that change places often; names of programs and parts have a digit or two.
fn is_drawn(word: &str) -> bool {
    if word.contains("://") || word.contains('@') || word.starts_with("www.") {
        return false;
    }
    word.split(|character: char| !character.is_ascii_alphanumeric()).any(|run| {
        let pairs = || run.as_bytes().windows(2);
        let digits = pairs().filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
        let cases =
            pairs().filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
        run.len() >= 10 && digits >= 3 && cases >= 2
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn filled(text: &str) -> bool {
        let mail = format!("From: a@example.com\nContent-Type: text/html\n\n<p>{text}</p>");
        fires("filler-of-random-tokens", &mail, "")
    }

    #[test]
    fn rows_drawn_by_lot() {
        let row = "i61OpD9AyTlGAtUHf6dz ";
        assert!(filled(&format!("Click here {}", row.repeat(6))));
        assert!(filled(&format!("Click here {}", row.trim_end().repeat(5))));
    }

    #[test]
    fn everyday_texts() {
        assert!(!filled("Your order AB12-9937-XK has been shipped with parcel 1Z999AA10123456784"));
        assert!(!filled(&"Oracle9iAS ListDemo12Test JavaServerFaces1 ".repeat(8)));
        assert!(!filled(&"commit 9fceb02d0ae598e95dc970b74767f19372d61af8 ".repeat(8)));
        assert!(!filled(&"http://a.example.com/i61OpD9AyTlGAtUHf6dz ".repeat(8)));
    }
}
