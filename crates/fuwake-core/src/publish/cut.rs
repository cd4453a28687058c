//! What was cut off or broken: heads of addresses at an ellipsis or at the end, and words over the soft line ends of a source.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

use super::edit::Edit;
use super::mask::Mask;
use super::plain::steers;
use super::release::Marks;
use crate::spellings::is_office;

impl Mask {
    /// Heads of addresses that were cut off, at an ellipsis or at the end.
    pub(super) fn cut_off<'s>(&'s self, text: &'s str, marks: &'s Marks) -> impl Iterator<Item = Edit> + 's {
        let ends = text.match_indices('…').map(|(at, _)| at).chain([text.len()]);
        ends.filter_map(|end| {
            let head = text.get(..end)?;
            let word = head.bytes().rev().take(320).take_while(|&byte| is_address_byte(byte)).count();
            let word = head.get(end - word..)?;
            let lower = word.to_ascii_lowercase();
            let hyphenated = lower.replace(['@', '.', '_', '+'], "-");
            let is_cut = |address: &String| {
                let local = address.find('@').unwrap_or(0);
                lower.len() >= local.clamp(3, 5)
                    && address.replace(['@', '.', '_', '+'], "-").starts_with(&hyphenated)
            };
            let is_open = is_office(&lower) || self.knows(&lower);
            let plain = (!is_open && self.addresses.iter().any(is_cut)).then_some(word.len());
            let length = plain.or_else(|| self.encoded_head(word))?;
            Some(Edit::new(end - length, end, marks.other))
        })
    }

    /// The length of what stands at the end of `word` and is the head of an address in base64 or hexadecimal digits.
    fn encoded_head(&self, word: &str) -> Option<usize> {
        let token =
            word.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().filter(|token| token.len() >= 8)?;
        let even = token.get(..token.len() / 2 * 2)?;
        let heads = decodings(token).chain(decodings(even));
        let mut texts = heads.map(|bytes| String::from_utf8_lossy(&bytes).to_ascii_lowercase());
        let is_head = |text: String| {
            let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
            self.addresses.iter().any(|address| text.chars().count() >= 4 && address.starts_with(text))
        };
        texts.any(is_head).then_some(token.len())
    }

    /// The length of what stands behind a local part and its sign, and is the domain of an address: whole, or its head where the text was
    /// cut.
    pub(super) fn domain_behind(&self, text: &str, at: usize) -> usize {
        let tail = text.get(at..).unwrap_or_default();
        let in_domain =
            |c: char| c.is_ascii_alphanumeric() || ".-".contains(c) || steers(c) && !c.is_control();
        let run = tail.get(..tail.find(|c| !in_domain(c)).unwrap_or(tail.len())).unwrap_or_default();
        let rest = tail.get(run.len()..).unwrap_or_default();
        // An ellipsis may be three dots.
        let is_cut = rest.is_empty() || rest.starts_with('…') || run.ends_with("...");
        let run = run.trim_end_matches('.');
        let plain = run.chars().filter(char::is_ascii).collect::<String>().to_ascii_lowercase();
        let domains =
            self.addresses.iter().filter_map(|address| address.rsplit_once('@')).map(|(_, domain)| domain);
        let is_own =
            |domain: &str| plain == domain || is_cut && !plain.is_empty() && domain.starts_with(&plain);
        if domains.into_iter().any(is_own) { run.len() } else { 0 }
    }

    /// Words over the soft line ends of quoted-printable (RFC 2045 section 6.7), also where an excerpt has blanks in the place of line ends.
    pub(super) fn broken(&self, text: &str, marks: &Marks) -> Vec<Edit> {
        const ENDS: [&str; 3] = ["=\r\n", "=\n", "= "];
        if !ENDS.iter().any(|end| text.contains(end)) {
            return Vec::new();
        }
        let (mut whole, mut starts) = (String::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            if let Some(end) = ENDS.iter().find(|end| rest.starts_with(**end)) {
                rest = rest.get(end.len()..).unwrap_or_default();
                continue;
            }
            let at = text.len() - rest.len();
            starts.extend(at..at + letter.len_utf8());
            whole.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
        starts.push(text.len());
        let edits: Vec<Edit> = self.words(&whole, marks).collect();
        edits
            .into_iter()
            .map(|edit| Edit { start: starts[edit.start], end: starts[edit.end], ..edit })
            .collect()
    }
}

/// RFC 5322 section 3.4.1, as far as real addresses go.
fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'@')
}

/// What a token may stand for: base64, with or without padding, and hexadecimal.
fn decodings(token: &str) -> impl Iterator<Item = Vec<u8>> {
    let whole = token.get(..token.len() / 4 * 4).unwrap_or_default();
    [
        BASE64_NOPAD.decode(token.as_bytes()).ok(),
        BASE64URL_NOPAD.decode(token.as_bytes()).ok(),
        BASE64_NOPAD.decode(whole.as_bytes()).ok(),
        HEXLOWER_PERMISSIVE.decode(token.as_bytes()).ok(),
    ]
    .into_iter()
    .flatten()
    .filter(|bytes| bytes.len() >= 3)
}

#[cfg(test)]
mod tests {
    use super::super::edit::{apply, merged};
    use super::super::secret::Secret;
    use super::*;
    use crate::publish::Style;

    #[test]
    fn what_was_cut_or_broken_is_masked() {
        let secrets =
            [Secret::Address("hanako.s@mail.example.jp".into()), Secret::Domain("example.jp".into())];
        let mask = Mask::new(&secrets, "");
        for (text, expected) in [
            ("to hanako.s@mail.exam…", "to ***@***.***…"),
            ("to hanako.s(at)mail.exam…", "to ***…"),
            ("to hanako.s@mail\u{200b}.ex", "to ***@***.***"),
            ("filename=\"hanako\u{200b}.s@mail\u{200b}.ex…", "filename=\"***@***.***…"),
            ("filename=\"hanako.s@mail\u{200b}.ex…", "filename=\"***@***.***…"),
            ("filename=\"hanako.s@mail\u{200b}.example.jp.html", "filename=\"***@***.***.html"),
            ("info@evil.exam…", "info@evil.exam…"),
            ("https://hanako-s-mail-ex", "https://***"),
            ("mail of exam=\nple.jp is full", "mail of ***.*** is full"),
            ("mail of exam= ple.jp is full", "mail of ***.*** is full"),
            ("a/hanako%3Dexample.jp/x", "a/hanako%3D***.***/x"),
            ("a = example.com", "a = example.com"),
        ] {
            let edits = mask.edits(text, Style::International.marks());
            assert_eq!(apply(text, &merged(edits), 0, text.len()), expected);
        }
    }
}
