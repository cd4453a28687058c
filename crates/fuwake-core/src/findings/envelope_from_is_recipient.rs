//! The envelope says that the recipient himself sent the mail, the From names somebody else: a forger filled in the address he
//! was writing to. Silent where somebody passed the mail on in the recipient's name.

use super::{Alignment, Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let envelope = scene.mail.envelope_from.as_ref()?;
    let address = envelope.address.as_deref()?;
    let author = scene.from()?;
    let same = |other: Option<&str>| other.is_some_and(|other| other.eq_ignore_ascii_case(address));
    let recipient = scene.mail.recipients.iter().find(|recipient| same(recipient.address.as_deref()))?;
    let excused = same(author.address.as_deref())
        || author.domain == envelope.domain
        || scene.alignment == Alignment::Aligned
        || delivery::was_passed_on(scene)
        || delivery::entry(scene).is_none_or(|hop| hop.authenticated);
    (!excused).then(|| Sign::at(envelope).and(recipient).with("address", address))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const MAIL: &str = "Return-Path: <taro@example.jp>\nReceived: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: support@example.com\nTo: taro@example.jp\n\nHello\n";

    #[test]
    fn the_reader_as_sender() {
        assert!(fires("envelope-from-is-recipient", MAIL, "mx.example.jp"));
        assert!(!fires(
            "envelope-from-is-recipient",
            &MAIL.replace("support@example.com", "taro@example.jp"),
            ""
        ));
        assert!(!fires("envelope-from-is-recipient", &MAIL.replace("<taro@", "<err@"), ""));
    }
}
