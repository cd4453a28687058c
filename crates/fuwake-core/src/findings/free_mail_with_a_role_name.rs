//! The display name is an office or a role ("Paid Customer", "Billing Team"), the address one that anybody can open. A club's
//! secretary may write so; a company's office does not.

use super::{Scene, Sign};
use crate::knowledge::DomainKind;

/// Words of which a role's name consists, folded.
const ROLES: [&str; 42] = [
    "account",
    "accounts",
    "admin",
    "administrator",
    "alert",
    "alerts",
    "billing",
    "care",
    "center",
    "centre",
    "client",
    "confirmation",
    "customer",
    "delivery",
    "department",
    "desk",
    "help",
    "helpdesk",
    "invoice",
    "invoices",
    "mail",
    "member",
    "notification",
    "notifications",
    "notice",
    "no-reply",
    "noreply",
    "online",
    "order",
    "orders",
    "paid",
    "payment",
    "payments",
    "renewal",
    "sales",
    "security",
    "service",
    "services",
    "subscription",
    "support",
    "team",
    "update",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let (domain, name) = (author.domain.as_deref()?, author.display_name.as_deref()?);
    if scene.knowledge.kind(domain) != Some(DomainKind::FreeMail) || scene.answers || scene.is_list_mail() {
        return None;
    }
    let folded = crate::fold::fold(name).text;
    let mut words =
        folded.split(|c: char| !(c.is_alphabetic() || c == '-')).filter(|word| !word.is_empty()).peekable();
    let role = words.peek().is_some() && words.all(|word| word == "your" || ROLES.contains(&word));
    role.then(|| Sign::at(author).with("name", name).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "free-mail-with-a-role-name",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn roles() {
        for head in ["From: Paid Customer <a1@gmail.com>", "From: \"Your Order # 5353\" <a1@gmail.com>"] {
            assert!(is_found(head), "{head}");
        }
        for head in ["From: Hana Support <a1@gmail.com>", "From: Billing Team <a1@example.com>"] {
            assert!(!is_found(head), "{head}");
        }
    }
}
