//! Speaks for a mail: the From address is a brand's by a source that was read, and every link leads to that brand: who forged it
//! gains nothing. Silent where authentication failed.

use super::{Alignment, Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (brand, from) = (scene.sender_brand()?, scene.from()?);
    let links: Vec<_> = scene.targets().collect();
    let all = !links.is_empty() && !scene.is_cut() && links.iter().all(|(_, host)| scene.is_of(host, brand));
    let believed = !brand.unverified && scene.alignment != Alignment::Failed;
    let grounds = links.iter().take(3).map(|(link, _)| link.because.clone());
    (all && believed).then(|| Sign::at_all(grounds).and(from).with("brand", &brand.name))
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
    }
}
