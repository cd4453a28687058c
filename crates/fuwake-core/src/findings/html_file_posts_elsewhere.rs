//! An attached page asks for a password and knows where to send it: a host that is not the sender's.

use super::{Scene, Sign, attached};
use crate::evidence::{ActKind, FileKind, Lead};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.kind == FileKind::Page).find_map(|file| {
        file.contents.does(ActKind::PasswordField)?;
        let sends = |by: Lead| matches!(by, Lead::Form | Lead::Script | Lead::Redirect);
        let host = file.contents.links.iter().filter(|link| sends(link.by)).find_map(|link| {
            let host = url::Url::parse(&link.url).ok()?.host_str()?.to_owned();
            scene.is_strange(&host).then_some(host)
        })?;
        Some(Sign::at_all(file.because()).with("name", file.name()).with("host", host))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{ActKind, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn passwords_sent_away() {
        let page = |url| linked(crate::evidence::Lead::Form, url, doing(ActKind::PasswordField, ""));
        assert!(fires_on_file(
            "html-file-posts-elsewhere",
            FileKind::Page,
            page("https://collect.example.net/p")
        ));
        assert!(!fires_on_file(
            "html-file-posts-elsewhere",
            FileKind::Page,
            page("https://www.example.com/p")
        ));
    }
}
