//! UTF-7 (RFC 2152), decoded only.

use data_encoding::{BASE64_NOPAD, Encoding, Specification};

/// Decodes UTF-7; what is no base64 behind a `+` is kept as it stands.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(plus) = memchr::memchr(b'+', rest) {
        text.push_str(&String::from_utf8_lossy(&rest[..plus]));
        rest = &rest[plus + 1..];
        let length = rest.iter().position(|byte| !is_base64(*byte)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(length);
        push_run(&mut text, run);
        rest = behind.strip_prefix(b"-").unwrap_or(behind);
    }
    text.push_str(&String::from_utf8_lossy(rest));
    text
}

fn push_run(text: &mut String, run: &[u8]) {
    if run.is_empty() {
        text.push('+');
        return;
    }
    // A character of base64 that cannot fill a byte is dropped.
    let run = if run.len() % 4 == 1 { &run[..run.len() - 1] } else { run };
    let bytes = lenient().decode(run).unwrap_or_default();
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

/// Base64 without padding whose left-over bits may be anything.
fn lenient() -> Encoding {
    let specification = Specification { check_trailing_bits: false, ..BASE64_NOPAD.specification() };
    specification.encoding().unwrap_or(BASE64_NOPAD)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}
