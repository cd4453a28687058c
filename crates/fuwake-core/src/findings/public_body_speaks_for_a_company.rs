//! A school's or an authority's address (`.edu`, `.ac.jp`, `.gov.br`), and the mail speaks in a company's name or lures with parcels, prizes,
//! wallets or mailboxes: a mailbox whose password was stolen. Its authentication passes. Silent for lists and answers; a
//! body of the registry may write of refunds, as the tax office does.

use super::{Scene, Sign, organisation};

/// Findings by wording that no such office writes about.
const LURES: [&str; 18] = [
    "advance-fee-story",
    "casino-offer",
    "dating-offer",
    "fake-balance-lure",
    "free-gift-lure",
    "gambling-or-dating-offer",
    "health-remedy-offer",
    "loan-offer",
    "parcel-problem-claimed",
    "pills-or-replica-offer",
    "prize-or-survey-lure",
    "refund-or-points-offered",
    "security-software-alarm",
    "stock-or-loan-offer",
    "storage-full-alarm",
    "survey-for-reward",
    "voucher-lure",
    "wallet-lure",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = author.domain.as_deref().filter(|domain| organisation::is_public_body(domain))?;
    if scene.is_list_mail() || scene.answers || scene.is_carrier() {
        return None;
    }
    let lures = || {
        scene.phrases.iter().find(|phrase| {
            !phrase.hint && LURES.contains(&scene.knowledge.phrases()[phrase.file].finding.as_str())
        })
    };
    let company = scene
        .impersonated()
        .filter(|(_, brand)| !["government", "education"].contains(&brand.sector.as_str()));
    let place = match company {
        Some((claim, _)) => claim.because.first().cloned()?,
        None if scene.from_owner().is_some() => return None,
        None => lures()?.because.clone(),
    };
    Some(Sign::at(author.address_span).and(place).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(from: &str, subject: &str) -> bool {
        let mail =
            format!("From: {from}\nTo: taro@example.jp\nSubject: {subject}\n\nYour parcel is on its way.\n");
        fires("public-body-speaks-for-a-company", &mail, "")
    }

    #[test]
    fn a_school_that_speaks_as_a_shop() {
        assert!(is_found("Amazon <s652960@school.example.edu>", "Your order"));
        assert!(!is_found("Amazon <a@example.com>", "Your order"));
        assert!(!is_found("Registrar <reg@school.example.edu>", "Timetable"));
    }
}
