//! Every web link of the mail is a short link: nothing shows where any of them leads. Silent for lists, answers, and where the sender's own domain shortens.

use super::{Scene, Sign};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.is_list_mail() || scene.answers || scene.is_carrier() {
        return None;
    }
    let mut targets = scene.targets().peekable();
    let (first, host) = *targets.peek()?;
    let short = |host: &str| {
        scene.knowledge.kind(host) == Some(DomainKind::Shortener) && scene.from_domain() != Some(host)
    };
    targets.all(|(_, host)| short(host)).then(|| Sign::at(first.because.clone()).with("host", host))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(text: &str) -> bool {
        fires("only-short-links", &format!("From: a@example.com\n\nhello {text}\n"), "")
    }

    #[test]
    fn nothing_but_short_links() {
        assert!(is_found("https://bit.ly/a https://bit.ly/b"));
        assert!(!is_found("https://bit.ly/a https://www.example.com/b"));
        assert!(!is_found(""));
    }
}
