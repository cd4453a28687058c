//! The From domain is the brand's, nobody trusted recorded anything of it, and envelope or sending host and a link belong to somebody else:
//! weaker than a recorded failure. Silent where a mail service sent it.

use super::{Alignment, Scene, Sign};
use crate::knowledge::Brand;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (brand, from) = (scene.from_owner()?, scene.from()?);
    let unproved = scene.alignment == Alignment::Unknown
        && !scene.is_list_mail()
        && !scene.is_carrier()
        && !scene.is_sent_by_service()
        && !scene.is_anybodys(from.domain.as_deref()?);
    let (link, _) = scene.targets().find(|(_, host)| !scene.is_of(host, brand)).filter(|_| unproved)?;
    let sign = Sign::at(from).and(link.because.clone()).with("brand", &brand.name);
    foreign_path(scene, brand).map(|place| sign.and(place))
}

/// Where the path leaves the brand: an envelope of somebody else's; or a sending host of somebody else's or without a name, where
/// no link is the brand's either.
fn foreign_path(scene: &Scene<'_>, brand: &Brand) -> Option<crate::span::Span> {
    let envelope = scene.mail.envelope_from.as_ref();
    let bounced = envelope.and_then(|envelope| Some((envelope, envelope.domain.as_deref()?)));
    if let Some((envelope, _)) = bounced.filter(|(_, domain)| !scene.is_of(domain, brand)) {
        return Some(envelope.span);
    }
    let hop = scene.mail.hops.get(scene.mail.origin.as_ref()?.hop)?;
    let named = hop.reverse_dns.as_deref().is_some_and(|host| scene.is_of(host, brand));
    let all_foreign = scene.targets().all(|(_, host)| !scene.is_of(host, brand));
    (!named && all_foreign).then_some(hop.span)
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
