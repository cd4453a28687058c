//! A link to a well-known host that forwards to a target written in the link (CWE-601), and the target is neither that host's owner nor the
//! sender's. Gateways that rewrite every link of their customers' mail are no sign.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let (outer, host, target) = scene.web_links().find_map(|link| {
        let outer = scene.mail.links.get(link.wrapped_in?)?;
        let (host, target) = (outer.host.as_deref()?, link.host.as_deref()?);
        let foreign = outer.registrable_domain != link.registrable_domain
            && link.registrable_domain.as_deref() != own
            && outer.registrable_domain.as_deref() != own
            && scene.knowledge.mail_service(host).is_none();
        (outer.wrapper == Some("redirector") && foreign).then_some((outer, host, target))
    })?;
    Some(Sign::at(outer.because.clone()).with("host", host).with("target", target))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn another_company_passes_it_on() {
        let mail = |link| format!("From: a@example.com\n\n{link}\n");
        let fires = |link| fires("open-redirector-link", &mail(link), "");
        assert!(fires("https://www.google.com/url?q=https://www.example.net/x"));
        assert!(!fires("https://www.google.com/url?q=https://www.example.com/x"));
        assert!(!fires("https://www.example.net/x"));
    }
}
