//! Windows code pages.

use encoding_rs::{self as encodings, Encoding};

/// The encoding of a Windows code page; Western European where it is unknown.
pub(super) fn encoding(code_page: u32) -> &'static Encoding {
    match code_page {
        932 => encodings::SHIFT_JIS,
        50220..=50222 => encodings::ISO_2022_JP,
        20932 | 51932 => encodings::EUC_JP,
        65001 => encodings::UTF_8,
        1200 => encodings::UTF_16LE,
        936 | 51936 => encodings::GBK,
        54936 => encodings::GB18030,
        949 | 51949 => encodings::EUC_KR,
        950 => encodings::BIG5,
        874 => encodings::WINDOWS_874,
        866 => encodings::IBM866,
        1250 => encodings::WINDOWS_1250,
        1251 => encodings::WINDOWS_1251,
        1253 => encodings::WINDOWS_1253,
        1254 | 28599 => encodings::WINDOWS_1254,
        1255 => encodings::WINDOWS_1255,
        1256 => encodings::WINDOWS_1256,
        1257 => encodings::WINDOWS_1257,
        1258 => encodings::WINDOWS_1258,
        20866 => encodings::KOI8_R,
        21866 => encodings::KOI8_U,
        28592 => encodings::ISO_8859_2,
        28595 => encodings::ISO_8859_5,
        28597 => encodings::ISO_8859_7,
        28605 => encodings::ISO_8859_15,
        _ => encodings::WINDOWS_1252,
    }
}

/// The code page of a locale ([MS-LCID]) whose language is not written in Western European letters.
pub(super) fn of_locale(locale: u32) -> u32 {
    match locale {
        0x0411 => 932,
        0x0412 => 949,
        0x0404 | 0x0C04 | 0x1404 => 950,
        0x0804 | 0x1004 => 936,
        0x0419 | 0x0422 | 0x0423 | 0x0402 => 1251,
        0x0405 | 0x0415 | 0x040E | 0x041B => 1250,
        0x0408 => 1253,
        0x041F => 1254,
        0x040D => 1255,
        0x0401 => 1256,
        0x041E => 874,
        _ => 1252,
    }
}

/// The code page of an RTF font's `\fcharset`.
pub(super) fn of_font(charset: u32) -> Option<u32> {
    Some(match charset {
        0 => 1252,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}
