//! In-Reply-To or References (RFC 5322 section 3.6.4) on a mail with links that answers nothing: neither its subject nor a quotation shows a talk. Mailers for masses
//! write the fields to pass for one. Ticket and platform notices thread so too, hence silent for known senders, platforms, mail services, and lists.

use super::{Alignment, Scene, Sign};
use crate::mail::link::Source;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    if !mail.list.is_reply
        || scene.answers
        || scene.is_list_mail()
        || scene.is_carrier()
        || scene.is_sent_by_service()
    {
        return None;
    }
    let domain = scene.from_domain().unwrap_or_default();
    let known = scene.alignment == Alignment::Aligned
        && (scene.from_owner().is_some() || scene.knowledge.is_platform(domain));
    let page = scene.web_links().any(|link| matches!(link.source, Source::Html | Source::Area));
    let field = mail.fields.iter().find(|field| field.is("in-reply-to") || field.is("references"))?;
    (page && !known && mail.list.auto_submitted.is_none()).then(|| Sign::at(field))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(subject: &str) -> bool {
        let page = "<a href=\"https://www.example.net/x\">claim</a>";
        fires(
            "thread-fields-without-an-answer",
            &format!(
                "From: a@example.com\nSubject: {subject}\nIn-Reply-To: <1@example.jp>\nContent-Type: text/html\n\n{page}\n"
            ),
            "",
        )
    }

    #[test]
    fn nothing_is_answered() {
        assert!(is_found("Your reward"));
        assert!(!is_found("Re: Saturday"));
    }
}
