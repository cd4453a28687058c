//! Writing MIME (RFC 2045, 2046, 2047, 2231).

use data_encoding::{BASE64, BASE64_MIME, HEXLOWER};
use sha2::{Digest, Sha256};

/// Bytes of an encoded-word's text: 60 characters of base64, within the 75 of RFC 2047 section 2.
const WORD: usize = 45;

/// A header field; text that is not ASCII becomes encoded-words, line ends become blanks.
pub(super) fn field(name: &str, value: &str) -> String {
    let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("{name}: {}\r\n", encoded(value.trim()))
}

/// A mailbox, its name quoted or encoded.
pub(super) fn mailbox(name: Option<&str>, address: Option<&str>) -> Option<String> {
    let name = name.map(str::trim).filter(|name| !name.is_empty() && Some(*name) != address);
    match (name, address) {
        (Some(name), Some(address)) => Some(format!("{} <{address}>", phrase(name))),
        (None, Some(address)) => Some(format!("<{address}>")),
        (Some(name), None) => Some(phrase(name)),
        (None, None) => None,
    }
}

fn phrase(name: &str) -> String {
    if name.is_ascii() {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        encoded(name)
    }
}

/// Encoded-words for a text that is not ASCII; names that were encoded before stay.
fn encoded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        if word.len() + character.len_utf8() > WORD {
            words.push(std::mem::take(&mut word));
        }
        word.push(character);
    }
    words.push(word);
    let words: Vec<String> =
        words.iter().map(|word| format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes()))).collect();
    words.join("\r\n ")
}

/// A leaf part in base64.
pub(super) fn leaf(content_type: &str, header: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("Content-Type: {content_type}\r\n{header}Content-Transfer-Encoding: base64\r\n\r\n");
    let mut part = head.into_bytes();
    part.extend_from_slice(BASE64_MIME.encode(content).as_bytes());
    part
}

/// Parameters that name a file (RFC 2231 section 4), behind a disposition.
pub(super) fn disposition(kind: &str, name: &str) -> String {
    let escaped: String = name.bytes().map(escape).collect();
    format!("Content-Disposition: {kind};\r\n filename*=utf-8''{escaped}\r\n")
}

fn escape(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// Joins parts into a multipart; one part stays alone.
pub(super) fn multipart(subtype: &str, mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let boundary = boundary(&parts);
    let mut whole =
        format!("Content-Type: multipart/{subtype}; boundary=\"{boundary}\"\r\n\r\n").into_bytes();
    for part in parts {
        whole.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        whole.extend_from_slice(&part);
        whole.extend_from_slice(b"\r\n");
    }
    whole.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    whole
}

/// A hash of the parts, which none of them can hold.
fn boundary(parts: &[Vec<u8>]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    format!("=_{}", HEXLOWER.encode(&hash.finalize()[..16]))
}
