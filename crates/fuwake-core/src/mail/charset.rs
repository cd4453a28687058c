//! Text from bytes: charset labels resolved, wrong and missing ones repaired.
//!
//! A label that fits is believed. One that does not, or none, sets the charsets of East Asian mail against each other: the
//! bytes are read in each, and the share of kana and common characters decides ([`score`]).

mod jis;
mod label;
mod score;
mod utf7;
#[cfg(test)]
#[allow(clippy::panic)]
mod vectors;

use std::borrow::Cow;

use encoding_rs::Encoding;

use label::Label;
use score::Score;

/// A repair that was made, without its place: the caller knows that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The id of the [`Defect`](crate::mail::Defect) that it becomes.
    pub id: &'static str,
    /// What was met and what was done.
    pub detail: Cow<'static, str>,
}

impl Repair {
    pub(super) fn new(id: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { id, detail: detail.into() }
    }
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

impl Decoded {
    fn plain(text: String, charset: &'static str) -> Self {
        Self { text, charset, repairs: Vec::new() }
    }

    fn with(mut self, id: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        self.repairs.push(Repair::new(id, detail));
        self
    }
}

/// Decodes `bytes`, labelled `label` or not at all. Total; what had to be guessed or put right stands in the repairs.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let known = label.map_or(Label::None, label::resolve);
    if known == Label::Utf7 {
        return Decoded::plain(utf7::decode(bytes), "UTF-7");
    }
    if let Some(decoded) = decode_escapes(bytes, known, label) {
        return decoded;
    }
    match known {
        Label::Encoding(encoding)
            if encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE =>
        {
            decode_wide(bytes, encoding)
        }
        _ if bytes.is_ascii() => ascii(bytes, known),
        _ => decode_eight_bit(bytes, known, label),
    }
}

fn ascii(bytes: &[u8], known: Label) -> Decoded {
    let charset = match known {
        Label::Encoding(encoding) => encoding.name(),
        Label::Iso2022Jp => "ISO-2022-JP",
        _ => "UTF-8",
    };
    Decoded::plain(String::from_utf8_lossy(bytes).into_owned(), charset)
}

/// ISO 2022 text, whatever its label says: escape sequences are unmistakable.
fn decode_escapes(bytes: &[u8], known: Label, label: Option<&str>) -> Option<Decoded> {
    let labelled = matches!(known, Label::Iso2022Jp);
    let may_lack_escapes = labelled || matches!(known, Label::None | Label::Ascii);
    let restored = may_lack_escapes.then(|| jis::restore_escapes(bytes, labelled)).flatten();
    let shifted = labelled && memchr::memchr(0x0e, bytes).is_some();
    if restored.is_none() && !shifted && !jis::has_escapes(bytes) {
        return None;
    }
    let read = jis::decode(restored.as_deref().unwrap_or(bytes));
    let mut decoded = Decoded::plain(read.text, read.charset);
    if restored.is_some() || read.lost_escape {
        decoded = decoded
            .with("iso-2022-jp-escape-lost", "an escape sequence had lost its ESC byte; it was put back");
    }
    if read.unclosed {
        decoded = decoded.with("iso-2022-jp-unclosed", "the text does not return to ASCII at a line's end");
    }
    if read.extension {
        let detail =
            "characters outside ISO-2022-JP (half-width kana, NEC or IBM extensions) were read all the same";
        decoded = decoded.with("iso-2022-jp-extension", detail);
    }
    Some(if labelled { decoded } else { relabelled(decoded, label) })
}

/// UTF-16 where the bytes bear it out; a label alone stands on many texts of one byte a character.
fn decode_wide(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    if bytes.contains(&0) || !bytes.is_ascii() && std::str::from_utf8(bytes).is_err() {
        let (text, used, broken) = encoding.decode(bytes);
        let decoded = Decoded::plain(text.into_owned(), used.name());
        return if broken { invalid(decoded) } else { decoded };
    }
    let decoded = Decoded::plain(String::from_utf8_lossy(bytes).into_owned(), "UTF-8");
    decoded.with("charset-wrong-label", "the label says UTF-16, the bytes are UTF-8")
}

fn decode_eight_bit(bytes: &[u8], known: Label, label: Option<&str>) -> Decoded {
    let labelled = match known {
        Label::Encoding(encoding) => Some(encoding),
        _ => None,
    };
    if !labelled.is_some_and(score::is_double_byte) && std::str::from_utf8(bytes).is_ok() {
        let decoded = with_encoding(bytes, encoding_rs::UTF_8);
        return if labelled == Some(encoding_rs::UTF_8) { decoded } else { relabelled(decoded, label) };
    }
    let chosen = choose(bytes, labelled);
    let decoded = with_encoding(bytes, chosen);
    if labelled == Some(chosen) { decoded } else { relabelled(decoded, label) }
}

/// The charset that fits the bytes best: the label's own unless another one is clearly better.
fn choose(bytes: &[u8], labelled: Option<&'static Encoding>) -> &'static Encoding {
    let sample = score::sample(bytes);
    let own = labelled.map_or(Score::BASELINE, |encoding| score::of(encoding, sample));
    let (mut best, mut best_score) = match labelled {
        Some(encoding) if encoding != encoding_rs::UTF_8 || !own.does_not_fit() => (encoding, own),
        _ => (score::single_byte(sample), Score::BASELINE),
    };
    for encoding in score::CANDIDATES {
        // Kana stand in the same place in GB 2312 and EUC-JP, so they cannot tell one from the other.
        let alike =
            encoding == encoding_rs::EUC_JP && labelled.is_some_and(score::is_chinese) && !own.does_not_fit();
        if Some(encoding) == labelled || alike {
            continue;
        }
        let score = score::of(encoding, sample);
        let japanese = encoding == encoding_rs::SHIFT_JIS || encoding == encoding_rs::EUC_JP;
        if score.value() > best_score.value() && score.may_replace(&own, labelled.is_some(), japanese) {
            (best, best_score) = (encoding, score);
        }
    }
    best
}

fn with_encoding(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    let decoded = Decoded::plain(text.into_owned(), encoding.name());
    if broken { invalid(decoded) } else { decoded }
}

fn invalid(decoded: Decoded) -> Decoded {
    let detail = format!("some bytes are not valid {}; U+FFFD stands for them", decoded.charset);
    decoded.with("charset-invalid-bytes", detail)
}

/// Notes that the label was wrong or that there was none.
fn relabelled(decoded: Decoded, label: Option<&str>) -> Decoded {
    let charset = decoded.charset;
    match label.map(label::clean).filter(|label| !label.is_empty()) {
        Some(label) if label::is_placeholder(label) => unlabelled(decoded),
        Some(label) => {
            let label: String = label.chars().take(40).collect();
            decoded.with("charset-wrong-label", format!("the label says {label}, the bytes are {charset}"))
        }
        None => unlabelled(decoded),
    }
}

fn unlabelled(decoded: Decoded) -> Decoded {
    let charset = decoded.charset;
    decoded.with("charset-unlabelled", format!("the text has no charset label; it was read as {charset}"))
}

/// Whether `bytes` alone are a whole text in the charset `label`: no character and no escape run is cut at their end.
#[must_use]
pub(super) fn is_whole(bytes: &[u8], label: &str) -> bool {
    match label::resolve(label) {
        Label::Iso2022Jp => jis::is_whole(bytes),
        Label::Encoding(encoding) => {
            encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
        }
        _ => true,
    }
}

/// Whether mail programs know the charset `label`.
#[must_use]
pub(super) fn is_known(label: &str) -> bool {
    !matches!(label::resolve(label), Label::None)
}
