//! A link through a shortener, whose target the link does not show.

use super::{Scene, Sign, link_to_kind};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    link_to_kind::find(scene, DomainKind::Shortener)
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn only_hosts_of_the_list() {
        let mail = |hosts: [&str; 2]| {
            format!("From: a@example.com\n\nhttps://{}/x https://{}/y\n", hosts[0], hosts[1])
        };
        assert!(fires("shortener-link", &mail(["bit.ly", "www.example.com"]), ""));
        assert!(!fires("shortener-link", &mail(["www.example.net", "www.example.com"]), ""));
        let only = mail(["bit.ly", "bit.ly"]);
        assert!(!fires("shortener-link", &only, "") && fires("only-short-links", &only, ""), "told once");
    }
}
