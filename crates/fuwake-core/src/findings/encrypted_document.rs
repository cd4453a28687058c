//! A document that cannot be read without a password. Weak alone: pay slips and statements come so.

use super::{Scene, Sign, attached};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let file =
        attached::decoded(scene).find(|file| file.contents.encrypted && file.contents.text.is_empty())?;
    Some(Sign::at_all(file.because()).with("name", file.name()))
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Contents, FileKind};
    use crate::findings::testing::*;

    #[test]
    fn locked_files() {
        let fires = |encrypted| {
            let contents = Contents { encrypted, ..Contents::default() };
            fires_on_file("encrypted-document", FileKind::Pdf, contents)
        };
        assert!(fires(true));
        assert!(!fires(false));
    }
}
