//! Looks for what must not be there: whatever encoding hides it, and however little of it is left.

use std::collections::BTreeSet;
use std::io::Read as _;

use aho_corasick::AhoCorasick;

/// How deep encodings stand in each other.
const DEPTH: usize = 3;
/// So much of a secret in a row is a leak.
const FRAGMENT: usize = 7;
/// Longer runs are pictures.
const PICTURE: usize = 64 * 1024;

/// What is looked for.
#[derive(Debug)]
pub struct Finder {
    fragments: Vec<String>,
    search: AhoCorasick,
}

impl Finder {
    /// For secrets in their plain form; longer ones are known by any part of them.
    #[must_use]
    pub fn new(secrets: &[String]) -> Self {
        let mut fragments = BTreeSet::new();
        for secret in secrets {
            let squashed: Vec<char> = secret.to_lowercase().chars().collect();
            let is_plain = squashed.iter().all(char::is_ascii_alphanumeric);
            if is_plain && squashed.len() > FRAGMENT {
                fragments.extend(squashed.windows(FRAGMENT).map(|window| window.iter().collect::<String>()));
            } else {
                fragments.insert(secret.to_lowercase());
            }
        }
        let fragments: Vec<String> = fragments.into_iter().collect();
        let search = AhoCorasick::new(&fragments).expect("few patterns");
        Self { fragments, search }
    }

    /// What of them stands in `bytes`, with what stands around it.
    #[must_use]
    pub fn found(&self, bytes: &[u8]) -> Vec<String> {
        let mut found = BTreeSet::new();
        self.look(bytes, DEPTH, "as written", &mut found);
        found.into_iter().collect()
    }

    fn look(&self, bytes: &[u8], depth: usize, how: &str, found: &mut BTreeSet<String>) {
        let text = String::from_utf8_lossy(bytes);
        let lower = text.to_lowercase();
        self.search_in(&lower, how, found);
        // Whatever marks, blanks and line ends stand in between; tags too.
        let squashed: String = lower.chars().filter(|c| c.is_alphanumeric() || *c == '.').collect();
        self.search_in(&squashed.replace('.', ""), how, found);
        let Some(depth) = depth.checked_sub(1) else { return };
        if text.contains('%') {
            self.changed(&text, &escaped(&text, '%'), depth, "percent", found);
        }
        if text.contains('=') {
            let soft = text.replace("=\r\n", "").replace("=\n", "");
            self.changed(&text, &escaped(&soft, '='), depth, "quoted-printable", found);
        }
        if text.contains("&#") {
            self.changed(&text, referred(&text).as_bytes(), depth, "entities", found);
        }
        if text.contains("\\u") {
            self.changed(&text, unicode(&text).as_bytes(), depth, "JSON", found);
        }
        for (name, bits, group, digit) in [
            ("base64", 6, 4, base64 as fn(u8) -> Option<u32>),
            ("base32", 5, 8, base32),
            ("hex", 4, 2, |byte| char::from(byte).to_digit(16)),
        ] {
            for run in runs(&text, digit) {
                for start in 0..group {
                    let decoded = octets(run.get(start..).unwrap_or_default(), bits);
                    self.decoded(&decoded, depth, &format!("{how}, {name}"), found);
                }
            }
        }
    }

    fn decoded(&self, bytes: &[u8], depth: usize, how: &str, found: &mut BTreeSet<String>) {
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            let _ = flate2::read::GzDecoder::new(bytes).take(1 << 20).read_to_end(&mut plain);
            self.look(&plain, depth, &format!("{how}, gzip"), found);
        }
        let readable = bytes.split(|byte| !byte.is_ascii_graphic()).any(|run| run.len() >= 8);
        if readable {
            self.look(bytes, depth, how, found);
        } else {
            self.search_in(&String::from_utf8_lossy(bytes).to_lowercase(), how, found);
        }
    }

    fn changed(&self, before: &str, after: &[u8], depth: usize, how: &str, found: &mut BTreeSet<String>) {
        if after != before.as_bytes() {
            self.look(after, depth, how, found);
        }
    }

    fn search_in(&self, text: &str, how: &str, found: &mut BTreeSet<String>) {
        if let Some(hit) = self.search.find(text) {
            let start = text.floor_char_boundary(hit.start().saturating_sub(60));
            let end = text.ceil_char_boundary((hit.end() + 40).min(text.len()));
            let around = text.get(start..end).unwrap_or_default().replace(['\n', '\r'], "⏎");
            found.insert(format!("{} ({how}): …{around}…", self.fragments[hit.pattern().as_usize()]));
        }
    }
}

fn escaped(text: &str, sign: char) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let pair = text.get(at + 1..at + 3).filter(|_| char::from(bytes[at]) == sign);
        if let Some(byte) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            plain.push(byte);
            at += 3;
        } else {
            plain.push(bytes[at]);
            at += 1;
        }
    }
    plain
}

fn referred(text: &str) -> String {
    let mut pieces = text.split("&#");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once(';').unwrap_or(("", piece));
        let number = number
            .strip_prefix(['x', 'X'])
            .map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        match number.and_then(char::from_u32) {
            Some(character) => plain.push(character),
            None => plain.push_str("&#"),
        }
        plain.push_str(if number.is_some() { rest } else { piece });
    }
    plain
}

fn unicode(text: &str) -> String {
    let mut pieces = text.split("\\u");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let character =
            piece.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
        plain.extend(character);
        plain.push_str(if character.is_some() { piece.get(4..).unwrap_or_default() } else { piece });
    }
    plain
}

/// Digits of an encoding in a row, over line ends where lines are long.
fn runs(text: &str, digit: fn(u8) -> Option<u32>) -> Vec<Vec<u32>> {
    let mut runs = Vec::new();
    let (mut run, mut line): (Vec<u32>, usize) = (Vec::new(), 0);
    for byte in text.bytes().chain([b' ']) {
        match digit(byte) {
            Some(value) => {
                run.push(value);
                line += 1;
            }
            None if matches!(byte, b'\r' | b'\n') && line >= 40 => {
                line = if byte == b'\n' { 0 } else { line }
            }
            None => {
                if (8..PICTURE).contains(&run.len()) {
                    runs.push(std::mem::take(&mut run));
                }
                run.clear();
                line = 0;
            }
        }
    }
    runs
}

fn octets(digits: &[u32], bits: u32) -> Vec<u8> {
    let (mut held, mut filled, mut octets) = (0_u32, 0, Vec::new());
    for digit in digits {
        held = held << bits | digit;
        filled += bits;
        if filled >= 8 {
            filled -= 8;
            octets.extend(u8::try_from(held >> filled & 0xff));
            held &= (1 << filled) - 1;
        }
    }
    octets
}

fn base64(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

fn base32(byte: u8) -> Option<u32> {
    let value = match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => letter - b'a',
        b'2'..=b'7' => byte - b'2' + 26,
        _ => return None,
    };
    Some(value.into())
}
