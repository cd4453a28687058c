//! A free-mail address shows a charge, an order or a renewal, and a telephone number to call: the call-back fraud. Silent for answers and lists; a
//! number in a private letter or a signature without such wording says nothing.

use super::{Scene, Sign, telephone};
use crate::knowledge::DomainKind;

/// What charges are called, folded; a sum of money counts as well.
const CHARGES: [&str; 16] = [
    "auto-debit",
    "auto renew",
    "billing",
    "cancel",
    "charged",
    "customer care",
    "customer service",
    "debited",
    "help desk",
    "helpdesk",
    "invoice",
    "order",
    "paypal",
    "refund",
    "renewal",
    "subscription",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = author.domain.as_deref()?;
    let excused = scene.knowledge.kind(domain) != Some(DomainKind::FreeMail)
        || scene.answers
        || scene.is_list_mail()
        || scene.is_carrier()
        || super::delivery::is_automatic(scene)
        || super::delivery::has_null_sender(scene);
    let text = &scene.text.text;
    let charges = || CHARGES.iter().filter(|word| text.contains(*word)).count();
    let money = || ["$", "usd", "€", "eur ", "£"].iter().any(|sign| text.contains(sign));
    if excused || !(money() && charges() > 1) {
        return None;
    }
    let number = telephone::first(scene.mail.own_text())?;
    Some(Sign::in_body(scene.mail).and(author).with("number", number.written).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(from: &str, text: &str) -> bool {
        fires("call-number-from-free-mail", &format!("From: {from}\n\n{text}\n"), "")
    }

    #[test]
    fn a_charge_and_a_number() {
        let lure = "Your order is paid: $499.99. To cancel the renewal call +1 (800) 555-0142.";
        assert!(is_found("a1@gmail.com", lure));
        assert!(!is_found("a@example.com", lure));
        assert!(!is_found("a1@gmail.com", "See you on Saturday. Hana, 03-5555-0142"));
    }
}
