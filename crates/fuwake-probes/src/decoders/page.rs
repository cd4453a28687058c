//! Attached HTML pages and SVG pictures: what their scripts hide. No script is run; what it would unpack is unpacked as a script
//! would: `\x`, `\u` and `%` escapes, `String.fromCharCode`, base64 (`atob`, `data:`), one string after the other put together.

use std::borrow::Cow;

use data_encoding::BASE64_NOPAD;
use fuwake_core::evidence::{ActKind, Contents, FileLink, Lead};
use fuwake_core::mail::{charset, html};

use super::gather::Gathered;

/// How much of a page is searched, in bytes, at all layers together.
const SEARCHED: usize = 4 << 20;
/// Encodings in each other that are taken off.
const LAYERS: usize = 6;
/// Pieces of one layer that are decoded.
const PIECES: usize = 400;

/// Reads a page.
///
/// # Errors
/// Never; the type is that of the other decoders.
pub fn read(bytes: &[u8]) -> Result<Contents, String> {
    let mut search = Search { gathered: Gathered::default(), left: SEARCHED };
    search.layer(&decoded(bytes), 0);
    Ok(search.gathered.finish())
}

/// Where the links of a page lead, which the core sees in attached pages, but not in an archive's.
pub(super) fn links(bytes: &[u8]) -> Vec<FileLink> {
    let text = decoded(bytes);
    let text = text.get(..text.floor_char_boundary(SEARCHED)).unwrap_or_default();
    let mut gathered = Gathered::default();
    for url in attribute_values(text, &text.to_ascii_lowercase(), "href=") {
        gathered.link(Lead::Link, &url.replace("&amp;", "&"), None);
    }
    gathered.finish().links
}

/// Adds the words of a page that a reader sees; the core reads those of attached pages itself, but sees none in an archive.
pub(super) fn add_words(bytes: &[u8], contents: Contents) -> Contents {
    const READ: usize = 256 << 10;
    let is_unicode =
        matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) || std::str::from_utf8(bytes).is_ok();
    let text = if is_unicode {
        decoded(bytes)
    } else {
        charset::decode(bytes.get(..READ).unwrap_or(bytes), None).text.into()
    };
    let head = text.get(..text.floor_char_boundary(READ)).unwrap_or_default();
    let (words, is_whole) = html::words(head);
    let mut gathered = Gathered { contents };
    gathered.contents.truncated |= !is_whole || bytes.len() > READ;
    gathered.text(&words);
    gathered.finish()
}

fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        _ => String::from_utf8_lossy(bytes),
    }
}

struct Search {
    gathered: Gathered,
    /// Bytes that may still be searched.
    left: usize,
}

impl Search {
    fn layer(&mut self, whole: &str, depth: usize) {
        let end = whole.floor_char_boundary(self.left);
        let text = whole.get(..end).filter(|_| depth < LAYERS).unwrap_or_default();
        self.gathered.contents.truncated |= end < whole.len() || depth >= LAYERS;
        if text.is_empty() {
            return;
        }
        self.left -= text.len();
        self.marks(text, depth);
        for piece in hidden(text) {
            if depth == 0 && (piece.contains('<') || piece.contains("://")) {
                self.gathered.act(ActKind::HiddenMarkup, &piece.chars().take(200).collect::<String>());
            }
            self.layer(&piece, depth + 1);
        }
    }

    /// What stands in a layer in clear.
    fn marks(&mut self, text: &str, depth: usize) {
        let lower = text.to_ascii_lowercase();
        if ["type=\"password\"", "type='password'", "type=password"].iter().any(|mark| lower.contains(mark)) {
            self.gathered.act(ActKind::PasswordField, "");
        }
        if depth == 0
            && (lower.contains("<script") || lower.contains("onload=") || lower.contains("javascript:"))
        {
            self.gathered.act(ActKind::Script, "");
        }
        if let Some(name) = saved_file(text, &lower) {
            self.gathered.act(ActKind::SavesFile, name);
        }
        for value in attribute_values(text, &lower, "action=") {
            self.gathered.link(Lead::Form, value, None);
        }
        for at in memchr::memmem::find_iter(lower.as_bytes(), b"http-equiv").take(20) {
            let tag = text.get(at..).and_then(|rest| rest.split_once('>')).map_or("", |(tag, _)| tag);
            let folded = tag.to_ascii_lowercase();
            if let Some(place) = folded.find("url=").filter(|_| folded.contains("refresh")) {
                let target = tag.get(place + 4..).unwrap_or_default().trim_start_matches(['"', '\'', ' ']);
                let target = target.split(['"', '\'', ' ']).next().unwrap_or_default();
                self.gathered.link(Lead::Redirect, target, None);
            }
        }
        self.goes(text, &lower);
        self.addresses(text, &lower, depth);
    }

    /// Assignments and calls that lead away: `location = "…"`, `location.replace("…")`, `window.open("…")`.
    fn goes(&mut self, text: &str, lower: &str) {
        for at in memchr::memmem::find_iter(lower.as_bytes(), b"location").take(100) {
            let Some(rest) = text.get(at + 8..) else { continue };
            let head: String = rest.chars().take(24).collect();
            let leads = head.trim_start().starts_with(['=', '.']) && head.contains(['"', '\'', '`']);
            if let Some(target) = leads.then(|| quoted(rest)).flatten().filter(|target| is_address(target)) {
                self.gathered.link(Lead::Redirect, target, None);
            }
        }
    }

    /// Addresses in scripts and, in what was hidden, everywhere. In the page itself the core sees those in markup and text.
    fn addresses(&mut self, text: &str, lower: &str, depth: usize) {
        let scripts = if depth > 0 { vec![(0, text.len())] } else { spans(lower, "<script", "</script") };
        for (start, end) in scripts.into_iter().take(100) {
            let Some(script) = text.get(start..end) else { continue };
            for at in memchr::memmem::find_iter(script.as_bytes(), b"http").take(200) {
                let url = script.get(at..).map_or("", |rest| {
                    rest.split(|c: char| c.is_whitespace() || "\"'`<>\\)".contains(c))
                        .next()
                        .unwrap_or_default()
                });
                if is_address(url) {
                    self.gathered.link(Lead::Script, url, None);
                }
            }
        }
    }
}

/// The name of a file that a script puts together and has saved (File API `createObjectURL` with an HTML `download`, or `msSaveBlob`):
/// it passes every filter as a page. MITRE ATT&CK T1027.006.
fn saved_file<'t>(text: &'t str, lower: &str) -> Option<&'t str> {
    let makes = |mark: &str| memchr::memmem::find(lower.as_bytes(), mark.as_bytes());
    if makes("mssaveblob").or_else(|| makes("mssaveoropenblob")).is_none() {
        makes("createobjecturl")?;
    }
    let at = makes(".download").or_else(|| makes("download="));
    let name = at.and_then(|at| quoted(text.get(at..)?)).unwrap_or_default();
    let saves = at.is_some() || makes("mssave").is_some();
    Some(name).filter(|_| saves && carries_file(text, lower))
}

/// Whether a script holds a file in base64: what a report's button saves is put together of what the page shows.
fn carries_file(text: &str, lower: &str) -> bool {
    const FILE: usize = 400;
    const SHORTEST: usize = 8;
    let is_base64 = |run: &str| {
        run.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
    };
    let literal = |at: usize| {
        let rest = text.get(at + 5..)?.trim_start();
        let run = rest.strip_prefix(['"', '\'', '`'])?.split(['"', '\'', '`']).next()?;
        (run.len() >= SHORTEST && is_base64(run)).then_some(())
    };
    memchr::memmem::find_iter(lower.as_bytes(), b"atob(").take(100).any(|at| literal(at).is_some())
        || text.split(['"', '\'', '`']).any(|run| run.len() >= FILE && is_base64(run))
}

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    // Names of XML vocabularies are no addresses.
    rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with("www.w3.org/"))
}

/// The text between the first quotation marks.
fn quoted(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(['"', '\'', '`'])?;
    rest.split(['"', '\'', '`']).next()
}

/// Values of an attribute, quoted or not.
fn attribute_values<'t>(text: &'t str, lower: &str, name: &str) -> Vec<&'t str> {
    let places = memchr::memmem::find_iter(lower.as_bytes(), name.as_bytes()).take(100);
    let value = |at: usize| {
        let rest = text.get(at + name.len()..)?;
        match rest.chars().next()? {
            quote @ ('"' | '\'') => rest.get(1..)?.split(quote).next(),
            _ => rest.split([' ', '>', '\n']).next(),
        }
    };
    let before = |at: &usize| *at > 0 && lower.as_bytes()[at - 1].is_ascii_whitespace();
    places.filter(before).filter_map(value).filter(|value| is_address(value)).collect()
}

/// Where the content of elements stands.
fn spans(lower: &str, open: &str, close: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(start) =
        lower.get(from..).and_then(|rest| rest.find(open)).map(|at| from + at + open.len())
    {
        let end = lower.get(start..).and_then(|rest| rest.find(close)).map_or(lower.len(), |at| start + at);
        spans.push((start, end));
        from = end;
        if spans.len() == PIECES {
            break;
        }
    }
    spans
}

/// What a layer hides, decoded: each long enough to hold an address.
fn hidden(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    pieces.extend(base64(text));
    pieces.extend(character_codes(text));
    pieces.extend(escapes(text));
    pieces.extend(joined(text));
    pieces.truncate(PIECES);
    pieces
}

/// Runs of base64 letters that decode to text.
fn base64(text: &str) -> Vec<String> {
    const SHORTEST: usize = 20;
    let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
    let runs = text.split(|c: char| !letter(c)).filter(|run| run.len() >= SHORTEST).take(PIECES);
    runs.filter_map(|run| {
        let whole = run.get(..run.len() - usize::from(run.len() % 4 == 1))?;
        // The last letter may hold bits that belong to nothing; whoever encoded it by hand does not mind.
        let decoded = BASE64_NOPAD.decode(whole.as_bytes()).or_else(|error| {
            BASE64_NOPAD.decode(whole.get(..error.position / 4 * 4).unwrap_or_default().as_bytes())
        });
        let decoded = String::from_utf8(decoded.ok()?).ok()?;
        (decoded.len() >= SHORTEST / 2 && is_text(&decoded)).then_some(decoded)
    })
    .collect()
}

fn is_text(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
}

/// `String.fromCharCode(104, 116, …)` and lists of numbers like it.
fn character_codes(text: &str) -> Vec<String> {
    const SHORTEST: usize = 8;
    let runs = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | ' ' | '\n'))).take(100_000);
    runs.filter(|run| run.len() > SHORTEST * 2 && run.contains(','))
        .filter_map(|run| {
            let codes: Vec<u32> = run.split(',').filter_map(|code| code.trim().parse().ok()).collect();
            let letters: String = codes.iter().filter_map(|&code| char::from_u32(code)).collect();
            (codes.len() >= SHORTEST && is_text(&letters)).then_some(letters)
        })
        .take(PIECES)
        .collect()
}

/// A text with `%68`, `\x68`, `\u0068`, `&#104;` taken off, where there are many.
fn escapes(text: &str) -> Option<String> {
    const FEWEST: usize = 8;
    let count =
        ["%", "\\x", "\\u", "&#"].map(|mark| memchr::memmem::find_iter(text.as_bytes(), mark).count());
    if count.into_iter().max()? < FEWEST {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut changed = 0;
    while let Some(first) = rest.chars().next() {
        let (letter, behind) = match escape(rest) {
            Some((letter, behind)) => {
                changed += 1;
                (letter, behind)
            }
            None => (u32::from(first), rest.get(first.len_utf8()..).unwrap_or_default()),
        };
        match u8::try_from(letter) {
            // `%E3%81%82` is UTF-8, byte by byte.
            Ok(byte) if rest.starts_with('%') && behind.len() < rest.len() - 1 => bytes.push(byte),
            _ => bytes.extend(char::from_u32(letter).unwrap_or('\u{FFFD}').to_string().bytes()),
        }
        rest = behind;
    }
    (changed >= FEWEST).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// The letter that an escape at the beginning of `text` stands for, and what follows.
fn escape(text: &str) -> Option<(u32, &str)> {
    let hex = |prefix: &str, digits: usize| {
        let rest = text.strip_prefix(prefix)?;
        Some((u32::from_str_radix(rest.get(..digits)?, 16).ok()?, rest.get(digits..)?))
    };
    let numeric = || {
        let (digits, rest) =
            text.strip_prefix("&#")?.split_once(';').filter(|(digits, _)| digits.len() < 8)?;
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => digits.parse().ok()?,
        };
        Some((code, rest))
    };
    hex("%u", 4).or_else(|| hex("%", 2)).or_else(|| hex("\\x", 2)).or_else(|| hex("\\u", 4)).or_else(numeric)
}

/// Strings that a script puts together: `"ht" + "tps://" + "…"`.
fn joined(text: &str) -> Option<String> {
    const FEWEST: usize = 3;
    let mut whole = String::with_capacity(text.len());
    let mut joints = 0;
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '`']) {
        let (head, tail) = (rest.get(..at)?, rest.get(at + 1..)?);
        whole.push_str(head);
        let next = tail.trim_start().strip_prefix('+').map(str::trim_start);
        match next.and_then(|next| next.strip_prefix(['"', '\'', '`'])) {
            Some(behind) => {
                joints += 1;
                rest = behind;
            }
            None => {
                whole.push_str(rest.get(at..=at)?);
                rest = tail;
            }
        }
    }
    whole.push_str(rest);
    (joints >= FEWEST).then_some(whole)
}
