//! Unstructured header text: encoded-words (RFC 2047, with RFC 2231's language), raw bytes of any charset, and every way in
//! which real mail breaks both.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use crate::mail::charset::{self, Repair};

/// How many bytes of a field are decoded.
pub const MAX_VALUE: usize = 64 << 10;
/// The longest encoded-word that is looked for; RFC 2047 allows 75 bytes.
const MAX_WORD: usize = 8 << 10;

/// A decoded header text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Unfolded, decoded, without surrounding blanks.
    pub text: String,
    /// What was wrong and what was done about it; each id once.
    pub repairs: Vec<Repair>,
}

/// Decodes the value of an unstructured field.
#[must_use]
pub fn decode(value: &[u8]) -> Text {
    let (value, cut) = if value.len() > MAX_VALUE { (&value[..MAX_VALUE], true) } else { (value, false) };
    let unfolded = unfold(value.trim_ascii());
    let mut decoder = Decoder::default();
    decoder.read(&unfolded);
    if cut {
        decoder.repair(Repair::new(
            "field-too-long",
            "the field is longer than 64 KiB; the rest was not decoded",
        ));
    }
    decoder.out
}

/// A value on one line: each line end with the blanks behind it becomes one blank.
#[must_use]
pub fn unfold(value: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr2(b'\n', b'\r', value).is_none() {
        return Cow::Borrowed(value);
    }
    let mut out = Vec::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = memchr::memchr2(b'\n', b'\r', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = rest[at..].trim_ascii_start();
        out.push(b' ');
    }
    out.extend_from_slice(rest);
    Cow::Owned(out)
}

/// An encoded-word as it stands.
struct Word<'v> {
    charset: &'v str,
    base64: bool,
    data: &'v [u8],
    start: usize,
    end: usize,
    closed: bool,
}

#[derive(Default)]
struct Decoder {
    out: Text,
}

impl Decoder {
    fn read(&mut self, value: &[u8]) {
        let mut run: Vec<Word<'_>> = Vec::new();
        let mut at = 0;
        while let Some(word) = next_word(value, at) {
            let between = &value[at..word.start];
            let adjacent = at > 0 && between.iter().all(u8::is_ascii_whitespace);
            if !adjacent || run.last().is_some_and(|last| !last.charset.eq_ignore_ascii_case(word.charset)) {
                self.flush(&run);
                run.clear();
            }
            if !adjacent {
                self.raw(between);
            }
            at = word.end;
            run.push(word);
        }
        self.flush(&run);
        self.raw(&value[at..]);
    }

    /// What stands outside encoded-words: ASCII by the standard, anything in practice.
    fn raw(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let decoded = charset::decode(bytes, None);
        self.out.text.push_str(&decoded.text);
        if !bytes.is_ascii() {
            let detail =
                format!("bytes of eight bits stand in the header unencoded; read as {}", decoded.charset);
            self.repair(Repair::new("raw-8bit-header", detail));
        }
        for repair in decoded.repairs {
            if repair.id != "charset-unlabelled" || bytes.is_ascii() {
                self.repair(repair);
            }
        }
    }

    /// Adjacent words of one charset are decoded together, since many programs cut between bytes rather than characters.
    fn flush(&mut self, run: &[Word<'_>]) {
        let Some(first) = run.first() else { return };
        if run.iter().any(|word| !word.closed) {
            self.repair(Repair::new(
                "encoded-word-unclosed",
                "an encoded-word has no end; it was read as far as it goes",
            ));
        }
        let pieces = self.bytes_of(run);
        let whole = pieces.concat();
        let mut decoded = charset::decode(&whole, Some(first.charset));
        if pieces.len() > 1
            && pieces[..pieces.len() - 1].iter().any(|piece| !charset::is_whole(piece, first.charset))
        {
            let detail = "a character or an escape run is cut across encoded-words; they were joined";
            self.repair(Repair::new("encoded-word-cut-character", detail));
            let apart: String =
                pieces.iter().map(|piece| charset::decode(piece, Some(first.charset)).text).collect();
            if replacements(&apart) < replacements(&decoded.text) {
                decoded.text = apart;
            }
        }
        self.out.text.push_str(&decoded.text);
        decoded.repairs.into_iter().for_each(|repair| self.repair(repair));
    }

    /// The words' bytes. Base64 that is cut inside a group of four is joined with the next word before it is decoded.
    fn bytes_of(&mut self, run: &[Word<'_>]) -> Vec<Vec<u8>> {
        let mut pieces = Vec::with_capacity(run.len());
        let mut carried: Vec<u8> = Vec::new();
        for (index, word) in run.iter().enumerate() {
            if !word.base64 {
                pieces.push(quoted_printable(word.data));
                continue;
            }
            let joined: Cow<'_, [u8]> = if carried.is_empty() {
                Cow::Borrowed(word.data)
            } else {
                Cow::Owned([std::mem::take(&mut carried).as_slice(), word.data].concat())
            };
            let (bytes, cut) = base64(&joined);
            if cut && run.get(index + 1).is_some_and(|next| next.base64) {
                self.repair(Repair::new(
                    "encoded-word-cut-base64",
                    "base64 is cut inside a group across encoded-words",
                ));
                carried = joined.into_owned();
            } else {
                pieces.push(bytes);
            }
        }
        pieces
    }

    fn repair(&mut self, repair: Repair) {
        if !self.out.repairs.iter().any(|known| known.id == repair.id) {
            self.out.repairs.push(repair);
        }
    }
}

fn replacements(text: &str) -> usize {
    text.chars().filter(|character| *character == char::REPLACEMENT_CHARACTER).count()
}

/// The next encoded-word from `from` on.
fn next_word(value: &[u8], from: usize) -> Option<Word<'_>> {
    let mut at = from;
    while let Some(found) = memmem::find(&value[at..], b"=?") {
        at += found;
        if let Some(word) = word_at(value, at) {
            return Some(word);
        }
        at += 1;
    }
    None
}

/// Where the encoded-words of `value` stand, so that what they hold is not taken for structure.
pub(super) fn end_of_word_at(value: &[u8], at: usize) -> Option<usize> {
    value
        .get(at..)?
        .starts_with(b"=?")
        .then(|| word_at(value, at))
        .flatten()
        .filter(|word| word.closed)
        .map(|word| word.end)
}

fn word_at(value: &[u8], start: usize) -> Option<Word<'_>> {
    let label = start + 2;
    let mark = label + memchr(b'?', &value[label..value.len().min(label + 64)])?;
    let charset = std::str::from_utf8(&value[label..mark]).ok()?;
    if !charset.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'=') {
        return None;
    }
    let base64 = match value.get(mark + 1)? {
        b'b' | b'B' => true,
        b'q' | b'Q' => false,
        _ => return None,
    };
    if value.get(mark + 2) != Some(&b'?') {
        return None;
    }
    let from = mark + 3;
    let window = &value[from..value.len().min(from + MAX_WORD)];
    let (length, behind, closed) = if base64 { base64_end(window) } else { quoted_end(window) };
    // Without an end it is only an encoded-word when everything else is right.
    if !closed && (length == 0 || !charset::is_known(charset)) {
        return None;
    }
    Some(Word { charset, base64, data: &window[..length], start, end: from + behind, closed })
}

/// The length of base64 data, where the word ends, and whether it was closed.
fn base64_end(window: &[u8]) -> (usize, usize, bool) {
    match memchr(b'?', window) {
        Some(at) if window.get(at + 1) == Some(&b'=') => (at, at + 2, true),
        Some(at) if at > 0 && window[at - 1] == b'=' => (at - 1, at - 1, false),
        _ => {
            let end = window.iter().position(|byte| !is_base64(*byte)).unwrap_or(window.len());
            (end, end, false)
        }
    }
}

/// The same for the Q encoding, in which a raw `?` may stand in front of an encoded byte.
fn quoted_end(window: &[u8]) -> (usize, usize, bool) {
    let mut from = 0;
    while let Some(found) = memmem::find(&window[from..], b"?=") {
        let at = from + found;
        let hexadecimal =
            matches!(&window[at + 2..], [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
        if !hexadecimal || memmem::find(&window[at + 2..], b"?=").is_none() {
            return (at, at + 2, true);
        }
        from = at + 2;
    }
    let end = window.iter().position(u8::is_ascii_whitespace).unwrap_or(window.len());
    (end, end, false)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
}

/// The Q encoding (RFC 2047 section 4.2); what is no pair of hexadecimal digits stays.
fn quoted_printable(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut rest = data;
    while let Some((&first, behind)) = rest.split_first() {
        rest = behind;
        match (first, behind) {
            (b'_', _) => out.push(b' '),
            (b'=', [high, low, tail @ ..]) => match (hexadecimal(*high), hexadecimal(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = tail;
                }
                _ => out.push(b'='),
            },
            _ => out.push(first),
        }
    }
    out
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Base64 as found in headers: blanks and foreign bytes are stepped over, padding may be missing or stand in the middle. Also
/// whether the data ends inside a group, which padding would have closed.
fn base64(data: &[u8]) -> (Vec<u8>, bool) {
    let mut out = Vec::with_capacity(data.len() * 3 / 4 + 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for &byte in data {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => {
                (bits, count) = (0, 0);
                continue;
            }
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0x00ff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count & 0xff) as u8);
            bits &= (1 << count) - 1;
        }
    }
    (out, count == 6 || bits != 0)
}
