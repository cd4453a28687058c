//! A link's text is a brand's genuine address, its target belongs neither to that brand nor to the sender, nor to anybody who counts clicks for
//! others.

use super::{Scene, Sign, shown};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (lie, brand) = shown::lies(scene).find_map(|lie| lie.brand.map(|brand| (lie, brand)))?;
    let sign = Sign::at(lie.link.because.clone()).with("brand", &brand.name);
    Some(sign.with("shown", lie.shown).with("host", lie.host))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "shown-brand-host-not-target";

    #[test]
    fn a_brands_address_shown_and_another_opened() {
        let mail = |target| {
            format!(
                "From: a@example.com\nContent-Type: text/html\n\n<a href=\"https://{target}/x\">https://www.amazon.co.jp/</a>\n"
            )
        };
        assert!(fires(ID, &mail("login.example.org"), ""));
        assert!(!fires(ID, &mail("www.amazon.com"), ""));
    }
}
