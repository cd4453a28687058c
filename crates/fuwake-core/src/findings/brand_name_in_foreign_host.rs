//! A link's host borrows a brand's name: an official domain as its left labels (`www.amazon.co.jp.example.com`, `amazon-co-jp.…`), or a word
//! of a label beside a claim on that brand.

use super::{Scene, Sign};
use crate::imitation;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let claimed = scene.posed_as();
    let (link, host, found) = scene.foreign_hosts().into_iter().find_map(|(link, host)| {
        let found = imitation::whole_domain(scene.knowledge, host)
            .or_else(|| imitation::of(host, claimed?).filter(|found| !found.manner.is_lookalike()))
            .filter(|found| !scene.is_of(host, found.brand) && !is_senders(scene, link))?;
        Some((link, host, found))
    })?;
    let sign = Sign::at(link.because.clone()).with("host", host).with("name", found.name);
    Some(sign.with("brand", &found.brand.name))
}

/// The sender's own authenticated site: an agency or a shop that names its customer or its goods there.
fn is_senders(scene: &Scene<'_>, link: &crate::mail::Link) -> bool {
    let own = scene.from().and_then(|from| from.registrable_domain.as_ref());
    own.is_some() && own == link.registrable_domain.as_ref() && scene.posed_as().is_none()
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brand-name-in-foreign-host";

    #[test]
    fn as_labels_or_as_a_word_of_the_claimed_brand() {
        let mail = |name: &str, host| format!("From: {name} <a@example.com>\n\nhttps://{host}/\n");
        assert!(fires(ID, &mail("Hana", "www.amazon.co.jp.example.net"), ""));
        assert!(fires(ID, &mail("Amazon", "amazon-login.example.net"), ""));
        assert!(!fires(ID, &mail("Hana", "amazon-login.example.net"), ""));
        assert!(!fires(ID, &mail("Amazon", "www.amazon.co.jp"), ""));
    }
}
