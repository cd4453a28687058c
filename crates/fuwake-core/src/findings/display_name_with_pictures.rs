//! Emoji in the display name. Some newsletters do so by right; most who do, want to stand out.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let name = author.display_name.as_deref()?;
    let picture = |letter: char| matches!(letter, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}');
    (name.contains(picture) && !scene.is_list_mail()).then(|| Sign::at(author).with("name", name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(head: &str) -> bool {
        fires(
            "display-name-with-pictures",
            &format!(
                "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\n{head}\nTo: taro@example.jp\n\nhello\n"
            ),
            "mx.example.jp",
        )
    }

    #[test]
    fn pictures() {
        assert!(is_found("From: =?utf-8?B?8J+SsCBCb251cw==?= <a@example.com>"));
        assert!(!is_found("From: Bonus <a@example.com>"));
    }
}
