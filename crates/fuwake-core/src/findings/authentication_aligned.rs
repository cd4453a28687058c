//! A trusted server saw that the mail comes from the From domain (RFC 7489 section 3.1). That names the sender and says nothing
//! about his intentions: impostors authenticate their own domains too. Silent at free mail, and where the domain is a known
//! company's, for which there is a finding of its own.

use super::{Alignment, Scene, Sign, authentication_aligned_known_brand, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let domain = scene.from_domain()?;
    if scene.alignment != Alignment::Aligned
        || organisation::gives_addresses_away(scene, domain)
        || authentication_aligned_known_brand::find(scene).is_some()
    {
        return None;
    }
    Some(Sign::at_all(organisation::passes(scene)).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(result: &str) -> String {
        format!(
            "Authentication-Results: mx.example.jp; {result}\nReceived: from out.example.com (out.example.com [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n"
        )
    }

    #[test]
    fn only_what_passed_for_the_from_domain() {
        assert!(fires("authentication-aligned", &mail("dkim=pass header.d=example.com"), "mx.example.jp"));
        assert!(!fires("authentication-aligned", &mail("dkim=pass header.d=example.net"), "mx.example.jp"));
        assert!(!fires("authentication-aligned", &mail("dkim=fail header.d=example.com"), "mx.example.jp"));
    }
}
