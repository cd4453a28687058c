//! Words in the character sets that mails, forms and databases have besides UTF-8.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, ISO_2022_JP, SHIFT_JIS, WINDOWS_1252};

/// Those whose octets are sought as they are.
static CHARSETS: [&Encoding; 6] = [SHIFT_JIS, EUC_JP, GBK, BIG5, EUC_KR, WINDOWS_1252];
/// What stands between the words of a name.
const BLANKS: [&str; 3] = ["", " ", "\u{3000}"];
/// Fewer octets stand anywhere.
const SHORTEST: usize = 4;
/// How ISO-2022-JP (RFC 1468) begins what is not ASCII.
const ESCAPE: &[u8] = b"\x1b$";

/// A word in every character set that has its letters; nothing of what is ASCII, which is the same in most.
pub(super) fn encoded(word: &str) -> impl Iterator<Item = Vec<u8>> {
    let parts: Vec<&str> = if word.is_ascii() { Vec::new() } else { word.split_whitespace().collect() };
    let blanks = BLANKS.iter().take(if parts.len() > 1 { BLANKS.len() } else { parts.len() });
    let forms = blanks.map(|blank| parts.join(blank)).collect::<Vec<_>>().into_iter();
    forms.flat_map(|form| in_charsets(&form)).filter(|octets| octets.len() >= SHORTEST)
}

fn in_charsets(form: &str) -> Vec<Vec<u8>> {
    let known = CHARSETS.into_iter().filter_map(|charset| {
        let (octets, _, is_lossy) = charset.encode(form);
        (!is_lossy).then(|| octets.into_owned())
    });
    let units = || form.encode_utf16();
    let wide = [units().flat_map(u16::to_be_bytes).collect(), units().flat_map(u16::to_le_bytes).collect()];
    known.chain(wide).collect()
}

/// What octets say in ISO-2022-JP, whose letters are ASCII and mean something else at every place; none where they are not in it.
pub(super) fn escaped_japanese(octets: &[u8]) -> Option<String> {
    memchr::memmem::find(octets, ESCAPE)
        .map(|_| ISO_2022_JP.decode_without_bom_handling(octets).0.into_owned())
}
