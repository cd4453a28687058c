//! Four or more links whose texts differ and whose target is one.

use std::collections::BTreeSet;

use super::{Scene, Sign};
use crate::mail::link::Source;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let links: Vec<_> = scene.targets().filter(|(link, _)| link.source == Source::Html).collect();
    let (first, host) = links.first()?;
    let same = links.iter().all(|(link, _)| link.url == first.url);
    let texts: BTreeSet<&str> = links.iter().filter_map(|(link, _)| link.text.as_deref()).collect();
    (same && texts.len() > 3).then(|| {
        let grounds = links.iter().take(4).map(|(link, _)| link.because.clone());
        Sign::at_all(grounds).with("host", *host).with("count", texts.len().to_string())
    })
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "all-buttons-one-target";

    #[test]
    fn four_names_of_one_page() {
        let link = |name: &str, path: &str| format!("<a href=\"https://www.example.net/{path}\">{name}</a> ");
        let mail = |links: String| format!("From: a@example.com\nContent-Type: text/html\n\n{links}\n");
        assert!(fires(ID, &mail(["a", "b", "c", "d"].map(|name| link(name, "x")).concat()), ""));
        assert!(!fires(ID, &mail(["a", "b", "c", "d"].map(|name| link(name, name)).concat()), ""));
    }
}
