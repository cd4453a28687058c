//! An attached page goes somewhere else by itself, or puts its address or its markup together in a script so that no filter reads it
//! (MITRE ATT&CK T1027.006).

use super::{Scene, Sign, attached};
use crate::evidence::{ActKind, FileKind, Lead};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.kind == FileKind::Page).find_map(|file| {
        let links = file.contents.links.iter();
        let leads = |by: Lead| matches!(by, Lead::Redirect | Lead::Script);
        let away = links.filter(|link| leads(link.by)).find_map(|link| {
            let host = url::Url::parse(&link.url).ok()?.host_str()?.to_owned();
            let alone = link.by == Lead::Redirect || file.contents.does(ActKind::HiddenMarkup).is_some();
            (alone && scene.is_strange(&host)).then_some(host)
        })?;
        Some(Sign::at_all(file.because()).with("name", file.name()).with("host", away))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Contents, FileKind, FileLink, Lead};
    use crate::findings::testing::*;

    #[test]
    fn pages_that_go_elsewhere() {
        let fires = |url: &str, by| {
            let links = vec![FileLink { url: url.into(), text: None, by }];
            fires_on_file("html-file-redirects", FileKind::Page, Contents { links, ..Contents::default() })
        };
        assert!(fires("https://login.example.net/x", Lead::Redirect));
        assert!(!fires("https://www.example.com/x", Lead::Redirect), "the sender's own host");
        assert!(!fires("https://cdn.example.net/jquery.js", Lead::Script), "a library in clear");
    }
}
