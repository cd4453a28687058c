//! The text asks to look at an attachment, and there is none: a template from another mail, or one that lost its file. A weak sign, for people
//! forget attachments. Silent for answers and forwards, which speak of somebody else's.

use super::{Scene, Sign};

const ASKING: [&str; 7] = [
    "添付された",
    "添付の電子",
    "添付ファイルを開",
    "添付ファイルをご確認",
    "添付ファイルをご覧",
    "添付のファイルを",
    "添付の請求書",
];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() || !scene.mail.attachments.is_empty() {
        return None;
    }
    let text = scene.text.text.as_str();
    let (asking, at) = ASKING.iter().find_map(|asking| Some((asking, text.find(asking)?)))?;
    let place = scene.text.original(at, at + asking.len());
    Some(Sign::at(scene.in_text(place)).with("quote", *asking))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fires, with_attachment};

    #[test]
    fn named_and_not_there() {
        let text = "レポートについてのお知らせです。添付されたレポートをご確認ください。";
        let mail = format!("From: a@example.com\nSubject: お知らせ\n\n{text}\n");
        assert!(fires("attachment-missing", &mail, ""));
        let mail = with_attachment("a.pdf", "application/pdf", "%PDF").replace("hello", text);
        assert!(!fires("attachment-missing", &mail, ""));
    }
}
