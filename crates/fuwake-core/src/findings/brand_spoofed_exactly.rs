//! The From domain is the brand's, and a trusted server recorded that authentication failed (RFC 7489 section 3.1). Silent for
//! mailing lists, which break authentication, and for domains under which anybody has an address.

use super::{Alignment, Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (brand, domain) = (scene.from_owner()?, scene.from_domain()?);
    let forged = scene.alignment == Alignment::Failed && !scene.is_list_mail() && !scene.is_anybodys(domain);
    let failures = scene.mail.authentication.results.iter();
    let failures =
        failures.filter(|result| result.trusted && result.result != "pass").map(|result| result.span.into());
    forged.then(|| {
        let sign =
            Sign::at_all(failures).and(scene.from().map_or(scene.mail.header, |from| from.address_span));
        sign.with("brand", &brand.name).with("domain", domain)
    })
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brand-spoofed-exactly";
    const MAIL: &str = "From: Amazon <info@amazon.co.jp>\nSubject: hello\n\nx";

    #[test]
    fn only_a_trusted_failure_counts() {
        let stamp = |result| {
            format!("Authentication-Results: mx.example.jp; dmarc={result} header.from=amazon.co.jp\n")
        };
        let received = "Received: from a.example.com (a.example.com [192.0.2.1]) by mx.example.jp with ESMTP; Mon, 5 Jan 2026 10:00:00 +0900\n";
        let mail = |result| format!("{}{received}{MAIL}", stamp(result));
        assert!(fires(ID, &mail("fail"), "mx.example.jp"));
        assert!(!fires(ID, &mail("pass"), "mx.example.jp"));
        assert!(!fires(ID, MAIL, "mx.example.jp"));
    }
}
