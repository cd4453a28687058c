//! Marks (目印): what programs write into links and headers to know a reader or a mail by, though nobody else can tell what it says.

use super::coded::parts;
use super::defang;
use super::edit::Edit;
use crate::domain::registrable;
use crate::inquiry::is_mark;

/// From this length on a mixed run of letters and digits in a link is taken for a mark.
const TOKEN: usize = 16;
/// So many digits in the query of a link count people.
const NUMBER: usize = 6;
/// So long is the base64 of a signature at least.
const SIGNATURE: usize = 20;

/// The marks in the paths and queries of links, in the local parts of addresses, and what signatures and boundaries are made of; `known`
/// (lower case) are senders' addresses, which are no secret.
pub(super) fn edits(text: &str, known: &str, mask: &str) -> Vec<Edit> {
    let mut edits = in_links(text, mask);
    if text.contains('@') {
        edits.extend(in_addresses(text, known, mask));
    }
    for tag in ["b=", "bh=", "boundary="] {
        if text.contains(tag) {
            edits.extend(after_tags(text, tag, mask));
        }
    }
    edits.extend(delimiters(text, mask));
    edits
}

/// The line before a part (RFC 2046 section 5.1.1): `--boundary`, then the part's own header.
fn delimiters<'t>(text: &'t str, mask: &'t str) -> impl Iterator<Item = Edit> + 't {
    text.match_indices("--").filter_map(move |(at, dashes)| {
        if text.get(..at)?.chars().next_back().is_some_and(|c| !matches!(c, '\n' | '\r')) {
            return None;
        }
        let start = at + dashes.len();
        let tail = text.get(start..)?;
        let length = tail.find(char::is_whitespace)?;
        let header = tail.get(length..)?.trim_start().get(..8)?;
        (length > 0 && header.eq_ignore_ascii_case("content-"))
            .then(|| Edit::new(start, start + length, mask))
    })
}

/// The marks of one link, by which its sender may know the reader elsewhere in the mail too.
pub(super) fn of_link(url: &str) -> Vec<String> {
    let marks = in_links(url, "").into_iter().filter_map(|edit| url.get(edit.start..edit.end));
    marks.filter(|mark| is_mark_like(mark)).map(str::to_owned).collect()
}

/// In the paths and queries of links.
pub(super) fn in_links(text: &str, mask: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for url in defang::urls(text) {
        let rest = text.get(url.path..url.end).unwrap_or_default();
        let query = rest.find(['?', '#']).unwrap_or(rest.len());
        let mut before = "";
        for (at, piece) in parts(rest) {
            let start = url.path + at;
            let counts =
                at > query && piece.len() >= NUMBER && piece.bytes().all(|byte| byte.is_ascii_digit());
            // Behind two slashes a link within the link names its host.
            let host = (at > 0 && before.is_empty()).then(|| registrable(piece)).flatten();
            if let Some(domain) = host {
                edits.extend(in_labels(piece.strip_suffix(domain).unwrap_or_default(), start, mask));
            } else if counts || is_mark_like(piece) {
                edits.push(Edit::new(start, start + piece.len(), mask));
            }
            before = piece;
        }
    }
    edits
}

fn in_labels(labels: &str, start: usize, mask: &str) -> Vec<Edit> {
    let mut at = start;
    let mut edits = Vec::new();
    for label in labels.split('.') {
        if is_mark(label) {
            edits.push(Edit::new(at, at + label.len(), mask));
        }
        at += label.len() + 1;
    }
    edits
}

/// `bounce-8f3a9c2b7d@…`, the local part of a Message-ID.
fn in_addresses(text: &str, known: &str, mask: &str) -> Vec<Edit> {
    let in_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    let local = |(at, _): (usize, &str)| {
        let length =
            text.as_bytes().get(..at)?.iter().rev().take(200).take_while(|byte| in_local(byte)).count();
        let local = text.get(at - length..at)?;
        let stranger = !known.contains(&format!("{}@", local.to_ascii_lowercase()));
        (stranger && is_mark_like(local)).then(|| Edit::new(at - length, at, mask))
    };
    text.match_indices('@').filter_map(local).collect()
}

/// What stands after `b=` and `bh=` (RFC 6376 section 3.5), folded or not, and `boundary=` (RFC 2046 section 5.1.1).
fn after_tags(text: &str, tag: &str, mask: &str) -> Vec<Edit> {
    let value = |(at, _): (usize, &str)| {
        let begins = text.get(..at)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let start = at + tag.len();
        let tail = text.get(start..)?;
        let (length, signs) = if tag == "boundary=" {
            let quoted = tail.strip_prefix('"').and_then(|tail| tail.find('"')).map(|end| end + 2);
            let length = quoted.unwrap_or_else(|| tail.find([' ', ';', '\r', '\n']).unwrap_or(tail.len()));
            (length, length)
        } else {
            let in_value = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/= \t\r\n".contains(byte);
            let value: Vec<u8> = tail.bytes().take_while(in_value).collect();
            (value.len(), value.iter().filter(|byte| !byte.is_ascii_whitespace()).count())
        };
        let long = signs >= if tag == "boundary=" { 4 } else { SIGNATURE };
        (begins && long).then(|| Edit::new(start, start + length, mask))
    };
    text.match_indices(tag).filter_map(value).collect()
}

/// A mark as questions to the outside know it, or mixed letters and digits, long hexadecimal: made by a program.
pub(super) fn is_mark_like(text: &str) -> bool {
    text.len() >= 10 && (is_token(text) || is_mark(text))
}

fn is_token(token: &str) -> bool {
    let stem = token.trim_end_matches('=');
    stem.len() >= TOKEN
        && stem
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'%' | b'+' | b'.'))
        && stem.bytes().filter(u8::is_ascii_digit).count() >= 3
        && stem.bytes().any(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::super::edit::{apply, merged};
    use super::*;

    #[test]
    fn what_programs_know_readers_and_mails_by_is_masked() {
        let masked =
            |text: &str| apply(text, &merged(edits(text, "x1y2z3w4v5@evil.example", "***")), 0, text.len());
        for (text, expected) in [
            ("https://a.example/login/x.php?id=482917", "https://a.example/login/x.php?id=***"),
            ("https://a.example/2024/8f3a9c2b7d/x", "https://a.example/2024/***/x"),
            (
                "https://a.example/L0/https:%2F%2Fs3.eu-west-1.host.example.net%2F8f3a9c2b7d%3Fn=482917/1",
                "https://a.example/L0/https:%2F%2Fs3.eu-west-1.host.example.net%2F***%3Fn=482917/1",
            ),
            ("<8f3a9c2b7d1e@mail.example>", "<***@mail.example>"),
            ("<x1y2z3w4v5@evil.example>", "<x1y2z3w4v5@evil.example>"),
            ("info@evil.example", "info@evil.example"),
            (
                "d=a.example; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NM\r\n pJWZG3hSuFU=; b=abc",
                "d=a.example; bh=***; b=abc",
            ),
            ("multipart/mixed; boundary=\"--=_4711\"", "multipart/mixed; boundary=***"),
            ("--=_b07b\nContent-Type: text/html", "--***\nContent-Type: text/html"),
            ("a -- b content-type", "a -- b content-type"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }
}
