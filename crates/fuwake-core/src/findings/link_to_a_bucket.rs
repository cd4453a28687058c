//! A link to a page in cloud storage or an IPFS gateway, behind a large provider's name. Documents, pictures and archives lie there by right; a page or a bare name does not.

use super::{Scene, Sign, link_to_kind};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    link_to_kind::find_page(scene, |host| scene.knowledge.is_bucket(host))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(url: &str) -> bool {
        fires("link-to-a-bucket", &format!("From: a@example.com\n\nhello {url}\n"), "")
    }

    #[test]
    fn pages_of_anybody() {
        assert!(is_found("https://example-a.s3.us-east-1.amazonaws.com/index.html"));
        assert!(!is_found("https://example-a.s3.us-east-1.amazonaws.com/report.pdf"));
    }
}
