//! A brand's name in a form that only impostors write, from the registry's list of misspellings. Silent for the brand's own mail, which
//! may warn of such forms.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let brands = scene.knowledge.brands();
    let (claim, written) = scene.claims.iter().find_map(|claim| Some((claim, claim.misspelt.as_ref()?)))?;
    let brand = &brands[claim.brand];
    let own = scene.from_domain().is_some_and(|domain| scene.is_of(domain, brand));
    let sign = Sign::at_all(claim.because.iter().cloned());
    (!own && !scene.is_carrier()).then(|| sign.with("brand", &brand.name).with("written", written.clone()))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brand-name-misspelt";

    #[test]
    fn only_listed_forms_and_not_in_the_brands_own_mail() {
        assert!(fires(ID, "From: amacon <a@example.com>\n\nx", ""));
        assert!(!fires(ID, "From: Amazon <a@example.com>\n\nx", ""));
        assert!(!fires(ID, "From: x <a@amazon.co.jp>\nSubject: amacon\n\nx", ""));
    }
}
