//! A link to a page, function or tunnel under the name that an app host gives its customers. Developers' demonstrations and hobby pages are there by right.

use super::{Scene, Sign, link_to_kind};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    link_to_kind::find_page(scene, |host| scene.knowledge.is_app_host(host))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(url: &str) -> bool {
        fires("link-to-an-app-host", &format!("From: a@example.com\n\nhello {url}\n"), "")
    }

    #[test]
    fn pages_of_anybody() {
        assert!(is_found("https://example-a.web.app/x"));
        assert!(!is_found("https://www.example.net/x"));
    }
}
