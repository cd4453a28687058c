//! A time to the second with AM or PM in the subject, as JavaScript prints it: a mailing program put the moment of sending there so
//! that no two mails are alike.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.as_ref()?;
    let time = clock_time(&subject.text).filter(|_| !scene.is_second_hand())?;
    Some(Sign::at(subject.span).with("time", time))
}

/// `2:40:28 PM`.
fn clock_time(text: &str) -> Option<&str> {
    let mut words = text.split([' ', '\u{202F}', '\u{A0}']).peekable();
    std::iter::from_fn(|| {
        let word = words.next()?;
        Some((word, words.peek().copied().unwrap_or_default()))
    })
    .find(|(word, next)| is_clock(word) && ["AM", "PM"].iter().any(|half| next.eq_ignore_ascii_case(half)))
    .map(|(word, _)| word)
}

fn is_clock(word: &str) -> bool {
    let mut parts = word.split(':');
    let two = |part: Option<&str>| {
        part.is_some_and(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let hour = parts
        .next()
        .is_some_and(|hour| matches!(hour.len(), 1 | 2) && hour.bytes().all(|byte| byte.is_ascii_digit()));
    hour && two(parts.next()) && two(parts.next()) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn to_the_second() {
        let stamped = |subject: &str| {
            fires("clock-time-in-subject", &format!("From: a@example.com\nSubject: {subject}\n\nx\n"), "")
        };
        assert!(stamped("Important update on October 11, 2023, 2:40:28 PM"));
        assert!(!stamped("Meeting at 2:40 PM"));
        assert!(!stamped("ログイン 2025-05-29 19:44:02 (UTC)"));
    }
}
