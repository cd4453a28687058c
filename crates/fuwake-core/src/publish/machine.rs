//! The writer's face for formats that programs read: masked as everywhere, never defanged.

use super::Style;
use super::edit::{Edit, apply, merged, overlaid};
use super::plain::steers;
use super::writer::{Writer, bounded};

/// What stands in a link for programs in the place of a masked text.
pub(super) const MASKED: &str = "MASKED";

impl Writer {
    /// Text from a mail for a format that programs read: masked as everywhere, links and hosts whole, characters that steer taken out.
    /// The format itself still escapes what is special in it.
    pub(super) fn machine(&self, text: &str) -> String {
        let (text, end) = bounded(text);
        let masks = self.masks(text, Style::International);
        apply(text, &overlaid(masks, removals(text)), 0, end)
    }

    /// The same with its lines.
    pub(super) fn machine_lines(&self, text: &str) -> String {
        let (text, end) = bounded(text);
        let masks = self.masks(text, Style::International);
        let removals = removals(text).into_iter().filter(|edit| text.get(edit.start..edit.end) != Some("\n"));
        apply(text, &overlaid(masks, removals.collect()), 0, end)
    }

    /// A whole text with its lines, however long it is.
    pub(super) fn machine_text(&self, text: &str) -> String {
        let masks = self.masks(text, Style::International);
        let removals = removals(text).into_iter().filter(|edit| text.get(edit.start..edit.end) != Some("\n"));
        apply(text, &overlaid(masks, removals.collect()), 0, text.len())
    }

    /// Whole, where nothing of it is masked: what names the reader is no indicator, and half of it is none either.
    pub(super) fn machine_whole(&self, text: &str) -> Option<String> {
        let machine = self.machine(text);
        (machine == text).then_some(machine)
    }

    /// A link for a format that programs read: what is masked in it is `MASKED`, so that it stays a URL (RFC 3986); none where its
    /// host itself is masked. `more` is masked too.
    pub(super) fn machine_url(&self, url: &str, more: Vec<Edit>) -> Option<String> {
        let (text, end) = bounded(url);
        let masks = merged([self.masks(text, Style::International), more].concat());
        let masked = apply(text, &overlaid(masks, removals(text)), 0, end);
        let masked = masked.replace("***.***", MASKED).replace("***", MASKED);
        let parsed = url::Url::parse(&masked).ok()?;
        let host = |url: &url::Url| url.host_str().map(str::to_owned);
        let whole = url::Url::parse(url).ok()?;
        (host(&parsed) == host(&whole)).then(|| masked.replace(|c: char| c.is_whitespace(), "%20"))
    }
}

/// Characters that steer or hide are gone; what ends a line or a column is a blank.
fn removals(text: &str) -> Vec<Edit> {
    let steering = text.char_indices().filter(|(_, character)| steers(*character));
    let with = |character: char| if matches!(character, '\n' | '\t') { " " } else { "" };
    steering.map(|(at, character)| Edit::new(at, at + character.len_utf8(), with(character))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Language;
    use crate::publish::mask::Mask;
    use crate::publish::secret::Secret;

    fn writer() -> Writer {
        let mut writer = Writer::without_mail(Language::En);
        writer.mask = Mask::new(&[Secret::Address("hanako@example.jp".into())], "");
        writer
    }

    #[test]
    fn programs_read_links_whole_and_nobody_in_them() {
        let writer = writer();
        assert_eq!(
            writer.machine("see https://evil.example/x\u{202e}\n now"),
            "see https://evil.example/x  now"
        );
        assert_eq!(writer.machine("to hanako@example.jp"), "to ***@***.***");
        let link = |url| writer.machine_url(url, Vec::new());
        assert_eq!(link("https://evil.example/a?u=1").as_deref(), Some("https://evil.example/a?u=1"));
        let masked = link("https://evil.example/a?u=hanako%40example.jp&v=2");
        assert_eq!(masked.as_deref(), Some("https://evil.example/a?u=MASKED&v=2"));
        assert_eq!(link("https://hanako.evil.example/a"), None);
        assert_eq!(writer.machine_whole("hanako@example.jp"), None);
        assert_eq!(writer.machine_whole("info@evil.example").as_deref(), Some("info@evil.example"));
    }
}
