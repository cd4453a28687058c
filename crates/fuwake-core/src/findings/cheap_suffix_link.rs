//! A link to a host under a suffix that is cheap in bulk and much abused (`data/domains/cheap-suffixes.toml`), and not the sender's own.
//! Many honest sites are there: a weak sign. Under a brand's name there is [`super::cheap_suffix_under_brand`].

use super::{Scene, Sign};
use crate::mail::Link;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.is_list_mail() || scene.answers {
        return None;
    }
    let (link, host, suffix) =
        scene.targets().find_map(|(link, host)| Some((link, host, cheap_suffix(scene, link, host)?)))?;
    Some(Sign::at(link.because.clone()).with("host", host).with("suffix", suffix))
}

/// The cheap suffix of a stranger's host.
pub(super) fn cheap_suffix<'h>(scene: &Scene<'_>, link: &Link, host: &'h str) -> Option<&'h str> {
    let suffix = scene.knowledge.cheap_suffix(host)?;
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let known = scene.knowledge.owner(host).is_some()
        || scene.knowledge.mail_service(host).is_some()
        || scene.knowledge.kind(host).is_some()
        || own.is_some() && link.registrable_domain.as_deref() == own;
    (!known).then_some(suffix)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(from: &str, url: &str) -> bool {
        fires("cheap-suffix-link", &format!("From: {from}\n\nhello {url}\n"), "")
    }

    #[test]
    fn cheap_suffixes() {
        assert!(is_found("a@example.com", "https://example-deals.top/a"));
        assert!(!is_found("a@example-deals.top", "https://example-deals.top/a"));
        assert!(!is_found("a@example.com", "https://www.example.net/a"));
    }
}
