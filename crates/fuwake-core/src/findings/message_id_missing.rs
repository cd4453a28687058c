//! No Message-ID on a mail that crossed the internet: RFC 5322 section 3.6.4 asks for one and every mail program writes one. Silent for delivery reports.

use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let report = scene.is_carrier() || delivery::has_null_sender(scene);
    let missing =
        !report && mail.message_id.is_none() && delivery::entry(scene).is_some() && scene.from().is_some();
    missing.then(|| Sign::missing_from_header(mail))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn only_on_mail_from_outside() {
        let mail = "Received: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n";
        assert!(fires("message-id-missing", mail, ""));
        assert!(!fires("message-id-missing", &format!("Message-ID: <1@example.com>\n{mail}"), ""));
        assert!(!fires("message-id-missing", "From: a@example.com\n\nHello\n", ""));
    }
}
