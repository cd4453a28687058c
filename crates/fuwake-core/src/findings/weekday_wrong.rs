//! The Date names a weekday on which that date did not fall: written by a template, not by a clock. Silent for reports and lists.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let date = scene.mail.date.as_ref().filter(|date| date.weekday_wrong)?;
    let excused = scene.is_carrier() || scene.mail.list.auto_submitted.is_some() || scene.is_list_mail();
    (!excused).then(|| Sign::at(date.span))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn no_such_day() {
        let mail = "Date: Tue, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n";
        assert!(fires("weekday-wrong", mail, ""));
        assert!(!fires("weekday-wrong", &mail.replace("Tue", "Mon"), ""));
    }
}
