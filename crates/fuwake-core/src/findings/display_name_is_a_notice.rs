//! The display name is no name but the message itself ("Last warning", "Congratulations!"): telephones show it before the subject. Words in
//! the seven languages that the phrases cover; a shop may be called so, hence it is a sign and no proof.

use super::{Scene, Sign, delivery};

/// What says something is the matter, folded and sorted.
const NOTICES: [&str; 74] = [
    "account notice",
    "action required",
    "alert!",
    "auszahlung",
    "aviso de",
    "bestätigung",
    "bloqueio",
    "bonus",
    "cadeaubon",
    "cadeaukaart",
    "claim your",
    "cloud storage",
    "confirm",
    "congrat",
    "enhorabuena",
    "expired",
    "felicidades",
    "final notice",
    "free spin",
    "félicitation",
    "gagnant",
    "ganador",
    "gefeliciteerd",
    "gewinner",
    "gewinnspiel",
    "gift card",
    "giveaway",
    "glückwunsch",
    "gutschein",
    "ihr konto",
    "ihr paket",
    "laatste kans",
    "last chance",
    "last warning",
    "letzte chance",
    "parabéns",
    "pending order",
    "premiado",
    "quota",
    "regulariza",
    "resgate",
    "reward",
    "récompense",
    "su cuenta",
    "su paquete",
    "sua encomenda",
    "suspended",
    "urgent",
    "uw account",
    "uw pakket",
    "verification",
    "virus found",
    "volg uw",
    "votre colis",
    "votre compte",
    "voucher",
    "warning",
    "warnung",
    "winnaar",
    "winner",
    "you won",
    "your order",
    "your package",
    "your parcel",
    "última chance",
    "おめでとう",
    "お荷物のお知らせ",
    "ご当選",
    "アカウント停止",
    "キャンペーン当選",
    "最終通知",
    "未払い",
    "緊急",
    "重要なお知らせ",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let name = author.display_name.as_deref()?;
    let excused = scene.is_list_mail() || scene.answers || delivery::is_automatic(scene);
    let folded = crate::fold::fold(name).text;
    let notice = || NOTICES.iter().find(|notice| folded.contains(**notice));
    let said = || notice().is_some_and(|notice| !names_the_sender(&folded, notice, author));
    (!excused && said()).then(|| Sign::at(author).with("name", name))
}

/// `Example Rewards <news@example.com>`: the rest of the name stands in the domain.
fn names_the_sender(name: &str, notice: &str, author: &crate::mail::address::Mailbox) -> bool {
    let domain = author.registrable_domain.as_deref().unwrap_or_default();
    let rest = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3);
    rest.into_iter().any(|word| !notice.contains(word) && !word.contains(notice) && domain.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "display-name-is-a-notice",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn notices() {
        for head in [
            "From: \"Quota warning\" <a@example.com>",
            "From: Ihr Paket <a@example.com>",
            "From: Gift Card Team <a@example.com>",
        ] {
            assert!(is_found(head), "{head}");
        }
        for head in [
            "From: Hana Rei <a@example.com>",
            "From: Example Store <a@example.com>",
            "From: Example Rewards <a@news.example.com>",
            "From: Claims Team <a@example.com>",
        ] {
            assert!(!is_found(head), "{head}");
        }
    }
}
