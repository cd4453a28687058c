//! The encoding of an answer, which WHOIS does not tell (RFC 3912 section 4).

use encoding_rs::{EUC_JP, EUC_KR, Encoding, GB18030, ISO_2022_JP, SHIFT_JIS, WINDOWS_1252};

/// The text of an answer: ISO-2022-JP where its escapes stand, UTF-8 where it is that, else what the country of the server uses.
pub(super) fn decode(bytes: &[u8], server: &str) -> String {
    let escapes = bytes.windows(2).any(|pair| pair == b"\x1b$");
    if escapes {
        return ISO_2022_JP.decode_without_bom_handling(bytes).0.into_owned();
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
    }
    let candidates: &[&'static Encoding] = match server.rsplit('.').next() {
        Some("jp") => &[SHIFT_JIS, EUC_JP],
        Some("kr") => &[EUC_KR],
        Some("cn") => &[GB18030],
        _ => &[WINDOWS_1252],
    };
    let clean = candidates.iter().find_map(|encoding| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    });
    clean.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_in_all_its_encodings() {
        let text = "[登録者名]  株式会社サンプル";
        for encoding in [ISO_2022_JP, SHIFT_JIS, EUC_JP] {
            let bytes = encoding.encode(text).0;
            assert_eq!(decode(&bytes, "whois.jprs.jp"), text, "{}", encoding.name());
        }
        assert_eq!(decode(text.as_bytes(), "whois.jprs.jp"), text);
    }

    #[test]
    fn other_countries() {
        assert_eq!(decode(b"M\xfcller", "whois.example.de"), "Müller");
        assert_eq!(decode("阿里云".as_bytes(), "whois.cnnic.cn"), "阿里云");
        assert_eq!(decode(b"\xff\xfe\x80", "whois.example.kr"), "\u{fffd}\u{fffd}\u{fffd}");
    }
}
