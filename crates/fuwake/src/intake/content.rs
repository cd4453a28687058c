//! What an input is, by its name and its first bytes.

use std::path::Path;

/// How many bytes are looked at.
pub(super) const HEAD: usize = 4096;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One mail (RFC 5322), whatever its bytes are.
    Mail,
    /// An mbox by its name.
    Mbox,
    /// Begins with a separator line: an mbox if a second one follows, else one mail.
    MayBeMbox,
    /// Apple Mail's .emlx.
    Emlx,
    /// An OLE compound file: Outlook's .msg.
    Outlook,
    /// A gzip stream.
    Gzip,
    /// A zip archive.
    Zip,
}

impl Kind {
    /// The kind of the input `name` that begins with `head`; .eml is always one mail.
    pub(super) fn of(name: &str, head: &[u8]) -> Self {
        match extension(name).as_str() {
            "eml" => Self::Mail,
            "emlx" => Self::Emlx,
            "mbox" | "mbx" if kind_by_content(head) != Self::Gzip => Self::Mbox,
            _ => kind_by_content(head),
        }
    }
}

/// The kind that the first bytes show.
pub(super) fn kind_by_content(head: &[u8]) -> Kind {
    match head {
        [0x1F, 0x8B, 8, ..] => Kind::Gzip,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Kind::Zip,
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Kind::Outlook,
        _ if is_separator(first_line(head)) => Kind::MayBeMbox,
        _ => Kind::Mail,
    }
}

/// Whether a file found in a folder or an archive is a mail by its name or its first bytes.
pub(super) fn may_be_mail(name: &str, head: &[u8]) -> bool {
    let known = ["eml", "emlx", "msg", "mbox", "mbx", "gz", "zip"];
    known.contains(&extension(name).as_str())
        || kind_by_content(head) == Kind::MayBeMbox
        || begins_with_field(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start())
}

/// Whether a line is a separator of the mbox format (RFC 4155): `From `, a sender, and a date as asctime writes it.
pub(super) fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> =
        rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).take(12).collect();
    words.windows(5).any(is_date) || words.windows(6).any(|six| is_date(&[&six[..4], &six[5..]].concat()))
}

/// `Sat Jan  3 01:05:34 1996`.
fn is_date(words: &[&[u8]]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    let [day, month, date, time, year] = words else { return false };
    let number = |word: &[u8], length: std::ops::RangeInclusive<usize>| {
        length.contains(&word.len()) && word.iter().all(u8::is_ascii_digit)
    };
    DAYS.contains(day)
        && month.len() == 3
        && month[0].is_ascii_uppercase()
        && number(date, 1..=2)
        && time.len() >= 4
        && time.iter().all(|byte| byte.is_ascii_digit() || *byte == b':')
        && number(year, 4..=4)
}

/// Whether the bytes begin with a header field: a name of printable characters and a colon (RFC 5322 section 2.2).
pub(super) fn begins_with_field(bytes: &[u8]) -> bool {
    match bytes.iter().take(100).position(|byte| *byte == b':') {
        Some(colon) if colon > 0 => bytes[..colon].iter().all(u8::is_ascii_graphic),
        _ => false,
    }
}

fn first_line(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(b'\n', bytes).unwrap_or(bytes.len())]
}

/// The extension in lower case; none gives an empty one.
pub(super) fn extension(name: &str) -> String {
    Path::new(name)
        .extension()
        .map(|extension| extension.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_have_a_date() {
        for line in [
            "From taro@example.jp Sat Jan  3 01:05:34 2026",
            "From - Tue Apr 01 12:00:00 2025\r",
            "From MAILER-DAEMON Fri Jul 8 12:08:34 2011",
            "From a@example.com Sat Jan  3 01:05:34 JST 2026",
            "From a@example.com  Sat Jan  3 01:05:34 2026 +0900 remote from example",
        ] {
            assert!(is_separator(line.as_bytes()), "{line}");
        }
        for line in
            ["From here on, all is well", "From: a@example.com", "from a Sat Jan 3 01:05:34 2026", "From "]
        {
            assert!(!is_separator(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn an_eml_is_always_one_mail() {
        assert_eq!(Kind::of("a.eml", b"From a Sat Jan  3 01:05:34 2026\n"), Kind::Mail);
        assert_eq!(Kind::of("a", b"From a Sat Jan  3 01:05:34 2026\n"), Kind::MayBeMbox);
        assert_eq!(Kind::of("a.MBOX", b""), Kind::Mbox);
    }
}
