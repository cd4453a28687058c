//! A mail that presents itself as a brand comes from an address that is not the brand's: the argument that nearly every published
//! dissection rests on. Silent where the name is only mentioned, in answers, forwards and mailing lists, and where the sender is
//! another company of the same house; of a brand whose domains rest on no
//! source, authenticated mail with no foreign link may be genuine.

use super::{Alignment, Scene, Sign, harmless};
use crate::impersonation::Place;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (claim, brand) = scene.impersonated()?;
    let domain = scene.from_domain()?;
    let author = scene.from()?;
    let own = scene.from().and_then(|from| from.registrable_domain.as_ref());
    let uncertain = brand.is_unverified()
        && scene.alignment == Alignment::Aligned
        && !claim.heads_subject
        && scene.targets().all(|(link, _)| link.registrable_domain.as_ref() == own);
    // A shop that names its carrier and links to it speaks of it, not as it.
    let refers = !claim.stands_in(Place::DisplayName)
        && scene.targets().next().is_some()
        && scene.targets().all(|(_, host)| scene.is_of(host, brand))
        && harmless::but_for_links(scene, brand);
    let sign = Sign::at_all(claim.because.iter().cloned()).and(author.address_span);
    (!uncertain && !refers).then(|| sign.with("brand", &brand.name).with("domain", domain))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "from-domain-not-the-brands";

    #[test]
    fn a_brand_in_the_display_name_needs_its_domain() {
        assert!(fires(ID, "From: Amazon <info@shop.example.com>\nSubject: hello\n\nx", ""));
        assert!(!fires(ID, "From: Amazon <info@amazon.co.jp>\nSubject: hello\n\nx", ""));
        assert!(!fires(ID, "From: Example <info@shop.example.com>\nSubject: hello\n\nx", ""));
    }

    #[test]
    fn a_mention_is_no_claim() {
        assert!(!fires(ID, "From: News <news@example.com>\nSubject: Why Amazon grows\n\nx", ""));
        assert!(!fires(ID, "From: Ana Rei <ana@example.com>\nSubject: hello\n\nx", ""));
        assert!(fires(ID, "From: News <news@example.com>\nSubject: [Amazon] hello\n\nx", ""));
        let parcel = "From: News <news@example.com>\nSubject: [Amazon] hello\n\nhttps://www.amazon.co.jp/a";
        assert!(!fires(ID, parcel, ""), "a shop refers to its carrier");
        assert!(fires(ID, &parcel.replace("www.amazon.co.jp", "www.example.net"), ""));
        assert!(!fires(ID, &parcel.replace("www.amazon.co.jp", "www.example.com"), ""), "a topic");
        assert!(fires(ID, &parcel.replace("News", "Amazon"), ""));
        assert!(!fires(ID, "From: Ana Rei <ana@example.com>\nSubject: X\n\nx", ""), "an everyday word");
        let shop = "From: 例屋 楽天市場店 <shop@example.com>\nSubject: hello\n\nx";
        assert!(!fires(ID, shop, ""), "a shop on a marketplace");
        assert!(fires(ID, &shop.replace("市場店", "市場"), ""));
    }

    #[test]
    fn a_mailbox_that_a_brand_gives_away_is_its_customers() {
        let letter = "From: Ken <ken@icloud.com>\nSubject: Photos\n\nhttps://share.icloud.com/photos/0a1bCd and iPhone\n";
        assert!(!fires(ID, letter, ""));
        assert!(!fires("no-link-of-the-claimed-brand", letter, ""));
    }

    #[test]
    fn answers_and_forwards_repeat_what_others_wrote() {
        let answer =
            "From: Hana <hana@example.com>\nSubject: Re: [Amazon] hello\nIn-Reply-To: <1@example.com>\n\nx";
        assert!(!fires(ID, answer, ""));
    }
}
