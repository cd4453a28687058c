//! Much text that no reader sees: filters read it, people do not. Silent for the short preview line that newsletters hide at the
//! top, for comments, and for what every layout keeps for other screens.

use super::{Scene, Sign};
use crate::mail::html::HiddenBy;

/// Fewer characters are a layout's leftovers.
const FEWEST: usize = 200;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let body = scene.mail.bodies.iter().find(|body| body.displayed && body.html.is_some())?;
    let hidden = body.html.iter().flat_map(|html| &html.hidden);
    let by_trick = hidden.filter(|hidden| matches!(hidden.by, HiddenBy::Size | HiddenBy::Colour));
    let count: usize = by_trick.map(|hidden| letters(&hidden.text)).sum();
    let shown = letters(&body.text);
    let much = count >= FEWEST && count * 4 > shown;
    much.then(|| Sign::in_body(scene.mail).with("count", count.to_string()))
}

fn letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(style: &str) -> String {
        let words = "autumn leaves fall on quiet water ".repeat(20);
        format!(
            "From: a@example.com\nContent-Type: text/html\n\n<p>Hello there</p><div style=\"{style}\">{words}</div>"
        )
    }

    #[test]
    fn filler_that_nobody_sees() {
        assert!(fires("hidden-text", &mail("font-size:0"), ""));
        assert!(!fires("hidden-text", &mail("font-size:14px"), ""));
    }
}
