//! Beside a claim on a brand, a link under a suffix that is cheap in bulk and much abused, and that none of the brand's own domains bears. Alone
//! the suffix says nothing: many honest sites are there.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let brand = scene.posed_as()?;
    let (link, host, suffix) = scene.targets().find_map(|(link, host)| {
        let suffix = scene
            .knowledge
            .cheap_suffix(host)
            .or_else(|| host.rsplit('.').next().filter(|top| *top == "cn"))?;
        let own = brand.domains.iter().any(|domain| domain.rsplit('.').next() == Some(suffix));
        (!own && scene.knowledge.owner(host).is_none()).then_some((link, host, suffix))
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
}
