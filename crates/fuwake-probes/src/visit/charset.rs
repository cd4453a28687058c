//! The text of a document as its server sent it.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// How far a document is searched for its own word on its charset, in bytes (HTML section 13.2.3.2).
const SEARCHED: usize = 1_024;

/// Decodes a document: by its byte order mark, its `Content-Type`, its own word, else as UTF-8.
pub(super) fn decode(bytes: &[u8], content_type: &str) -> String {
    let head = String::from_utf8_lossy(bytes.get(..SEARCHED).unwrap_or(bytes));
    let named = label(content_type).or_else(|| label(&head)).unwrap_or(UTF_8);
    let (text, ..): (Cow<'_, str>, _, _) = named.decode(bytes);
    text.into_owned()
}

fn label(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let rest = lower.split_once("charset")?.1.trim_start().strip_prefix('=')?.trim_start();
    let name = rest.trim_start_matches(['"', '\'']);
    let name = name.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).next()?;
    Encoding::for_label(name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets() {
        let (japanese, ..) = encoding_rs::SHIFT_JIS.encode("<p>ログイン");
        assert_eq!(decode(&japanese, "text/html; charset=\"Shift_JIS\""), "<p>ログイン");
        let with_meta = [b"<meta charset=shift_jis>".as_slice(), &japanese].concat();
        assert!(decode(&with_meta, "text/html").ends_with("ログイン"));
        assert_eq!(decode("é".as_bytes(), ""), "é");
    }
}
