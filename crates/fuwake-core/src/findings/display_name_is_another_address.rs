//! The display name shows an address of another organisation than the mail's own. Mail programs on telephones show the name
//! alone. Silent for lists and alias services, which write the author so, and for the reader's own address, which services put there.

use super::{Scene, Sign, organisation};
use crate::domain::normalise;
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let (domain, name) = (author.domain.as_deref()?, author.display_name.as_deref()?);
    let (shown, host) = address_in(name)?;
    let own = scene.mail.recipients.iter().any(|recipient| {
        recipient.address.as_deref().is_some_and(|address| address.eq_ignore_ascii_case(shown))
    });
    let excused = own
        || scene.is_list_mail()
        || scene.answers
        || organisation::same(scene, domain, &host)
        || scene.knowledge.mail_service(domain).is_some()
        || scene.knowledge.kind(domain) == Some(DomainKind::AliasService);
    (!excused).then(|| Sign::at(author).with("shown", shown).with("domain", domain))
}

/// An address inside a name, and its domain.
fn address_in(name: &str) -> Option<(&str, String)> {
    let words = name.split(|c: char| c.is_whitespace() || "<>()[]\"',;:、（）＜＞「」".contains(c));
    words.filter_map(|word| Some((word, word.split_once('@')?.1))).find_map(|(word, host)| {
        let host = normalise(host)?;
        organisation::is_registrable(&host).then_some((word, host))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn shows_one_address_and_is_another() {
        let id = "display-name-is-another-address";
        assert!(fires(id, "From: \"support@example.com\" <k@example.net>\n\nHello\n", ""));
        assert!(!fires(id, "From: \"k@example.net\" <k@mail.example.net>\n\nHello\n", ""));
        assert!(!fires(id, "From: \"b@example.jp\" <k@example.net>\nTo: b@example.jp\n\nHello\n", ""));
        assert!(!fires(id, "From: \"support@example.com\" <k@simplelogin.co>\n\nHello\n", ""));
        assert!(!fires(id, "From: \"Tea @ Example\" <k@example.net>\n\nHello\n", ""));
    }
}
