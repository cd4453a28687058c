//! Three or more links of different names, and all of them go by plain http to the bare name of a host that is not the company's: the page of a
//! genuine mail was copied and every link of it replaced. No log-in page looks like that; mails that spread programs did (JC3's
//! warnings of 2016 to 2019). Silent where the mail presents itself as no company.

use std::collections::BTreeSet;

use super::{Scene, Sign};
use crate::mail::link::Source;

/// Names that one page does not have.
const NAMES: usize = 3;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (_, brand) = scene.presented().next()?;
    let links: Vec<_> = scene.targets().filter(|(link, _)| link.source == Source::Html).collect();
    let (first, host) = links.first()?;
    let rest = first.url.strip_prefix("http://").and_then(|rest| rest.strip_prefix(host));
    let bare = matches!(rest, Some("" | "/"));
    let same = links.iter().all(|(link, _)| link.url == first.url);
    let names: BTreeSet<&str> = links.iter().filter_map(|(link, _)| link.text.as_deref()).collect();
    let foreign = !scene.is_of(host, brand) && scene.knowledge.mail_service(host).is_none();
    (bare && same && foreign && names.len() >= NAMES).then(|| {
        let grounds = links.iter().take(4).map(|(link, _)| link.because.clone());
        Sign::at_all(grounds).with("host", *host).with("count", names.len().to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn all_names_lead_to_a_bare_host() {
        let mail = |target: &str| {
            let links =
                ["Statement", "News", "Settings"].map(|name| format!("<a href=\"{target}\">{name}</a> "));
            format!("From: Amazon <a@example.com>\nContent-Type: text/html\n\n{}\n", links.concat())
        };
        assert!(fires("all-links-one-bare-host", &mail("http://www.example.net/"), ""));
        assert!(!fires("all-links-one-bare-host", &mail("https://www.example.net/login"), ""));
        assert!(!fires("all-links-one-bare-host", &mail("http://www.amazon.co.jp/"), ""));
    }
}
