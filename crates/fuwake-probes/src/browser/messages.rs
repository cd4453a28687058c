//! Messages of the DevTools protocol as they come off the pipe: each ended by a zero byte, whatever a page made the browser say in them.

use std::io;

use serde_json::Value;
use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// The longest answer, in bytes: a picture of a long page, or the body of a document.
const LONGEST: usize = 160 << 20;
/// The longest event: pages make them as long as they like, `data:` addresses and words to the console above all.
const LONGEST_EVENT: usize = 16 << 20;
/// How an event begins; an answer begins with its `id`.
const EVENT: &[u8] = b"{\"method\"";
/// Levels of a message from which on arrays, then objects too, are emptied; `serde_json` takes 128.
const DEEP: usize = 100;
const DEEPEST: usize = 120;

/// A message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Message {
    pub(crate) bytes: Vec<u8>,
    /// Its end was left out.
    pub(crate) is_cut: bool,
}

/// The next message; none where there are no more. Of one that is too long the beginning is kept.
pub(crate) async fn next(from: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<Message>> {
    let mut message = Message { bytes: Vec::new(), is_cut: false };
    loop {
        let piece = from.fill_buf().await?;
        if piece.is_empty() {
            return Ok(None);
        }
        let end = piece.iter().position(|byte| *byte == 0);
        let words = end.and_then(|end| piece.get(..end)).unwrap_or(piece);
        let most = if message.bytes.starts_with(EVENT) { LONGEST_EVENT } else { LONGEST };
        let room = most.saturating_sub(message.bytes.len()).min(words.len());
        message.is_cut |= room < words.len();
        message.bytes.extend_from_slice(&words[..room]);
        let used = end.map_or(piece.len(), |end| end + 1);
        from.consume(used);
        if end.is_some() {
            return Ok(Some(message));
        }
    }
}

impl Message {
    /// What it says; none where it cannot be read.
    pub(crate) fn read(&self) -> Option<Value> {
        if self.is_cut {
            return None;
        }
        serde_json::from_slice(&self.bytes).ok().or_else(|| serde_json::from_slice(&mended(&self.bytes)).ok())
    }

    /// Which question it answers, where it does not let itself be read.
    pub(crate) fn id(&self) -> Option<u64> {
        let digits = self.bytes.strip_prefix(b"{\"id\":")?;
        let length = digits.iter().take(20).take_while(|byte| byte.is_ascii_digit()).count();
        std::str::from_utf8(digits.get(..length)?).ok()?.parse().ok()
    }
}

/// JSON as `serde_json` takes it: halves of UTF-16 surrogates, which the strings of pages may hold (ECMA-262 section 6.1.4) and JSON
/// escapes one by one (RFC 8259 section 8.2), become U+FFFD, and what lies too deep is emptied.
fn mended(json: &[u8]) -> Vec<u8> {
    let json = String::from_utf8_lossy(json);
    let json = json.as_bytes();
    let mut written = Vec::with_capacity(json.len());
    let (mut place, mut depth, mut emptied, mut in_string) = (0, 0_usize, None, false);
    while let Some(&byte) = json.get(place) {
        let length = if in_string && byte == b'\\' { escape(json, place) } else { Escape::plain(1) };
        match byte {
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => {
                if emptied == Some(depth) {
                    emptied = None;
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        if emptied.is_none() {
            let piece = json.get(place..place + length.bytes).unwrap_or_default();
            written.extend_from_slice(if length.is_half { b"\\ufffd" } else { piece });
            let is_deep = (byte == b'[' && depth > DEEP) || (byte == b'{' && depth > DEEPEST);
            if is_deep && !in_string {
                emptied = Some(depth);
            }
        }
        place += length.bytes;
    }
    written
}

/// A backslash and what belongs to it.
struct Escape {
    bytes: usize,
    /// Half of a surrogate pair.
    is_half: bool,
}

impl Escape {
    const fn plain(bytes: usize) -> Self {
        Self { bytes, is_half: false }
    }
}

fn escape(json: &[u8], place: usize) -> Escape {
    match (unit(json, place), unit(json, place + 6)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => Escape::plain(12),
        (Some(0xd800..=0xdfff), _) => Escape { bytes: 6, is_half: true },
        (Some(_), _) => Escape::plain(6),
        (None, _) => Escape::plain(2),
    }
}

/// The code unit of `\u1234`.
fn unit(json: &[u8], place: usize) -> Option<u16> {
    let digits = json.get(place..place + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: impl Into<Vec<u8>>) -> Option<Value> {
        Message { bytes: bytes.into(), is_cut: false }.read()
    }

    #[test]
    fn halves_of_characters_are_replaced() {
        let said = read(r#"{"a":"x\ud800y\udc00","b":"\ud83d\ude00 \\ud800 \ud83d","c":"\"[\ud800"}"#);
        let said = said.expect("JSON");
        assert_eq!(said["a"], "x\u{fffd}y\u{fffd}");
        assert_eq!(said["b"], "\u{1f600} \\ud800 \u{fffd}");
        assert_eq!(said["c"], "\"[\u{fffd}");
        assert_eq!(
            read(b"{\"a\":\"\xed\xa0\x80\"}".to_vec()).expect("JSON")["a"],
            "\u{fffd}\u{fffd}\u{fffd}"
        );
        assert_eq!(read("nonsense"), None);
        assert_eq!(read("\"\\"), None);
    }

    #[test]
    fn what_lies_too_deep_is_left_out() {
        let tree = |levels: usize| {
            let (open, close) = ("{\"f\":\"]\",\"c\":[".repeat(levels), "]}".repeat(levels));
            read(format!("{{\"id\":1,\"result\":{open}{close},\"session\":\"s\"}}"))
        };
        for levels in [10, 49, 50, 63, 64, 10_000] {
            let tree = tree(levels).expect("JSON");
            assert_eq!((&tree["session"], &tree["result"]["c"][0]["f"]), (&"s".into(), &"]".into()));
        }
        let objects = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
        assert!(read(objects).is_some());
    }

    #[tokio::test]
    async fn too_long_ones_are_cut_and_the_next_is_found() {
        let event = format!("{{\"method\":\"A\",\"params\":\"{}\"}}\0", "x".repeat(LONGEST_EVENT));
        let mut from = tokio::io::BufReader::with_capacity(4_096, io::Cursor::new(event + "{\"id\":12}\0{"));
        let long = next(&mut from).await.expect("a message").expect("a message");
        assert!(
            long.is_cut && long.bytes.len() == LONGEST_EVENT && long.read().is_none() && long.id().is_none()
        );
        let short = next(&mut from).await.expect("a message").expect("a message");
        assert_eq!((short.id(), short.is_cut), (Some(12), false));
        assert_eq!(next(&mut from).await.expect("an end"), None);
    }
}
