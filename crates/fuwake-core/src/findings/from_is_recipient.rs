//! The mail claims to be from its own recipient. Silent where the domain is authenticated, where the recipient's own servers or
//! a log-in sent it (a copy to oneself), for lists, and where somebody else is the real recipient (a letter to many by Bcc).

use super::{Alignment, Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let address = author.address.as_deref()?;
    let recipient = scene.mail.recipients.iter().find(|recipient| {
        recipient.address.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(address))
    })?;
    let entry = delivery::entry(scene)?;
    let own_server = entry
        .confirmed_name()
        .is_some_and(|name| organisation::same(scene, name, author.domain.as_deref().unwrap_or_default()));
    let excused = scene.alignment == Alignment::Aligned
        || scene.is_list_mail()
        || own_server
        || entry.authenticated
        || scene.mail.list.precedence.is_some()
        || scene.mail.recipients.iter().any(|other| is_other(other.address.as_deref(), address))
        || scene.mail.hops.iter().any(|hop| is_other(hop.recipient.as_deref(), address));
    (!excused).then(|| Sign::at(author).and(recipient).with("address", address))
}

fn is_other(one: Option<&str>, address: &str) -> bool {
    one.is_some_and(|one| !one.eq_ignore_ascii_case(address))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const MAIL: &str = "Received: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: taro@example.jp\nTo: Taro@example.jp\n\nHello\n";

    #[test]
    fn a_letter_to_oneself_from_elsewhere() {
        assert!(fires("from-is-recipient", MAIL, "mx.example.jp"));
        let own = MAIL.replace("x.example.net", "pc.example.jp");
        assert!(!fires("from-is-recipient", &own, "mx.example.jp"));
        assert!(!fires("from-is-recipient", &MAIL.replace("Taro@", "hanako@"), "mx.example.jp"));
        let copied = MAIL.replace("jp; Mon", "jp for <hanako@example.jp>; Mon");
        assert!(!fires("from-is-recipient", &copied, "mx.example.jp"));
    }
}
