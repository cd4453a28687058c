//! A link to a name under a dynamic DNS service.

use super::{Scene, Sign, link_to_kind};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    link_to_kind::find(scene, DomainKind::DynamicDns)
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn only_hosts_of_the_list() {
        let mail = |host| format!("From: a@example.com\n\nhttps://{host}/x\n");
        assert!(fires("dynamic-dns-link", &mail("taro.3322.org"), ""));
        assert!(!fires("dynamic-dns-link", &mail("www.example.com"), ""));
    }
}
