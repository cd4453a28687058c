//! Text parts, decoded, and everything that stands in a body: [`read`] is the body's half of a dissection.

mod calendar;
mod decode;
pub(crate) mod part;
mod text;

use std::collections::BTreeSet;

use self::part::{MimeHeader, Part};

use crate::mail::attachment;
use crate::mail::carried;
use crate::mail::field::Field;
use crate::mail::html::HtmlFacts;
use crate::mail::link::{self, Gathered, Recipients};
use crate::mail::{Attachment, Carried, Defect, Link};
use crate::span::Span;

/// A text part.
#[derive(Clone, Debug)]
pub struct Body {
    /// IMAP section number.
    pub part: String,
    /// `text/plain`, `text/html` …, lower case.
    pub media_type: String,
    /// The charset it was decoded from (WHATWG name), after repair.
    pub charset: String,
    /// The visible text: of HTML as a browser would show it, of others as it is; line ends are `\n`.
    pub text: String,
    /// Shown to the reader by default (the preferred alternative, not an attachment).
    pub displayed: bool,
    /// What only HTML has.
    pub html: Option<HtmlFacts>,
    /// The HTML itself, decoded, of a part that is displayed.
    pub source: Option<String>,
}

/// What stands between two displayed texts.
pub(super) const SEPARATOR: &str = "\n\n";

/// The media type of an invitation's words (RFC 5545).
const CALENDAR: &str = "text/calendar";
/// Invitations that are compared with the other texts and shown.
const MOST_INVITATIONS: usize = 4;

/// What the body of a mail holds. The members mean what they mean in [`Mail`](crate::mail::Mail).
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) bodies: Vec<Body>,
    pub(super) text: String,
    pub(super) text_part: Option<String>,
    pub(super) links: Vec<Link>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) carried: Vec<Carried>,
    pub(super) defects: Vec<Defect>,
}

/// Reads the body that starts at `start`; `recipients` are the addresses that links are searched for.
pub(super) fn read(
    raw: &[u8],
    fields: &[Field<'_>],
    start: usize,
    subject: &str,
    recipients: &[&str],
) -> Content {
    let mut header = MimeHeader::default();
    for field in fields {
        header.take(field.name.as_bytes(), field.value);
    }
    let (parts, defects) = part::walk(raw, header, start);
    let recipients = Recipients::new(recipients.iter().copied());
    let mut reader = Reader {
        content: Content { defects, ..Content::default() },
        links: Gathered::new(&recipients),
        text_budget: text::MOST_TEXT,
    };
    let chosen = chosen_branches(&parts);
    for part in &parts {
        let displayed = part.alternatives.iter().all(|&(group, branch)| chosen[group] == branch);
        reader.part(part, displayed);
    }
    link::from_fields(fields, &mut reader.links);
    reader.show_invitations();
    reader.forwards(&parts, subject);
    reader.finish()
}

/// The parts of a mail that are no multiparts.
pub(crate) fn leaves(raw: &[u8]) -> Vec<Part<'_>> {
    let block = crate::mail::field::split(raw);
    let mut header = MimeHeader::default();
    for field in &block.fields {
        header.take(field.name.as_bytes(), field.value);
    }
    part::walk(raw, header, block.body).0
}

/// The reading of one mail's parts.
struct Reader<'r> {
    content: Content,
    links: Gathered<'r>,
    /// Bytes of text that may still be decoded.
    text_budget: usize,
}

impl Reader<'_> {
    fn part(&mut self, part: &Part<'_>, displayed: bool) {
        if let Some(carried) = carried::of_part(part) {
            return self.content.carried.push(carried);
        }
        if part.is_text() {
            return self.text_part(part, displayed);
        }
        let attachment = attachment::read(part);
        if let Some(how) = carried::of_attachment(&attachment) {
            self.content.carried.push(carried::attached(how, &attachment));
        }
        self.attached_text(part, &attachment);
        self.content.attachments.push(attachment);
    }

    /// Mails that were forwarded inside the displayed texts.
    fn forwards(&mut self, parts: &[Part<'_>], subject: &str) {
        let mut offset = 0;
        for body in self.content.bodies.iter().filter(|b| b.displayed) {
            let span = parts.iter().find(|p| p.section == body.part).map_or(Span::default(), |p| p.span);
            self.content.carried.extend(carried::inline(body, subject, &self.links.links, offset, span));
            offset += body.text.chars().count() + SEPARATOR.len();
        }
    }

    /// Shows the words of invitations that the other displayed texts do not have.
    fn show_invitations(&mut self) {
        let bodies = &mut self.content.bodies;
        let invitations: Vec<usize> = (0..bodies.len())
            .filter(|&at| bodies[at].media_type == CALENDAR)
            .take(MOST_INVITATIONS)
            .collect();
        for at in invitations {
            let mut shown = bodies.iter().filter(|body| body.displayed);
            let is_new = !shown.any(|body| calendar::is_said_in(&bodies[at].text, &body.text));
            bodies[at].displayed = is_new && !bodies[at].text.is_empty();
        }
    }

    /// Puts the displayed texts together.
    fn finish(mut self) -> Content {
        let displayed: Vec<&Body> = self.content.bodies.iter().filter(|b| b.displayed).collect();
        self.content.text_part = match displayed.as_slice() {
            [only] => Some(only.part.clone()),
            _ => None,
        };
        self.content.text = displayed.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join(SEPARATOR);
        if self.links.cut {
            self.content.defects.push(Defect::new("too-many-links", "not all links were kept", None));
        }
        carried::bound(&mut self.content.carried, &mut self.content.defects);
        self.content.links = self.links.links;
        self.content
    }
}

/// For each multipart/alternative the branch that is shown: the last with HTML, else the last with plain text (RFC 2046 section 5.1.4).
fn chosen_branches(parts: &[Part<'_>]) -> Vec<usize> {
    let groups =
        parts.iter().flat_map(|p| p.alternatives.iter()).map(|&(group, _)| group + 1).max().unwrap_or(0);
    let mut best = vec![(0, 0); groups];
    for part in parts {
        let rank = match part.media_type.as_str() {
            _ if !part.is_text() => 0,
            "text/html" | "application/xhtml+xml" => 2,
            "text/plain" => 1,
            _ => 0,
        };
        for &(group, branch) in &part.alternatives {
            best[group] = best[group].max((rank, branch));
        }
    }
    best.into_iter().map(|(_, branch)| branch).collect()
}

/// How much plain and HTML text of the same mail differ: the share of the words of the shorter that the other does not
/// have, 0 to 1; none where there are not both.
#[must_use]
pub fn alternatives_disagree(bodies: &[Body]) -> Option<f64> {
    let words = |is_html: bool| {
        let bodies = bodies.iter().filter(move |b| b.html.is_some() == is_html && b.media_type != CALENDAR);
        bodies
            .flat_map(|b| b.text.split(|c: char| !c.is_alphanumeric()))
            .filter(|w| !w.is_empty())
            .take(MOST_WORDS)
    };
    let plain: BTreeSet<&str> = words(false).collect();
    let html: BTreeSet<&str> = words(true).collect();
    let shorter = plain.len().min(html.len());
    (shorter > 0).then(|| 1.0 - plain.intersection(&html).count() as f64 / shorter as f64)
}

/// Words of each alternative that are compared.
const MOST_WORDS: usize = 1_000;

#[cfg(test)]
mod tests;
