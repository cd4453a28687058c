//! The name of a packed file, which most formats leave to the computer that packed it.

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;

/// The name as UTF-8 where it is that, else as Japanese Windows writes it (Shift_JIS), else what `otherwise` makes of it:
/// for a zip code page 437 (APPNOTE appendix D).
pub fn decode<'n>(raw: &'n [u8], otherwise: impl FnOnce() -> Cow<'n, str>) -> Cow<'n, str> {
    if let Ok(name) = std::str::from_utf8(raw) {
        return name.into();
    }
    SHIFT_JIS.decode_without_bom_handling_and_without_replacement(raw).unwrap_or_else(otherwise)
}

/// The name where nothing more is known of it.
#[must_use]
pub fn guess(raw: &[u8]) -> Cow<'_, str> {
    decode(raw, || String::from_utf8_lossy(raw))
}

#[cfg(test)]
mod tests {
    use super::guess;

    #[test]
    fn names_of_three_computers() {
        assert_eq!(guess("表.exe".as_bytes()), "表.exe");
        assert_eq!(guess(b"\x95\x5c.exe"), "表.exe");
        assert_eq!(guess(b"caf\x82.exe"), "caf\u{fffd}.exe");
    }
}
