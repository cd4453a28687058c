//! The mail presents itself as a brand, and its From field has no address with a domain (RFC 5322 section 3.6.2 demands one): a company's
//! mailer does not do that.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (claim, brand) = scene.impersonated()?;
    let nameless = scene.from_domain().is_none() && !scene.answers && !scene.is_carrier();
    let place = scene.from().map_or(scene.mail.header, |from| from.span);
    let sign = claim.because.iter().cloned().fold(Sign::at(place), Sign::and);
    nameless.then(|| sign.with("brand", &brand.name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brand-without-sender-address";

    #[test]
    fn a_name_alone_is_no_sender() {
        assert!(fires(ID, "From: Amazon\nSubject: hello\n\nhello", ""));
        assert!(!fires(ID, "From: Amazon <a@example.com>\nSubject: hello\n\nhello", ""));
        assert!(!fires(ID, "From: Hana\nSubject: hello\n\nhello", ""));
    }
}
