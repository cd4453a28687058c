//! An attached archive holds a program, a script, a shortcut or an image of a disk.

use super::{Scene, Sign, filenames, listings};
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (file, evidence, entry) = listings::listings(scene).find_map(|(file, evidence, entries)| {
        let entry = entries.iter().find(|entry| {
            // An installation disk or a program's own archive holds dozens; a lure holds one or two.
            entries.len() < 30
                && (filenames::is_program(&entry.name) || filenames::is_disk_image(&entry.name))
        })?;
        Some((file, evidence, entry))
    })?;
    Some(
        Sign::at(Because::Evidence { evidence: evidence.id.clone() })
            .and(file.span)
            .with("name", entry.name.clone()),
    )
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn programs_in_archives() {
        assert!(fires_on_archive("archive-with-program", "invoice.exe", false));
        assert!(!fires_on_archive("archive-with-program", "invoice.pdf", false));
    }
}
