//! The picture of a page, in a frame that says what to think of it.

use super::super::moment::moment;
use super::{Telling, Visited, filled, is_genuine};
use crate::evidence::visit::Page;
use crate::report::{Picture, Plain, Sight, Tone};

/// Larger than this is no small picture, in bytes.
const LARGE: usize = 512 << 10;
/// How much of a page's text stands for its picture, in characters.
const TEXT: usize = 120;

impl Telling<'_> {
    /// What a visitor saw.
    pub(super) fn sight(&self, visited: &Visited<'_>) -> Sight {
        let file = visited.visit.pictures.small.as_deref();
        let kept = file.and_then(|sha256| Some((sha256, self.mail?.pictures.get(sha256)?)));
        let Some((sha256, webp)) = kept.filter(|(_, webp)| is_webp(webp) && webp.len() <= LARGE) else {
            return Sight::None(self.writer.word(self.words.no_picture));
        };
        if self.may_show_recipient()
            || visited.visit.page.as_ref().is_some_and(|page| self.names_somebody(page))
        {
            return Sight::None(self.writer.word(self.words.withheld));
        }
        let (frame, tone) = match () {
            () if self.is_fake(visited.kind) => (self.words.frames[0], Tone::Bad),
            () if self.is_dangerous(visited.kind) => (self.words.frames[1], Tone::Bad),
            () if is_genuine(visited.kind) && !self.record.is_led_away => (self.words.frames[2], Tone::Good),
            () => (self.words.frames[3], Tone::Neutral),
        };
        let at = visited.at.map(moment).unwrap_or_default();
        let caption = [self.words.profile(visited.profile), &at];
        let caption: Vec<&str> = caption.into_iter().filter(|text| !text.is_empty()).collect();
        let bytes = webp.len().to_string();
        Sight::Picture(Box::new(Picture {
            webp: webp.clone(),
            frame: self.writer.word(frame),
            stamp: self.is_fake(visited.kind).then(|| self.writer.word(self.words.stamp)),
            tone,
            alt: self.alt(visited),
            caption: self.writer.word(&caption.join(" · ")),
            instead: filled(
                self.words.instead,
                &[("bytes", &bytes), ("sha256", self.writer.line(sha256).as_str())],
            ),
        }))
    }

    /// What is seen, for those who do not see it.
    fn alt(&self, visited: &Visited<'_>) -> Plain {
        let kind = self.words.kind(visited.kind).title;
        let summary = if visited.kind == self.record.kind { self.summary() } else { self.writer.word(kind) };
        let visitor = self.words.profile(visited.profile);
        let mut alt =
            filled(self.words.alt, &[("visitor", visitor), ("summary", summary.as_str())]).to_string();
        // A kind of page is a name, and further sentences follow.
        if !alt.ends_with(['.', '。']) {
            alt.push_str(self.writer.words.language.pick("。", "."));
        }
        if let Some(page) = &visited.visit.page {
            let title = self.excerpt(&page.title, TEXT);
            let text = self.excerpt(&page.text, TEXT);
            if !title.is_empty() {
                alt += filled(self.words.alt_title, &[("title", &title)]).as_str();
            }
            if !text.is_empty() {
                alt += filled(self.words.alt_text, &[("text", &text)]).as_str();
            }
        }
        Plain::new(alt)
    }

    /// The head of a text from a page on one line, cleaned before it is cut.
    pub(super) fn excerpt(&self, text: &str, length: usize) -> String {
        let head: Vec<&str> = text.split_whitespace().take(length).collect();
        let clean = self.writer.line(&head.join(" "));
        match clean.as_str().char_indices().nth(length) {
            Some((end, _)) => format!("{}…", clean.as_str().get(..end).unwrap_or_default()),
            None => clean.to_string(),
        }
    }

    /// A page says who received the mail, so its picture shows it.
    fn names_somebody(&self, page: &Page) -> bool {
        let values =
            page.forms.iter().flat_map(|form| &form.fields).filter_map(|field| field.value.as_deref());
        [page.title.as_str(), &page.text, &page.url]
            .into_iter()
            .chain(values)
            .any(|text| self.writer.is_masked(text))
    }
}

/// RIFF with WebP in it (RFC 9649 section 2.4).
fn is_webp(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}
