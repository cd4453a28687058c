//! A program named like a document: `invoice.pdf.exe` (MITRE ATT&CK T1036.007).

use super::{Scene, Sign, filenames};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (file, name) = scene
        .mail
        .attachments
        .iter()
        .filter_map(|file| Some((file, file.name.as_deref()?)))
        .find(|(_, name)| filenames::is_disguised(name))?;
    Some(Sign::at(file.span).with("name", name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    /// A mail with one attached file.
    fn mail(name: &str, media_type: &str, content: &str) -> String {
        format!(
            "From: a@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n--b\nContent-Type: {media_type}\nContent-Disposition: attachment; filename=\"{name}\"\n\n{content}\n--b--\n"
        )
    }

    #[test]
    fn by_name() {
        let fires = |name| fires("double-extension", &mail(name, "application/octet-stream", "x"), "");
        assert!(fires("invoice.pdf.exe"));
        assert!(!fires("setup.exe"));
    }
}
