//! A prank: the display name is a brand's, the sender is not the brand and proves nothing, and every link in the mail leads to the brand
//! itself. Silent where anything else could do harm (another link, or one of [`super::scene::harmless`]), for answers, forwards and
//! lists, and where a mail service or the marks of a subscription show that it may be the brand's own newsletter.

use super::{Alignment, Scene, Sign, harmless};
use crate::impersonation::Place;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (claim, brand) = scene.impersonated()?;
    let mail = scene.mail;
    let subscribed = mail.list.unsubscribe.is_some() || mail.list.id.is_some();
    let forged = claim.stands_in(Place::DisplayName)
        && scene.alignment != Alignment::Aligned
        && !scene.is_sent_by_service()
        && !subscribed
        && !scene.answers
        && !scene.is_carrier();
    let links: Vec<_> = scene.links().collect();
    let hosts: Option<Vec<&str>> = links.iter().map(|link| link.host.as_deref()).collect();
    let mut hosts =
        hosts.filter(|hosts| !hosts.is_empty() && hosts.iter().all(|host| scene.belongs(host, brand)))?;
    hosts.dedup();
    hosts.truncate(3);
    let grounds = links.iter().take(4).map(|link| link.because.clone());
    let sign = Sign::at_all(grounds).and(scene.from()?);
    (forged && harmless::but_for_links(scene, brand))
        .then(|| sign.with("brand", &brand.name).with("hosts", hosts.join(", ")))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "genuine-links-under-forged-sender";

    fn mail(head: &str, links: &str) -> String {
        format!("From: Amazon <a@mail.example.com>\n{head}Subject: hello\n\n{links}\n")
    }

    #[test]
    fn every_link_is_the_brands() {
        assert!(fires(ID, &mail("", "https://www.amazon.co.jp/a"), ""));
        assert!(!fires(ID, &mail("", "https://www.amazon.co.jp/a https://www.example.com/b"), ""));
        assert!(!fires(ID, &mail("", "x"), ""));
    }

    #[test]
    fn a_subscription_may_be_the_brands_own() {
        assert!(!fires(
            ID,
            &mail("List-Unsubscribe: <https://www.amazon.co.jp/u>\n", "https://www.amazon.co.jp/a"),
            ""
        ));
        assert!(!fires(
            ID,
            &mail("In-Reply-To: <1@example.com>\n", "> hello\nhttps://www.amazon.co.jp/a"),
            ""
        ));
    }
}
