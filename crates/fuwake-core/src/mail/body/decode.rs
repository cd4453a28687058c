//! Transfer encodings (RFC 2045 section 6), read tolerantly: a damaged character costs itself, not the part.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;

use super::part::MimeHeader;

/// The bytes behind a transfer encoding; those of an unknown one as they are.
pub(super) fn transfer<'m>(encoding: Option<&[u8]>, content: &'m [u8]) -> Cow<'m, [u8]> {
    match MimeHeader::token(encoding).as_deref() {
        Some("base64") => Cow::Owned(base64(content)),
        Some("quoted-printable") => Cow::Owned(quoted_printable(content)),
        _ => Cow::Borrowed(content),
    }
}

/// Base64; what is not in its alphabet is left out (RFC 2045 section 6.8).
fn base64(content: &[u8]) -> Vec<u8> {
    base64_decode(content).unwrap_or_else(|| {
        let clean: Vec<u8> = content
            .iter()
            .copied()
            .filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
            .collect();
        base64_decode(&clean).unwrap_or_default()
    })
}

/// Quoted-printable; an `=` that starts nothing stands for itself (RFC 2045 section 6.7).
fn quoted_printable(content: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some(equals) = memchr::memchr(b'=', rest) {
        decoded.extend_from_slice(&rest[..equals]);
        rest = &rest[equals + 1..];
        let blanks = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        match rest {
            [high, low, behind @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                decoded.push(hex(*high) << 4 | hex(*low));
                rest = behind;
            }
            _ => match &rest[blanks..] {
                [b'\r', b'\n', behind @ ..] | [b'\n', behind @ ..] => rest = behind,
                [] => rest = &[],
                _ => decoded.push(b'='),
            },
        }
    }
    decoded.extend_from_slice(rest);
    decoded
}

fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_encodings_lose_only_the_damage() {
        assert_eq!(transfer(Some(b" Base64 "), b"5pel!5pys\n6Kqe"), "日本語".as_bytes());
        assert_eq!(transfer(Some(b"quoted-printable"), b"a=3D=\r\nb=zz=E3=81=82"), "a=b=zzあ".as_bytes());
        assert_eq!(transfer(None, b"=3D"), b"=3D".as_slice());
    }
}
