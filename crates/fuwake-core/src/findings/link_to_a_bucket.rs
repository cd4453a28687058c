//! A link to a page in cloud storage or an IPFS gateway, behind a large provider's name. Documents, pictures and archives lie there by right; a page or a bare name does not.

use super::{Scene, Sign};

/// What lies in storage by right.
const DOCUMENTS: [&str; 12] =
    [".pdf", ".png", ".jpg", ".jpeg", ".gif", ".zip", ".csv", ".xlsx", ".docx", ".pptx", ".mp4", ".ics"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.is_list_mail() || scene.answers {
        return None;
    }
    let (link, host) = scene.targets().find(|(link, host)| {
        let path = link.url.split(['?', '#']).next().unwrap_or_default();
        scene.knowledge.is_bucket(host)
            && scene.from_domain() != Some(host)
            && !DOCUMENTS.iter().any(|ending| path.ends_with(ending))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host))
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
