//! A link with the scheme `javascript:`, `vbscript:` or `data:` (other than a picture). `javascript:void(0)` and its kin do nothing, `window.print()` stands on tickets.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, scheme) = scene.links().find_map(|link| {
        let target = link.url.to_ascii_lowercase();
        let (scheme, rest) = target.split_once(':')?;
        let idle = rest.trim_matches(['/', ';', ' ']).is_empty()
            || rest.starts_with("void")
            || rest.trim_start_matches("window.").starts_with("print(")
            || rest.starts_with("image/");
        let scheme = ["javascript", "vbscript", "data"].into_iter().find(|known| *known == scheme.trim())?;
        (!idle).then_some((link, scheme))
    })?;
    Some(Sign::at(link.because.clone()).with("scheme", scheme))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn pages_and_programs_inside_links() {
        let mail =
            |link| format!("From: a@example.com\nContent-Type: text/html\n\n<a href=\"{link}\">here</a>\n");
        let fires = |link| fires("script-link", &mail(link), "");
        assert!(fires("data:text/html,hello"));
        assert!(!fires("javascript:void(0)"));
        assert!(!fires("javascript:window.print()"));
        assert!(!fires("https://www.example.com/"));
    }
}
