//! A server on the way put a mark such as `[spam]` in front of the subject. A hint only: genuine mail gets it too, and anybody
//! can write it.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.as_ref()?;
    let stamp = subject.stamps.first()?;
    Some(Sign::at(subject.span).with("stamp", stamp.clone()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_mark_in_front() {
        assert!(fires("stamped-as-spam", "From: a@example.com\nSubject: [spam] Parcel\n\nHello\n", ""));
        assert!(!fires("stamped-as-spam", "From: a@example.com\nSubject: Parcel\n\nHello\n", ""));
    }
}
