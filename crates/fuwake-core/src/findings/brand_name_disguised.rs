//! A brand's name with characters that only look like its own: kanji for kana (力ード), Greek or Cyrillic for Latin letters, circled,
//! mathematical and small-capital letters (UTS #39), digits for letters (Netf1ix), letters apart (A m a z o n), invisible characters. No
//! honest writer uses them in a name.

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
        assert!(fires(ID, "From: \u{391}\u{39D}\u{391} <a@example.com>\n\nx", ""));
        assert!(fires(ID, "From: ᴘᴀʏᴘᴀʟ <a@example.com>\n\nx", ""));
        assert!(!fires(
            ID,
            "From: \u{3B1}\u{3BD}\u{3B1} \u{3BB}\u{3AD}\u{3BE}\u{3B7} <a@example.com>\n\nx",
            ""
        ));
        assert!(!fires(ID, "From: 楽天カード <a@example.com>\n\nx", ""));
    }

    #[test]
    fn letters_apart_exchanged_or_with_something_between() {
        let named = |name: &str| fires(ID, &format!("From: {name} <a@example.com>\nSubject: hello\n\nx"), "");
        for name in [
            "A m a z o n",
            "N.e.t.f.l.i.x",
            "P a y P a l",
            "Coinba5e",
            "Vlnted",
            "Ama\u{200B}zon",
            "A-m-a-z-o-n Prime",
        ] {
            assert!(named(name), "{name}");
        }
        for name in [
            "Amazon",
            "Netflix",
            "PayPal",
            "FedEx",
            "J. R. R. Tolkien",
            "U.S.A. Today",
            "Office 365",
            "Hana Rei 1",
        ] {
            assert!(!named(name), "{name}");
        }
    }
}
