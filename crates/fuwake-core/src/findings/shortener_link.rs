//! A link through a shortener, whose target the link does not show.

use super::{Scene, Sign};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host) =
        scene.web_links().filter_map(|link| Some((link, link.host.as_deref()?))).find(|(_, host)| {
            scene.knowledge.kind(host) == Some(DomainKind::Shortener) && scene.from_domain() != Some(host)
        })?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn only_hosts_of_the_list() {
        let mail = |host| format!("From: a@example.com\n\nhttps://{host}/x\n");
        assert!(fires("shortener-link", &mail("bit.ly"), ""));
        assert!(!fires("shortener-link", &mail("www.example.com"), ""));
    }
}
