//! SPF or DKIM passed, but for a domain that is not the From domain's: the mark says who sent the mail, not that the From is
//! true. Mail services sign for their customers too, so this is information.

use super::{Alignment, Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let from = scene.from_domain()?;
    if scene.alignment == Alignment::Aligned || delivery::was_passed_on(scene) {
        return None;
    }
    let results = scene.mail.authentication.results.iter();
    let mut passed = results.filter(|result| {
        result.trusted && result.result == "pass" && matches!(result.method.as_str(), "spf" | "dkim")
    });
    let (result, domain) = passed.find_map(|result| {
        let domain = result.domain.as_deref()?;
        let service = scene.knowledge.mail_service(domain).is_some();
        (!service && !organisation::same(scene, domain, from)).then_some((result, domain))
    })?;
    Some(Sign::at(result.span).with("domain", domain).with("from", from))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const MAIL: &str = "Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom=b@example.net\nReceived: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nTo: b@example.jp\n\nHello\n";

    #[test]
    fn a_pass_for_somebody_else() {
        let id = "passes-only-for-another-domain";
        assert!(fires(id, MAIL, "mx.example.jp"));
        assert!(!fires(id, &MAIL.replace("@example.net", "@mail.example.com"), "mx.example.jp"));
    }
}
