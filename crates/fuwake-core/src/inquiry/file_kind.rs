//! Which decoder an attached file asks for, told by a glance: most files ask for none.

use crate::evidence::FileKind;
use crate::mail::attachment::detect;
use crate::mail::{Attachment, Mail};

/// The largest file that is decoded, in bytes.
const LARGEST: usize = 24 << 20;

/// The decoder that an attached file asks for.
pub(super) fn file_kind(file: &Attachment) -> Option<FileKind> {
    let is_profile = || file.media_type.as_deref() == Some("application/x-apple-aspen-config");
    let readable = !file.content.is_empty() && file.content.len() <= LARGEST;
    kind_of(file.name.as_deref().unwrap_or_default(), file.detected_type, &file.content)
        .or_else(|| (readable && is_profile()).then_some(FileKind::Profile))
}

/// Whether a name promises a file that asks for a decoder.
pub(super) fn promises_contents(name: &str) -> bool {
    const READ: [&str; 21] = [
        "doc",
        "dot",
        "htm",
        "html",
        "lnk",
        "mobileconfig",
        "pdf",
        "ppt",
        "pps",
        "rtf",
        "shtml",
        "svg",
        "url",
        "webloc",
        "website",
        "wps",
        "xht",
        "xhtml",
        "xla",
        "xls",
        "xlt",
    ];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending.trim());
    READ.iter().chain(&OFFICE).any(|one| ending.eq_ignore_ascii_case(one))
}

/// The decoder that a file in an archive asks for.
#[must_use]
pub fn kind_of_member(name: &str, content: &[u8]) -> Option<FileKind> {
    kind_of(name, detect(content), content)
}

fn kind_of(name: &str, detected_type: Option<&str>, content: &[u8]) -> Option<FileKind> {
    if content.is_empty() || content.len() > LARGEST {
        return None;
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let named = |endings: &[&str]| {
        ending.is_some_and(|ending| endings.iter().any(|one| ending.trim().eq_ignore_ascii_case(one)))
    };
    let kind = match detected_type {
        Some("application/pdf") => FileKind::Pdf,
        Some("application/vnd.openxmlformats-officedocument") => FileKind::OfficeXml,
        Some("application/zip") if named(&OFFICE) => FileKind::OfficeXml,
        Some("application/x-ole-storage") if !named(&["msg", "msi", "db"]) => FileKind::OfficeBinary,
        Some("application/rtf") => FileKind::RichText,
        Some("text/html" | "image/svg+xml") if acts(content) => FileKind::Page,
        Some("image/png" | "image/jpeg" | "image/gif" | "image/webp") => FileKind::Picture,
        Some("application/x-ms-shortcut") => FileKind::Shortcut,
        Some("text/html") => return None,
        _ if named(&["htm", "html", "shtml", "xht", "xhtml", "svg"]) && acts(content) => FileKind::Page,
        _ if named(&["url", "webloc", "website"]) => FileKind::UrlFile,
        _ if named(&["mobileconfig"]) => FileKind::Profile,
        // Readers look for the mark in the first kilobyte (ISO 32000-2 annex I).
        _ if named(&["pdf"]) && memchr::memmem::find(head(content, 1_024), b"%PDF-").is_some() => {
            FileKind::Pdf
        }
        _ => return None,
    };
    Some(kind)
}

const OFFICE: [&str; 12] =
    ["docm", "docx", "dotm", "dotx", "potm", "pptm", "pptx", "ppsx", "xlam", "xlsb", "xlsm", "xlsx"];

/// Whether a page can do more than be read.
fn acts(page: &[u8]) -> bool {
    let at = memchr::memchr_iter(b'<', page).chain(memchr::memchr_iter(b'=', page)).take(200_000);
    let starts = |at: usize, mark: &[u8]| {
        page.get(at + 1..at + 1 + mark.len()).is_some_and(|piece| piece.eq_ignore_ascii_case(mark))
    };
    at.into_iter().any(|at| {
        [&b"script"[..], b"form", b"meta http", b"svg", b"iframe"].iter().any(|mark| starts(at, mark))
    })
}

fn head(content: &[u8], length: usize) -> &[u8] {
    content.get(..length).unwrap_or(content)
}

/// Pictures of a mail that are looked at.
const PICTURES: usize = 8;
/// The smallest side of a QR code that a telephone can read from a screen, in pixels: 21 modules of two.
const SMALLEST: u32 = 42;
/// The largest side of a picture that is one QR code and little else.
const CODE_ALONE: u32 = 1_000;
/// Pixels of a scanned page; a picture of more is a photograph.
const SCAN: u64 = 4_500_000;

/// Whether a picture may hold a QR code that matters: the mail speaks of one, or the picture is of its shape, or the picture is all
/// that there is to read. Decoding a picture costs more than all the rest of a dissection.
pub(super) fn is_worth_a_look(mail: &Mail<'_>, file: &Attachment) -> bool {
    let Some((width, height)) = dimensions(&file.content) else { return false };
    let (short, long) = (width.min(height), width.max(height));
    let first = mail.attachments.iter().filter(|other| is_picture(other)).take(PICTURES);
    if short < SMALLEST || !first.into_iter().any(|other| other.part == file.part) {
        return false;
    }
    let is_square = u64::from(long) * 10 <= u64::from(short) * 11 && long <= CODE_ALONE;
    let is_photograph = u64::from(short) * u64::from(long) > SCAN;
    is_square || short >= 2 * SMALLEST && (!is_photograph && says_little(mail) || names_a_code(&mail.text))
}

/// Next to all that the mail says stands in pictures, whose words nobody reads here.
#[must_use]
pub fn speaks_by_pictures(mail: &Mail<'_>) -> bool {
    let attached = mail.attachments.iter().filter(|file| is_picture(file));
    let large = attached.filter_map(|file| dimensions(&file.content)).any(|(w, h)| w.min(h) > 4 * SMALLEST);
    let shown = || {
        let pages = mail.bodies.iter().filter(|body| body.displayed).filter_map(|body| body.html.as_ref());
        pages.flat_map(|page| &page.images).any(|image| !image.tracking)
    };
    says_little(mail) && (large || shown())
}

fn is_picture(file: &Attachment) -> bool {
    file.detected_type.is_some_and(|detected| detected.starts_with("image/"))
}

/// Next to no words: the picture is the message.
fn says_little(mail: &Mail<'_>) -> bool {
    const FEW: usize = 120;
    mail.text.chars().filter(|letter| letter.is_alphanumeric()).take(FEW).count() < FEW
}

/// `QR code`, `QRコード`, `scan the code`, `読み取って`, `二次元コード`, in whatever width.
fn names_a_code(text: &str) -> bool {
    const WORDS: [&str; 9] =
        ["QR", "ＱＲ", "qr code", "qr-code", "二次元コード", "2次元コード", "読み取", "scan the", "Scan the"];
    WORDS.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// Width and height in pixels, from the head of a PNG, GIF, JPEG or WebP file.
fn dimensions(content: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize| Some(u32::from_be_bytes(content.get(at..at + 4)?.try_into().ok()?));
    let little = |at: usize| Some(u32::from(u16::from_le_bytes(content.get(at..at + 2)?.try_into().ok()?)));
    match content {
        [0x89, b'P', b'N', b'G', ..] => Some((big(16)?, big(20)?)),
        [b'G', b'I', b'F', ..] => Some((little(6)?, little(8)?)),
        [0xFF, 0xD8, ..] => of_jpeg(content),
        [b'R', b'I', b'F', b'F', ..] => match content.get(12..16)? {
            b"VP8 " => Some((little(26)? & 0x3FFF, little(28)? & 0x3FFF)),
            b"VP8X" => Some(((little(24)? | 1) + 1, (little(27)? | 1) + 1)),
            _ => Some((CODE_ALONE, CODE_ALONE)),
        },
        _ => None,
    }
}

/// The first frame header (ITU-T T.81 annex B.2.2).
fn of_jpeg(content: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    for _ in 0..200 {
        let [0xFF, marker, high, low] = *content.get(at..at + 4)? else { return None };
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let side =
                |at: usize| Some(u32::from(u16::from_be_bytes(content.get(at..at + 2)?.try_into().ok()?)));
            return Some((side(at + 7)?, side(at + 5)?));
        }
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_tell_the_size() {
        let mut png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 200]);
        assert_eq!(dimensions(&png), Some((256, 200)));
        assert_eq!(dimensions(b"GIF89a\x10\x00\x20\x00"), Some((16, 32)));
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 17, 8, 0, 90, 0, 120];
        assert_eq!(dimensions(&jpeg), Some((120, 90)));
        assert_eq!(dimensions(b"\xFF\xD8\xFF"), None);
    }

    #[test]
    fn only_pages_that_act_ask_for_a_decoder() {
        assert!(acts(b"<html><SCRIPT>") && acts(b"<form action=x>") && acts(b"<meta http-equiv=refresh>"));
        assert!(!acts(b"<html><p>hello</p><a href=x>y</a>"));
    }
}
