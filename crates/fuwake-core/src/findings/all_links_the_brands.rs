//! Speaks for a mail: the From address is a brand's and every link leads to that brand, each domain by a source that was read: who
//! forged it gains nothing. Silent where authentication failed, and where nothing proves the sender and the mail could do harm without a link: by
//! an answer that goes elsewhere, or a call that it wants, and where a user of the brand's platform typed a lure into its notice.

use super::{Alignment, Scene, Sign, organisation};
use crate::knowledge::Brand;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (brand, from) = (scene.sender_brand()?, scene.from()?);
    let links: Vec<_> = scene.targets().collect();
    let all = !links.is_empty() && !scene.is_cut() && links.iter().all(|(_, host)| scene.is_of(host, brand));
    let harmless = || scene.alignment == Alignment::Unknown && !asks_for_an_answer(scene, brand);
    let sourced = |domain: &str| scene.knowledge.sourced_owner(domain).is_some();
    // An office of an access provider writes from the domain of its customers, which is listed as theirs.
    let office = scene.from_owner().is_none();
    let named = || {
        (office || scene.from_domain().is_some_and(sourced)) && links.iter().all(|(_, host)| sourced(host))
    };
    let believed = named() && (scene.alignment == Alignment::Aligned || harmless());
    let grounds = links.iter().take(3).map(|(link, _)| link.because.clone());
    (all && believed && !organisation::is_borrowed(scene))
        .then(|| Sign::at_all(grounds).and(from).with("brand", &brand.name))
}

/// Answers go to somebody else, or the words are those of who wants to be called.
fn asks_for_an_answer(scene: &Scene<'_>, brand: &Brand) -> bool {
    let elsewhere = |domain: &str| Some(domain) != scene.from_domain() && !scene.is_of(domain, brand);
    let calls = |file: usize| scene.knowledge.phrases()[file].finding == "call-back-lure";
    scene.mail.reply_to.iter().any(|reply| reply.domain.as_deref().is_some_and(elsewhere))
        || scene.phrases.iter().any(|phrase| !phrase.hint && calls(phrase.file))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "all-links-the-brands";

    #[test]
    fn one_foreign_link_is_enough_to_silence_it() {
        let mail =
            |link| format!("From: Amazon <a@amazon.co.jp>\n\nhttps://www.amazon.co.jp/a https://{link}/b\n");
        assert!(fires(ID, &mail("amazon.co.jp"), ""));
        assert!(!fires(ID, &mail("www.example.com"), ""));
        assert!(!fires(ID, "From: Amazon <a@amazon.co.jp>\n\nx", ""));
        assert!(!fires(ID, &format!("Reply-To: a@example.net\n{}", mail("amazon.co.jp")), ""));
    }
}
