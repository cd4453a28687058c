//! The tree of parts (RFC 2046 section 5.1), walked once over the raw bytes so that every part keeps its place and
//! its IMAP section number, and no depth or count of parts costs more than a pass over the bytes.

use std::borrow::Cow;

use memchr::memmem;

use super::decode;
use crate::mail::Defect;
use crate::span::Span;

/// Multiparts inside each other that are followed.
const DEEPEST: usize = 32;
/// Parts that are looked at.
const MOST_PARTS: usize = 1_000;
/// Bytes of one part's header that are read.
const LONGEST_HEADER: usize = 64 * 1024;

/// A part that is not a multipart.
#[derive(Debug)]
pub(crate) struct Part<'m> {
    /// IMAP section number (RFC 3501 section 6.4.5).
    pub(crate) section: String,
    /// Its MIME fields.
    pub(crate) header: MimeHeader<'m>,
    /// Type and subtype, lower case; what RFC 2045 section 5.2 assumes where nothing is declared.
    pub(crate) media_type: String,
    /// Its bytes as they are transferred.
    pub(crate) content: &'m [u8],
    /// Header and content.
    pub(crate) span: Span,
    /// The subtypes of the multiparts it stands in, the outermost first, lower case.
    pub(crate) within: Vec<String>,
    /// The multipart/alternative parts it stands in, each with the branch it stands on.
    pub(crate) alternatives: Vec<(usize, usize)>,
    /// Stands in a multipart/report behind the first part (RFC 6522).
    pub(crate) in_report: bool,
}

impl Part<'_> {
    /// Whether it is text to be read, not a file.
    pub(crate) fn is_text(&self) -> bool {
        let readable =
            matches!(self.media_type.as_str(), "text/plain" | "text/html" | "application/xhtml+xml" | "text");
        let disposition = MimeHeader::token(self.header.disposition);
        let named = || {
            disposition.is_none() && self.header.content_type.is_some_and(|v| parameter(v, b"name").is_some())
        };
        readable && disposition.as_deref() != Some("attachment") && (!named() || self.section == "1")
    }

    /// The declared charset.
    pub(crate) fn charset(&self) -> Option<String> {
        let label = parameter(self.header.content_type?, b"charset")?;
        Some(String::from_utf8_lossy(&label).trim().to_owned()).filter(|l| !l.is_empty())
    }

    /// The bytes behind the transfer encoding.
    pub(crate) fn decoded(&self) -> Cow<'_, [u8]> {
        decode::transfer(self.header.encoding, self.content)
    }
}

/// The MIME fields of a part (RFC 2045, RFC 2183): values as they stand, folding included.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MimeHeader<'m> {
    /// Content-Type.
    pub(crate) content_type: Option<&'m [u8]>,
    /// Content-Disposition.
    pub(crate) disposition: Option<&'m [u8]>,
    /// Content-Transfer-Encoding.
    pub(crate) encoding: Option<&'m [u8]>,
    /// Content-ID.
    pub(crate) content_id: Option<&'m [u8]>,
}

impl<'m> MimeHeader<'m> {
    /// Takes in a field; the first of a name counts.
    pub(crate) fn take(&mut self, name: &[u8], value: &'m [u8]) {
        let slot = match name {
            _ if name.eq_ignore_ascii_case(b"content-type") => &mut self.content_type,
            _ if name.eq_ignore_ascii_case(b"content-disposition") => &mut self.disposition,
            _ if name.eq_ignore_ascii_case(b"content-transfer-encoding") => &mut self.encoding,
            _ if name.eq_ignore_ascii_case(b"content-id") => &mut self.content_id,
            _ => return,
        };
        slot.get_or_insert(value);
    }

    /// The first token of a field, lower case: `text/html`, `attachment`, `base64`.
    pub(crate) fn token(value: Option<&[u8]>) -> Option<String> {
        let value = value?;
        let end = value.iter().position(|&b| b == b';').unwrap_or(value.len());
        let token: String = value[..end]
            .iter()
            .filter(|b| b.is_ascii_graphic())
            .map(|&b| b.to_ascii_lowercase() as char)
            .collect();
        (!token.is_empty()).then_some(token)
    }
}

/// A multipart that is open.
struct Open {
    kind: String,
    boundary: Vec<u8>,
    section: String,
    children: usize,
    alternative: Option<usize>,
    digest: bool,
    report: bool,
}

/// The walk's state.
struct Walk<'m> {
    raw: &'m [u8],
    open: Vec<Open>,
    parts: Vec<Part<'m>>,
    leaf: Option<Part<'m>>,
    alternatives: usize,
    defects: Vec<Defect>,
}

/// All parts of a message whose own MIME fields are `header` and whose body starts at `body`.
pub(crate) fn walk<'m>(raw: &'m [u8], header: MimeHeader<'m>, body: usize) -> (Vec<Part<'m>>, Vec<Defect>) {
    let mut walk =
        Walk { raw, open: Vec::new(), parts: Vec::new(), leaf: None, alternatives: 0, defects: Vec::new() };
    let body = body.min(raw.len());
    walk.start(header, 0, body);
    walk.scan(body);
    walk.finish_leaf(raw.len());
    if walk.parts.is_empty() && body < raw.len() {
        walk.recover(header, body);
    }
    (walk.parts, walk.defects)
}

impl<'m> Walk<'m> {
    /// Follows the boundary lines from `position` on.
    fn scan(&mut self, position: usize) {
        if self.open.is_empty() {
            return;
        }
        let mut line = position;
        for found in memmem::find_iter(&self.raw[position..], b"--") {
            let at = position + found;
            if at < line || !(at == position || self.raw[at - 1] == b'\n') {
                continue;
            }
            let end = memchr::memchr(b'\n', &self.raw[at..]).map_or(self.raw.len(), |n| at + n + 1);
            line = end;
            if let Some((level, closing)) = self.matching(&self.raw[at + 2..end]) {
                line = self.boundary(level, closing, at, end);
            }
            if self.parts.len() >= MOST_PARTS {
                let detail = format!("only the first {MOST_PARTS} parts were looked at");
                self.defects.push(Defect::new("too-many-parts", detail, Span::new(at, self.raw.len())));
                self.leaf = None;
                return;
            }
        }
    }

    /// The innermost open multipart whose boundary the line names, and whether the line closes it.
    fn matching(&self, line: &[u8]) -> Option<(usize, bool)> {
        self.open.iter().enumerate().rev().find_map(|(level, open)| {
            let rest = line.strip_prefix(open.boundary.as_slice())?.trim_ascii_end();
            match rest {
                b"" => Some((level, false)),
                b"--" => Some((level, true)),
                _ => None,
            }
        })
    }

    /// Ends what stands before a boundary line and starts what follows it; gives where the scan goes on.
    fn boundary(&mut self, level: usize, closing: bool, at: usize, end: usize) -> usize {
        self.finish_leaf(at);
        self.open.truncate(level + 1);
        if closing {
            self.open.truncate(level);
            return end;
        }
        let (header, body) = read_header(self.raw, end);
        self.start(header, end, body);
        body.max(end)
    }

    /// Starts a part: a multipart is opened, anything else becomes the current leaf.
    fn start(&mut self, header: MimeHeader<'m>, start: usize, body: usize) {
        let assumed =
            if self.open.last().is_some_and(|o| o.digest) { "message/rfc822" } else { "text/plain" };
        let media_type = MimeHeader::token(header.content_type)
            .filter(|t| t.contains('/') || matches!(t.as_str(), "text" | "html"))
            .map_or_else(|| assumed.to_owned(), |t| if t == "html" { "text/html".to_owned() } else { t });
        let section = self.next_section();
        let boundary = header.content_type.and_then(|v| parameter(v, b"boundary"));
        if let (Some(kind), Some(boundary)) = (media_type.strip_prefix("multipart/"), boundary)
            && !boundary.is_empty()
        {
            if self.open.len() < DEEPEST {
                return self.open(kind, boundary, section);
            }
            let detail = format!("parts more than {DEEPEST} levels deep were not looked into");
            self.defects.push(Defect::new("nesting-too-deep", detail, Span::new(start, body)));
        }
        self.leaf = Some(Part {
            section: if section.is_empty() { "1".to_owned() } else { section },
            header,
            media_type,
            content: &self.raw[body..],
            span: Span::new(start, self.raw.len()),
            within: self.open.iter().map(|open| open.kind.clone()).collect(),
            alternatives: self.open.iter().filter_map(|o| Some((o.alternative?, o.children))).collect(),
            in_report: self.open.iter().any(|o| o.report && o.children > 1),
        });
    }

    fn open(&mut self, kind: &str, boundary: Vec<u8>, section: String) {
        let alternative = (kind == "alternative").then_some(self.alternatives);
        self.alternatives += usize::from(alternative.is_some());
        let (digest, report) = (kind == "digest", kind == "report");
        let kind = kind.to_owned();
        self.open.push(Open { kind, boundary, section, children: 0, alternative, digest, report });
    }

    /// The section number of the next child of the innermost multipart; empty for the message itself.
    fn next_section(&mut self) -> String {
        let Some(open) = self.open.last_mut() else { return String::new() };
        open.children += 1;
        if open.section.is_empty() {
            open.children.to_string()
        } else {
            format!("{}.{}", open.section, open.children)
        }
    }

    /// Ends the current leaf before the line end that belongs to the boundary (RFC 2046 section 5.1.1).
    fn finish_leaf(&mut self, end: usize) {
        let Some(mut leaf) = self.leaf.take() else { return };
        let start = self.raw.len() - leaf.content.len();
        let mut stop = end.max(start);
        if end < self.raw.len() {
            for line_end in [b'\n', b'\r'] {
                if stop > start && self.raw[stop - 1] == line_end {
                    stop -= 1;
                }
            }
        }
        leaf.content = &self.raw[start..stop];
        leaf.span.end = stop;
        self.parts.push(leaf);
    }

    /// A multipart without a single boundary line is read as one text, as mail programs do.
    fn recover(&mut self, header: MimeHeader<'m>, body: usize) {
        let content = &self.raw[body..];
        let span = Span::new(body, self.raw.len());
        self.defects.push(Defect::new(
            "boundary-missing",
            "no boundary line was found; read as one text",
            span,
        ));
        let html = content.trim_ascii_start().starts_with(b"<");
        let media_type = if html { "text/html" } else { "text/plain" }.to_owned();
        let section = "1".to_owned();
        let header = MimeHeader { content_type: None, disposition: None, ..header };
        self.parts.push(Part {
            section,
            header,
            media_type,
            content,
            span,
            within: Vec::new(),
            alternatives: Vec::new(),
            in_report: false,
        });
    }
}

/// The MIME fields from `position` to the empty line, and where the body starts.
fn read_header(raw: &[u8], position: usize) -> (MimeHeader<'_>, usize) {
    let mut header = MimeHeader::default();
    let mut at = position;
    let mut field = position;
    while at < raw.len() && at - position < LONGEST_HEADER {
        let end = memchr::memchr(b'\n', &raw[at..]).map_or(raw.len(), |n| at + n + 1);
        let line = raw[at..end].trim_ascii_end();
        if line.is_empty() && !matches!(raw[at], b' ' | b'\t') {
            return (header, end);
        }
        if at == position && line.starts_with(b"--") {
            return (header, at);
        }
        if !matches!(raw.get(end), Some(b' ' | b'\t')) {
            match memchr::memchr(b':', &raw[field..end]) {
                Some(colon) => {
                    header.take(raw[field..field + colon].trim_ascii(), &raw[field + colon + 1..end]);
                }
                // A line that is no field ends the header: the empty line is missing.
                None if header.content_type.is_some() => return (header, field),
                None => {}
            }
            field = end;
        }
        at = end;
    }
    (header, at)
}

/// A parameter's bytes as they stand, quotes and backslashes taken off (RFC 2045 section 5.1).
pub(crate) fn parameter(value: &[u8], name: &[u8]) -> Option<Vec<u8>> {
    let mut rest = value;
    while let Some(semicolon) = memchr::memchr(b';', rest) {
        rest = rest[semicolon + 1..].trim_ascii_start();
        let equals = memchr::memchr2(b'=', b';', rest)?;
        if rest[equals] == b';' {
            continue;
        }
        let found = rest[..equals].trim_ascii().eq_ignore_ascii_case(name);
        let (text, behind) = parameter_value(rest[equals + 1..].trim_ascii_start());
        if found {
            return Some(text);
        }
        rest = behind;
    }
    None
}

/// A quoted string or a token, and what follows it.
fn parameter_value(value: &[u8]) -> (Vec<u8>, &[u8]) {
    let Some(quoted) = value.strip_prefix(b"\"") else {
        let end = memchr::memchr(b';', value).unwrap_or(value.len());
        return (value[..end].trim_ascii().to_vec(), &value[end..]);
    };
    let mut text = Vec::new();
    let mut escaped = false;
    for (at, &byte) in quoted.iter().enumerate() {
        match byte {
            b'"' if !escaped => return (text, &quoted[at + 1..]),
            b'\\' if !escaped => {
                escaped = true;
                continue;
            }
            b'\r' | b'\n' => {}
            _ => text.push(byte),
        }
        escaped = false;
    }
    (text, b"")
}
