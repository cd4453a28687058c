//! A link to a site builder, a form service, a bucket or the like, where anybody can put a page. Weak alone: clubs and small shops are there too.

use super::{Scene, Sign};
use crate::knowledge::DomainKind;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host) =
        scene.web_links().filter_map(|link| Some((link, link.host.as_deref()?))).find(|(_, host)| {
            scene.knowledge.kind(host) == Some(DomainKind::FreeHosting) && scene.from_domain() != Some(host)
        })?;
    Some(Sign::at(link.because.clone()).with("host", host))
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
