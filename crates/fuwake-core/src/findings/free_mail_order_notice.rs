//! A free-mail address writes out of the blue of an order, a charge or a renewal in the subject: the opening of call-back frauds.
//! Freelancers send invoices so too, hence a sign and no proof. Silent for answers.

use super::{Scene, Sign, delivery};
use crate::knowledge::DomainKind;

/// What companies' machines write in subjects, folded.
const NOTICES: [&str; 34] = [
    "auto-debit",
    "auto debit",
    "auto renew",
    "billing",
    "charged",
    "confirmación de",
    "debited",
    "factura",
    "facture",
    "fatura",
    "has been paid",
    "invoice",
    "is paid",
    "is processed",
    "order confirm",
    "order id",
    "order no",
    "order#",
    "order #",
    "payment confirm",
    "payment received",
    "payment success",
    "pedido",
    "purchase",
    "receipt",
    "rechnung",
    "renewal",
    "renewed",
    "subscription",
    "successfully processed",
    "transaction",
    "ご注文",
    "ご請求",
    "自動更新",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = author.domain.as_deref()?;
    let excused = scene.knowledge.kind(domain) != Some(DomainKind::FreeMail)
        || scene.answers
        || scene.subject.text.starts_with("re:")
        || scene.is_list_mail()
        || delivery::is_automatic(scene)
        || delivery::has_null_sender(scene);
    let notice =
        || NOTICES.iter().any(|notice| scene.subject.text.contains(notice)) || is_order(&scene.subject.text);
    let subject = scene.mail.subject.as_ref().filter(|_| !excused && notice())?;
    Some(Sign::at(author).and(subject.span).with("domain", domain))
}

/// `order` and a number of five digits.
fn is_order(subject: &str) -> bool {
    subject.contains("order") && subject.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 4)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "free-mail-order-notice",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn orders() {
        for head in [
            "From: A Bee <a1@gmail.com>\nSubject: Order 361878 successfully processed",
            "From: A Bee <a1@gmail.com>\nSubject: Payment confirmation",
        ] {
            assert!(is_found(head), "{head}");
        }
        for head in [
            "From: A Bee <a1@gmail.com>\nSubject: In order to meet",
            "From: A Bee <a1@example.com>\nSubject: Payment confirmation",
            "From: A Bee <a1@gmail.com>\nSubject: Re: invoice",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
