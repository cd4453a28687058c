//! Attached and inline files: what they say they are and what they are.

use sha2::{Digest, Sha256};

use crate::mail::body::part::{MimeHeader, Part};
use crate::mail::parameter::parameters;
use crate::span::Span;

/// A part that is not shown as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// IMAP section number.
    pub part: String,
    /// The file name, decoded, as written (bidirectional controls included).
    pub name: Option<String>,
    /// The declared media type, lower case.
    pub media_type: Option<String>,
    /// The media type that the first bytes show.
    pub detected_type: Option<&'static str>,
    /// The decoded size in bytes.
    pub size: u64,
    /// SHA-256 of the decoded bytes, lower-case hexadecimal.
    pub sha256: String,
    /// Shown inside the text (Content-ID, inline).
    pub inline: bool,
    /// The decoded bytes; empty where the part is cut off.
    pub content: Vec<u8>,
    /// The part's bytes in the raw mail, its header included.
    pub span: Span,
}

impl Attachment {
    /// Whether it holds other files, by its first bytes: an archive, a disk image, a notebook, the packet of Outlook.
    #[must_use]
    pub fn is_archive(&self) -> bool {
        const TYPES: [&str; 16] = [
            "application/zip",
            "application/gzip",
            "application/x-7z-compressed",
            "application/vnd.rar",
            "application/x-tar",
            "application/x-bzip2",
            "application/x-xz",
            "application/vnd.ms-cab-compressed",
            "application/x-arj",
            "application/x-lzh-compressed",
            "application/x-iso9660-image",
            "application/x-udf-image",
            "application/x-vhd",
            "application/x-vhdx",
            "application/onenote",
            "application/ms-tnef",
        ];
        self.detected_type.is_some_and(|detected| TYPES.contains(&detected))
    }
}

/// Reads a part as a file.
pub(super) fn read(part: &Part<'_>) -> Attachment {
    let content = part.decoded().into_owned();
    let disposition = MimeHeader::token(part.header.disposition);
    Attachment {
        part: part.section.clone(),
        name: name(&part.header),
        media_type: MimeHeader::token(part.header.content_type),
        detected_type: detect(&content),
        size: content.len() as u64,
        sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(&content)),
        inline: match disposition.as_deref() {
            Some("inline") => true,
            Some(_) => false,
            None => part.header.content_id.is_some(),
        },
        content,
        span: part.span,
    }
}

/// The file name: `filename` (RFC 2183), else `name` of the type.
fn name(header: &MimeHeader<'_>) -> Option<String> {
    let fields = [(header.disposition, "filename"), (header.content_type, "name")];
    fields.into_iter().find_map(|(value, parameter_name)| {
        parameters(value?).get(parameter_name).filter(|name| !name.is_empty()).map(str::to_owned)
    })
}

/// The media type that the first bytes show.
pub(crate) fn detect(content: &[u8]) -> Option<&'static str> {
    let magic = MAGIC.iter().find(|(at, bytes, _)| content.get(*at..).is_some_and(|c| c.starts_with(bytes)));
    magic
        .map(|&(_, _, media_type)| media_type)
        .or_else(|| detect_text(content))
        .or_else(|| ends_as_zip(content).then_some("application/zip"))
}

/// Whether a zip archive's end record stands at the end (APPNOTE 6.3 section 4.3.16): programs find it there, whatever stands at the beginning.
#[must_use]
pub fn ends_as_zip(content: &[u8]) -> bool {
    const RECORD: usize = 22;
    let tail = content.get(content.len().saturating_sub(RECORD + 0xFFFF)..).unwrap_or(content);
    let Some(end) = memchr::memmem::rfind(tail, b"PK\x05\x06").and_then(|at| tail.get(at..)) else {
        return false;
    };
    let comment = end.get(RECORD - 2..RECORD).map(|size| usize::from(size[0]) | usize::from(size[1]) << 8);
    comment.is_some_and(|size| RECORD + size <= end.len())
}

/// What text files begin with, whatever the case and blanks before it.
fn detect_text(content: &[u8]) -> Option<&'static str> {
    let start = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content).trim_ascii_start();
    let start = start[..start.len().min(512)].to_ascii_lowercase();
    if start.starts_with(b"<!doctype html")
        || start.starts_with(b"<html")
        || start.starts_with(b"<head")
        || start.starts_with(b"<script")
    {
        return Some("text/html");
    }
    if start.starts_with(b"<svg")
        || (start.starts_with(b"<?xml") && memchr::memmem::find(&start, b"<svg").is_some())
    {
        return Some("image/svg+xml");
    }
    if [&b"received:"[..], b"return-path:", b"delivered-to:", b"mime-version:"]
        .iter()
        .any(|s| start.starts_with(s))
    {
        return Some("message/rfc822");
    }
    None
}

/// Magic numbers: where, which, and what they mean. Longer ones stand before shorter ones.
const MAGIC: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF-", "application/pdf"),
    (30, b"[Content_Types].xml", "application/vnd.openxmlformats-officedocument"),
    (30, b"META-INF/", "application/java-archive"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"PK\x05\x06", "application/zip"),
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"),
    (0, b"Rar!\x1A\x07", "application/vnd.rar"),
    (0, b"7z\xBC\xAF\x27\x1C", "application/x-7z-compressed"),
    (0, b"\x1F\x8B", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xFD7zXZ\x00", "application/x-xz"),
    (0, b"MSCF", "application/vnd.ms-cab-compressed"),
    (0, b"\x60\xEA", "application/x-arj"),
    (2, b"-lh", "application/x-lzh-compressed"),
    (257, b"ustar", "application/x-tar"),
    (32_769, b"CD001", "application/x-iso9660-image"),
    (32_769, b"BEA01", "application/x-udf-image"),
    (0, b"conectix", "application/x-vhd"),
    (0, b"vhdxfile", "application/x-vhdx"),
    (0, b"\x89PNG\r\n\x1A\n", "image/png"),
    (0, b"\xFF\xD8\xFF", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
    (0, b"\x7FELF", "application/x-elf"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    (0, b"ITSF", "application/vnd.ms-htmlhelp"),
    (0, b"\xE4\x52\x5C\x7B", "application/onenote"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"#!", "text/x-shellscript"),
    (0, b"\x78\x9F\x3E\x22", "application/ms-tnef"),
    (4, b"ftyp", "video/mp4"),
    (0, b"OggS", "application/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"RIFF", "application/x-riff"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_and_kept_as_written() {
        let named = |disposition: &[u8]| {
            name(&MimeHeader { disposition: Some(disposition), ..MimeHeader::default() })
        };
        assert_eq!(
            named(b" attachment; filename=\"=?utf-8?B?6KuL5rGC5pu4LnBkZi5leGU=?=\"").as_deref(),
            Some("請求書.pdf.exe")
        );
        assert_eq!(
            named(b" attachment; filename*=utf-8''a%E2%80%AEfdp.exe").as_deref(),
            Some("a\u{202E}fdp.exe")
        );
        assert_eq!(named(b" attachment"), None);
    }

    #[test]
    fn first_bytes_tell_the_type() {
        for (content, media_type) in [
            (&b"%PDF-1.7"[..], "application/pdf"),
            (
                b"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaa[Content_Types].xml",
                "application/vnd.openxmlformats-officedocument",
            ),
            (b"PK\x03\x04", "application/zip"),
            (b"MZ\x90", "application/vnd.microsoft.portable-executable"),
            (b"\xEF\xBB\xBF \n<HTML>", "text/html"),
            (b"<?xml version='1.0'?><svg>", "image/svg+xml"),
            (b"Received: from a", "message/rfc822"),
            (b"#!/bin/sh", "text/x-shellscript"),
        ] {
            assert_eq!(detect(content), Some(media_type));
        }
        assert_eq!(detect(b"plain"), None);
    }

    #[test]
    fn an_archive_behind_other_bytes_is_one() {
        let end = [&b"PK\x05\x06"[..], &[0; 16], &[2, 0], b"hi"].concat();
        let behind = |junk: &[u8]| detect(&[junk, &end].concat());
        assert_eq!(behind(b"just some words"), Some("application/zip"));
        assert_eq!(behind(b"%PDF-1.7"), Some("application/pdf"), "what the first bytes show goes first");
        assert_eq!(detect(b"how PK\x05\x06 looks"), None);
        assert_eq!(detect(&[b"junk", &end[..end.len() - 1]].concat()), None, "cut off");
    }
}
