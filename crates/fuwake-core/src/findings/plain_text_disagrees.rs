//! The plain alternative says something else than the HTML that is shown: filters read the one, people the other
//! (RFC 2046 section 5.1.4 asks for the same content). Silent where either is short, for many programs write a stub.

use super::{Scene, Sign};
use crate::mail::Body;
use crate::mail::link::in_text;
use crate::span::Span;

/// Words that are compared.
const MOST: usize = 400;
/// Fewer words of plain text are a stub.
const FEWEST: usize = 40;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let shown = scene.mail.bodies.iter().find(|body| body.displayed && body.html.is_some())?;
    let plain = scene.mail.bodies.iter().find(|body| !body.displayed && body.media_type == "text/plain")?;
    if begin_alike(&shown.text, &plain.text) {
        return None;
    }
    let (seen, unseen) = (words(shown), words(plain));
    if seen.len() < FEWEST / 2 || unseen.len() < FEWEST {
        return None;
    }
    let common = unseen.iter().filter(|word| seen.binary_search(word).is_ok()).count();
    let end = plain.text.chars().count().min(200);
    (common * 8 < unseen.len()).then(|| Sign::at(in_text(&plain.part, Span::new(0, end))))
}

/// A third of the first long words of the one stand in the other: nearly every honest pair, told without looking at all words.
fn begin_alike(shown: &str, plain: &str) -> bool {
    let first = plain.split_whitespace().filter(|word| word.len() > 4).take(24);
    first.filter(|word| shown.contains(word)).count() >= 8
}

/// The different words of a text, sorted; of scripts without blanks the pairs of letters.
fn words(body: &Body) -> Vec<String> {
    let mut words: Vec<String> = body
        .text
        .split(|character: char| !character.is_alphanumeric())
        .flat_map(|word| {
            let letters: Vec<char> = word.chars().collect();
            if word.is_ascii() || letters.len() < 3 {
                vec![word.to_lowercase()]
            } else {
                letters.windows(2).map(String::from_iter).collect()
            }
        })
        .filter(|word| word.chars().nth(1).is_some())
        .take(MOST)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(plain: &str, html: &str) -> String {
        format!(
            "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n<p>{html}</p>\n--b--\n"
        )
    }

    fn prose(seed: &str) -> String {
        (0..60).map(|number| format!("{seed}{number} ")).collect()
    }

    #[test]
    fn two_different_letters() {
        assert!(fires("plain-text-disagrees", &mail(&prose("leaf"), &prose("card")), ""));
        assert!(!fires("plain-text-disagrees", &mail(&prose("leaf"), &prose("leaf")), ""));
        assert!(!fires("plain-text-disagrees", &mail("Please view this mail as HTML.", &prose("leaf")), ""));
    }
}
