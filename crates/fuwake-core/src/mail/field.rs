//! Header fields (RFC 5322 section 2.2) with the bytes they stand in, split from whatever bytes there are.

use memchr::{memchr2, memmem};

use crate::mail::Defect;
use crate::span::Span;

/// How many bytes of a header block are looked at.
pub const MAX_HEADER_BYTES: usize = 1 << 20;
/// How many fields are kept.
pub const MAX_FIELDS: usize = 2_000;
/// The longest field name that is taken for one.
const MAX_NAME: usize = 128;
/// How many odd lines are each reported; the rest is only counted.
const MAX_LINE_DEFECTS: usize = 20;
/// How many lines behind an odd one are searched for a further field before the body is said to begin.
const LOOK_AHEAD: usize = 3;

/// A header field as it stands in the raw mail.
#[derive(Clone, Debug)]
pub struct Field<'m> {
    /// The name as written, without blanks and the colon; printable ASCII.
    pub name: &'m str,
    /// The bytes after the colon up to the line end, folding included.
    pub value: &'m [u8],
    /// The whole field: name to the end of its last line, line end excluded.
    pub span: Span,
    /// Where `value` stands, surrounding blanks and line ends excluded.
    pub value_span: Span,
}

impl Field<'_> {
    /// Whether this is the field `name`; case does not count.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// A header block.
#[derive(Debug, Default)]
pub struct Block<'m> {
    /// Its fields, top to bottom.
    pub fields: Vec<Field<'m>>,
    /// From the first field to the empty line.
    pub span: Span,
    /// Where the body begins; the end of the bytes where there is none.
    pub body: usize,
    /// What was odd.
    pub defects: Vec<Defect>,
}

/// Splits a header block off the front of `raw`, in time linear in its length.
#[must_use]
pub fn split(raw: &[u8]) -> Block<'_> {
    let mut splitter = Splitter::new(raw);
    let start = splitter.skip_preamble();
    splitter.read_fields();
    splitter.finish(start)
}

struct Splitter<'m> {
    raw: &'m [u8],
    /// The end of what is looked at.
    limit: usize,
    /// Whether a lone CR always ends a line: there is no LF.
    lone_cr: bool,
    at: usize,
    block: Block<'m>,
    end: usize,
    dropped: usize,
    odd_lines: usize,
    known: bool,
    mime: bool,
}

impl<'m> Splitter<'m> {
    fn new(raw: &'m [u8]) -> Self {
        let limit = raw.len().min(MAX_HEADER_BYTES);
        Self {
            raw,
            limit,
            lone_cr: memchr::memchr(b'\n', &raw[..limit]).is_none(),
            at: 0,
            block: Block { fields: Vec::with_capacity(32), ..Block::default() },
            end: 0,
            dropped: 0,
            odd_lines: 0,
            known: false,
            mime: false,
        }
    }

    /// Steps over what stands in front of the first field: byte order mark, empty lines, mbox lines.
    fn skip_preamble(&mut self) -> usize {
        if self.raw.starts_with(b"\xef\xbb\xbf") {
            self.at = 3;
            self.defect("byte-order-mark", "a byte order mark stands in front of the header", 0, 3);
        }
        let first = self.at;
        while self.at < self.limit {
            let (end, next) = self.line(self.at);
            let line = &self.raw[self.at..end];
            if !(is_blank(line) || line.starts_with(b"From ") || line.starts_with(b">From ")) {
                break;
            }
            self.at = next;
        }
        if self.at > first {
            let at = self.at;
            self.defect(
                "lines-before-header",
                "empty lines or mbox lines before the header were skipped",
                first,
                at,
            );
        }
        self.at
    }

    fn read_fields(&mut self) {
        while self.at < self.limit {
            let (end, next) = self.line(self.at);
            if end == self.at {
                self.block.body = next;
                return;
            }
            if let Some((name, colon)) = field_name(&self.raw[self.at..end]) {
                self.field(name, colon);
            } else if self.header_goes_on(next) {
                self.odd_line(end);
                self.end = end;
                self.at = next;
            } else {
                self.body_without_empty_line();
                return;
            }
        }
        self.block.body = self.at;
        if self.limit < self.raw.len() {
            self.cut();
        }
    }

    fn field(&mut self, name: &'m str, colon: usize) {
        let start = self.at;
        let (mut end, mut next) = self.line(start);
        while next < self.limit && matches!(self.raw[next], b' ' | b'\t') {
            (end, next) = self.line(next);
        }
        (self.at, self.end) = (next, end);
        if self.block.fields.len() == MAX_FIELDS {
            self.dropped += 1;
            return;
        }
        self.known |= is_known(name);
        self.mime |= name.len() > 8
            && (name.eq_ignore_ascii_case("mime-version") || starts_with_ignore_case(name, "content-"));
        let value_start = start + colon + 1;
        let value = &self.raw[value_start.min(end)..end];
        if colon != name.len() {
            self.defect(
                "blank-before-colon",
                "blanks stand between a field's name and its colon",
                start,
                end,
            );
        }
        let field = Field {
            name,
            value,
            span: Span::new(start, end),
            value_span: trimmed(self.raw, Span::new(value_start.min(end), end)),
        };
        self.block.fields.push(field);
    }

    /// Whether a line that is no field stands inside the header rather than at the beginning of the body.
    fn header_goes_on(&self, mut at: usize) -> bool {
        for _ in 0..LOOK_AHEAD {
            if at >= self.limit {
                return false;
            }
            let (end, next) = self.line(at);
            if end == at {
                return self.mime;
            }
            if field_name(&self.raw[at..end]).is_some_and(|(name, _)| is_known(name)) {
                return true;
            }
            at = next;
        }
        false
    }

    fn odd_line(&mut self, end: usize) {
        self.odd_lines += 1;
        if self.odd_lines <= MAX_LINE_DEFECTS {
            let start = self.at;
            self.defect(
                "header-line-without-colon",
                "a line in the header is no field; it was skipped",
                start,
                end,
            );
        }
    }

    fn body_without_empty_line(&mut self) {
        self.block.body = self.at;
        if !self.block.fields.is_empty() {
            let at = self.at;
            self.defect("header-end-missing", "the body begins without an empty line", at, at);
        }
    }

    /// What lies behind the limit is not read as fields; the body begins at the next empty line.
    fn cut(&mut self) {
        let rest = &self.raw[self.at.min(self.raw.len())..];
        let lf = memmem::find(rest, b"\n\n").map(|at| at + 2);
        let crlf = memmem::find(&rest[..lf.unwrap_or(rest.len())], b"\r\n\r\n").map(|at| at + 4);
        self.block.body = crlf.or(lf).map_or(self.raw.len(), |at| self.at + at);
        let (start, end) = (self.at, self.block.body);
        self.defect(
            "header-too-long",
            "the header is longer than 1 MiB; the rest of it was not read",
            start,
            end,
        );
    }

    fn finish(mut self, start: usize) -> Block<'m> {
        if self.dropped > 0 {
            let detail = format!("{} fields beyond the first {MAX_FIELDS} were not read", self.dropped);
            self.block.defects.push(Defect::new("too-many-fields", detail, None));
        }
        if !self.known && self.block.body < self.raw.len() || self.block.fields.is_empty() {
            self.block.fields.clear();
            self.block.body = start;
            self.block.span = Span::new(start, start);
            self.defect("header-missing", "there is no header; all is read as the body", start, start);
        } else {
            self.block.span = Span::new(start, self.end);
        }
        self.block
    }

    /// The end of the line that begins at `at`, without and with its line end.
    fn line(&self, at: usize) -> (usize, usize) {
        let mut from = at;
        while let Some(found) = memchr2(b'\n', b'\r', &self.raw[from..self.limit]) {
            let end = from + found;
            if self.raw[end] == b'\n' {
                return (end, end + 1);
            }
            let run = self.raw[end..self.limit].iter().take_while(|&&byte| byte == b'\r').count();
            let behind = end + run;
            if self.raw.get(behind) == Some(&b'\n') {
                return (end, behind + 1);
            }
            if self.lone_cr {
                return (end, end + 1);
            }
            if field_name(&self.raw[behind..self.limit]).is_some_and(|(name, _)| is_known(name)) {
                return (end, behind);
            }
            from = behind;
        }
        (self.limit, self.limit)
    }

    fn defect(&mut self, id: &'static str, detail: &str, start: usize, end: usize) {
        self.block.defects.push(Defect::new(id, detail, Span::new(start, end)));
    }
}

/// The field name at the front of a line and where its colon stands (RFC 5322 section 2.2; blanks before the colon: 4.5).
fn field_name(line: &[u8]) -> Option<(&str, usize)> {
    let head = &line[..line.len().min(MAX_NAME)];
    let length = head.iter().position(|&byte| !(33..=126).contains(&byte) || byte == b':')?;
    let blanks = head[length..].iter().take_while(|&&byte| matches!(byte, b' ' | b'\t')).count();
    let colon = length + blanks;
    if length == 0 || head.get(colon) != Some(&b':') {
        return None;
    }
    Some((std::str::from_utf8(&head[..length]).ok()?, colon))
}

/// Whether a name is one that mail headers have, so that a pasted text such as `Note: …` is not taken for a header.
fn is_known(name: &str) -> bool {
    const NAMES: [&str; 27] = [
        "From",
        "To",
        "Cc",
        "Bcc",
        "Subject",
        "Date",
        "Sender",
        "Received",
        "References",
        "Precedence",
        "Importance",
        "Priority",
        "Keywords",
        "Comments",
        "Organization",
        "Organisation",
        "Status",
        "Mailer",
        "Path",
        "Newsgroups",
        "Approved",
        "Lines",
        "Encoding",
        "Return-Path",
        "Message-ID",
        "Distribution",
        "Sensitivity",
    ];
    (name.contains('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
        || NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether `text` begins with `prefix`, which is ASCII; case does not count.
pub(super) fn starts_with_ignore_case(text: &str, prefix: &str) -> bool {
    text.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// `span` without blanks and line ends at its ends.
pub(super) fn trimmed(raw: &[u8], span: Span) -> Span {
    let bytes = span.of(raw);
    let inner = bytes.trim_ascii_start();
    let start = span.start + (bytes.len() - inner.len());
    Span::new(start, start + inner.trim_ascii_end().len())
}
