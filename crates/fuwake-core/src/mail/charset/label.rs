//! Charset labels as mail writes them (RFC 2045 section 5.1 and whatever else there is).

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};

/// What a label stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// A charset of the WHATWG encoding standard.
    Encoding(&'static Encoding),
    /// ISO-2022-JP and its kin, which the encoding standard reads too strictly for mail.
    Iso2022Jp,
    /// UTF-7 (RFC 2152), which the encoding standard does not read at all.
    Utf7,
    /// US-ASCII: nothing is said about bytes of eight bits.
    Ascii,
    /// No label, an empty one, a placeholder or an unknown one.
    None,
}

const ALIASES: [(&str, &Encoding); 27] = [
    ("cp932", SHIFT_JIS),
    ("cp943", SHIFT_JIS),
    ("cp943c", SHIFT_JIS),
    ("ms-932", SHIFT_JIS),
    ("shiftjis", SHIFT_JIS),
    ("x-ms-cp932", SHIFT_JIS),
    ("x-shift-jis", SHIFT_JIS),
    ("x-shift_jis", SHIFT_JIS),
    ("windows-932", SHIFT_JIS),
    ("eucjp", EUC_JP),
    ("eucjp-ms", EUC_JP),
    ("eucjp-win", EUC_JP),
    ("euc-jp-ms", EUC_JP),
    ("euc_jp", EUC_JP),
    ("x-euc", EUC_JP),
    ("x-eucjp", EUC_JP),
    ("ujis", EUC_JP),
    ("cp51932", EUC_JP),
    ("cp936", GBK),
    ("ms936", GBK),
    ("windows-936", GBK),
    ("gb-18030", GB18030),
    ("cp950", BIG5),
    ("ks_c_5601", EUC_KR),
    ("cp949", EUC_KR),
    ("latin-1", WINDOWS_1252),
    ("utf8mb4", UTF_8),
];

const PLACEHOLDERS: [&str; 14] = [
    "default",
    "unknown-8bit",
    "unknown",
    "x-unknown",
    "none",
    "null",
    "undefined",
    "binary",
    "8bit",
    "7bit",
    "_autodetect",
    "_autodetect_all",
    "auto",
    "charset",
];

/// What `label` stands for; case, quotes and blanks do not count.
pub(super) fn resolve(label: &str) -> Label {
    let label = clean(label);
    if label.is_empty() || label.len() > 60 {
        return Label::None;
    }
    if label.eq_ignore_ascii_case("utf-8") {
        return Label::Encoding(UTF_8);
    }
    let label = label.to_ascii_lowercase();
    match label.as_str() {
        "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" | "usascii" | "us_ascii" | "646" => {
            Label::Ascii
        }
        "utf-7" | "utf7" | "unicode-1-1-utf-7" | "csunicode11utf7" | "x-unicode-2-0-utf-7" => Label::Utf7,
        "jis" | "csiso2022jp" | "csiso2022jp2" | "x-iso-2022-jp" | "iso2022jp" | "iso2022-jp" => {
            Label::Iso2022Jp
        }
        _ if label.starts_with("iso-2022-jp") || label.starts_with("cp5022") => Label::Iso2022Jp,
        "iso-2022-kr" | "csiso2022kr" | "iso-2022-cn" | "hz-gb-2312" | "x-user-defined" | "replacement" => {
            Label::None
        }
        _ => ALIASES
            .iter()
            .find(|(alias, _)| *alias == label)
            .map(|(_, encoding)| *encoding)
            .or_else(|| Encoding::for_label(label.as_bytes()))
            .map_or(Label::None, Label::Encoding),
    }
}

/// The label without what does not belong to it.
pub(super) fn clean(label: &str) -> &str {
    let label = label.split('*').next().unwrap_or_default();
    label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | ',' | '='))
}

/// Whether a label says that there is none.
pub(super) fn is_placeholder(label: &str) -> bool {
    PLACEHOLDERS.iter().any(|known| known.eq_ignore_ascii_case(label))
}
