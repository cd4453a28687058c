//! The From domain is a name that a service gives each customer until he brings his own (`something.onmicrosoft.com`,
//! `project.firebaseapp.com`, a rented server's default name): open in a minute, authenticated, and nobody's company. The list is
//! `data/domains/tenant-defaults.toml` with free hosting; the service's own address is not below its own name.

use super::{Scene, Sign};
use crate::domain::registrable;
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = author.domain.as_deref()?;
    let kind = scene.knowledge.kind(domain);
    let given =
        matches!(kind, Some(DomainKind::TenantDefault | DomainKind::FreeHosting | DomainKind::DynamicDns));
    let below = || domain.matches('.').count() > 1 || registrable(domain).is_none_or(|own| own != domain);
    let excused = scene.is_list_mail() || scene.answers || super::delivery::is_automatic(scene);
    (given && below() && !excused).then(|| Sign::at(author.address_span).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "sender-at-tenant-default",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn given_names() {
        for head in
            ["From: Office <a@example.onmicrosoft.com>", "From: Office <no-reply@example-12.firebaseapp.com>"]
        {
            assert!(is_found(head), "{head}");
        }
        for head in [
            "From: Office <a@example.com>",
            "From: postmaster@example.onmicrosoft.com\nAuto-Submitted: auto-replied",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
