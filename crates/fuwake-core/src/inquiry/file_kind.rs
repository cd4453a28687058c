//! Which decoder an attached file asks for, told by a glance: most files ask for none.

use crate::evidence::FileKind;
use crate::mail::Attachment;
use crate::mail::attachment::detect;

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
    let detected = detect(content);
    kind_of(name, detected, content).or_else(|| {
        // The core reads the attached pages that do not act, but sees none in an archive.
        let is_page = detected == Some("text/html") || is_named(name, &PAGES);
        let readable = !content.is_empty() && content.len() <= LARGEST;
        (is_page && readable).then_some(FileKind::Page)
    })
}

const PAGES: [&str; 6] = ["htm", "html", "shtml", "xht", "xhtml", "svg"];

fn is_named(name: &str, endings: &[&str]) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.trim());
    ending.is_some_and(|ending| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)))
}

fn kind_of(name: &str, detected_type: Option<&str>, content: &[u8]) -> Option<FileKind> {
    if content.is_empty() || content.len() > LARGEST {
        return None;
    }
    let named = |endings: &[&str]| is_named(name, endings);
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
        _ if named(&PAGES) && acts(content) => FileKind::Page,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_act_ask_for_a_decoder() {
        assert!(acts(b"<html><SCRIPT>") && acts(b"<form action=x>") && acts(b"<meta http-equiv=refresh>"));
        assert!(!acts(b"<html><p>hello</p><a href=x>y</a>"));
    }
}
