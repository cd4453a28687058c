//! The part before the `@` is the recipient's own, though the From is of another organisation: templates fill the reader's name in
//! to look familiar. Silent for lists and replies, for names that everybody has (info), and where a person's name stands with it.

use super::{Scene, Sign, delivery, organisation};
use crate::mail::Mailbox;

/// Local parts that say nothing.
const COMMON: [&str; 12] = [
    "info",
    "admin",
    "support",
    "contact",
    "mail",
    "sales",
    "office",
    "webmaster",
    "postmaster",
    "hello",
    "news",
    "service",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = author.domain.as_deref()?;
    if scene.is_list_mail() || scene.answers || delivery::was_passed_on(scene) {
        return None;
    }
    let foreign = scene.mail.recipients.iter().filter(|own| {
        own.domain.as_deref().is_some_and(|own| organisation::of(own) != organisation::of(domain))
    });
    let (own, local) = foreign.filter_map(|own| Some((own, taken(own, author)?))).next()?;
    Some(Sign::at(author).and(own).with("taken", local))
}

/// The recipient's local part, where it is the author's too and tells who he is.
fn taken(own: &Mailbox, author: &Mailbox) -> Option<String> {
    let local = own.local_part()?.to_lowercase();
    let same = author.local_part().is_some_and(|theirs| theirs.eq_ignore_ascii_case(&local));
    let telling = local.chars().nth(3).is_some() && !COMMON.contains(&local.as_str());
    let person = author.display_name.as_deref().is_some_and(|name| name.contains(' '));
    (same && telling && !person).then_some(local)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn the_readers_own_name() {
        let id = "recipient-named-as-sender";
        assert!(fires(id, "From: taro@example.net\nTo: taro@example.jp\n\nHello\n", ""));
        assert!(!fires(id, "From: info@example.net\nTo: info@example.jp\n\nHello\n", ""));
    }
}
