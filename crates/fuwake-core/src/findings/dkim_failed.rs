//! A signature in the name of the From domain does not fit the mail (RFC 6376 section 3.9). Silent where another signature fits,
//! and where somebody passed the mail on: footers and rewritten subjects break genuine signatures.

use super::{Alignment, Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let from = scene.from_domain()?;
    let results = scene.mail.authentication.results.iter();
    let mut failed = results.filter(|result| {
        result.trusted && result.method == "dkim" && matches!(result.result.as_str(), "fail" | "permerror")
    });
    let failed = failed.find(|result| {
        result.domain.as_deref().is_none_or(|domain| organisation::same(scene, domain, from))
    })?;
    let excused = scene.alignment == Alignment::Aligned || delivery::was_passed_on(scene);
    (!excused).then(|| Sign::at(failed.span).with("domain", from))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const MAIL: &str = "Authentication-Results: mx.example.jp; dkim=fail header.d=example.com; spf=none\nReceived: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nTo: b@example.jp\n\nHello\n";

    #[test]
    fn the_from_domains_signature() {
        assert!(fires("dkim-failed", MAIL, "mx.example.jp"));
        assert!(!fires(
            "dkim-failed",
            &MAIL.replace("header.d=example.com", "header.d=example.org"),
            "mx.example.jp"
        ));
    }
}
