//! The display name says the same as the subject (こんにちは): the mailing program was given no name. Silent for lists, whose name may stand in
//! both, and for companies whose own name that is.

use super::{Scene, Sign};

/// Letters that make it no accident.
const SHORTEST: usize = 4;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let subject = scene.mail.subject.as_ref()?;
    let name = author.display_name.as_deref()?;
    let mut text = subject.text.trim();
    for stamp in &subject.stamps {
        text = text.strip_prefix(stamp.as_str()).unwrap_or(text).trim_start();
    }
    let letters = |text: &str| {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).count()
    };
    let same = plain(name).eq(plain(text)) && letters(name) >= SHORTEST;
    let own = scene.mail.list.id.is_some() || scene.is_second_hand() || scene.presented().next().is_some();
    (same && !own).then(|| Sign::at(author).and(subject.span).with("name", name))
}

fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn same(name: &str, subject: &str) -> bool {
        fires(
            "display-name-is-subject",
            &format!("From: {name} <a@example.com>\nSubject: {subject}\n\nx\n"),
            "",
        )
    }

    #[test]
    fn a_greeting_as_a_name() {
        assert!(same("こんにちは", "[spam] こんにちは!"));
        assert!(!same("例山太郎", "こんにちは"));
        assert!(!same("Amazon", "Amazon"));
    }
}
