//! A message as signatures see it (RFC 6376 section 3.4).

use std::borrow::Cow;
use std::sync::OnceLock;

use mail_auth::dkim::Canonicalization;

/// How long a header block is read, in octets.
const HEADER: usize = 256 << 10;

/// Name and value of a field, with its line ends.
pub(super) type Field<'m> = (&'m [u8], &'m [u8]);

/// A message with the line ends of RFC 5322: what reads mail from a disk has often lost them.
pub(super) struct Message<'m> {
    header: Cow<'m, [u8]>,
    /// None where there is no empty line: only the header was kept.
    body: Option<Cow<'m, [u8]>>,
    simple: OnceLock<Vec<u8>>,
    relaxed: OnceLock<Vec<u8>>,
}

impl<'m> Message<'m> {
    /// None where the header is longer than is read.
    pub(super) fn read(bytes: &'m [u8]) -> Option<Self> {
        let (header, body) = match end_of_header(bytes) {
            Some((end, start)) => (bytes.get(..end)?, bytes.get(start..)),
            None => (bytes, None),
        };
        (header.len() <= HEADER).then(|| Self {
            header: with_line_ends(header),
            body: body.map(with_line_ends),
            simple: OnceLock::new(),
            relaxed: OnceLock::new(),
        })
    }

    /// Whether the body is here.
    pub(super) fn has_body(&self) -> bool {
        self.body.is_some()
    }

    /// All fields, top to bottom.
    pub(super) fn fields(&self) -> Vec<Field<'_>> {
        let mut fields = Vec::new();
        let mut rest: &[u8] = &self.header;
        while !rest.is_empty() {
            let (field, after) = rest.split_at(end_of_field(rest));
            let colon = field.iter().position(|byte| *byte == b':');
            fields.extend(colon.and_then(|colon| Some((field.get(..colon)?, field.get(colon + 1..)?))));
            rest = after;
        }
        fields
    }

    /// The body in canonical form (RFC 6376 sections 3.4.3 and 3.4.4).
    pub(super) fn body(&self, form: Canonicalization) -> &[u8] {
        let body = self.body.as_deref().unwrap_or_default();
        match form {
            Canonicalization::Simple => self.simple.get_or_init(|| simple(body)),
            Canonicalization::Relaxed => self.relaxed.get_or_init(|| relaxed(body)),
        }
    }
}

/// Where a field ends: at a line's end behind which no blank follows.
fn end_of_field(bytes: &[u8]) -> usize {
    let mut ends = memchr::memchr_iter(b'\n', bytes).map(|end| end + 1);
    let end = ends.find(|end| !bytes.get(*end).is_some_and(|byte| is_blank(*byte)));
    end.unwrap_or(bytes.len())
}

/// Where the header's last line ends and where the body begins.
fn end_of_header(bytes: &[u8]) -> Option<(usize, usize)> {
    if bytes.starts_with(b"\n") {
        return Some((0, 1));
    }
    if bytes.starts_with(b"\r\n") {
        return Some((0, 2));
    }
    memchr::memchr_iter(b'\n', bytes).find_map(|end| match bytes.get(end + 1..)? {
        [b'\n', ..] => Some((end + 1, end + 2)),
        [b'\r', b'\n', ..] => Some((end + 1, end + 3)),
        _ => None,
    })
}

/// CR LF at every line's end.
fn with_line_ends(bytes: &[u8]) -> Cow<'_, [u8]> {
    let is_bare = |end: usize| end == 0 || bytes.get(end - 1) != Some(&b'\r');
    if !memchr::memchr_iter(b'\n', bytes).any(is_bare) {
        return Cow::Borrowed(bytes);
    }
    let mut whole = Vec::with_capacity(bytes.len() + bytes.len() / 32);
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(text) => {
                whole.extend_from_slice(text.strip_suffix(b"\r").unwrap_or(text));
                whole.extend_from_slice(b"\r\n");
            }
            None => whole.extend_from_slice(line),
        }
    }
    Cow::Owned(whole)
}

fn simple(body: &[u8]) -> Vec<u8> {
    let mut canonical = body;
    while let Some(shorter) = canonical.strip_suffix(b"\r\n") {
        canonical = shorter;
    }
    [canonical, b"\r\n"].concat()
}

fn relaxed(body: &[u8]) -> Vec<u8> {
    let mut canonical = Vec::with_capacity(body.len());
    let mut empty = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r\n").unwrap_or(line);
        let before = canonical.len();
        (0..empty).for_each(|_| canonical.extend_from_slice(b"\r\n"));
        let start = canonical.len();
        for word in line.chunk_by(|left, right| is_blank(*left) == is_blank(*right)) {
            if is_blank(word[0]) {
                canonical.push(b' ');
            } else {
                canonical.extend_from_slice(word);
            }
        }
        if canonical.last() == Some(&b' ') && canonical.len() > start {
            canonical.pop();
        }
        if canonical.len() == start {
            canonical.truncate(before);
            empty += 1;
        } else {
            canonical.extend_from_slice(b"\r\n");
            empty = 0;
        }
    }
    canonical
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_brought_into_canonical_form() {
        let body = |text: &str, form| {
            let message = format!("A: b\r\n\r\n{text}");
            let message = Message::read(message.as_bytes()).expect("short");
            String::from_utf8(message.body(form).to_vec()).expect("ASCII")
        };
        let (simple, relaxed) = (Canonicalization::Simple, Canonicalization::Relaxed);
        // RFC 6376 section 3.4.5.
        assert_eq!(body(" C \r\nD \t E\r\n\r\n\r\n", relaxed), " C\r\nD E\r\n");
        assert_eq!(body(" C \r\nD \t E\r\n\r\n\r\n", simple), " C \r\nD \t E\r\n");
        assert_eq!((body("", simple), body("", relaxed)), ("\r\n".to_owned(), String::new()));
        assert_eq!(body("a\r\n \r\n\r\nb", relaxed), "a\r\n\r\n\r\nb\r\n");
        assert_eq!(body("a\n\nb\n\n", simple), "a\r\n\r\nb\r\n", "line ends are mended");
    }

    #[test]
    fn a_header_alone_has_no_body() {
        let has_body = |text: &str| Message::read(text.as_bytes()).expect("short").has_body();
        assert!(
            !has_body("A: b\r\n") && has_body("A: b\r\n\r\n") && has_body("A: b\n\nx") && has_body("\nx")
        );
        assert!(Message::read(&vec![b'a'; HEADER + 1]).is_none());
    }
}
