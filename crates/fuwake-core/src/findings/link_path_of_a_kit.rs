//! A link's path has the shape that a family of mass-mailing kits gives it, over ever new hosts: the action's digit, letters and numbers of
//! campaign, list and recipient run together (`/4waRBZ11553UyZlj941VAFw`), or `/cl/3845_md/1995/…` and `/oop/…`. Ordinary counters
//! separate or encode them otherwise.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host) = scene
        .targets()
        .take(60)
        .find(|(link, host)| path(&link.url).is_some_and(is_kits) && scene.knowledge.owner(host).is_none())?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

fn path(url: &str) -> Option<&str> {
    Some(url.split_once("://")?.1.split_once('/')?.1)
}

fn is_kits(path: &str) -> bool {
    let mut steps = path.split('/');
    match (steps.next(), steps.next()) {
        (Some("cl" | "oop"), Some(step)) => step.strip_suffix("_md").is_some_and(is_number),
        (Some("t" | "track" | "u"), Some(step)) => runs_together(step),
        (Some(step), _) => runs_together(step),
        _ => false,
    }
}

fn is_number(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit())
}

/// One digit, five or six letters, three to six digits, four to six letters, then digits again.
fn runs_together(step: &str) -> bool {
    let runs = [(1, 1, true), (5, 6, false), (3, 6, true), (4, 6, false), (1, 5, true)];
    let mut rest = step.as_bytes();
    for (least, most, digits) in runs {
        let length = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() && byte.is_ascii_digit() == digits)
            .count();
        if !(least..=most).contains(&length) {
            return false;
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    step.len() > 18
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(url: &str) -> bool {
        fires("link-path-of-a-kit", &format!("From: a@example.com\n\nhello {url}\n"), "")
    }

    #[test]
    fn shapes_of_kits() {
        for url in [
            "http://a.example.net/4abCDE11553UyZlj941VAFw0",
            "http://192.0.2.7/t/4abCDE11553UyZlj941VAFw0",
            "http://a.example.net/cl/3845_md/1995/721",
        ] {
            assert!(is_found(url), "{url}");
        }
        for url in [
            "https://a.example.net/c/eJwUzL1yhSAQAODTQCfDLr",
            "https://a.example.net/2026/06/09/cherries",
            "https://a.example.net/cl/3845/1",
        ] {
            assert!(!is_found(url), "{url}");
        }
    }
}
