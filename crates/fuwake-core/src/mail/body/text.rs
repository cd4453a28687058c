//! Text parts: decoded, read as HTML where they are, searched for links.

use url::Url;

use super::part::Part;
use super::{Body, CALENDAR, Reader, calendar};
use crate::mail::charset;
use crate::mail::html::{self, Reading};
use crate::mail::link::{Source, in_text, scan};
use crate::mail::{Attachment, Defect};
use crate::span::Span;

/// Bytes of text that are decoded in one mail.
pub(super) const MOST_TEXT: usize = 2 << 20;

impl Reader<'_> {
    /// A part that is read as text.
    pub(super) fn text_part(&mut self, part: &Part<'_>, displayed: bool) {
        let (text, charset) = self.decode(part, &part.decoded());
        let is_html =
            part.media_type.ends_with("html") || (part.media_type != "text/plain" && looks_like_html(&text));
        let mut body = if is_html {
            self.html(&part.section, &text, None)
        } else {
            self.plain(&part.section, &text, Source::Text)
        };
        body.displayed = displayed;
        body.source = (is_html && displayed).then_some(text);
        body.media_type = if is_html { "text/html".to_owned() } else { "text/plain".to_owned() };
        charset.clone_into(&mut body.charset);
        self.content.bodies.push(body);
    }

    /// Attached HTML and calendars lead to links too.
    pub(super) fn attached_text(&mut self, part: &Part<'_>, attachment: &Attachment) {
        let declared = attachment.media_type.as_deref().unwrap_or_default();
        let name = attachment.name.as_deref().unwrap_or_default().to_lowercase();
        let is_html = declared == "text/html"
            || attachment.detected_type == Some("text/html")
            || [".htm", ".html", ".shtml", ".xhtml"].iter().any(|end| name.ends_with(end));
        if is_html {
            let (text, charset) = self.decode(part, &attachment.content);
            let mut body = self.html(&part.section, &text, Some(Source::HtmlAttachment));
            charset.clone_into(&mut body.charset);
            self.content.bodies.push(body);
        } else if matches!(declared, "text/calendar" | "application/ics") || name.ends_with(".ics") {
            let (text, charset) = self.decode(part, &attachment.content);
            let mut body = self.calendar(&part.section, &calendar::words(&text));
            charset.clone_into(&mut body.charset);
            self.content.bodies.push(body);
        }
    }

    fn calendar(&mut self, section: &str, words: &str) -> Body {
        let mut body = if calendar::is_marked_up(words) {
            self.html(section, &words.replace('\n', "<br>"), Some(Source::Calendar))
        } else {
            self.plain(section, words, Source::Calendar)
        };
        CALENDAR.clone_into(&mut body.media_type);
        body.html = None;
        body
    }

    /// Decodes a text within the budget; repairs and cuts become defects.
    fn decode(&mut self, part: &Part<'_>, bytes: &[u8]) -> (String, &'static str) {
        let kept = &bytes[..bytes.len().min(self.text_budget)];
        self.text_budget -= kept.len();
        if kept.len() < bytes.len() {
            let detail =
                format!("part {}: only {} of {} bytes were read", part.section, kept.len(), bytes.len());
            self.content.defects.push(Defect::new("text-too-long", detail, part.span));
        }
        let label = part
            .charset()
            .or_else(|| part.media_type.ends_with("html").then(|| declared_in_html(kept)).flatten());
        let decoded = charset::decode(kept, label.as_deref());
        for repair in decoded.repairs {
            let detail = format!("part {}: {}", part.section, repair.detail);
            self.content.defects.push(Defect::new(repair.id, detail, part.span));
        }
        (decoded.text, decoded.charset)
    }

    fn html(&mut self, section: &str, text: &str, source: Option<Source>) -> Body {
        let reading = html::read(text);
        if reading.cut {
            let detail = format!("part {section}: not all of the HTML was looked at");
            self.content.defects.push(Defect::new("html-too-large", detail, None));
        }
        self.html_links(section, &reading, source);
        Body {
            part: section.to_owned(),
            media_type: "text/html".to_owned(),
            charset: String::new(),
            text: reading.text,
            displayed: false,
            html: Some(reading.facts),
            source: None,
        }
    }

    fn html_links(&mut self, section: &str, reading: &Reading, source: Option<Source>) {
        let base = reading.facts.base.as_deref().and_then(|b| Url::parse(b).ok());
        for found in &reading.found {
            let because = in_text(section, found.span);
            let source = source.unwrap_or(found.source);
            self.links.add(&found.target, base.as_ref(), found.text.clone(), source, Some(section), because);
        }
        let linked: Vec<Span> = reading.found.iter().map(|f| f.span).filter(|s| !s.is_empty()).collect();
        self.written(section, &reading.text, source.unwrap_or(Source::Text), &linked);
    }

    fn plain(&mut self, section: &str, text: &str, source: Source) -> Body {
        let text = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        };
        self.written(section, &text, source, &[]);
        Body {
            part: section.to_owned(),
            media_type: "text/plain".to_owned(),
            charset: String::new(),
            text,
            displayed: false,
            html: None,
            source: None,
        }
    }

    /// URLs written in visible text, but not those that are the text of a link: following them follows the link.
    fn written(&mut self, section: &str, text: &str, source: Source, linked: &[Span]) {
        let mut place = Place::default();
        let mut linked = linked.iter().peekable();
        for hit in scan::urls(text) {
            let span = Span::new(place.of(text, hit.start), place.of(text, hit.end));
            while linked.next_if(|l| l.end <= span.start).is_some() {}
            if linked.peek().is_some_and(|l| l.start < span.end) {
                continue;
            }
            let shown = text.get(hit.start..hit.end).map(str::to_owned);
            self.links.add(&hit.url, None, shown, source, Some(section), in_text(section, span));
        }
    }
}

/// Turns ascending byte places into code-point places in one pass.
#[derive(Default)]
struct Place {
    byte: usize,
    character: usize,
}

impl Place {
    fn of(&mut self, text: &str, byte: usize) -> usize {
        self.character += text.get(self.byte..byte).map_or(0, |t| t.chars().count());
        self.byte = byte;
        self.character
    }
}

/// `<meta charset>` within the first 1,024 bytes (HTML section 13.2.3.2).
fn declared_in_html(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(1_024)].to_ascii_lowercase();
    let at = memchr::memmem::find(&head, b"charset=")? + b"charset=".len();
    let label: String = head[at..]
        .iter()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .map(|&b| b as char)
        .collect();
    (!label.is_empty()).then_some(label)
}

fn looks_like_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    start.starts_with("<html") || start.starts_with("<!doctype html")
}
