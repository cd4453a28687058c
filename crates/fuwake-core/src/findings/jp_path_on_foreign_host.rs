//! A link to `/jp` of a host that is not the claimed brand's: the Japanese folder of a phishing kit, which has one for each country. Silent
//! where no brand is claimed falsely: many firms keep their Japanese pages there.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    scene.impersonated()?;
    let foreign = scene.foreign_hosts();
    let link = scene.web_links().take(100).find(|link| {
        let host = link.host.as_deref().unwrap_or_default();
        let path = link
            .url
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('/'))
            .map_or("", |(_, path)| path);
        matches!(path, "jp" | "jp/") && foreign.iter().any(|(_, other)| *other == host)
    })?;
    Some(Sign::at(link.because.clone()).with("link", link.url.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn of_a_kit_and_of_a_firm() {
        let id = "jp-path-on-foreign-host";
        let mail = |from: &str, url: &str| {
            format!("From: {from} <a@example.com>\nSubject: お知らせ\n\nご確認ください。\n{url}\n")
        };
        assert!(fires(id, &mail("Amazon", "https://www.example.net/jp"), ""));
        assert!(!fires(id, &mail("Amazon", "https://www.example.net/"), ""));
        assert!(!fires(id, &mail("Reiyama", "https://www.example.net/jp"), ""));
    }
}
