//! Names of people and firms that begin with a brand's: `Paypal Johansson <p.johansson@…>`, `Amazon River Tours` at `amazonrivertours.com.br`.

use super::own_links;
use crate::findings::{Alignment, Scene};
use crate::fold::fold;
use crate::impersonation::{Claim, Place, names_an_office};
use crate::knowledge::Brand;

/// What firms and impostors put behind a brand's name to speak of its goods.
const GOODS: [&str; 32] = [
    "app",
    "business",
    "cash",
    "center",
    "centre",
    "claim",
    "club",
    "delivery",
    "department",
    "desk",
    "express",
    "gift",
    "invoice",
    "japan",
    "login",
    "mail",
    "music",
    "official",
    "order",
    "pay",
    "plus",
    "premium",
    "prime",
    "refund",
    "rewards",
    "shipping",
    "shop",
    "store",
    "tracking",
    "usa",
    "verif",
    "wallet",
];

impl Scene<'_> {
    /// The display name only begins with the brand's and agrees with the address, and nothing is said as impostors say it.
    pub(super) fn bears_a_longer_name(&self, claim: &Claim, brand: &Brand) -> bool {
        let shown =
            claim.own_voice || claim.heads_subject || claim.disguised.is_some() || claim.misspelt.is_some();
        let author = self.from().filter(|_| claim.stands_in(Place::DisplayName) && !shown);
        let Some(name) = author.and_then(|author| author.display_name.as_deref()) else { return false };
        let name = fold(name).text;
        let Some(rest) = behind_brand(&name, brand) else { return false };
        let says_nothing = !self.phrases.iter().any(|phrase| self.wants(phrase));
        says_nothing
            && self.mail.attachments.is_empty()
            && rest.split(' ').all(is_everyday)
            && (self.is_persons(rest) || self.is_firms(&name, rest))
    }

    /// A family name that the address bears too, in a mail that leads nowhere.
    fn is_persons(&self, family: &str) -> bool {
        let local =
            self.from().and_then(|author| author.local_part()).unwrap_or_default().to_ascii_lowercase();
        family.len() > 3
            && !family.contains(' ')
            && local.contains(family)
            && self.web_links().next().is_none()
    }

    /// An authenticated domain that is the whole name, with links that stay there.
    fn is_firms(&self, name: &str, rest: &str) -> bool {
        let plain = |text: &str| text.replace([' ', '-'], "");
        let domain = self.from().and_then(|author| author.registrable_domain.as_deref()).unwrap_or_default();
        self.alignment == Alignment::Aligned
            && rest.contains(' ')
            && plain(super::organisation::label(domain)) == plain(name)
            && (self.web_links().next().is_none() || own_links::all(self))
    }
}

/// What follows the brand's name at the head of a name.
fn behind_brand<'n>(name: &'n str, brand: &Brand) -> Option<&'n str> {
    let rest = |known: &String| name.strip_prefix(&fold(known).text)?.strip_prefix(' ');
    brand.names.iter().find_map(rest)
}

/// A word of letters that names neither an office nor goods.
fn is_everyday(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
        && word.is_ascii()
        && !names_an_office(&format!("{word} "))
        && !GOODS.iter().any(|goods| word.starts_with(goods))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::fires;

    const ID: &str = "from-domain-not-the-brands";

    fn is_accused(name: &str, address: &str, text: &str) -> bool {
        let domain = address.split('@').nth(1).expect("an address");
        let mail = format!(
            "Authentication-Results: mx.example.jp; dmarc=pass header.from={domain}\nReceived: from m.example.net ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: {name} <{address}>\nSubject: Saturday\n\n{text}\n"
        );
        fires(ID, &mail, "mx.example.jp")
    }

    #[test]
    fn people_and_firms() {
        assert!(!is_accused("Paypal Johansson", "p.johansson@example.se", "Lunch at noon?"));
        assert!(!is_accused(
            "Amazon River Tours",
            "hello@amazonrivertours.example",
            "Your boat leaves at nine: https://amazonrivertours.example/map"
        ));
    }

    #[test]
    fn impostors() {
        assert!(is_accused("Paypal Johansson", "p.johansson@example.se", "See https://www.example.net/a"));
        assert!(is_accused("Amazon Billing", "billing@example.com", "Hello"));
        assert!(is_accused("Amazon Security Team", "a@amazonsecurityteam.example", "Hello"));
        assert!(is_accused(
            "Amazon River Tours",
            "hello@amazonrivertours.example",
            "Your account has been suspended: https://amazonrivertours.example/map"
        ));
    }
}
