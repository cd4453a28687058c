//! The reader's address stands behind the `#` of a link (or in its last step of path) to a stranger: the page fills it into a false login. Servers never see what
//! follows the `#`, so no newsletter counts clicks that way.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let (link, host) = scene.targets().filter(|(link, _)| link.carries_recipient).find(|(link, host)| {
        let senders =
            own.is_some() && link.registrable_domain.as_deref() == own && scene.impersonated().is_none();
        let (before, fragment) = link.url.split_once('#').unwrap_or_default();
        let plain = fragment.contains('@') || fragment.contains("%40");
        let there = plain || fragment.len() > 12 && !before.contains('@') && !before.contains("%40");
        there && !senders && scene.knowledge.mail_service(host).is_none()
    })?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(url: &str) -> bool {
        fires(
            "recipient-in-fragment",
            &format!("From: a@example.com\nTo: taro@example.jp\n\nhello {url}\n"),
            "",
        )
    }

    #[test]
    fn the_address_behind_the_hash() {
        assert!(is_found("https://a.example.net/m#taro@example.jp"));
        assert!(!is_found("https://a.example.net/m?u=taro@example.jp"));
        assert!(!is_found("https://a.example.net/m#top"));
    }
}
