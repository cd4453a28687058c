//! A government body is claimed that writes under a suffix reserved for governments (go.jp, gov.uk, gouv.fr …), and the From domain is
//! neither under it nor one of its own. Silent for bodies without such a suffix.

use super::{Scene, Sign};
use crate::knowledge::domains::is_within;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (claim, brand) = scene.impersonated()?;
    let (from, domain) = (scene.from()?, scene.from_domain()?);
    let suffix = brand.official_suffixes.first()?;
    let official = brand.official_suffixes.iter().any(|suffix| is_within(domain, suffix));
    let sign = Sign::at(from.address_span).with("brand", &brand.name).with("domain", domain);
    (!official).then(|| claim.because.iter().cloned().fold(sign.with("suffix", suffix.as_str()), Sign::and))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "government-outside-its-suffix";

    #[test]
    fn only_government_and_only_elsewhere() {
        assert!(fires(ID, "From: 国税庁 <a@example.com>\n\nx", ""));
        assert!(!fires(ID, "From: 国税庁 <a@nta.go.jp>\n\nx", ""));
        assert!(!fires(ID, "From: Amazon <a@example.com>\n\nx", ""));
        assert!(fires(ID, "From: HM Revenue & Customs <a@example.com>\n\nx", ""));
        assert!(!fires(ID, "From: HM Revenue & Customs <a@notifications.service.gov.uk>\n\nx", ""));
    }
}
