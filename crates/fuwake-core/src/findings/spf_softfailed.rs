//! The sending machine is probably not one that the envelope's domain allows (RFC 7208 section 2.6.5). Silent where somebody passed
//! the mail on.

use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let failed = delivery::recorded(scene, "spf", "softfail")?;
    let domain = failed.domain.as_deref().or(scene.from_domain()).unwrap_or_default();
    Some(Sign::at(failed.span).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const MAIL: &str = "Authentication-Results: mx.example.jp; spf=softfail smtp.mailfrom=a@example.com\nReceived: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nTo: b@example.jp\n\nHello\n";

    #[test]
    fn a_machine_that_hardly_may_send() {
        assert!(fires("spf-softfailed", MAIL, "mx.example.jp"));
        assert!(!fires("spf-softfailed", &MAIL.replace("spf=softfail", "spf=neutral"), "mx.example.jp"));
        let list = MAIL.replace("To:", "List-Id: <l.example.org>\nList-Post: <mailto:l@example.org>\nTo:");
        assert!(!fires("spf-softfailed", &list, "mx.example.jp"));
    }
}
