//! The mail speaks in the name of a brand that has said publicly what it never does in mail, and does just that: asks for a card, a
//! password, a payment, a secret phrase, greets without a name. Silent for the brand's own mail and where only the name is mentioned.

use super::{Scene, Sign, organisation};
use crate::knowledge::schema::{Bilingual, Habit};
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let brand = scene.posed_as()?;
    let (habit, because) = brand.never.iter().find_map(|habit| Some((*habit, shown(scene, *habit)?)))?;
    Some(Sign::at(because).with("brand", &brand.name).with("rule", &rule(habit)))
}

/// Where the mail does it.
fn shown(scene: &Scene<'_>, habit: Habit) -> Option<Because> {
    const CARD: [&str; 6] =
        ["カード番号", "カード情報", "セキュリティコード", "card number", "card details", "cvv"];
    match habit {
        Habit::AsksCardByMail => {
            let text = &scene.text;
            let (at, word) = CARD.iter().find_map(|word| Some((text.text.find(word)?, word)))?;
            Some(scene.in_text(text.original(at, at + word.len())))
        }
        Habit::AsksPasswordByMail => worded(scene, &["identity-check-demanded", "mailbox-notice"]),
        Habit::AsksPaymentByMail => worded(scene, &["payment-problem-claimed", "tax-or-seizure-threat"]),
        Habit::AsksSecretPhrase => worded(scene, &["wallet-lure"]),
        Habit::OmitsName => worded(scene, &["greeting-without-name"]),
        Habit::SendsLinks => scene.web_links().next().map(|link| link.because.clone()),
        Habit::WritesFromFreeMail => {
            let author = scene.from()?;
            organisation::gives_addresses_away(scene, author.domain.as_deref()?)
                .then(|| author.address_span.into())
        }
    }
}

/// The first phrase of one of these findings.
fn worded(scene: &Scene<'_>, findings: &[&str]) -> Option<Because> {
    let phrases = scene.knowledge.phrases();
    let mut worded = scene.phrases.iter().filter(|phrase| !phrase.hint);
    let found = worded.find(|phrase| findings.contains(&phrases[phrase.file].finding.as_str()))?;
    Some(found.because.clone())
}

/// What the brand says that it never does, as the end of a sentence.
fn rule(habit: Habit) -> Bilingual {
    let (ja, en) = match habit {
        Habit::AsksCardByMail => {
            ("メールでカード番号などを尋ねることはない", "never asks for card details by mail")
        }
        Habit::AsksPasswordByMail => {
            ("メールで暗証番号などの入力を求めることはない", "never asks for passwords and the like by mail")
        }
        Habit::AsksPaymentByMail => ("メールで支払いを求めることはない", "never demands a payment by mail"),
        Habit::AsksSecretPhrase => {
            ("リカバリーフレーズを尋ねることはない", "never asks for the recovery phrase")
        }
        Habit::OmitsName => ("メールには必ず宛名を書く", "always addresses its customers by name"),
        Habit::SendsLinks => ("メールにリンクを載せることはない", "never puts links into mail"),
        Habit::WritesFromFreeMail => {
            ("フリーメールから連絡することはない", "never writes from a free mail address")
        }
    };
    Bilingual { ja: ja.into(), en: en.into() }
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brand-breaks-its-own-rule";

    #[test]
    fn a_tax_office_that_threatens_by_mail() {
        let mail = |from: &str, text| format!("From: {from}\nSubject: hello\n\n{text}\n");
        assert!(fires(ID, &mail("国税庁 <a@example.com>", "お支払いが確認できません。"), ""));
        assert!(!fires(ID, &mail("国税庁 <a@example.com>", "申告の期間です。"), ""));
        assert!(!fires(ID, &mail("国税庁 <info@e-tax.nta.go.jp>", "お支払いが確認できません。"), ""));
        assert!(!fires(ID, &mail("例山商店 <a@example.com>", "お支払いが確認できません。"), ""));
    }

    #[test]
    fn a_greeting_without_the_name_that_the_brand_always_writes() {
        let mail = |greeting| format!("From: PayPal <a@example.com>\nSubject: hello\n\n{greeting}\n\nhello");
        assert!(fires(ID, &mail("Dear customer,"), ""));
        assert!(!fires(ID, &mail("Hello Hana Rei,"), ""));
    }
}
