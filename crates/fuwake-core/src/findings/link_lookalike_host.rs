//! The registrable domain of a link nearly is a brand's (UTS #39, one letter off, another suffix): see [`crate::imitation`]. All but
//! look-alike letters count only beside a claim on that brand.

use super::{Scene, Sign};
use crate::imitation;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let claimed = scene.posed_as();
    let (link, host, name) = scene.foreign_hosts().into_iter().find_map(|(link, host)| {
        let found = imitation::homoglyph(scene.knowledge, host)
            .or_else(|| imitation::of(host, claimed?).filter(|found| found.manner.is_lookalike()))?;
        scene.knowledge.kind(host).is_none().then_some((link, host, found.name))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("name", name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "link-lookalike-host";

    #[test]
    fn near_misses() {
        let mail = |name: &str, host| format!("From: {name} <a@example.com>\n\nhttps://{host}/\n");
        assert!(fires(ID, &mail("Hana", "www.arnazon.example"), ""));
        assert!(fires(ID, &mail("Amazon", "amazom.example"), ""));
        assert!(!fires(ID, &mail("Hana", "amazom.example"), ""));
        assert!(!fires(ID, &mail("Amazon", "www.amazon.co.jp"), ""));
    }
}
