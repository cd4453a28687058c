//! Attached and inline files: what they say they are and what they are.

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
    /// Whether it holds other files, by its first bytes or by its name.
    #[must_use]
    pub fn is_archive(&self) -> bool {
        const TYPES: [&str; 6] = [
            "application/zip",
            "application/gzip",
            "application/x-7z-compressed",
            "application/vnd.rar",
            "application/x-tar",
            "application/x-bzip2",
        ];
        self.detected_type.is_some_and(|detected| TYPES.contains(&detected))
    }
}
