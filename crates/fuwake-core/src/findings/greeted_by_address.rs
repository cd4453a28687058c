//! The reader is greeted by his mail address, or by what stands before its `@`: whoever writes knows the address and nothing else. Some genuine
//! services do it too.

use super::{Scene, Sign};
use crate::findings::scene::japanese::Line;

/// Lines at the top that may greet.
const TOP: usize = 8;
const HONORIFICS: [&str; 5] = ["様", "さま", "さん", "殿", "先生"];

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if !scene.is_japanese() || scene.is_second_hand() {
        return None;
    }
    let mut readers: Vec<&str> =
        scene.mail.recipients.iter().filter_map(|reader| reader.address.as_deref()).collect();
    readers.dedup();
    let top = scene.lines().filter(|line| !line.text.trim().is_empty()).take(TOP);
    let greeting = |line: &Line<'_>| readers.iter().take(8).any(|reader| greets(line.text, reader));
    let line = top.into_iter().find(greeting)?;
    Some(Sign::at(scene.in_text(line.span())))
}

/// The line is the address alone, or the address or its local part with an honorific.
fn greets(line: &str, address: &str) -> bool {
    let line = line.trim().to_lowercase();
    let local = address.split('@').next().unwrap_or_default();
    let honoured = |name: &str| {
        line.strip_prefix(name)
            .is_some_and(|rest| HONORIFICS.iter().any(|honorific| rest.trim_start().starts_with(honorific)))
    };
    line == address || honoured(address) || local.len() > 2 && honoured(local)
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn greeted(text: &str) -> bool {
        fires(
            "greeted-by-address",
            &format!("From: a@example.com\nTo: taro@example.jp\nSubject: お知らせ\n\n{text}\n"),
            "",
        )
    }

    #[test]
    fn by_address_and_by_name() {
        assert!(greeted("Taro@example.jp 様\nいつもありがとうございます。"));
        assert!(greeted("taro様\nいつもありがとうございます。"));
        assert!(!greeted("例山 太郎 様\nこのメールは taro@example.jp 様宛てにお送りしています。"));
    }
}
