//! People in codes: words of links, headers and file names that hold a masked text in whatever spelling, also over line ends.

use super::edit::{Edit, apply, merged};
use super::mask::Mask;
use super::release::Marks;
use crate::domain::registrable;

/// Shorter words hold nobody in a code.
const SHORTEST: usize = 5;
/// From this length on a word at a line's end may go on in the next line (RFC 2045 section 6.8: at most 76).
const FOLDED: usize = 40;
/// The longest group of hexadecimal digits, and how many of them a digest has at least that is known.
const GROUP: usize = 8;
const DIGEST: usize = 16;
/// How much of a word is looked through at once, in bytes.
const WORD: usize = 16 * 1024;
/// What parts the pieces of a link or a header.
const PARTS: &[char] = &[
    '/', '?', '&', '=', '#', ';', ',', ':', '@', '|', '\\', '<', '>', '"', '\'', '(', ')', '[', ']', '{',
    '}', '!', '$', '*', '^', '~', '`',
];
/// The same in percent signs (RFC 3986 section 2.1). An at sign is none of them: it stands within addresses.
const ESCAPED_PARTS: &[u8] = b"/?&=#;,:|";
/// How gzip (RFC 1952) begins in base64: nobody can tell what it holds.
const GZIP: &str = "H4sI";

impl Mask {
    /// What of a text names somebody in a code; what `done` masks already is left out.
    pub(super) fn coded(&self, text: &str, done: &[Edit], marks: &Marks) -> Vec<Edit> {
        let mut done = merged(done.to_vec());
        done.retain(|edit| edit.start < edit.end);
        let mut edits = Vec::new();
        let mut group: Vec<(usize, usize)> = Vec::new();
        for (start, end) in words(text) {
            if let Some(&(_, last)) = group.last()
                && !goes_on(text, group.last().copied(), last, start)
            {
                self.group(text, &group, &done, marks, &mut edits);
                group.clear();
            }
            group.push((start, end));
        }
        self.group(text, &group, &done, marks, &mut edits);
        edits.extend(self.in_groups(text, marks));
        edits
    }

    /// Hexadecimal digits in groups with blanks in between, as some print digests.
    fn in_groups(&self, text: &str, marks: &Marks) -> Vec<Edit> {
        let words: Vec<(usize, usize)> = words(text).collect();
        let is_group = |&(start, end): &(usize, usize)| {
            let word = text.get(start..end).unwrap_or_default();
            (2..=GROUP).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let runs = words.chunk_by(|one, other| is_group(one) && is_group(other));
        let runs = runs.flat_map(|run| run.chunks(WORD / GROUP)).filter(|run| run.len() > 1);
        let named = runs.filter(|run| {
            let joined: String = run.iter().filter_map(|&(start, end)| text.get(start..end)).collect();
            joined.len() >= DIGEST && self.is_inside(&joined)
        });
        named.filter_map(|run| Some(Edit::new(run.first()?.0, run.last()?.1, marks.other))).collect()
    }

    /// Words that may be one, broken by line ends.
    fn group(
        &self,
        text: &str,
        group: &[(usize, usize)],
        done: &[Edit],
        marks: &Marks,
        edits: &mut Vec<Edit>,
    ) {
        let before = edits.len();
        for &(start, end) in group {
            let word = text.get(start..end).unwrap_or_default();
            if is_code(word) {
                self.word(text, (start, end), done, marks, edits);
            }
        }
        let (Some(&(start, _)), Some(&(_, end))) = (group.first(), group.last()) else { return };
        if group.len() > 1 {
            let masked = merged([within(done, start, end), &edits[before..]].concat());
            let joined: String = group
                .iter()
                .map(|&(start, end)| apply(text, &masked, start, end).trim_end_matches('=').to_owned())
                .collect();
            let joined = joined.get(..joined.floor_char_boundary(WORD)).unwrap_or_default();
            if self.is_inside(joined) {
                edits.extend(group.iter().map(|&(start, end)| Edit::new(start, end, marks.other)));
            }
        }
    }

    fn word(
        &self,
        text: &str,
        (start, end): (usize, usize),
        done: &[Edit],
        marks: &Marks,
        edits: &mut Vec<Edit>,
    ) {
        let before = edits.len();
        let word = text.get(start..end).unwrap_or_default();
        let packed: Vec<Edit> =
            packed(word).map(|(from, to)| Edit::new(start + from, start + to, marks.other)).collect();
        let mut masked = merged([within(done, start, end), &packed].concat());
        edits.extend(packed);
        let mut at = start;
        for stop in masked.iter().map(|edit| (edit.start, edit.end)).chain([(end, end)]) {
            if at < stop.0 {
                self.pieces(text, (at, stop.0), marks, edits);
            }
            at = at.max(stop.1);
        }
        if let Some((from, to)) = user(word).filter(|&(from, to)| {
            word.get(from..to).is_some_and(|user| parts(user).nth(1).is_some() && self.is_inside(user))
        }) {
            edits.push(Edit::new(start + from, start + to, marks.other));
        }
        // What no piece holds may stand over several.
        masked = merged([&masked, &edits[before..]].concat());
        let tail = start + tail(word);
        let rest = apply(text, &masked, tail, end);
        if parts(&rest).nth(1).is_some() && self.is_inside(&rest) {
            edits.push(Edit::new(tail, end, marks.other));
        }
    }

    fn pieces(&self, text: &str, (start, end): (usize, usize), marks: &Marks, edits: &mut Vec<Edit>) {
        for (at, piece) in parts(text.get(start..end).unwrap_or_default()) {
            if piece.len() >= 3 && self.is_inside(piece) {
                self.narrowed(piece, start + at, marks, edits);
            }
        }
    }

    /// Of names with dots only the labels that name somebody, where one alone does; of a host never what somebody else registered.
    fn narrowed(&self, piece: &str, at: usize, marks: &Marks, edits: &mut Vec<Edit>) {
        let is_name = piece.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
        if !is_name {
            edits.push(Edit::new(at, at + piece.len(), marks.other));
            return;
        }
        let mut start = at;
        let before = edits.len();
        for label in piece.split('.') {
            if label.len() < piece.len() && self.is_inside(label) {
                edits.push(Edit::new(start, start + label.len(), marks.other));
            }
            start += label.len() + 1;
        }
        if edits.len() > before {
            return;
        }
        let domain =
            registrable(piece).filter(|domain| !self.is_inside(domain)).map_or(0, |domain| domain.len() + 1);
        edits.push(Edit::new(at, at + piece.len().saturating_sub(domain).max(1), marks.other));
    }
}

/// Those of sorted edits that touch a stretch.
fn within(edits: &[Edit], start: usize, end: usize) -> &[Edit] {
    let first = edits.partition_point(|edit| edit.end <= start);
    let last = edits.partition_point(|edit| edit.start < end);
    edits.get(first..last).unwrap_or_default()
}

/// What stands between the marks that part a word, and where.
pub(super) fn parts(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = Some(0);
    std::iter::from_fn(move || {
        let start = at?;
        let rest = word.get(start..)?;
        let mark = rest.char_indices().find_map(|(at, _)| Some((at, mark(rest.get(at..)?)?)));
        at = mark.map(|(end, length)| start + end + length);
        Some((start, mark.map_or(rest, |(end, _)| rest.get(..end).unwrap_or_default())))
    })
}

/// The length of the mark that a text begins with, in however many coats of percent signs.
fn mark(text: &str) -> Option<usize> {
    if text.starts_with(PARTS) {
        return Some(1);
    }
    let digits = text.strip_prefix('%')?.trim_start_matches("25");
    let byte = u8::from_str_radix(digits.get(..2)?, 16).ok()?;
    ESCAPED_PARTS.contains(&byte).then(|| text.len() - digits.len() + 2)
}

/// What is packed in a word, to its end: digits of base64, its signs in percent signs too.
fn packed(word: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + word.get(at..)?.find(GZIP)?;
        let mut rest = word.get(start..)?;
        while let Some(after) = rest.strip_prefix(is_base64).or_else(|| escaped_sign(rest)) {
            rest = after;
        }
        at = word.len() - rest.len();
        Some((start, at))
    })
}

fn is_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || "+/-_=".contains(character)
}

fn escaped_sign(text: &str) -> Option<&str> {
    ["%2B", "%2F", "%3D", "%2b", "%2f", "%3d"].iter().find_map(|sign| text.strip_prefix(sign))
}

/// What stands before the host of a link (RFC 3986 section 3.2.1).
fn user(word: &str) -> Option<(usize, usize)> {
    let start = word.find("://")? + 3;
    let rest = word.get(start..)?;
    let authority = rest.get(..rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
    Some((start, start + authority.rfind('@')?))
}

/// Where of a link the path begins; of other words nothing is left out.
fn tail(word: &str) -> usize {
    let authority = word.find("://").map_or(0, |at| at + 3);
    let after = word.get(authority..).unwrap_or_default();
    if authority == 0 { 0 } else { authority + after.find(['/', '?', '#']).unwrap_or(0) }
}

/// Runs of visible ASCII, in bytes.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes.get(at..)?.iter().position(u8::is_ascii_graphic)?;
        let start = at;
        at += bytes[start..].iter().take(WORD).take_while(|byte| byte.is_ascii_graphic()).count();
        Some((start, at))
    })
}

/// Whether a word is broken by a line end: it is long, and nothing but the line end stands between it and the next.
fn goes_on(text: &str, last: Option<(usize, usize)>, end: usize, start: usize) -> bool {
    let soft = text.get(..end).is_some_and(|head| head.ends_with('='));
    let long = last.is_some_and(|(start, end)| end - start >= FOLDED);
    (long || soft) && matches!(text.get(end..start), Some("\n" | "\r\n" | "\r\n " | "\n "))
}

/// Whether a word is more than plain letters.
fn is_code(word: &str) -> bool {
    let odd = |byte: &u8| !byte.is_ascii_lowercase();
    word.len() >= SHORTEST && (word.bytes().skip(1).any(|byte| odd(&byte)) || word.len() >= 16)
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, HEXLOWER};

    use super::super::secret::Secret;
    use super::*;
    use crate::publish::Style;

    fn masked(text: &str) -> String {
        let secrets = [Secret::Address("hanako.s@mail.example.jp".into()), Secret::Name("山田卿一".into())];
        let mask = Mask::new(&secrets, "");
        let edits = mask.edits(text, Style::International.marks());
        apply(text, &merged(edits), 0, text.len())
    }

    #[test]
    fn what_is_packed_is_masked_to_its_end() {
        // Nobody can tell what it holds; a signature of the base64 alphabet stands in the middle of it.
        let packed = "H4sIAAAAAAAA/8tIzMtOzNcr1stNzMzRS61IzC3ISdXLKgAAc6fg8xgAAAA=";
        let escaped = packed.replace('/', "%2F").replace('=', "%3D");
        for (text, expected) in [
            (format!("https://a.example/?e={packed}&x=1"), "https://a.example/?e=***&x=1"),
            (format!("https://a.example/?e={escaped}&x=1"), "https://a.example/?e=***&x=1"),
            (
                format!("https://a.example/r?to=https%3A%2F%2Fb.example.net%2F%3Fid%3D{packed}"),
                "https://a.example/r?to=https%3A%2F%2Fb.example.net%2F%3Fid%3D***",
            ),
            (format!("https://a.example/{}", BASE64.encode(packed.as_bytes())), "https://a.example/***"),
        ] {
            assert_eq!(masked(&text), expected);
        }
    }

    #[test]
    fn digits_in_groups_are_one_code() {
        let hex = HEXLOWER.encode(b"hanako.s@mail.example.jp");
        let groups = |size: usize, between: &str| {
            let groups = hex.as_bytes().chunks(size).map(|group| String::from_utf8_lossy(group).into_owned());
            groups.collect::<Vec<_>>().join(between)
        };
        assert_eq!(masked(&format!("id: {} 様", groups(4, " "))), "id: *** 様");
        assert_eq!(masked(&format!("id: {} x", groups(2, " "))), "id: *** x");
        assert!(!masked(&format!("https://a.example/?h={}", groups(2, ":"))).contains("68:61"));
        assert_eq!(
            masked("at 10 20 30 40 50 60 70 80 90 a bad face"),
            "at 10 20 30 40 50 60 70 80 90 a bad face"
        );
    }

    #[test]
    fn whom_a_link_names_before_its_host_is_masked() {
        let quoted: String = b"hanako.s@mail.example.jp".iter().map(|byte| format!("={byte:02X}")).collect();
        assert_eq!(masked(&format!("https://{quoted}@a.example/x")), "https://***@a.example/x");
    }

    #[test]
    fn a_host_in_an_escaped_link_stays() {
        let hex = HEXLOWER.encode(b"hanako.s@mail.example.jp");
        let link = format!("https://a.example/r?to=https%3A%2F%2Fb.example.net%2F%3Fid%3D{hex}%26x%3D1");
        assert_eq!(masked(&link), "https://a.example/r?to=https%3A%2F%2Fb.example.net%2F%3Fid%3D***%26x%3D1");
    }

    #[test]
    fn what_stands_over_several_pieces_is_masked_beside_what_stands_in_one() {
        // The third letter ends in six bits that are set: in base64 a slash stands in the middle of the name.
        let (address, name) =
            (HEXLOWER.encode(b"hanako.s@mail.example.jp"), BASE64.encode("山田卿一".as_bytes()));
        assert!(name.contains('/'));
        let masked = masked(&format!("https://a.example/x?u={address}&n={name}"));
        assert!(!masked.contains("5bGx"), "{masked}");
    }

    #[test]
    fn a_code_over_lines_is_masked_beside_one_within_a_line() {
        let whole = BASE64.encode(b"a first line that is long enough, hanako.s@mail.example.jp, and a second one, hanako.s@mail.example.jp");
        let lines: Vec<&str> =
            whole.as_bytes().chunks(68).map(|line| std::str::from_utf8(line).expect("ASCII")).collect();
        let masked = masked(&lines.join("\n"));
        assert!(!masked.lines().any(|line| line.len() > 20), "{masked}");
    }
}
