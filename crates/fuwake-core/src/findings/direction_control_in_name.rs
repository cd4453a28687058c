//! A name with a bidirectional override (UAX #9; MITRE ATT&CK T1036.002): `annex\u{202E}gpj.exe` is shown as `annexexe.jpg`.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (file, name) =
        scene.mail.attachments.iter().filter_map(|file| Some((file, file.name.as_deref()?))).find(
            |(_, name)| name.chars().any(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')),
        )?;
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
        let fires =
            |name| fires("direction-control-in-name", &mail(name, "application/octet-stream", "x"), "");
        assert!(fires("annex\u{202E}gpj.pdf"));
        assert!(!fires("annex.pdf"));
    }
}
