//! The display name is a company's, the address one that anybody can open or that an access line comes with. Silent where the
//! name is the provider's own.

use super::{Scene, Sign, organisation};
use crate::impersonation::Place;

/// Words of names whose bearers have a domain of their own, folded. A small firm (有限会社) or a club's office (事務局) often has none.
const COMPANY: [&str; 8] = [
    "株式会社",
    "銀行",
    "証券",
    "信用金庫",
    "サポートセンター",
    "カスタマーセンター",
    " bank",
    "customer service",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let (domain, name) = (author.domain.as_deref()?, author.display_name.as_deref()?);
    if !organisation::gives_addresses_away(scene, domain) || scene.is_list_mail() || scene.answers {
        return None;
    }
    if super::delivery_report::find(scene).is_some() {
        return None;
    }
    let mut brands = scene
        .claims
        .iter()
        .filter(|claim| claim.stands_in(Place::DisplayName) && !scene.is_persons_name(claim))
        .map(|claim| &scene.knowledge.brands()[claim.brand]);
    let foreign =
        brands.clone().all(|brand| !scene.is_of(domain, brand) && !scene.is_providers_office(brand));
    let folded = crate::fold::fold(name).text;
    let company = brands.next().is_some() || COMPANY.iter().any(|word| folded.contains(word));
    (company && foreign).then(|| Sign::at(author).with("name", name).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_company_does_not_write_from_free_mail() {
        let id = "from-free-mail-as-company";
        assert!(fires(id, "From: Amazon <kx73@gmail.com>\n\nHello\n", ""));
        assert!(fires(id, "From: =?utf-8?B?5L6L5bGx6YqA6KGM?= <kx73@gmail.com>\n\nHello\n", ""));
        assert!(
            !fires(id, "From: =?utf-8?B?5L6L5bCPUFRB5LqL5YuZ5bGA?= <taro@gmail.com>\n\nHello\n", ""),
            "例小PTA事務局"
        );
        let given_name = "From: =?utf-8?B?44G/44Ga44G7?= <hana@gmail.com>\n\nSee you at six.\n";
        assert!(!fires(id, given_name, ""), "みずほ");
        assert!(!fires(id, "From: Yamada Taro <taro@gmail.com>\n\nHello\n", ""));
        assert!(!fires(id, "From: Amazon <kx73@amazon.co.jp>\n\nHello\n", ""));
    }
}
