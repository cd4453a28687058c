//! Answers go to another organisation than the one in the From. Silent for lists and mail services, for the reader's own
//! organisation, and at free mail, for which there are findings of their own.

use super::{Scene, Sign, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let from = scene.from_domain()?;
    let reply = scene.mail.reply_to.first()?;
    let domain = reply.domain.as_deref()?;
    let readers = scene
        .mail
        .recipients
        .iter()
        .filter_map(|recipient| recipient.domain.as_deref())
        .any(|own| organisation::of(own) == organisation::of(domain));
    let excused = readers
        || scene.mail.list.id.is_some()
        || scene.mail.list.precedence.is_some()
        || organisation::same(scene, domain, from)
        || organisation::gives_addresses_away(scene, domain)
        || scene.knowledge.mail_service(domain).or_else(|| scene.knowledge.mail_service(from)).is_some();
    (!excused).then(|| Sign::at(reply).with("reply_to", domain).with("from", from))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn another_organisation() {
        let id = "reply-to-elsewhere";
        assert!(fires(id, "From: a@example.com\nReply-To: b@example.net\n\nHello\n", ""));
        assert!(!fires(id, "From: a@example.com\nReply-To: b@mail.example.com\n\nHello\n", ""));
        assert!(!fires(
            id,
            "From: a@example.com\nReply-To: b@example.net\nList-Id: <l.example.net>\n\nHello\n",
            ""
        ));
    }
}
