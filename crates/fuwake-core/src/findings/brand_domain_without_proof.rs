//! The From domain is the brand's, nobody trusted recorded anything of it, and both the envelope and a link belong to somebody else:
//! weaker than a recorded failure. Silent where the envelope is a mail service's.

use super::{Alignment, Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (brand, from) = (scene.from_owner()?, scene.from()?);
    let envelope = scene.mail.envelope_from.as_ref()?;
    let bounced = envelope.domain.as_deref()?;
    let unproved = scene.alignment == Alignment::Unknown
        && !scene.is_list_mail()
        && !scene.is_sent_by_service()
        && !scene.is_anybodys(from.domain.as_deref()?)
        && !scene.is_of(bounced, brand);
    let (link, _) = scene.targets().find(|(_, host)| !scene.is_of(host, brand)).filter(|_| unproved)?;
    Some(Sign::at(from).and(envelope).and(link.because.clone()).with("brand", &brand.name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brand-domain-without-proof";

    #[test]
    fn envelope_and_link_must_both_be_foreign() {
        let mail = |envelope, link| {
            format!(
                "Return-Path: <{envelope}>\nFrom: Amazon <info@amazon.co.jp>\nSubject: hello\n\nhttps://{link}/\n"
            )
        };
        assert!(fires(ID, &mail("a@host.example.com", "shop.example.net"), ""));
        assert!(!fires(ID, &mail("a@bounces.amazon.co.jp", "shop.example.net"), ""));
        assert!(!fires(ID, &mail("a@host.example.com", "www.amazon.co.jp"), ""));
    }
}
