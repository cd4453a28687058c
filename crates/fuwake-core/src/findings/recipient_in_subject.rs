//! The subject holds the reader's own mail address: a program that knows nothing else of him put it there. Silent for answers, lists and
//! reports, which name addresses for good reason.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.as_ref().filter(|subject| subject.text.contains('@'))?;
    if scene.is_second_hand() || scene.mail.list.auto_submitted.is_some() {
        return None;
    }
    let text = subject.text.to_lowercase();
    let mut readers = scene.mail.recipients.iter().filter_map(|reader| reader.address.as_deref()).take(20);
    readers.any(|reader| text.contains(reader)).then(|| Sign::at(subject.span))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn ones_own_address_only() {
        let named = |address: &str| {
            fires(
                "recipient-in-subject",
                &format!(
                    "From: a@example.com\nTo: taro@example.jp\nSubject: Mailbox {address} is full\n\nx\n"
                ),
                "",
            )
        };
        assert!(named("Taro@example.jp"));
        assert!(!named("hanako@example.jp"));
    }
}
