//! Mailboxes in header fields (RFC 5322 section 3.4), read from raw bytes because each needs its span and its charset repaired.

use memchr::{memchr, memchr2, memrchr};

use crate::domain;
use crate::mail::Defect;
use crate::mail::encoded_word::{self, end_of_word_at, unfold};
use crate::mail::field::trimmed;
use crate::mail::parameter::end_of_escape_run;
use crate::span::Span;

/// How many mailboxes of one field are read.
const MAX_MAILBOXES: usize = 1_000;

/// One mailbox of an address field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// As it stands, unfolded; bytes that are not UTF-8 as U+FFFD.
    pub raw: String,
    /// Decoded display name or, where there is none, the comment behind the address.
    pub display_name: Option<String>,
    /// `local@domain` where it is one; domain lower case, never an empty side.
    pub address: Option<String>,
    /// The address's domain, lower case, IDN as A-labels.
    pub domain: Option<String>,
    /// The registrable domain (public suffix and one label) of `domain`.
    pub registrable_domain: Option<String>,
    /// The group's name where the mailbox stands in a group.
    pub group: Option<String>,
    /// The bytes of this mailbox.
    pub span: Span,
    /// The bytes of the address alone; the same as `span` where there is none.
    pub address_span: Span,
}

impl Mailbox {
    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> Option<&str> {
        self.address.as_deref()?.rsplit_once('@').map(|(local, _)| local)
    }
}

/// Reads the mailboxes of an address field whose value stands in `raw` at `span`.
#[must_use]
pub fn mailboxes(raw: &[u8], span: Span, defects: &mut Vec<Defect>) -> Vec<Mailbox> {
    let end = span.end.min(span.start.saturating_add(encoded_word::MAX_VALUE));
    let value = raw.get(span.start..end).unwrap_or_default();
    let elements = joined(Scanner::new(value).elements(), value);
    if elements.len() > MAX_MAILBOXES || end < span.end {
        defects.push(Defect::new(
            "too-many-addresses",
            "the field holds more addresses than were read",
            span,
        ));
    }
    let elements = elements.iter().take(MAX_MAILBOXES);
    elements.filter_map(|element| element.mailbox(value, span.start, defects)).collect()
}

/// What stands between two commas.
#[derive(Clone, Debug)]
struct Element {
    start: usize,
    end: usize,
    /// The last angle brackets: behind the `<`, and the `>` or the end.
    angle: Option<(usize, usize)>,
    /// The last `@` outside quotes, comments and angle brackets.
    at: Option<usize>,
    group: Option<String>,
    /// A comma follows.
    comma: bool,
}

/// Finds the structure of an address list, in time linear in its length.
struct Scanner<'v> {
    value: &'v [u8],
    /// The last places of what closes: what is never closed opens nothing.
    last_quote: usize,
    last_parenthesis: usize,
    last_semicolon: usize,
    /// Backslashes behind a byte of eight bits belong to Shift_JIS.
    multibyte: bool,
    group: Option<String>,
    elements: Vec<Element>,
}

impl<'v> Scanner<'v> {
    fn new(value: &'v [u8]) -> Self {
        Self {
            value,
            last_quote: memrchr(b'"', value).unwrap_or(0),
            last_parenthesis: memrchr(b')', value).unwrap_or(0),
            last_semicolon: memrchr(b';', value).unwrap_or(0),
            multibyte: !value.is_ascii() && std::str::from_utf8(value).is_err(),
            group: None,
            elements: Vec::with_capacity(2),
        }
    }

    fn elements(mut self) -> Vec<Element> {
        let mut at = 0;
        let mut element = self.open(0);
        while at < self.value.len() {
            let next = self.skip(at);
            if next > at {
                at = next;
                continue;
            }
            match self.value[at] {
                b'<' => {
                    let (end, behind) = self.angle(at);
                    element.angle = Some((at + 1, end));
                    at = behind;
                    continue;
                }
                b'@' => element.at = Some(at),
                b':' if self.group.is_none()
                    && element.at.is_none()
                    && element.angle.is_none()
                    && at < self.last_semicolon =>
                {
                    let name = encoded_word::decode(&phrase(&self.value[element.start..at]).0).text;
                    self.group = Some(name);
                    element = self.open(at + 1);
                }
                separator @ (b',' | b';') => {
                    self.close(element, at, separator == b',');
                    if separator == b';' {
                        self.group = None;
                    }
                    element = self.open(at + 1);
                }
                _ => {}
            }
            at += 1;
        }
        self.close(element, at, false);
        self.elements
    }

    fn open(&self, start: usize) -> Element {
        Element { start, end: start, angle: None, at: None, group: self.group.clone(), comma: false }
    }

    fn close(&mut self, element: Element, end: usize, comma: bool) {
        if !self.value[element.start..end].trim_ascii().is_empty() {
            self.elements.push(Element { end, comma, ..element });
        }
    }

    /// Behind the quoted string, comment, encoded-word or escape run that begins at `at`; `at` where none begins.
    fn skip(&self, at: usize) -> usize {
        match self.value[at] {
            b'"' if at < self.last_quote => self.behind_quoted(at),
            b'(' if at < self.last_parenthesis => self.behind_comment(at),
            b'=' => end_of_word_at(self.value, at).unwrap_or(at),
            0x1b => match end_of_escape_run(self.value, at) {
                end if end > at => end + 1,
                _ => at,
            },
            _ => at,
        }
    }

    fn behind_quoted(&self, open: usize) -> usize {
        let mut at = open + 1;
        while at < self.value.len() {
            match self.value[at] {
                b'"' => return at + 1,
                b'\\' if !(self.multibyte && self.value[at - 1] >= 0x80) => at += 2,
                b'=' => at = end_of_word_at(self.value, at).unwrap_or(at + 1),
                0x1b => at = end_of_escape_run(self.value, at) + 1,
                _ => at += 1,
            }
        }
        self.value.len()
    }

    fn behind_comment(&self, open: usize) -> usize {
        let (mut at, mut depth) = (open, 0_usize);
        while at < self.value.len() {
            match self.value[at] {
                b'(' => depth += 1,
                b')' if depth <= 1 => return at + 1,
                b')' => depth -= 1,
                b'\\' if !(self.multibyte && self.value[at - 1] >= 0x80) => at += 1,
                0x1b => at = end_of_escape_run(self.value, at),
                _ => {}
            }
            at += 1;
        }
        self.value.len()
    }

    /// The end of what the `<` at `open` encloses, and where to go on. Without a `>` it ends at the comma.
    fn angle(&self, open: usize) -> (usize, usize) {
        let rest = &self.value[open + 1..];
        match memchr2(b'<', b'>', rest) {
            Some(found) if rest[found] == b'>' => (open + 1 + found, open + 2 + found),
            found => {
                let rest = &rest[..found.unwrap_or(rest.len())];
                let end = open + 1 + memchr2(b',', b';', rest).unwrap_or(rest.len());
                (end, end)
            }
        }
    }
}

/// A name that holds an unquoted comma is one element again: what has no address belongs to the mailbox behind it.
fn joined(elements: Vec<Element>, value: &[u8]) -> Vec<Element> {
    let mut out: Vec<Element> = Vec::with_capacity(elements.len());
    for mut element in elements {
        let named =
            element.angle.is_some_and(|(open, _)| !value[element.start..open - 1].trim_ascii().is_empty());
        while named && out.last().is_some_and(|last| last.comma && last.at.is_none() && last.angle.is_none())
        {
            let Some(before) = out.pop() else { break };
            element.start = before.start;
        }
        out.push(element);
    }
    out
}

impl Element {
    fn mailbox(&self, value: &[u8], base: usize, defects: &mut Vec<Defect>) -> Option<Mailbox> {
        let inner = trimmed(value, Span::new(self.start, self.end));
        let span = Span::new(base + inner.start, base + inner.end);
        let (address_range, mut name, comment) = match (self.angle, self.at) {
            (Some((open, close)), _) => {
                let (before, comment) = phrase(&value[self.start..open - 1]);
                let behind = (close + 1).min(self.end);
                let (after, comment_after) = phrase(&value[behind..self.end]);
                let name = if before.trim_ascii().is_empty() { after } else { before };
                (Some((open, close.max(open))), name, [comment, comment_after].concat())
            }
            (None, Some(at)) => {
                let range = bare_address(&value[..self.end], self.start, at);
                let (before, comment) = phrase(&value[self.start..range.0]);
                let (after, comment_after) = phrase(&value[range.1..self.end]);
                let name = if before.trim_ascii().is_empty() { after } else { before };
                (Some(range), name, [comment, comment_after].concat())
            }
            (None, None) => {
                let (name, comment) = phrase(inner.of(value));
                (None, name, comment)
            }
        };
        if name.trim_ascii().is_empty() {
            name = comment;
        }
        let display = encoded_word::decode(&name);
        defects.extend(display.repairs.into_iter().map(|repair| Defect::new(repair.id, repair.detail, span)));
        let address_span = address_range.map_or(span, |(start, end)| {
            let inner = trimmed(value, Span::new(start, end));
            Span::new(base + inner.start, base + inner.end)
        });
        let mut mailbox = Mailbox {
            raw: String::from_utf8_lossy(&unfold(inner.of(value))).into_owned(),
            display_name: Some(display.text).filter(|name| !name.trim().is_empty()),
            address: None,
            domain: None,
            registrable_domain: None,
            group: self.group.clone(),
            span,
            address_span,
        };
        match address_range
            .map(|(start, end)| &value[start..end])
            .or_else(|| holds_full_width_at(inner.of(value)))
        {
            Some(bytes) => mailbox.set_address(bytes, defects),
            None if self.group.is_some() && mailbox.display_name.is_none() => return None,
            None => {}
        }
        Some(mailbox)
    }
}

impl Mailbox {
    fn set_address(&mut self, bytes: &[u8], defects: &mut Vec<Defect>) {
        if bytes.trim_ascii().is_empty() {
            return;
        }
        let Some((local, domain)) = address(bytes) else {
            let detail = "what stands where an address belongs is none";
            defects.push(Defect::new("address-invalid", detail, self.address_span));
            return;
        };
        if self.display_name.as_deref().is_some_and(|name| name.contains('＠'))
            && memchr(b'@', bytes).is_none()
        {
            self.display_name = None;
        }
        self.address = Some(format!("{local}@{domain}"));
        self.registrable_domain = domain::registrable(&domain).map(str::to_owned);
        self.domain = Some(domain);
    }
}

/// An address whose `@` is the full-width one, in UTF-8.
fn holds_full_width_at(bytes: &[u8]) -> Option<&[u8]> {
    memchr::memmem::find(bytes, "＠".as_bytes()).map(|_| bytes)
}

/// The words on both sides of the `@` at `at`, blanks around it stepped over.
fn bare_address(value: &[u8], start: usize, at: usize) -> (usize, usize) {
    let before = &value[start..at];
    let local = before.trim_ascii_end();
    let from = match local.last() {
        Some(b'"') => memrchr(b'"', &local[..local.len() - 1]),
        _ => local
            .iter()
            .rposition(|byte| byte.is_ascii_whitespace() || matches!(byte, b')' | b'"'))
            .map(|found| found + 1),
    };
    let behind = &value[at + 1..];
    let blanks = behind.len() - behind.trim_ascii_start().len();
    let host = &behind[blanks..];
    let length = host
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'(' | b'"'))
        .unwrap_or(host.len());
    (start + from.unwrap_or(0), at + 1 + blanks + length)
}

/// A phrase without its quotes, and the text of its comments.
fn phrase(value: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let scanner = Scanner::new(value);
    let (mut name, mut comment) = (Vec::with_capacity(value.len()), Vec::new());
    let mut at = 0;
    while at < value.len() {
        let next = scanner.skip(at);
        match value[at] {
            _ if next == at => {
                name.push(value[at]);
                at += 1;
                continue;
            }
            b'"' => unescape(&value[at + 1..(next - 1).max(at + 1)], scanner.multibyte, &mut name),
            b'(' => unescape(&value[at + 1..(next - 1).max(at + 1)], scanner.multibyte, &mut comment),
            _ => name.extend_from_slice(&value[at..next]),
        }
        at = next;
    }
    (name, comment)
}

/// Takes the backslashes out of quoted pairs (RFC 5322 section 3.2.1).
fn unescape(value: &[u8], multibyte: bool, out: &mut Vec<u8>) {
    let mut at = 0;
    while at < value.len() {
        if value[at] == 0x1b {
            let end = end_of_escape_run(value, at);
            out.extend_from_slice(&value[at..=end]);
            at = end + 1;
            continue;
        }
        let behind_lead = multibyte && at > 0 && value[at - 1] >= 0x80;
        if value[at] == b'\\' && !behind_lead && at + 1 < value.len() {
            at += 1;
        }
        out.push(value[at]);
        at += 1;
    }
}

/// Local part and domain (RFC 5322 section 3.4.1) where the bytes are an address; source routes (section 4.4), `mailto:`, quotes and
/// blanks around it are taken off.
#[must_use]
pub fn address(bytes: &[u8]) -> Option<(String, String)> {
    let text = if bytes.is_ascii() && memchr2(0x1b, b'=', bytes).is_none() {
        String::from_utf8_lossy(bytes).into_owned()
    } else {
        encoded_word::decode(bytes).text
    };
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '\'' | ',' | ';'));
    let text = match text.strip_prefix('@').and_then(|_| text.rsplit_once(':')) {
        Some((_, routed)) => routed,
        None => text,
    };
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(text);
    let (local, domain) = text.rsplit_once('@').or_else(|| text.rsplit_once('＠'))?;
    let (local, domain) = (local.trim(), domain.trim());
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    if local.is_empty()
        || !quoted && local.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control())
    {
        return None;
    }
    let domain = match domain.strip_prefix('[').and_then(|literal| literal.strip_suffix(']')) {
        Some(literal) if !literal.is_empty() && literal.is_ascii() => domain.to_ascii_lowercase(),
        Some(_) => return None,
        None => domain::normalise(domain)?,
    };
    Some((local.to_owned(), domain))
}

#[cfg(test)]
mod tests;
