//! The mail bears a header field by which a vendor of phishing exercises knows his own mails, and comes from that vendor. The field
//! alone, which anybody can write, is only remarked ([`super::exercise_mark_unproven`]).

use super::{Scene, Sign, exercise};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mark = exercise::mark(scene).filter(|mark| mark.proven)?;
    Some(Sign::at(mark.field).with("field", mark.field.name).with("vendor", &mark.vendor.name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    const ID: &str = "phishing-exercise";
    const MAIL: &str = "Received: from psm.knowbe4.com (psm.knowbe4.com [192.0.2.7])\n\tby mx.example.jp (Postfix) with ESMTP id A1; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\nX-PHISHTEST: 1234\nSubject: Your parcel\n\nOpen it.\n";

    #[test]
    fn comes_from_the_vendor_whose_mark_it_bears() {
        assert!(fires(ID, MAIL, ""));
        assert!(!fires(ID, &MAIL.replace("PHISHTEST", "Phishing-Report"), ""));
        assert!(!fires(ID, &MAIL.replace("PHISHTEST", "PhishMe"), ""), "another vendor's mark");
        assert!(!fires(ID, &MAIL.replace("(psm.knowbe4.com", "(unknown"), ""), "only its own word");
    }

    #[test]
    fn a_domain_that_a_trusted_server_saw_authenticated_is_proof_too() {
        let through = |result: &str| {
            format!(
                "Authentication-Results: mx.example.jp; dkim={result} header.d=knowbe4.com\n{}",
                MAIL.replace("psm.knowbe4.com", "mail.example.net")
            )
        };
        assert!(fires(ID, &through("pass"), "mx.example.jp"));
        assert!(!fires(ID, &through("fail"), "mx.example.jp"));
    }
}
