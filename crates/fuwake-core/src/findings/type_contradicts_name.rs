//! The first bytes of a file show a program, an archive or an HTML page, its name a document or a picture. New Office documents are ZIP
//! archives and have no finding.

use super::{Scene, Sign, filenames};

const DOCUMENTS: [&str; 8] = ["pdf", "jpg", "jpeg", "png", "gif", "txt", "csv", "rtf"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (file, name, ending, detected) = scene.mail.attachments.iter().find_map(|file| {
        let (name, detected) = (file.name.as_deref()?, file.detected_type?);
        let ending = filenames::ending(name).filter(|ending| DOCUMENTS.contains(&ending.as_str()))?;
        let harmful = file.is_archive()
            || detected == "text/html"
            || detected.contains("executable")
            || detected.contains("msdownload");
        harmful.then_some((file, name, ending, detected))
    })?;
    Some(Sign::at(file.span).with("name", name).with("ending", ending).with("detected", detected))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn a_page_named_like_a_picture() {
        let fires = |name| {
            fires(
                "type-contradicts-name",
                &with_attachment(name, "image/png", "PK\u{3}\u{4}00000000000000000000000000"),
                "",
            )
        };
        assert!(fires("photo.png"));
        assert!(!fires("photo.zip"));
    }
}
