//! The display name is nothing but a domain that is not the sender's organisation's: `Booking.example` from somewhere else. Silent for lists and
//! mail services, for full addresses ([`super::display_name_is_another_address`]), for a person at a company (`Noy @ Example`), and where
//! a link leads to what is shown.

use super::{Scene, Sign, organisation};
use crate::domain::normalise;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let (domain, name) = (author.domain.as_deref()?, author.display_name.as_deref()?);
    if !name.contains('.') || name.contains('@') || scene.is_list_mail() || scene.answers {
        return None;
    }
    let shown = domain_in(name)?;
    let same = organisation::same(scene, domain, &shown) || same_label(domain, &shown);
    let linked =
        scene.web_links().any(|link| link.registrable_domain.as_deref() == Some(organisation::of(&shown)));
    (!same && !linked && scene.knowledge.mail_service(domain).is_none())
        .then(|| Sign::at(author).with("shown", shown).with("domain", domain))
}

/// A registrable name under a suffix that people know as one, with at least three letters before it.
fn domain_in(name: &str) -> Option<String> {
    const KNOWN: [&str; 18] = [
        "at", "au", "be", "br", "ch", "com", "de", "es", "eu", "fr", "io", "it", "jp", "net", "nl", "org",
        "pt", "uk",
    ];
    let host = normalise(name)?;
    let (label, _) = organisation::of(&host).split_once('.')?;
    let top = host.rsplit('.').next()?;
    (KNOWN.contains(&top) && label.len() > 2 && organisation::is_registrable(&host)).then_some(host)
}

/// One name under two suffixes, or the name inside the other: example.com from mail-example.jp.
fn same_label(domain: &str, shown: &str) -> bool {
    let label = |name: &str| organisation::of(name).split('.').next().unwrap_or_default().to_owned();
    let (own, shown) = (label(domain), label(shown));
    own.contains(&shown) || shown.contains(&own)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "display-name-shows-another-domain",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn domains_in_names() {
        for head in ["From: Hotels.com <a@mail.example.jp>", "From: Cars.com <a@example.jp>"] {
            assert!(is_found(head), "{head}");
        }
        for head in [
            "From: Example.com <a@mail.example.jp>",
            "From: Cars.com Daily News <a@example.jp>",
            "From: Noy @ KELA <noy@example.jp>",
            "From: Dr. A. Bee <a@example.jp>",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
