//! A trusted server looked, and nothing vouches for the From domain: no SPF record, no signature, no policy. Most senders of any
//! size have all three; many small ones still have none.

use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let trusted = || scene.mail.authentication.results.iter().filter(|result| result.trusted);
    let says_nothing = |result: &str| matches!(result, "none" | "neutral" | "permerror" | "policy");
    let judged = || trusted().filter(|result| matches!(result.method.as_str(), "spf" | "dkim" | "dmarc"));
    let silent =
        judged().any(|result| result.method == "spf") && judged().all(|result| says_nothing(&result.result));
    (silent && !delivery::was_passed_on(scene)).then(|| {
        Sign::at_all(judged().map(|result| result.span.into()))
            .with("domain", scene.from_domain().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const MAIL: &str = "Authentication-Results: mx.example.jp; spf=none smtp.mailfrom=a@example.com; dkim=none\nReceived: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nTo: b@example.jp\n\nHello\n";

    #[test]
    fn all_is_none() {
        let id = "nothing-authenticates-the-sender";
        assert!(fires(id, MAIL, "mx.example.jp"));
        assert!(!fires(id, &MAIL.replace("spf=none", "spf=pass"), "mx.example.jp"));
        assert!(!fires(id, &MAIL.replace("s: mx.example.jp;", "s: mx.example.net;"), "mx.example.jp"));
    }
}
