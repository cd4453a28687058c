//! A trusted server checked the From domain's own policy and the mail did not meet it (RFC 7489 section 4.2). Silent where
//! somebody passed the mail on, which breaks the check for genuine mail.

use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let failed = delivery::recorded(scene, "dmarc", "fail")?;
    Some(Sign::at(failed.span).with("domain", scene.from_domain().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const MAIL: &str = "Authentication-Results: mx.example.jp; dmarc=fail header.from=example.com\nReceived: from fw.example.ac.jp (fw.example.ac.jp [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nTo: b@example.jp\n\nHello\n";

    #[test]
    fn fails_unless_the_readers_other_mailbox_passed_it_on() {
        assert!(fires("dmarc-failed", MAIL, "mx.example.jp"));
        assert!(!fires(
            "dmarc-failed",
            &MAIL.replace("To: b@example.jp", "To: b@example.ac.jp"),
            "mx.example.jp"
        ));
        assert!(!fires(
            "dmarc-failed",
            &MAIL.replace("s: mx.example.jp;", "s: mx.example.net;"),
            "mx.example.jp"
        ));
    }
}
