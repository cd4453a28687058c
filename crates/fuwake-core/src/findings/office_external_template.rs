//! An Office document loads a template, an object or a frame from elsewhere when it is opened (MITRE ATT&CK T1221).

use super::{Scene, Sign, attached};
use crate::evidence::{FileKind, Lead};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let documents = [FileKind::OfficeXml, FileKind::OfficeBinary, FileKind::RichText];
    attached::decoded(scene).filter(|file| documents.contains(&file.kind)).find_map(|file| {
        let loaded =
            file.contents.links.iter().find(|link| link.by == Lead::Loaded && is_remote(&link.url))?;
        Some(Sign::at_all(file.because()).with("name", file.name()).with("url", loaded.url.as_str()))
    })
}

/// On another machine: by address, or by a path of a Windows network. Templates on a disk of the writer's are left-overs.
fn is_remote(target: &str) -> bool {
    let lower = target.to_ascii_lowercase();
    ["http://", "https://", "ftp://", "\\\\", "mhtml:", "file://///"]
        .iter()
        .any(|start| lower.starts_with(start))
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Contents, FileKind, FileLink, Lead};
    use crate::findings::testing::*;

    #[test]
    fn templates_from_elsewhere() {
        let fires = |url: &str, by| {
            let links = vec![FileLink { url: url.into(), text: None, by }];
            let contents = Contents { links, ..Contents::default() };
            fires_on_file("office-external-template", FileKind::OfficeXml, contents)
        };
        assert!(fires("http://files.example.net/t.dotm", Lead::Loaded));
        assert!(fires("\\\\203.0.113.5\\share\\t.dotm", Lead::Loaded));
        assert!(!fires("file:///C:/Users/taro/Templates/letter.dotx", Lead::Loaded));
        assert!(!fires("https://www.example.net/", Lead::Link));
    }
}
