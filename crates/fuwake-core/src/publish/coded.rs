//! People in codes: words of links, headers and file names that hold a masked text in whatever spelling, also over line ends.

use super::edit::{Edit, apply, merged};
use super::mask::Mask;
use super::release::Marks;
use crate::domain::registrable;

/// Shorter words hold nobody in a code.
const SHORTEST: usize = 5;
/// From this length on a word at a line's end may go on in the next line (RFC 2045 section 6.8: at most 76).
const FOLDED: usize = 40;
/// How much of a word is looked through at once, in bytes.
const WORD: usize = 16 * 1024;
/// What parts the pieces of a link or a header.
const PARTS: &[char] = &[
    '/', '?', '&', '=', '#', ';', ',', ':', '@', '|', '\\', '<', '>', '"', '\'', '(', ')', '[', ']', '{',
    '}', '!', '$', '*', '^', '~', '`',
];
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
        edits
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
        if group.len() > 1 && edits.len() == before {
            let joined: String = group
                .iter()
                .filter_map(|&(start, end)| text.get(start..end))
                .map(|word| word.trim_end_matches('='))
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
        let first = done.partition_point(|edit| edit.end <= start);
        let masked: Vec<Edit> = done[first..].iter().take_while(|edit| edit.start < end).cloned().collect();
        let mut at = start;
        for stop in masked.iter().map(|edit| (edit.start, edit.end)).chain([(end, end)]) {
            if at < stop.0 {
                self.pieces(text, (at, stop.0), marks, edits);
            }
            at = at.max(stop.1);
        }
        if edits.len() > before {
            return;
        }
        // What no piece holds may stand over several.
        let word = text.get(start..end).unwrap_or_default();
        let tail = start + tail(word);
        let rest = apply(text, &masked, tail, end);
        if rest.contains(PARTS) && self.is_inside(&rest) {
            edits.push(Edit::new(tail, end, marks.other));
        }
    }

    fn pieces(&self, text: &str, (start, end): (usize, usize), marks: &Marks, edits: &mut Vec<Edit>) {
        let mut at = start;
        for piece in text.get(start..end).unwrap_or_default().split(PARTS) {
            if piece.len() >= 3 && (self.is_inside(piece) || piece.contains(GZIP)) {
                self.narrowed(piece, at, marks, edits);
            }
            at += piece.len() + 1;
        }
    }

    /// Of names with dots only the labels that name somebody, where one alone does; of a host never what somebody else registered.
    fn narrowed(&self, piece: &str, at: usize, marks: &Marks, edits: &mut Vec<Edit>) {
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
