//! The sending machine introduced itself by the name of a school or an authority, and neither From nor envelope is of that body, nor did
//! the server that took the mail see that name at its address: a name chosen to be trusted. Silent where the From is authenticated.

use super::{Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (entry, helo) = delivery::introduction(scene)?;
    let envelope = scene.mail.envelope_from.as_ref().and_then(|envelope| envelope.domain.as_deref());
    let own = [scene.from_domain(), envelope, entry.confirmed_name()];
    let borne_out = own.into_iter().flatten().any(|name| organisation::of(name) == organisation::of(&helo));
    let foreign = organisation::is_public_body(&helo)
        && !borne_out
        && !delivery::was_passed_on(scene)
        && !scene.is_carrier();
    foreign.then(|| Sign::at(entry.span).with("helo", helo))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(helo: &str, from: &str) -> bool {
        let mail = format!(
            "Received: from {helo} ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: {from}\n\nhello\n"
        );
        fires("helo-of-a-public-body", &mail, "mx.example.jp")
    }

    #[test]
    fn a_shop_at_a_university() {
        assert!(is_found("mail.school.edu", "shop@example.com"));
        assert!(!is_found("mail.school.edu", "hana@school.edu"));
        assert!(!is_found("mail.example.com", "shop@example.com"));
    }
}
