//! An Office document of a kind that holds macros.

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    filenames::first(scene, |_, name| filenames::is_macro_document(name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn by_name() {
        let fires = |name| {
            fires("macro-document-attached", &with_attachment(name, "application/octet-stream", "x"), "")
        };
        assert!(fires("invoice.docm"));
        assert!(!fires("invoice.docx"));
    }
}
