//! A foreign From domain borrows a brand's name: as labels (`www.amazon.co.jp.example.com`), or as a word of one beside a claim on
//! that brand (`smbc-card-info.example`). M3AAWG calls them cousin domains and combosquats.

use super::{Scene, Sign};
use crate::imitation;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (from, domain) = (scene.from()?, scene.from_domain()?);
    let claimed = || imitation::of(domain, scene.impersonated()?.1);
    let found = imitation::whole_domain(scene.knowledge, domain)
        .or_else(|| claimed().filter(|found| !found.manner.is_lookalike()))
        .filter(|found| !scene.is_of(domain, found.brand) && scene.from_owner().is_none())?;
    let sign = Sign::at(from.address_span).with("brand", &found.brand.name);
    Some(sign.with("name", found.name).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brand-name-in-from-domain";

    #[test]
    fn whole_domains_and_words_of_labels() {
        assert!(fires(ID, "From: x <a@amazon.co.jp.example.com>\n\nx", ""));
        assert!(fires(ID, "From: Amazon <a@amazon-info.example.com>\n\nx", ""));
        assert!(!fires(ID, "From: Amazon <a@mail.amazon.co.jp>\n\nx", ""));
        assert!(!fires(ID, "From: x <a@amazon-info.example.com>\n\nx", ""));
    }
}
