//! How wrappers write their targets.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
use percent_encoding::percent_decode_str;
use url::Url;

/// The value of a query parameter, decoded once.
pub(super) fn parameter(url: &Url, name: &str) -> Option<String> {
    let pairs = url.query_pairs();
    pairs.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
}

/// Percent-decoded text (RFC 3986 section 2.1).
pub(super) fn percent(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// An address with scheme and host, if `text` is one once percent-encoding is undone as often as it takes.
pub(super) fn address(text: &str) -> Option<String> {
    let mut text = text.trim().to_owned();
    for _ in 0..3 {
        let lower = text.get(..8).unwrap_or(&text).to_ascii_lowercase();
        if lower.starts_with("http://") || lower.starts_with("https://") {
            return Url::parse(&text).is_ok_and(|u| u.has_host()).then_some(text);
        }
        if lower.starts_with("//") {
            return Some(format!("https:{text}"));
        }
        // A server that folds double slashes leaves one.
        if let Some((scheme @ ("http:" | "https:"), rest)) = text.split_once('/')
            && !rest.is_empty()
        {
            return Some(format!("{scheme}//{rest}"));
        }
        if !text.contains('%') {
            return None;
        }
        text = percent(&text);
    }
    None
}

/// Text in base64 of either alphabet, padded or not.
pub(super) fn base64(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['=', '.']).replace(' ', "+");
    let bytes =
        BASE64_NOPAD.decode(text.as_bytes()).or_else(|_| BASE64URL_NOPAD.decode(text.as_bytes())).ok()?;
    String::from_utf8(bytes).ok()
}

/// A string member of a JSON object.
pub(super) fn member(json: &str, name: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    Some(value.get(name)?.as_str()?.to_owned())
}
