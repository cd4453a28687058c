//! Messages (RFC 5322, RFC 2045) as drafts: the same in every run, so without Date and Message-ID, which whoever sends them adds.

use data_encoding::BASE64;
use fuwake_core::indicators::MailFacts;
use sha2::{Digest, Sha256};

use super::Reporter;
use super::copy::copy;

/// How long a line may be (RFC 5322 section 2.1.1).
const LINE: usize = 76;

/// A part of a message.
pub(super) struct Part {
    /// `Content-Type`, with its parameters.
    kind: String,
    /// The file that it is.
    name: Option<&'static str>,
    bytes: Vec<u8>,
    /// It is a message itself, and stands there as it is (RFC 2046 section 5.2.1).
    plain: bool,
}

impl Part {
    /// Text for people.
    pub(super) fn text(text: &str) -> Self {
        let bytes = crlf(text).into_bytes();
        Self { kind: "text/plain; charset=utf-8".to_owned(), name: None, bytes, plain: false }
    }

    /// HTML.
    pub(super) fn html(html: &str) -> Self {
        let kind = "text/html; charset=utf-8".to_owned();
        Self { kind, name: None, bytes: crlf(html).into_bytes(), plain: false }
    }

    /// A file.
    pub(super) fn file(kind: &str, name: &'static str, bytes: Vec<u8>) -> Self {
        Self { kind: kind.to_owned(), name: Some(name), bytes, plain: false }
    }

    /// Lines of ASCII that are read where they stand: a report for programs.
    pub(super) fn lines(kind: &str, text: &str) -> Self {
        Self { kind: kind.to_owned(), name: None, bytes: crlf(text).into_bytes(), plain: true }
    }

    /// A mail as an attachment.
    pub(super) fn mail(mail: &MailFacts, name: &'static str) -> Self {
        Self { kind: "message/rfc822".to_owned(), name: Some(name), bytes: copy(mail), plain: true }
    }

    /// Its header and what it holds.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("Content-Type: {}\r\n", self.kind).as_bytes());
        if let Some(name) = self.name {
            out.extend_from_slice(
                format!("Content-Disposition: attachment; filename=\"{name}\"\r\n").as_bytes(),
            );
        }
        if self.plain {
            out.extend_from_slice(b"Content-Transfer-Encoding: 7bit\r\n\r\n");
            out.extend_from_slice(&self.bytes);
        } else {
            out.extend_from_slice(b"Content-Transfer-Encoding: base64\r\n\r\n");
            out.extend_from_slice(base64(&self.bytes).as_bytes());
        }
    }
}

/// A message to a desk. `kind` is its `Content-Type` without a boundary.
pub(super) fn message(from: &Reporter, to: &str, subject: &str, kind: &str, parts: &[Part]) -> Vec<u8> {
    let body: Vec<Vec<u8>> = parts.iter().map(Part::bytes).collect();
    let (kind, body) = multipart(kind, body);
    let sender = format!("{} <{}>", phrase(&from.organisation), one_line(&from.address));
    let mut out = String::new();
    field(&mut out, "From", &sender);
    field(&mut out, "To", to);
    field(&mut out, "Subject", &words(subject));
    // Mail programs open it for writing, not for reading.
    field(&mut out, "X-Unsent", "1");
    field(&mut out, "MIME-Version", "1.0");
    field(&mut out, "Content-Type", &kind);
    let mut out = (out + "\r\n").into_bytes();
    out.extend(body);
    out
}

/// Parts, each with its header, as the body of a multipart; and its `Content-Type`.
pub(super) fn multipart(kind: &str, parts: Vec<Vec<u8>>) -> (String, Vec<u8>) {
    let boundary = boundary(&parts);
    let mut out = Vec::new();
    for part in parts {
        out.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        out.extend(part);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("{kind}; boundary=\"{boundary}\""), out)
}

/// A boundary that stands in none of the parts.
fn boundary(parts: &[Vec<u8>]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    let digest: [u8; 32] = hash.finalize().into();
    format!("fuwake-{}", data_encoding::HEXLOWER.encode(&digest[..12]))
}

fn base64(bytes: &[u8]) -> String {
    let text = BASE64.encode(bytes);
    let mut out = String::with_capacity(text.len() + text.len() / 38);
    for (at, letter) in text.chars().enumerate() {
        if at > 0 && at % LINE == 0 {
            out.push_str("\r\n");
        }
        out.push(letter);
    }
    out + "\r\n"
}

fn crlf(text: &str) -> String {
    text.lines().map(|line| format!("{line}\r\n")).collect()
}

fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// A display name: quoted where it holds more than words (RFC 5322 section 3.2.5).
fn phrase(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == ' ';
    match name.is_ascii() {
        true if name.chars().all(plain) => name.to_owned(),
        true => format!("\"{}\"", one_line(name).replace(['"', '\\'], "'")),
        false => words(name),
    }
}

/// A value in which words that are not ASCII, or look encoded, are encoded (RFC 2047).
pub(super) fn words(value: &str) -> String {
    let value = one_line(value);
    let is_plain = |word: &str| word.is_ascii() && !word.contains("=?") && word.len() < 900;
    let mut out: Vec<String> = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for word in value.split(' ') {
        if is_plain(word) {
            out.extend(encoded(&run.join(" ")));
            run.clear();
            out.push(word.to_owned());
        } else {
            run.push(word);
        }
    }
    out.extend(encoded(&run.join(" ")));
    out.join(" ")
}

/// Encoded words of at most 75 characters.
fn encoded(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for letter in text.chars() {
        match pieces.last_mut() {
            Some(piece) if piece.len() + letter.len_utf8() <= 42 => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
    }
    pieces.iter().map(|piece| format!("=?utf-8?B?{}?=", BASE64.encode(piece.as_bytes()))).collect()
}

/// A field, folded at blanks.
pub(super) fn field(out: &mut String, name: &str, value: &str) {
    let mut line = format!("{name}:");
    for word in value.split(' ').filter(|word| !word.is_empty()) {
        if line.len() + 1 + word.len() > LINE && !line.ends_with(':') {
            out.push_str(&line);
            out.push_str("\r\n");
            line = String::new();
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_ends_its_field() {
        let mut out = String::new();
        field(&mut out, "Subject", &words("a\r\nBcc: x@example.jp 会員カード"));
        assert_eq!(
            out,
            "Subject: a  Bcc: x@example.jp =?utf-8?B?5Lya5ZOh44Kr44O844OJ?=\r\n".replace("  ", " ")
        );
        assert!(encoded(&"会".repeat(100)).iter().all(|word| word.len() <= 75));
        assert_eq!(phrase("Example \"CSIRT\", Inc."), "\"Example 'CSIRT', Inc.\"");
    }
}
