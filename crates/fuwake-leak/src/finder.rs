//! Looks for what must not be there: whatever encoding hides it, and however little of it is left.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read as _;
use std::rc::Rc;

use aho_corasick::AhoCorasick;
use encoding_rs::{EUC_JP, ISO_2022_JP, SHIFT_JIS};

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
    /// What was looked through already, and what was found: files hold the same texts, and texts the same codes.
    seen: RefCell<HashMap<(u64, usize), Hits>>,
}

/// What was found in one thing.
type Hits = Rc<[Hit]>;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    /// Of the outermost encoding first.
    how: Vec<&'static str>,
    what: String,
}

impl Finder {
    /// For secrets in their plain form; longer ones are known by any part of them.
    #[must_use]
    pub fn new(secrets: &[String]) -> Self {
        let mut fragments = BTreeSet::new();
        for secret in secrets {
            let squashed: Vec<char> = secret.to_lowercase().chars().collect();
            let is_plain = squashed.iter().all(char::is_ascii_alphanumeric);
            let length = if is_plain { FRAGMENT.min(squashed.len()) } else { squashed.len() };
            for window in squashed.windows(length) {
                fragments.insert(window.iter().collect::<String>());
                fragments.insert(window.iter().rev().collect());
            }
        }
        let fragments: Vec<String> = fragments.into_iter().collect();
        let search = AhoCorasick::new(&fragments).expect("few patterns");
        Self { fragments, search, seen: RefCell::default() }
    }

    /// What of them stands in `bytes`, with what stands around it.
    #[must_use]
    pub fn found(&self, bytes: &[u8]) -> Vec<String> {
        let hits = self.look(bytes, DEPTH);
        // The same is often seen through several encodings: the shortest way is told.
        let mut shortest: BTreeMap<&str, &Hit> = BTreeMap::new();
        for hit in hits.iter() {
            let known = shortest.entry(&hit.what).or_insert(hit);
            if hit.how.len() < known.how.len() {
                *known = hit;
            }
        }
        shortest.values().map(|hit| format!("{} ({})", hit.what, hit.how.join(", "))).collect()
    }

    fn look(&self, bytes: &[u8], depth: usize) -> Hits {
        self.once(&bytes, depth, || self.looked(bytes, depth))
    }

    /// What `look` finds, looked for once for the same thing.
    fn once(&self, what: &impl Hash, depth: usize, look: impl FnOnce() -> BTreeSet<Hit>) -> Hits {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        let key = (hasher.finish(), depth);
        if let Some(known) = self.seen.borrow().get(&key) {
            return Rc::clone(known);
        }
        let hits: Hits = look().into_iter().collect();
        self.seen.borrow_mut().insert(key, Rc::clone(&hits));
        hits
    }

    fn looked(&self, bytes: &[u8], depth: usize) -> BTreeSet<Hit> {
        let mut hits = BTreeSet::new();
        let text = String::from_utf8_lossy(bytes);
        self.read(&text, "as written", &mut hits);
        self.in_charsets(bytes, &mut hits);
        let Some(depth) = depth.checked_sub(1) else { return hits };
        let mut behind = |how: &'static str, found: &[Hit]| {
            for hit in found {
                hits.insert(Hit { how: [&[how], hit.how.as_slice()].concat(), what: hit.what.clone() });
            }
        };
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            let _ = flate2::read::GzDecoder::new(bytes).take(1 << 20).read_to_end(&mut plain);
            behind("gzip", &self.look(&plain, depth));
        }
        for (sign, how, unescape) in ESCAPES {
            let plain = if text.contains(sign) { unescape(&text) } else { Vec::new() };
            if !plain.is_empty() && plain != bytes {
                behind(how, &self.look(&plain, depth));
            }
        }
        for (name, bits, group, digit) in ENCODINGS {
            for run in runs(&text, digit) {
                let decoded = || {
                    let starts = (0..group).map(|start| octets(run.get(start..).unwrap_or_default(), bits));
                    starts.flat_map(|octets| self.look(&octets, depth).to_vec()).collect()
                };
                behind(name, &self.once(&(name, &run), depth, decoded));
            }
        }
        hits
    }

    /// As written, and whatever marks, blanks, line ends and tags stand in between.
    fn read(&self, text: &str, how: &'static str, hits: &mut BTreeSet<Hit>) {
        let lower = text.to_lowercase();
        let squashed: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
        for text in [lower, squashed] {
            if let Some(hit) = self.search.find(&text) {
                let start = text.floor_char_boundary(hit.start().saturating_sub(60));
                let end = text.ceil_char_boundary((hit.end() + 40).min(text.len()));
                let around = text.get(start..end).unwrap_or_default().replace(['\n', '\r'], "⏎");
                let what = format!("{}: …{around}…", self.fragments[hit.pattern().as_usize()]);
                hits.insert(Hit { how: vec![how], what });
                return;
            }
        }
    }

    /// In the character sets of Japanese mail.
    fn in_charsets(&self, bytes: &[u8], hits: &mut BTreeSet<Hit>) {
        if bytes.windows(2).any(|pair| pair == b"\x1b$") {
            self.read(&ISO_2022_JP.decode(bytes).0, "ISO-2022-JP", hits);
        }
        if str::from_utf8(bytes).is_err() {
            self.read(&SHIFT_JIS.decode(bytes).0, "Shift_JIS", hits);
            self.read(&EUC_JP.decode(bytes).0, "EUC-JP", hits);
        }
    }
}

/// What other characters are written with: the sign that tells, and how they are read.
type Escape = (&'static str, &'static str, fn(&str) -> Vec<u8>);

const ESCAPES: [Escape; 4] = [
    ("%", "percent", |text| escaped(text, b'%')),
    ("=", "quoted-printable", |text| escaped(&text.replace("=\r\n", "").replace("=\n", ""), b'=')),
    ("&", "entities", |text| referred(text).into_bytes()),
    ("\\u", "JSON", |text| unicode(text).into_bytes()),
];

/// Digits that stand for bytes: so many bits each, so many make up whole bytes.
type Encoding = (&'static str, u32, usize, fn(u8) -> Option<u32>);

const ENCODINGS: [Encoding; 3] =
    [("base64", 6, 4, base64), ("base32", 5, 8, base32), ("hex", 4, 2, |byte| char::from(byte).to_digit(16))];

fn escaped(text: &str, sign: u8) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let pair = text.get(at + 1..at + 3).filter(|_| bytes[at] == sign);
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

/// With references to characters resolved, by number and by the names of those that senders write so.
fn referred(text: &str) -> String {
    const NAMES: [(&str, char); 8] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("commat", '@'),
        ("period", '.'),
        ("lowbar", '_'),
        ("nbsp", ' '),
    ];
    let mut pieces = text.split('&');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once(';').unwrap_or(("", piece));
        let number = name.strip_prefix('#').and_then(|number| {
            let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16));
            hex.unwrap_or_else(|| number.parse()).ok()
        });
        let named = || NAMES.iter().find(|(known, _)| *known == name).map(|&(_, character)| character);
        match number.and_then(char::from_u32).or_else(named) {
            Some(character) => {
                plain.push(character);
                plain.push_str(rest);
            }
            None => {
                plain.push('&');
                plain.push_str(piece);
            }
        }
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

/// Digits of an encoding in a row, over line ends where lines are long, and what quotes or indents the next line.
fn runs(text: &str, digit: fn(u8) -> Option<u32>) -> Vec<Vec<u32>> {
    let mut runs = Vec::new();
    let mut run: Vec<u32> = Vec::new();
    let (mut line, mut is_broken) = (0, false);
    for byte in text.bytes().chain([b'~']) {
        match digit(byte) {
            Some(value) => {
                run.push(value);
                line = if is_broken { 1 } else { line + 1 };
                is_broken = false;
            }
            None if matches!(byte, b'\r' | b'\n') && line >= 40 => is_broken = true,
            None if is_broken && matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | b'>' | b'|') => {}
            None => {
                if (8..PICTURE).contains(&run.len()) {
                    runs.push(std::mem::take(&mut run));
                }
                run.clear();
                (line, is_broken) = (0, false);
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
