//! The mail carries an iCalendar part (RFC 5545, RFC 6047). Information only.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let file = scene.mail.attachments.iter().find(|file| {
        let named = file.name.as_deref().is_some_and(|name| name.to_ascii_lowercase().ends_with(".ics"));
        named || matches!(file.media_type.as_deref(), Some("text/calendar" | "application/ics"))
    })?;
    Some(Sign::at(file.span))
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
    fn calendar_files() {
        let fires = |name, kind| fires("calendar-invitation", &mail(name, kind, "BEGIN:VCALENDAR"), "");
        assert!(fires("invite.ics", "application/octet-stream"));
        assert!(!fires("notes.txt", "text/plain"));
    }
}
