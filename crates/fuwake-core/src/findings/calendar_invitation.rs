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

    #[test]
    fn calendar_files() {
        let fires =
            |name, kind| fires("calendar-invitation", &with_attachment(name, kind, "BEGIN:VCALENDAR"), "");
        assert!(fires("invite.ics", "application/octet-stream"));
        assert!(!fires("notes.txt", "text/plain"));
    }
}
