//! The envelope's sender is `<>`, which RFC 5321 section 4.5.5 keeps for reports and automatic answers, and the mail is neither: a page
//! with links. So nobody gets the returns, and SPF has nothing to check.

use super::{Scene, Sign, delivery};
use crate::mail::link::Source;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let envelope = scene.mail.envelope_from.as_ref()?;
    if !delivery::has_null_sender(scene) || delivery::is_automatic(scene) || scene.is_list_mail() {
        return None;
    }
    let link = scene.web_links().find(|link| matches!(link.source, Source::Html | Source::Area))?;
    Some(Sign::at(envelope).and(link.because.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        let page = "<a href=\"https://www.example.net/x\">claim</a>";
        let mail = format!("Return-Path: <>\nFrom: a@example.com\nTo: taro@example.jp\n{head}\n\n{page}\n");
        fires("null-sender-without-report", &mail, "")
    }

    #[test]
    fn an_offer_that_nobody_can_return() {
        assert!(is_found("Content-Type: text/html"));
        assert!(!is_found("Content-Type: text/html\nAuto-Submitted: auto-replied"));
        assert!(!is_found("Content-Type: text/plain"));
    }
}
