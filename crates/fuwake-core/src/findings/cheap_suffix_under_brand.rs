//! Beside a claim on a brand, a link under a suffix that is cheap in bulk and much abused, and that none of the brand's own domains bears. Alone
//! the suffix says nothing: many honest sites are there.

use super::{Scene, Sign};

/// Suffixes that reports of abused domains name again and again.
const SUFFIXES: [&str; 40] = [
    "bar", "beauty", "best", "bond", "buzz", "cam", "cc", "cf", "cfd", "click", "club", "cn", "cyou", "date",
    "fun", "ga", "gq", "hair", "help", "icu", "life", "link", "live", "lol", "ml", "mom", "monster",
    "online", "pw", "quest", "rest", "sbs", "shop", "site", "space", "store", "tk", "top", "vip", "xyz",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let brand = scene.posed_as()?;
    let (link, host, suffix) = scene.targets().find_map(|(link, host)| {
        let suffix = host.rsplit('.').next()?;
        let own = brand.domains.iter().any(|domain| domain.rsplit('.').next() == Some(suffix));
        (SUFFIXES.binary_search(&suffix).is_ok() && !own && scene.knowledge.owner(host).is_none())
            .then_some((link, host, suffix))
    })?;
    let sign = Sign::at(link.because.clone()).with("host", host).with("suffix", suffix);
    Some(sign.with("brand", &brand.name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "cheap-suffix-under-brand";

    #[test]
    fn only_beside_a_claim() {
        let mail = |name: &str, host| format!("From: {name} <a@example.com>\n\nhttps://{host}/\n");
        assert!(fires(ID, &mail("Amazon", "a5xk2.top"), ""));
        assert!(!fires(ID, &mail("Hana", "a5xk2.top"), ""));
        assert!(!fires(ID, &mail("Amazon", "www.example.net"), ""));
    }

    #[test]
    fn the_list_can_be_searched() {
        assert!(super::SUFFIXES.is_sorted());
    }
}
