//! Parameters of structured fields: `Content-Type`, `Content-Disposition` (RFC 2045 section 5.1, RFC 2231), with the encoded-words
//! and raw bytes that file names really hold.

use crate::mail::charset::{self, Repair};
use crate::mail::encoded_word::{self, unfold};

/// How many parameters of one field are read.
const MAX_PARAMETERS: usize = 100;
/// The longest run of two-byte characters that is stepped over.
const MAX_ESCAPE_RUN: usize = 1_000;

/// A structured field's value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// What stands before the first semicolon, lower case: `text/html`, `attachment`.
    pub value: String,
    /// Name (lower case) and decoded value, in order; continuations joined, a name's first value only.
    pub pairs: Vec<(String, String)>,
    /// What was wrong and what was done about it.
    pub repairs: Vec<Repair>,
}

impl Parameters {
    /// The value of the parameter `name`, which is lower case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// One `name*section*=value` as it stands.
struct Section {
    name: String,
    /// Its place where it is a continuation (RFC 2231 section 3).
    index: Option<u32>,
    /// Whether it is percent-encoded (RFC 2231 section 4).
    extended: bool,
    value: Vec<u8>,
}

/// Reads the value and the parameters of a structured field.
#[must_use]
pub fn parameters(value: &[u8]) -> Parameters {
    let value = unfold(&value[..value.len().min(encoded_word::MAX_VALUE)]);
    let mut pieces = pieces(&value).into_iter();
    let head = pieces.next().unwrap_or_default();
    let mut read = Parameters {
        value: String::from_utf8_lossy(head.trim_ascii()).to_ascii_lowercase(),
        ..Parameters::default()
    };
    let mut sections: Vec<Section> = pieces.filter_map(section).take(MAX_PARAMETERS).collect();
    // A stable sort: sections of one name come together in their order, without one they keep their place.
    sections.sort_by_key(|section| section.index.unwrap_or(0));
    let mut names: Vec<String> = Vec::new();
    for section in &sections {
        if !names.contains(&section.name) {
            names.push(section.name.clone());
        }
    }
    for name in names {
        let value = join(&sections, &name, &mut read.repairs);
        read.pairs.push((name, value));
    }
    read
}

/// The value of one parameter. The extended form is preferred to the plain one (RFC 6266 section 4.3 says so of file names).
fn join(sections: &[Section], name: &str, repairs: &mut Vec<Repair>) -> String {
    let own = || sections.iter().filter(|section| section.name == name);
    let single = own().find(|section| section.index.is_none() && section.extended);
    let continued: Vec<&Section> = own().filter(|section| section.index.is_some()).collect();
    let chosen: Vec<&Section> = match single {
        Some(single) => vec![single],
        None if !continued.is_empty() => continued,
        None => own().take(1).collect(),
    };
    if !chosen.iter().any(|section| section.extended) {
        let whole: Vec<u8> = chosen.iter().flat_map(|section| section.value.iter().copied()).collect();
        let text = encoded_word::decode(&whole);
        repairs.extend(text.repairs);
        return text.text;
    }
    let (label, first) = charset_of(&chosen[0].value, chosen[0].extended);
    let mut whole = if chosen[0].extended { percent_decode(first) } else { first.to_vec() };
    for section in &chosen[1..] {
        whole.extend(if section.extended { percent_decode(&section.value) } else { section.value.clone() });
    }
    let decoded = charset::decode(&whole, label);
    repairs.extend(decoded.repairs);
    decoded.text
}

/// `charset'language'value`.
fn charset_of(value: &[u8], extended: bool) -> (Option<&str>, &[u8]) {
    let mut parts = value.splitn(3, |byte| *byte == b'\'');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(label), Some(_), Some(rest)) if extended => (std::str::from_utf8(label).ok(), rest),
        _ => (None, value),
    }
}

fn percent_decode(value: &[u8]) -> Vec<u8> {
    percent_encoding::percent_decode(value).collect()
}

/// The value cut at its semicolons, those in quoted strings and ISO-2022-JP runs left alone.
fn pieces(value: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let (mut start, mut at, mut quoted) = (0, 0, false);
    while at < value.len() {
        match value[at] {
            0x1b => at = end_of_escape_run(value, at),
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b';' if !quoted => {
                pieces.push(&value[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    pieces.push(&value[start.min(value.len())..]);
    pieces
}

/// The last byte of the two-byte run that begins with the ESC at `at`; `at` itself where it begins none.
pub(super) fn end_of_escape_run(value: &[u8], at: usize) -> usize {
    if value.get(at + 1) != Some(&b'$') {
        return at;
    }
    let window = &value[at + 1..value.len().min(at + MAX_ESCAPE_RUN)];
    memchr::memmem::find(window, b"\x1b(").map_or(at, |found| at + 1 + found + 2).min(value.len() - 1)
}

fn section(piece: &[u8]) -> Option<Section> {
    let equals = piece.iter().position(|byte| *byte == b'=')?;
    let name = std::str::from_utf8(piece[..equals].trim_ascii()).ok()?.to_ascii_lowercase();
    let mut parts = name.split('*');
    let base = parts.next().filter(|base| !base.is_empty() && base.len() <= 60)?.to_owned();
    let rest: Vec<&str> = parts.collect();
    let index = rest.first().and_then(|index| index.parse().ok());
    let extended = !rest.is_empty() && (index.is_none() || rest.get(1) == Some(&""));
    Some(Section { name: base, index, extended, value: unquote(piece[equals + 1..].trim_ascii()) })
}

/// A quoted string's content. Only quotes and backslashes are unescaped: file names hold Windows paths, and Shift_JIS
/// characters may end in a backslash.
pub(super) fn unquote(value: &[u8]) -> Vec<u8> {
    let Some(inner) = value.strip_prefix(b"\"") else { return value.to_vec() };
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    let multibyte = !inner.is_ascii() && std::str::from_utf8(inner).is_err();
    let mut out = Vec::with_capacity(inner.len());
    let mut at = 0;
    while at < inner.len() {
        let behind_lead = multibyte && at > 0 && inner[at - 1] >= 0x80;
        if inner[at] == b'\\' && !behind_lead && matches!(inner.get(at + 1), Some(b'"' | b'\\')) {
            at += 1;
        }
        out.push(inner[at]);
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn names_of_parts() {
        for (value, name, expected) in [
            ("text/html; charset=\"UTF-8\"; x=y", "charset", "UTF-8"),
            ("application/pdf; name=\"=?UTF-8?B?6KuL5rGC5pu4LnBkZg==?=\"", "name", "請求書.pdf"),
            (
                "attachment; filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf; filename=x.pdf",
                "filename",
                "請求書.pdf",
            ),
            (
                "attachment; filename*1*=%82; filename*0*=UTF-8'ja'%E3%81; filename*2=\".pdf\"",
                "filename",
                "あ.pdf",
            ),
            ("attachment; filename*0=\"long \"; filename*1=\"name.pdf\"", "filename", "long name.pdf"),
            ("attachment; filename=\"a;b\\\"c.pdf\"", "filename", "a;b\"c.pdf"),
            ("attachment; filename=請求書.pdf", "filename", "請求書.pdf"),
        ] {
            assert_eq!(parameters(value.as_bytes()).get(name), Some(expected), "{value}");
        }
    }
}
