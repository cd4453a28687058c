//! A script or a shortcut is attached (MITRE ATT&CK T1204.002).

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    filenames::first(scene, |_, name| filenames::is_script(name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn by_name() {
        let fires =
            |name| fires("script-attached", &with_attachment(name, "application/octet-stream", "x"), "");
        assert!(fires("invoice.js"));
        assert!(!fires("invoice.json"));
    }
}
