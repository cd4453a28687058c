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
        let mail = |host| format!("From: a@example.com\n\nhttps://{host}/x\n");
        assert!(fires("shortener-link", &mail("bit.ly"), ""));
        assert!(!fires("shortener-link", &mail("www.example.com"), ""));
    }
}
