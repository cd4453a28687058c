//! The mail is a picture that leads somewhere, with next to no text: nothing for a filter to read. Silent where a plain
//! alternative says the same in words, for replies and for mails that carry others.

use super::{Scene, Sign};
use crate::mail::link::Source;

/// So few letters are an unsubscribe line at most.
const FEW: usize = 40;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let displayed = mail.bodies.iter().find(|body| body.displayed && body.html.is_some())?;
    let images = displayed.html.as_ref()?.images.iter().filter(|image| !image.tracking).count();
    let words = mail.bodies.iter().map(|body| letters(&body.text)).max().unwrap_or_default();
    let link = scene.links().find(|link| matches!(link.source, Source::Html | Source::Area))?;
    let bare = images > 0 && words < FEW && !scene.answers && !scene.is_carrier();
    bare.then(|| Sign::in_body(mail).and(link.because.clone()).with("count", images.to_string()))
}

fn letters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(text: &str) -> String {
        format!(
            "From: a@example.com\nContent-Type: text/html\n\n<p>{text}</p><a href=\"http://b.example.net/x\"><img src=\"http://b.example.net/p.png\" alt=\"\" width=600 height=400></a>"
        )
    }

    #[test]
    fn a_picture_and_nothing_else() {
        assert!(fires("only-an-image", &mail("Open"), ""));
        let words = "This is the programme of our garden society for the coming season, with all dates.";
        assert!(!fires("only-an-image", &mail(words), ""));
    }
}
