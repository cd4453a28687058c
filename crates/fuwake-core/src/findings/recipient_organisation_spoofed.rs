//! The mail poses as the recipient's own mail system: the display name or the subject names the recipient's domain beside words of mail
//! administration, and the From domain is another. Silent for domains under which anybody has an address, and for the reader's own
//! domains.

use super::{Scene, Sign};
use crate::domain::registrable;
use crate::knowledge::DomainKind;
use crate::span::Span;

const OFFICES: [&str; 26] = [
    "mail",
    "admin",
    "support",
    "server",
    "quota",
    "storage",
    "password",
    "helpdesk",
    "help desk",
    "it ",
    "security",
    "account",
    "notification",
    "no-reply",
    "noreply",
    "postmaster",
    "desk",
    "team",
    "メール",
    "サーバ",
    "管理",
    "サポート",
    "アカウント",
    "パスワード",
    "事務局",
    "システム",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (from, sender) = (scene.from()?, scene.from_domain()?);
    let own = scene.mail.recipients.iter().filter_map(|recipient| recipient.domain.as_deref());
    let domain = own.filter_map(|domain| registrable(domain)).find(|domain| {
        registrable(sender) != Some(*domain) && scene.knowledge.kind(domain) != Some(DomainKind::FreeMail)
    })?;
    let trusted = scene.reader.organisation.iter().any(|own| registrable(own) == registrable(sender));
    let name = from.display_name.as_deref().unwrap_or_default().to_lowercase();
    let subject = &scene.subject.text;
    let span = if names_office(&name, domain) {
        from.span
    } else if names_office(subject, domain) && !scene.answers && !scene.is_carrier() {
        scene.mail.subject.as_ref().map_or(Span::default(), |subject| subject.span)
    } else {
        return None;
    };
    let sign = Sign::at(span).and(from.address_span);
    (!trusted && !scene.is_list_mail()).then(|| sign.with("domain", domain).with("sender", sender))
}

/// The domain, not as a part of an address, and a word of mail administration beside it.
fn names_office(text: &str, domain: &str) -> bool {
    let Some((before, after)) = text.split_once(domain) else { return false };
    let alone = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '-' | '.'))
        && !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
    alone && OFFICES.iter().any(|office| before.contains(office) || after.contains(office))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "recipient-organisation-spoofed";

    #[test]
    fn the_recipients_domain_in_another_senders_name() {
        let mail = |name: &str, sender| {
            format!("From: {name} <a@{sender}>\nTo: taro@example.jp\nSubject: hello\n\nx")
        };
        assert!(fires(ID, &mail("\"example.jp サポート\"", "example.com"), ""));
        assert!(!fires(ID, &mail("\"example.jp サポート\"", "mail.example.jp"), ""));
        assert!(!fires(ID, &mail("Taro of example.jp", "example.com"), ""));
        assert!(!fires(ID, &mail("\"taro@example.jp\"", "example.com"), ""));
    }
}
