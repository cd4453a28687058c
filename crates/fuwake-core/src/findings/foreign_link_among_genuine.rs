//! The mail poses as a brand, by name or under its forged domain; a link or more are the brand's own, a logo's or a
//! footer's, and one or two hosts are not.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let brand = scene.posed_as()?;
    let (own, foreign): (Vec<_>, Vec<_>) = scene.targets().partition(|(_, host)| scene.is_of(host, brand));
    let mut hosts: Vec<&str> =
        foreign.iter().filter_map(|(link, _)| link.registrable_domain.as_deref()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let (link, host) = foreign.first().filter(|_| !own.is_empty() && hosts.len() < 3)?;
    Some(Sign::at(link.because.clone()).with("host", *host).with("brand", &brand.name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "foreign-link-among-genuine";

    #[test]
    fn two_genuine_and_one_foreign() {
        let mail = |sender| {
            format!(
                "From: Amazon <a@{sender}>\n\nhttps://www.amazon.co.jp/a https://www.amazon.co.jp/b https://www.example.net/\n"
            )
        };
        assert!(fires(ID, &mail("example.com"), ""));
        assert!(!fires(ID, &mail("amazon.co.jp"), ""));
        let logo = "From: Amazon <a@example.com>\n\nhttps://www.amazon.co.jp/ https://www.example.net/\n";
        assert!(fires(ID, logo, ""));
    }
}
