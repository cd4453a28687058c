//! A link with user information before its host (RFC 3986 section 7.6): `https://www.example.jp@example.com/`.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host, shown) = scene.targets().find_map(|(link, host)| {
        let rest = link.url.split_once("://")?.1;
        let (shown, _) = rest.split(['/', '?', '#']).next()?.rsplit_once('@')?;
        (!shown.is_empty()).then_some((link, host, shown))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("shown", shown))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "userinfo-in-link";

    #[test]
    fn only_before_the_host() {
        let mail =
            |link| format!("From: a@example.com\nContent-Type: text/html\n\n<a href=\"{link}\">here</a>\n");
        assert!(fires(ID, &mail("https://www.example.jp@example.com/"), ""));
        assert!(!fires(ID, &mail("https://www.example.com/@hana"), ""));
    }
}
