//! A link to a site builder, a form service, a bucket or the like, where anybody can put a page. Weak alone: clubs and small shops are there too.

use super::{Scene, Sign, link_to_kind};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    link_to_kind::find(scene, DomainKind::FreeHosting)
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn only_hosts_of_the_list() {
        let mail = |host| format!("From: a@example.com\n\nhttps://{host}/x\n");
        assert!(fires("free-hosting-link", &mail("taro.weebly.com"), ""));
        assert!(!fires("free-hosting-link", &mail("www.example.com"), ""));
    }
}
