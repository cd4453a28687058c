//! Text from bytes: charset labels resolved, wrong and missing ones repaired.

use std::borrow::Cow;

/// A repair that was made, without its place: the caller knows that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The id of the [`Defect`](crate::mail::Defect) that it becomes.
    pub id: &'static str,
    /// What was met and what was done.
    pub detail: Cow<'static, str>,
}

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text; what could not be decoded stands as U+FFFD.
    pub text: String,
    /// The charset that it was decoded from (WHATWG name).
    pub charset: &'static str,
    /// What was wrong and what was done about it.
    pub repairs: Vec<Repair>,
}

/// Decodes `bytes`, labelled `label` or not at all.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let encoding = label
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .unwrap_or(encoding_rs::UTF_8);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), charset: encoding.name(), repairs: Vec::new() }
}
