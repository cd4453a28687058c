//! Text that no reader sees, made of letters in disguise or of pieces of HTML: it breaks up what programs compare. Silent for
//! the preview lines that newsletters hide, which are plain words.

use super::{Scene, Sign};
use crate::fold::confusable::is_ornamental;
use crate::mail::html::HiddenBy;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let pages = scene.mail.bodies.iter().filter(|body| body.displayed).filter_map(|body| body.html.as_ref());
    let mut hidden = pages
        .flat_map(|page| &page.hidden)
        .filter(|hidden| !matches!(hidden.by, HiddenBy::Comment | HiddenBy::Container));
    let odd = hidden.find(|hidden| is_odd(&hidden.text))?;
    let quote: String = odd.text.trim().chars().take(40).collect();
    Some(Sign::in_body(scene.mail).with("quote", quote))
}

fn is_odd(text: &str) -> bool {
    text.chars().filter(|&letter| is_ornamental(letter)).take(3).count() == 3 || text.contains("\">")
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn no_words_behind_the_page() {
        let hidden = |text: &str| {
            let page = format!("<div style=\"font-size:0\">{text}</div><p>Hello</p>");
            fires(
                "hidden-letters-in-disguise",
                &format!("From: a@example.com\nContent-Type: text/html; charset=utf-8\n\n{page}\n"),
                "",
            )
        };
        assert!(hidden("[𝓒𝙙𝟛𝕛]\"&gt; [𝓰]"));
        assert!(!hidden("Our news of this week, and ten per cent off"));
    }
}
