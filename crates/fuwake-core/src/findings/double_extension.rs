//! A program named like a document: `invoice.pdf.exe` (MITRE ATT&CK T1036.007).

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    filenames::first(scene, |_, name| filenames::is_disguised(name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn by_name() {
        let fires =
            |name| fires("double-extension", &with_attachment(name, "application/octet-stream", "x"), "");
        assert!(fires("invoice.pdf.exe"));
        assert!(!fires("setup.exe"));
    }
}
