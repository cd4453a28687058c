//! The envelope names another organisation than the From. Every mail service does that for its customers, lists and forwarders
//! too; where none of these is known to be at work it is a weak sign.

use super::{Alignment, Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let from = scene.from_domain()?;
    let envelope = scene.mail.envelope_from.as_ref()?;
    let domain = envelope.domain.as_deref()?;
    let excused = organisation::same(scene, domain, from)
        || scene.alignment == Alignment::Aligned
        || scene.knowledge.mail_service(domain).is_some()
        || scene.mail.list.id.is_some()
        || scene.mail.list.precedence.is_some()
        || delivery::was_passed_on(scene);
    (!excused).then(|| Sign::at(envelope).with("envelope", domain).with("from", from))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn another_organisation() {
        let id = "envelope-from-differs";
        assert!(fires(id, "Return-Path: <x@example.net>\nFrom: a@example.com\n\nHello\n", ""));
        assert!(!fires(id, "Return-Path: <x@bounce.example.com>\nFrom: a@example.com\n\nHello\n", ""));
        assert!(!fires(id, "Return-Path: <x@amazonses.com>\nFrom: a@example.com\n\nHello\n", ""));
    }
}
