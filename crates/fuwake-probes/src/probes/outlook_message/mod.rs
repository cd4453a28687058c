//! Outlook's .msg files ([MS-OXMSG]) made into RFC 5322 messages.
//!
//! The transport header is kept as it was received, but for the fields that describe the MIME structure: that is made
//! anew, since a .msg holds bodies and attachments as properties. What the transport header lacks, and all of it where
//! there is none (drafts, sent mail), comes from the properties.

mod code_page;
mod compressed_rtf;
mod encapsulated_html;
mod message;
mod mime;
mod properties;

use std::io::{self, Read, Seek};

/// The field that marks a made message: its body is not the one that was signed.
pub(crate) const REBUILT: &str = "X-Fuwake-Rebuilt-From";

/// Why a file gives no message.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotAMessage {
    /// No compound file, or a damaged one.
    #[error("the compound file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// A compound file, but none of Outlook.
    #[error("the compound file holds no Outlook message")]
    NoProperties,
}

/// Makes an RFC 5322 message of about `limit` bytes at most out of a .msg file; attachments that do not fit are named in
/// the message's header.
///
/// # Errors
/// Where the file is no compound file or holds no message.
pub fn convert(file: impl Read + Seek, limit: usize) -> Result<Vec<u8>, NotAMessage> {
    let mut file = cfb::CompoundFile::open(file)?;
    message::write(&mut file, limit)
}

#[cfg(test)]
mod tests;
