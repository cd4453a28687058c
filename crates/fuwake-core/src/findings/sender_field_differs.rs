//! The Sender field (RFC 5322 section 3.6.2) names another organisation than the From. Assistants, lists and mail services
//! write so by right; it is weak.

use super::{Alignment, Scene, Sign, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let from = scene.from_domain()?;
    let sender = scene.mail.sender.first()?;
    let domain = sender.domain.as_deref()?;
    let excused = organisation::same(scene, domain, from)
        || scene.alignment == Alignment::Aligned
        || scene.mail.list.id.is_some()
        || scene.mail.list.precedence.is_some()
        || scene.knowledge.mail_service(domain).is_some();
    (!excused).then(|| Sign::at(sender).with("sender", domain).with("from", from))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn another_organisation() {
        assert!(fires("sender-field-differs", "From: a@example.com\nSender: b@example.net\n\nHello\n", ""));
        assert!(!fires(
            "sender-field-differs",
            "From: a@example.com\nSender: b@mx.example.com\n\nHello\n",
            ""
        ));
    }
}
