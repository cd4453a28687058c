//! Answers go to a free-mail address that is not the From: another domain, or another mailbox there. Advance-fee and boss
//! frauds live by the answer. Silent for lists, replies, and web forms, whose visitor's address stands there by right.

use super::{Scene, Sign};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let reply = scene.mail.reply_to.first()?;
    let (domain, address) = (reply.domain.as_deref()?, reply.address.as_deref()?);
    let differs = !author.address.as_deref()?.eq_ignore_ascii_case(address);
    let free = scene.knowledge.kind(domain) == Some(DomainKind::FreeMail);
    let form = scene.mail.recipients.iter().any(|recipient| recipient.domain == author.domain);
    let listed = scene.mail.list.id.is_some() || scene.mail.list.precedence.is_some();
    let found = differs && free && !form && !listed && !scene.answers;
    found.then(|| Sign::at(reply).and(author).with("reply_to", address))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn answers_to_free_mail() {
        let id = "reply-to-free-mail";
        assert!(fires(id, "From: a@example.com\nReply-To: b@gmail.com\n\nHello\n", ""));
        assert!(fires(id, "From: a@gmail.com\nReply-To: b@proton.me\n\nHello\n", ""));
        assert!(!fires(id, "From: a@gmail.com\nReply-To: a@gmail.com\n\nHello\n", ""));
        assert!(!fires(
            id,
            "From: form@example.jp\nReply-To: b@gmail.com\nTo: info@example.jp\n\nHello\n",
            ""
        ));
    }
}
