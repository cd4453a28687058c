//! ISO 2022 text of seven bits: ISO-2022-JP (RFC 1468), -JP-1 and -2 (RFC 2237, RFC 1554), -JP-3 as far as its characters stand
//! in JIS X 0208, the half-width kana and vendor extensions of CP50220 and CP50221, and ISO-2022-KR (RFC 1557).
//!
//! Each two-byte set is turned into its EUC form and decoded by the tables of `encoding_rs`.

use encoding_rs::{EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS};

const ESC: u8 = 0x1b;
const SHIFT_OUT: u8 = 0x0e;
const SHIFT_IN: u8 = 0x0f;

/// What a reading gave.
pub(super) struct Read {
    pub(super) text: String,
    pub(super) charset: &'static str,
    /// A return to ASCII had lost its ESC byte.
    pub(super) lost_escape: bool,
    /// A line or the text ended outside ASCII.
    pub(super) unclosed: bool,
    /// There were half-width kana or vendor characters.
    pub(super) extension: bool,
}

/// The character set that bytes of seven bits stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Ascii,
    Kana,
    Jis208,
    Jis212,
    /// JIS X 0213 plane 2, for which there is no table.
    Jis213Plane2,
    Gb2312,
    Ksc5601,
}

/// Whether there is an escape sequence that designates a character set of East Asia.
pub(super) fn has_escapes(bytes: &[u8]) -> bool {
    memchr::memchr_iter(ESC, bytes)
        .any(|at| designation(&bytes[at + 1..]).is_some_and(|(set, _)| set != Designation::G0(Set::Ascii)))
}

/// Whether a text ends in ASCII and no character is cut.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    let mut reader = Reader::default();
    reader.read(bytes);
    reader.set == Set::Ascii && !reader.broken
}

/// Decodes ISO 2022 text.
pub(super) fn decode(bytes: &[u8]) -> Read {
    let mut reader = Reader { pending: Vec::with_capacity(bytes.len()), ..Reader::default() };
    reader.read(bytes);
    reader.unclosed |= reader.set != Set::Ascii;
    reader.flush();
    Read {
        charset: if reader.korean { "ISO-2022-KR" } else { "ISO-2022-JP" },
        text: reader.text,
        lost_escape: reader.lost_escape,
        unclosed: reader.unclosed,
        extension: reader.extension,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Designation {
    /// What follows is read in this set.
    G0(Set),
    /// What follows a shift-out is read in this set.
    G1(Set),
    /// Nothing changes.
    Other,
}

/// The escape sequence behind an ESC, and its length without the ESC.
fn designation(bytes: &[u8]) -> Option<(Designation, usize)> {
    use Designation::{G0, G1, Other};
    Some(match bytes {
        [b'$', b'(' | b',', b'@' | b'B' | b'O' | b'Q', ..] => (G0(Set::Jis208), 3),
        [b'$', b'(', b'D', ..] => (G0(Set::Jis212), 3),
        [b'$', b'(', b'P', ..] => (G0(Set::Jis213Plane2), 3),
        [b'$', b'(', b'C', ..] => (G0(Set::Ksc5601), 3),
        [b'$', b'(', b'A', ..] => (G0(Set::Gb2312), 3),
        [b'$', b')', b'C', ..] => (G1(Set::Ksc5601), 3),
        [b'$', b')', b'A', ..] => (G1(Set::Gb2312), 3),
        [b'$', b'@' | b'B', ..] => (G0(Set::Jis208), 2),
        [b'$', b'A', ..] => (G0(Set::Gb2312), 2),
        [b'(', b'I', ..] => (G0(Set::Kana), 2),
        [b'(', b'B' | b'J' | b'H', ..] => (G0(Set::Ascii), 2),
        [b'.', b'A' | b'F', ..] | [b'&', b'@', ..] => (Other, 2),
        _ => return None,
    })
}

struct Reader {
    set: Set,
    shifted: Set,
    before_shift: Option<Set>,
    text: String,
    /// Bytes in the form of `encoding`, not yet decoded.
    pending: Vec<u8>,
    encoding: &'static Encoding,
    korean: bool,
    lost_escape: bool,
    unclosed: bool,
    extension: bool,
    /// A character was cut.
    broken: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            set: Set::Ascii,
            shifted: Set::Kana,
            before_shift: None,
            text: String::new(),
            pending: Vec::new(),
            encoding: EUC_JP,
            korean: false,
            lost_escape: false,
            unclosed: false,
            extension: false,
            broken: false,
        }
    }
}

impl Reader {
    fn read(&mut self, mut bytes: &[u8]) {
        while let Some(&first) = bytes.first() {
            let taken = match first {
                ESC => self.escape(&bytes[1..]) + 1,
                SHIFT_OUT => self.shift_out(),
                SHIFT_IN => self.shift_in(),
                b'\r' | b'\n' => self.line_end(first),
                0x80.. => self.eight_bit(bytes),
                ..=b' ' | 0x7f => self.byte(first),
                _ if self.set == Set::Ascii => self.ascii_run(bytes),
                _ if self.set == Set::Kana => self.kana(first),
                _ => self.pair(first, bytes.get(1).copied()),
            };
            bytes = &bytes[taken..];
        }
    }

    fn escape(&mut self, bytes: &[u8]) -> usize {
        if let [b'N', byte @ 0x20..=0x7f, ..] = bytes {
            self.flush();
            self.text.push(char::from(byte | 0x80));
            return 2;
        }
        let Some((designation, length)) = designation(bytes) else {
            self.broken = true;
            return 0;
        };
        match designation {
            Designation::G0(set) => self.set = set,
            Designation::G1(set) => (self.shifted, self.korean) = (set, set == Set::Ksc5601),
            Designation::Other => {}
        }
        length
    }

    fn shift_out(&mut self) -> usize {
        self.before_shift = self.before_shift.or(Some(self.set));
        self.set = self.shifted;
        1
    }

    fn shift_in(&mut self) -> usize {
        self.set = self.before_shift.take().unwrap_or(Set::Ascii);
        1
    }

    /// RFC 1468: a line ends in ASCII.
    fn line_end(&mut self, byte: u8) -> usize {
        self.unclosed |= self.set != Set::Ascii;
        self.set = Set::Ascii;
        self.before_shift = None;
        self.byte(byte)
    }

    fn byte(&mut self, byte: u8) -> usize {
        self.pending.push(byte);
        1
    }

    fn ascii_run(&mut self, bytes: &[u8]) -> usize {
        let length = bytes.iter().position(|byte| !(b' '..0x7f).contains(byte)).unwrap_or(bytes.len());
        self.pending.extend_from_slice(&bytes[..length]);
        length
    }

    fn kana(&mut self, byte: u8) -> usize {
        self.extension = true;
        match byte {
            0x21..=0x5f => self.push(EUC_JP, &[0x8e, byte | 0x80]),
            _ => self.replacement(),
        }
        1
    }

    fn pair(&mut self, first: u8, second: Option<u8>) -> usize {
        let Some(second @ 0x21..=0x7e) = second else {
            self.broken = true;
            self.replacement();
            return 1;
        };
        // Row 8 ends before these codes, so they are an escape sequence without its ESC.
        if first == b'(' && matches!(second, b'B' | b'J' | b'I') {
            self.lost_escape = true;
            self.set = if second == b'I' { Set::Kana } else { Set::Ascii };
            return 2;
        }
        let (first, second) = (first | 0x80, second | 0x80);
        match self.set {
            Set::Gb2312 => self.push(GBK, &[first, second]),
            Set::Ksc5601 => self.push(EUC_KR, &[first, second]),
            Set::Jis212 => self.push(EUC_JP, &[0x8f, first, second]),
            Set::Jis213Plane2 => self.replacement(),
            _ => {
                // Row 13 is NEC's, rows 85 and up are the vendors'.
                self.extension |= first == 0xad || first >= 0xf5;
                self.push(EUC_JP, &[first, second]);
            }
        }
        2
    }

    /// Bytes of eight bits inside text of seven: UTF-8, half-width kana (JIS X 0201 right side) or Shift_JIS.
    fn eight_bit(&mut self, bytes: &[u8]) -> usize {
        let mut length = bytes.iter().position(u8::is_ascii).unwrap_or(bytes.len());
        let run = &bytes[..length];
        self.flush();
        self.extension = true;
        if let Ok(text) = std::str::from_utf8(run) {
            self.text.push_str(text);
        } else {
            // Shift_JIS characters may end in a byte of seven bits.
            if !run.iter().all(|byte| matches!(byte, 0xa1..=0xdf))
                && bytes.get(length).is_some_and(|byte| *byte >= 0x40)
            {
                length += 1;
            }
            self.text.push_str(&SHIFT_JIS.decode_without_bom_handling(&bytes[..length]).0);
        }
        length
    }

    fn replacement(&mut self) {
        self.flush();
        self.text.push(char::REPLACEMENT_CHARACTER);
    }

    fn push(&mut self, encoding: &'static Encoding, code: &[u8]) {
        if self.encoding != encoding {
            self.flush();
            self.encoding = encoding;
        }
        self.pending.extend_from_slice(code);
    }

    fn flush(&mut self) {
        self.text.push_str(&self.encoding.decode_without_bom_handling(&self.pending).0);
        self.pending.clear();
    }
}

/// `bytes` with the ESC bytes that were lost from `$B…(B`; none where there is nothing to put back. Only where all of them
/// were lost: `$B` and `$@` are kana too. Where the label does not
/// say ISO-2022-JP, the run must be longer and closed.
pub(super) fn restore_escapes(bytes: &[u8], labelled: bool) -> Option<Vec<u8>> {
    if memchr::memchr(ESC, bytes).is_some() {
        return None;
    }
    let mut restored: Option<Vec<u8>> = None;
    let mut copied = 0;
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'$', &bytes[from..]) {
        let at = from + found;
        from = at + 1;
        if !matches!(bytes.get(at + 1), Some(b'B' | b'@')) {
            continue;
        }
        let (length, closed) = two_byte_run(&bytes[at + 2..]);
        let long_enough = if labelled { length >= 4 } else { closed && length >= 6 };
        if !long_enough {
            continue;
        }
        let end = at + 2 + length;
        let out = restored.get_or_insert_with(|| Vec::with_capacity(bytes.len() + 16));
        out.extend_from_slice(&bytes[copied..at]);
        out.push(ESC);
        out.extend_from_slice(&bytes[at..end]);
        copied = end;
        if closed {
            out.push(ESC);
        } else {
            out.extend_from_slice(b"\x1b(B");
        }
        from = end;
    }
    let mut restored = restored?;
    restored.extend_from_slice(&bytes[copied..]);
    Some(restored)
}

/// How many of the bytes are pairs of kana and common kanji, and whether a return to ASCII follows.
fn two_byte_run(bytes: &[u8]) -> (usize, bool) {
    let mut length = 0;
    for pair in bytes.chunks(2) {
        match pair {
            [b'(', b'B' | b'J'] => return (length, true),
            [0x21..=0x25 | 0x2d | 0x30..=0x4f, 0x21..=0x7e] => length += 2,
            _ => break,
        }
    }
    (length, false)
}
