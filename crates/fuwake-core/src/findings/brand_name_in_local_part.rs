//! A brand's name, or its official domain, stands before the `@` of an address that is not that brand's (`noreply-amazon@`,
//! `amazon.co.jp-support@`): telephones cut what follows. Silent for lists and answers, names that are everyday words, and addresses of people who work for the brand.

use super::{Scene, Sign};
use crate::imitation;
use crate::impersonation::Place;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let (local, domain) = (author.local_part()?, author.domain.as_deref()?);
    if scene.is_list_mail() || scene.answers || scene.is_carrier() {
        return None;
    }
    let brands = scene.knowledge.brands();
    let named =
        scene.claims.iter().find(|claim| claim.stands_in(Place::LocalPart)).map(|claim| &brands[claim.brand]);
    let whole =
        || imitation::whole_domain(scene.knowledge, &local.to_ascii_lowercase()).map(|found| found.brand);
    let brand = named.or_else(|| local.contains('.').then(whole).flatten())?;
    let foreign = !scene.is_of(domain, brand) && scene.from_owner().is_none();
    foreign.then(|| {
        Sign::at(author.address_span)
            .with("brand", &brand.name)
            .with("local_part", local)
            .with("domain", domain)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires("brand-name-in-local-part", &format!("{head}\nTo: taro@example.jp\n\nhello\n"), "mx.example.jp")
    }

    #[test]
    fn brands_before_the_at() {
        for head in
            ["From: Desk <noreply-amazon@example.com>", "From: Desk <amazon.co.jp-support@example.com>"]
        {
            assert!(is_found(head), "{head}");
        }
        let silent = [
            "From: Desk <noreply@amazon.co.jp>",
            "From: Desk <support@example.com>",
            "From: Desk <office@example.com>",
            "From: Ana Rei <ana@example.com>",
        ];
        for head in silent {
            assert!(!is_found(head), "{head}");
        }
    }
}
