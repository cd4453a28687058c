//! A brand's name with characters that only look like its own: kanji for kana (力ード), Greek or Cyrillic for Latin letters, circled and
//! mathematical letters (UTS #39). No honest writer uses them in a name.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let brands = scene.knowledge.brands();
    let (claim, written) = scene.claims.iter().find_map(|claim| Some((claim, claim.disguised.as_ref()?)))?;
    let sign = Sign::at_all(claim.because.iter().cloned());
    (!scene.is_carrier())
        .then(|| sign.with("brand", &brands[claim.brand].name).with("written", written.clone()))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brand-name-disguised";

    #[test]
    fn letters_of_other_scripts_and_kanji_for_kana() {
        assert!(fires(ID, "From: \u{410}m\u{430}zon <a@example.com>\n\nx", ""));
        assert!(fires(ID, "From: 楽天力ード <a@example.com>\n\nx", ""));
        assert!(fires(
            ID,
            "From: x <a@example.com>\nSubject: \u{1D5D4}\u{1D5FA}\u{1D5EE}\u{1D607}\u{1D5FC}\u{1D5FB}\n\nx",
            ""
        ));
        assert!(!fires(ID, "From: Ａｍａｚｏｎ <a@example.com>\n\nx", ""));
        assert!(!fires(ID, "From: 楽天カード <a@example.com>\n\nx", ""));
    }
}
