//! An attached page carries a file in its script and has the browser save it: HTML smuggling (MITRE ATT&CK T1027.006).

use super::{Scene, Sign, attached};
use crate::evidence::{ActKind, FileKind};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    attached::decoded(scene).filter(|file| file.kind == FileKind::Page).find_map(|file| {
        let saved = &file.contents.does(ActKind::SavesFile)?.detail;
        let saved = if saved.is_empty() { "?" } else { saved };
        Some(Sign::at_all(file.because()).with("name", file.name()).with("saved", saved))
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::{ActKind, Contents, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn pages_that_save_files() {
        let id = "html-file-saves-another";
        assert!(fires_on_file(id, FileKind::Page, doing(ActKind::SavesFile, "invoice.zip")));
        assert!(!fires_on_file(id, FileKind::Page, Contents::default()));
    }
}
