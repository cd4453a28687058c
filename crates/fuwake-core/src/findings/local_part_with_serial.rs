//! The part before the `@` ends in five or more digits, at a domain of its own: mailers number the senders they make up
//! (`notice482913@`, `rena_moss_48213@`). Silent where anybody has an address (a birthday), for lists, answers, authenticated known
//! companies, tagged addresses (`+`, `=`), alias services, and for the numbers that schools give their pupils.

use super::{Scene, Sign, organisation};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let (local, domain) = (author.local_part()?, author.domain.as_deref()?);
    let digits = local.bytes().rev().take_while(u8::is_ascii_digit).count();
    let letters = local.bytes().filter(u8::is_ascii_alphabetic).count();
    let excused = local.contains(['+', '='])
        || organisation::gives_addresses_away(scene, domain)
        || organisation::is_public_body(domain)
        || scene.knowledge.kind(domain) == Some(DomainKind::AliasService)
        || scene.is_list_mail()
        || scene.answers
        || scene.from_owner().is_some() && scene.alignment == super::Alignment::Aligned;
    (digits > 4 && letters > 3 && !excused).then(|| Sign::at(author.address_span).with("local_part", local))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "local-part-with-serial",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn numbered_senders() {
        for head in ["From: Office <notice482913@example.com>", "From: Office <rena_moss_48213@example.com>"]
        {
            assert!(is_found(head), "{head}");
        }
        for head in [
            "From: Office <notice@example.com>",
            "From: Hana <hana19870512@gmail.com>",
            "From: Hana <s6529601@example.ac.jp>",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
