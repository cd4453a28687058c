//! An image of a disk is attached (MITRE ATT&CK T1553.005).

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    filenames::first(scene, |_, name| filenames::is_disk_image(name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn by_name() {
        let fires =
            |name| fires("disk-image-attached", &with_attachment(name, "application/octet-stream", "x"), "");
        assert!(fires("invoice.iso"));
        assert!(!fires("invoice.zip"));
    }
}
