//! An image of a disk is attached (MITRE ATT&CK T1553.005).

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    const TYPES: [&str; 4] =
        ["application/x-iso9660-image", "application/x-udf-image", "application/x-vhd", "application/x-vhdx"];
    filenames::first(scene, |file, name| {
        filenames::is_disk_image(name) || file.detected_type.is_some_and(|is| TYPES.contains(&is))
    })
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
