//! The subject ends in a made-up serial: drawn letters and digits glued on so that no two mails are alike. Order and ticket
//! numbers have a word or brackets around them, hence only a mixed token, or sixteen figures and more, at the very end count.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let subject = scene.mail.subject.as_ref()?;
    let last = subject
        .text
        .trim_end_matches(['。', '.', ' ', '!', '！'])
        .rsplit([' ', '　', '。', '、', '－', '】'])
        .next()?;
    let tail: String = trailing_token(last);
    let excused = scene.answers || scene.is_list_mail() || scene.is_carrier();
    (!excused && (is_drawn(&tail) || is_endless(&tail))).then(|| Sign::at(subject.span).with("serial", tail))
}

/// The ASCII letters and digits at the end of a word.
fn trailing_token(word: &str) -> String {
    let tail: Vec<char> = word.chars().rev().take_while(char::is_ascii_alphanumeric).collect();
    tail.into_iter().rev().collect()
}

/// More figures in a row than any number that people use.
fn is_endless(token: &str) -> bool {
    (16..=60).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_digit())
}

/// Six to twenty characters that change between letters and digits at least three times.
fn is_drawn(token: &str) -> bool {
    let changes = token
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit())
        .count();
    (6..=20).contains(&token.len()) && changes >= 3
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn figures_without_end() {
        let subject =
            |serial: &str| format!("From: a@example.com\nSubject: ご確認のお願い no:{serial}\n\nHello\n");
        assert!(fires("serial-in-subject", &subject("9313041546160111312154"), ""));
        assert!(!fires("serial-in-subject", &subject("123456789012"), ""));
    }

    #[test]
    fn a_token_drawn_by_lot() {
        assert!(fires(
            "serial-in-subject",
            "From: a@example.com\nSubject: Parcel waits k7Qx93bT2\n\nHello\n",
            ""
        ));
        assert!(!fires(
            "serial-in-subject",
            "From: a@example.com\nSubject: Parcel waits 2026\n\nHello\n",
            ""
        ));
        assert!(!fires(
            "serial-in-subject",
            "From: a@example.com\nSubject: Order (k7Qx93bT2)\n\nHello\n",
            ""
        ));
    }
}
