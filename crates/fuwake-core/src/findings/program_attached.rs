//! An attachment that runs when opened. Scripts and shortcuts have a finding of their own.

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    filenames::first(scene, |_, name| filenames::is_program(name) && !filenames::is_script(name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn by_name() {
        let fires =
            |name| fires("program-attached", &with_attachment(name, "application/octet-stream", "x"), "");
        assert!(fires("setup.exe"));
        assert!(!fires("report.pdf"));
    }
}
