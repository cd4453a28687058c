//! A mail that falsely speaks for one company names in its text another of the same trade: the template was made for that one. Silent for genuine
//! senders, who may name competitors and partners.

use super::{Scene, Sign};
use crate::impersonation::Place;

/// Trades whose companies do not name each other in their letters.
const RIVALS: [&str; 6] = ["bank", "card", "broker", "telecom", "parcel", "energy"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (_, brand) = scene.impersonated()?;
    let brands = scene.knowledge.brands();
    let mut others = scene.claims.iter().map(|claim| (claim, &brands[claim.brand]));
    let (claim, other) = others.find(|(claim, other)| {
        claim.stands_in(Place::Text)
            && other.id != brand.id
            && other.sector == brand.sector
            && RIVALS.contains(&other.sector.as_str())
            && !super::scene::are_sisters(other, brand)
            && !is_house(&other.name.ja, &brand.name.ja)
    })?;
    Some(Sign::at_all(claim.because.iter().cloned()).with("brand", &brand.name).with("other", &other.name))
}

/// Names that begin alike are of one house: 三井住友銀行 and 三井住友カード.
fn is_house(one: &str, other: &str) -> bool {
    one.chars().take(2).eq(other.chars().take(2))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_rival_in_the_text() {
        let named = |from: &str, other: &str| {
            fires(
                "other-companys-template",
                &format!("From: {from} <a@example.com>\nSubject: お知らせ\n\n{other}のお知らせです。\n"),
                "",
            )
        };
        assert!(named("セゾンカード", "JCBカード"));
        assert!(!named("セゾンカード", "Amazon"));
        assert!(!named("例山", "JCBカード"));
    }
}
