//! The registrable domain of the From address nearly is a brand's: letters that look alike (UTS #39), one letter off, or the same label
//! under a suffix that is not the brand's. The last two only where the mail names that brand.

use super::{Scene, Sign};
use crate::imitation;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (from, domain) = (scene.from()?, scene.from_domain()?);
    if scene.from_owner().is_some()
        || scene.knowledge.mail_service(domain).is_some()
        || scene.is_anybodys(domain)
    {
        return None;
    }
    let claimed = || imitation::of(domain, scene.impersonated()?.1);
    let found = imitation::homoglyph(scene.knowledge, domain)
        .or_else(|| claimed().filter(|found| found.manner.is_lookalike()))?;
    Some(Sign::at(from.address_span).with("name", found.name).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "from-domain-lookalike";

    #[test]
    fn near_misses_of_the_claimed_brand() {
        assert!(fires(ID, "From: Amazon <a@amazom.example>\n\nx", ""));
        assert!(fires(ID, "From: x <a@arnazon.example>\n\nx", ""));
        assert!(!fires(ID, "From: x <a@amazom.example>\n\nx", ""));
        assert!(!fires(ID, "From: Amazon <a@amazon.co.jp>\n\nx", ""));
    }
}
