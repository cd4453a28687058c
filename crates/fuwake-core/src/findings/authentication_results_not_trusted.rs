//! The mail carries authentication results, but none that a server of the recipient wrote: anybody can write such fields
//! (RFC 8601 section 1.6), so they were not used.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let results = &scene.mail.authentication.results;
    let first = results.first()?;
    let writer = first.authserv_id.clone().unwrap_or_default();
    results.iter().all(|result| !result.trusted).then(|| Sign::at(first.span).with("writer", writer))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn somebody_elses_word() {
        let mail = "Received: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nAuthentication-Results: mx.example.net; spf=pass smtp.mailfrom=a@example.com\nFrom: a@example.com\n\nHello\n";
        let id = "authentication-results-not-trusted";
        assert!(fires(id, mail, "mx.example.jp"));
        let (_, rest) = mail.split_once("From:").expect("the mail has one");
        assert!(!fires(id, &format!("From:{rest}"), "mx.example.jp"));
    }
}
