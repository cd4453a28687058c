//! A platform's own authenticated notice whose sender name, which its user typed, is another company's ("CoinBase" through an event site). Silent where
//! the platform gives that company a name of its own below its domain.

use super::{Alignment, Scene, Sign};
use crate::imitation;
use crate::impersonation::Place;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let domain = author.domain.as_deref()?;
    if scene.alignment != Alignment::Aligned || !scene.knowledge.is_platform(domain) || scene.answers {
        return None;
    }
    let brands = scene.knowledge.brands();
    let named = scene
        .claims
        .iter()
        .filter(|claim| claim.stands_in(Place::DisplayName))
        .map(|claim| &brands[claim.brand]);
    let brand = named.into_iter().find(|brand| {
        !scene.is_of(domain, brand)
            && imitation::of(domain, brand).is_none()
            && scene.from_owner().is_none_or(|owner| owner.id != brand.id)
    })?;
    Some(Sign::at(author).with("brand", &brand.name).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(from: &str) -> bool {
        let mail = format!(
            "Authentication-Results: mx.example.jp; dkim=pass header.d=eventbrite.com\nReceived: from m.eventbrite.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: {from}\n\nhello\n"
        );
        fires("platform-sender-named-after-a-brand", &mail, "mx.example.jp")
    }

    #[test]
    fn a_brand_on_a_platform() {
        assert!(is_found("Amazon <noreply@event.eventbrite.com>"));
        assert!(!is_found("Village Choir <noreply@event.eventbrite.com>"));
        assert!(!is_found("Amazon <noreply@amazon.eventbrite.com>"));
    }
}
