//! A telephone number in which letters or ornamental digits stand for digits (`(8OO) 555-O142`, `⑧⓪⓪`): people read it, filters do not.

use super::{Scene, Sign, telephone};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.as_ref().map_or("", |subject| subject.text.as_str());
    let found = [subject, scene.mail.own_text()].into_iter().filter_map(telephone::first);
    let number = found.into_iter().find(|number| number.disguised > 0)?;
    Some(Sign::in_body(scene.mail).with("number", number.written))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(text: &str) -> bool {
        fires("telephone-number-disguised", &format!("From: a@example.com\n\nCall {text} today\n"), "")
    }

    #[test]
    fn letters_for_digits() {
        assert!(is_found("+1 (8OO) 555-O142"));
        assert!(!is_found("+1 (800) 555-0142"));
    }
}
