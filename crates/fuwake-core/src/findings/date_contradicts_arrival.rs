//! The Date lies far from the time at which a believed server took the mail. Both are compared as moments, whatever their zones.
//! Half a day ahead and three days behind are within what wrong clocks and full queues do.

use super::{Scene, Sign, delivery};

const AHEAD: i64 = 12 * 3600;
const BEHIND: i64 = 3 * 86_400;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let date = scene.mail.date.as_ref()?;
    let entry = delivery::entry(scene)?;
    let seconds = (date.at - entry.at?).whole_seconds();
    let far = !(-BEHIND..=AHEAD).contains(&seconds);
    (far && !scene.is_list_mail() && !scene.is_carrier())
        .then(|| Sign::at(date.span).and(entry.span).with("hours", (seconds / 3600).to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(date: &str) -> String {
        format!(
            "Received: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nDate: {date}\nFrom: a@example.com\n\nHello\n"
        )
    }

    #[test]
    fn moments_are_compared_not_clocks() {
        let id = "date-contradicts-arrival";
        assert!(fires(id, &mail("Thu, 26 Nov 2026 10:00:00 +0900"), ""));
        assert!(!fires(id, &mail("Sun, 22 Nov 2026 17:00:00 -0800"), ""));
        assert!(!fires(id, &mail("Sat, 21 Nov 2026 10:00:00 +0900"), ""));
    }
}
