//! Refanging: the exact inverse of defanging.

use super::edit::{Edit, apply};

/// The text as it was before it was defanged, in either style: `hxxps[:]//evil[.]example` or `h**ps://evil[.]example` becomes
/// `https://evil.example`. What was masked stays masked.
#[must_use]
pub fn refang(text: &str) -> String {
    let mut edits: Vec<Edit> = Vec::new();
    for (at, mark) in text.match_indices(['.', ':']) {
        if is_mark(text, at) {
            edits.push(Edit::new(at - 1, at + 2, mark));
        }
        if let Some(http) = http_before(text, at).filter(|_| mark == ":") {
            edits.push(http.undone());
        }
    }
    edits.sort_by_key(|edit| edit.start);
    apply(text, &edits, 0, text.len())
}

/// The edits that give what looks defanged already another pair of brackets.
pub(super) fn doubled(text: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for (at, mark) in text.match_indices(['.', ':']) {
        if is_mark(text, at) {
            edits.push(Edit::new(at, at + 1, format!("[{mark}]")));
        }
        if let Some(http) = http_before(text, at).filter(|http| mark == ":" && !http.is_plain) {
            edits.push(Edit::new(http.start, http.end, format!("[{}]", http.middle)));
        }
    }
    edits
}

/// Whether the dot or colon at `at` stands in brackets of its own.
pub(super) fn is_mark(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'[') && bytes.get(at + 1) == Some(&b']')
}

/// Whether a scheme that was broken already ends before the colon at `at`.
pub(super) fn is_broken(text: &str, at: usize) -> bool {
    http_before(text, at).is_some()
}

/// What stands between `h` and `p` of a scheme.
struct Http<'t> {
    /// The two characters, without brackets.
    middle: &'t str,
    start: usize,
    end: usize,
    is_bracketed: bool,
    /// `tt`: nothing was done to it.
    is_plain: bool,
}

impl Http<'_> {
    fn undone(&self) -> Edit {
        if self.is_plain {
            return Edit::new(self.start, self.start, "");
        }
        if self.is_bracketed {
            return Edit::new(self.start - 1, self.end + 1, self.middle);
        }
        Edit::new(self.start, self.end, self.middle.replace(['x', '*'], "t").replace('X', "T"))
    }
}

/// `http`, `hxxp`, `h**p` or `h[xx]p`, with or without `s`, before the colon at `colon`.
fn http_before(text: &str, colon: usize) -> Option<Http<'_>> {
    let head = text.get(..colon)?;
    let head = head.strip_suffix(['s', 'S']).unwrap_or(head).strip_suffix(['p', 'P'])?;
    let inner = head.trim_end_matches(']');
    let brackets = head.len() - inner.len();
    let end = inner.len();
    let start = end.checked_sub(2)?;
    let middle = text.get(start..end)?;
    let before = text.get(..start)?;
    let opened = before.len() - before.trim_end_matches('[').len();
    let named = text.get(..start - opened)?.ends_with(['h', 'H']);
    let is_plain = middle.eq_ignore_ascii_case("tt");
    let is_mark = middle == "**" || middle.eq_ignore_ascii_case("xx");
    let fits = named && opened == brackets && (is_mark || is_plain && opened == 0);
    fits.then_some(Http { middle, start, end, is_bracketed: opened > 0, is_plain })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::publish::{Style, defang};

    fn defanged(text: &str, official: &[String], style: Style) -> String {
        apply(text, &defang::edits(text, official, style), 0, text.len())
    }

    #[test]
    fn what_was_broken_is_whole_again() {
        for (broken, whole) in [
            ("hxxps://evil[.]example/a?b=1", "https://evil.example/a?b=1"),
            ("h**p://evil[.]example と hXXp://evil[.]example", "http://evil.example と hTTp://evil.example"),
            ("ftp[:]//evil[.]example mailto[:]a@evil[.]example", "ftp://evil.example mailto:a@evil.example"),
            ("a[[.]]b h[xx]ps: h[[**]]p:", "a[.]b hxxps: h[**]p:"),
            ("普通の文。 12:30 x.y", "普通の文。 12:30 x.y"),
        ] {
            assert_eq!(refang(broken), whole);
        }
    }

    fn texts() -> impl Strategy<Value = String> {
        let pieces = proptest::sample::select(vec![
            "h",
            "H",
            "tt",
            "TT",
            "tT",
            "xx",
            "XX",
            "xX",
            "**",
            "p",
            "P",
            "s",
            "S",
            ":",
            "//",
            "[",
            "]",
            ".",
            "[.]",
            "[:]",
            "http://",
            "hxxps:",
            "evil",
            "shop",
            "www",
            ".com",
            "mailto:",
            "data:",
            " ",
            "、",
            "example.com",
            "/",
            "?u=",
            "192.0.2.7",
            "é",
        ]);
        let made = proptest::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat());
        prop_oneof![3 => made, 1 => ".{0,60}"]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn refanging_undoes_defanging(text in texts(), japanese in any::<bool>(), known in any::<bool>()) {
            let style = if japanese { Style::Japanese } else { Style::International };
            let official = if known { vec!["example.com".to_owned()] } else { Vec::new() };
            prop_assert_eq!(refang(&defanged(&text, &official, style)), text);
        }
    }
}
