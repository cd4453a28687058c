//! A link's host has four or more labels below its registrable domain, and its owner is not known.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host, count) = scene.targets().find_map(|(link, host)| {
        let own = link.registrable_domain.as_deref()?;
        let count = host.strip_suffix(own)?.matches('.').count();
        let known = scene.knowledge.owner(host).is_some()
            || scene.knowledge.mail_service(host).is_some()
            || scene.knowledge.hosting_provider(host).is_some()
            || scene.knowledge.kind(host).is_some();
        (count > 3 && !known).then_some((link, host, count))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("count", count.to_string()))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "many-labels-in-link-host";

    #[test]
    fn four_labels_before_the_owner() {
        let mail = |host| format!("From: a@example.com\n\nhttps://{host}/\n");
        assert!(fires(ID, &mail("a.b.c.d.example.net"), ""));
        assert!(!fires(ID, &mail("www.shop.example.net"), ""));
    }
}
