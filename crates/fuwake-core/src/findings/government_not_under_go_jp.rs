//! A Japanese government body is claimed, and the From domain is neither under go.jp (reserved for the government, JPRS) nor one of its
//! own.

use super::{Scene, Sign};
use crate::knowledge::domains::is_within;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (claim, brand) = scene.impersonated()?;
    let (from, domain) = (scene.from()?, scene.from_domain()?);
    let official = ["go.jp", "lg.jp"].iter().any(|suffix| is_within(domain, suffix));
    let sign = Sign::at(from.address_span).with("brand", &brand.name).with("domain", domain);
    let claimed = brand.country == "JP" && matches!(brand.sector.as_str(), "government" | "tax");
    (claimed && !official).then(|| claim.because.iter().cloned().fold(sign, Sign::and))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "government-not-under-go-jp";

    #[test]
    fn only_government_and_only_elsewhere() {
        assert!(fires(ID, "From: 国税庁 <a@example.com>\n\nx", ""));
        assert!(!fires(ID, "From: 国税庁 <a@nta.go.jp>\n\nx", ""));
        assert!(!fires(ID, "From: Amazon <a@example.com>\n\nx", ""));
    }
}
