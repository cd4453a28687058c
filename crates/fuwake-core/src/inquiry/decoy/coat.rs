//! The coats that senders put around an address: opened, and put on again.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, Encoding, HEXLOWER, HEXUPPER};

/// A way to write a text in letters and digits alone.
pub(super) struct Coat {
    encoding: &'static Encoding,
}

/// A shorter run holds no address.
const SHORTEST: usize = 4;

impl Coat {
    /// The text in it.
    pub(super) fn put_on(&self, text: &str) -> String {
        self.encoding.encode(text.as_bytes())
    }
}

/// What a run says under the coats that it may be in, each that opens to readable text.
pub(super) fn open(run: &str) -> Vec<(Coat, String)> {
    static ENCODINGS: [&Encoding; 6] =
        [&HEXLOWER, &HEXUPPER, &BASE64, &BASE64_NOPAD, &BASE64URL, &BASE64URL_NOPAD];
    if run.len() < SHORTEST {
        return Vec::new();
    }
    let opened = ENCODINGS.into_iter().filter_map(|encoding| {
        let text = String::from_utf8(encoding.decode(run.as_bytes()).ok()?).ok()?;
        is_readable(&text).then_some((Coat { encoding }, text))
    });
    opened.collect()
}

fn is_readable(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r'))
}

/// A text cut into runs of the letters that coats use and what stands between them; true for the former.
pub(super) fn runs(text: &str) -> Vec<(&str, bool)> {
    let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '_' | '-' | '=');
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = is_token(first);
        let end = rest.find(|c| is_token(c) != kind).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        runs.push((run, kind));
        rest = tail;
    }
    runs
}

/// `text` with the percent coat that `like` has: what stands there plainly stays plain.
pub(super) fn percent_like(like: &str, text: &str) -> String {
    let lower = like.contains("%2f") || like.contains("%3d") || like.contains("%5b");
    let mut coated = String::with_capacity(text.len());
    let mut buffer = [0; 4];
    for character in text.chars() {
        let plain = character.is_ascii_alphanumeric()
            || matches!(character, '-' | '_' | '.' | '~')
            || character != '%' && like.contains(character);
        if plain {
            coated.push(character);
            continue;
        }
        for byte in character.encode_utf8(&mut buffer).bytes() {
            let escape = percent_encoding::percent_encode_byte(byte);
            if lower {
                coated.push_str(&escape.to_ascii_lowercase());
            } else {
                coated.push_str(escape);
            }
        }
    }
    coated
}

/// `change` on everything that is no percent escape; the characters that are escaped become ordinary letters.
pub(super) fn outside_escapes(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((head, tail)) = rest.split_once('%') {
        changed.push_str(&change(head));
        let mut escaped = tail.chars();
        let digits = (escaped.next(), escaped.next());
        match digits {
            (Some(a), Some(b)) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => {
                changed.push('x');
                rest = escaped.as_str();
            }
            _ => {
                changed.push('x');
                rest = tail;
            }
        }
    }
    changed.push_str(&change(rest));
    changed
}
