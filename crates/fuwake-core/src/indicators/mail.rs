//! The mail that indicators are about.

use std::net::IpAddr;

use serde::Serialize;

use super::{Masked, Standing};

/// The mail that it is about: the worst of those that a message carries.
#[derive(Clone, Debug, Serialize)]
pub struct MailFacts {
    /// SHA-256 of the whole mail, lower-case hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// Decoded.
    pub subject: Option<Masked>,
    /// By its own word, RFC 3339.
    pub date: Option<String>,
    /// When the recipient's server took it, RFC 3339.
    pub received: Option<String>,
    /// The sending program by its own word.
    pub mailer: Option<Masked>,
    /// ISO 639-1.
    pub languages: Vec<&'static str>,
    /// From.
    pub from: Option<Mailbox>,
    /// Reply-To.
    pub reply_to: Vec<Mailbox>,
    /// Return-Path.
    pub envelope_from: Option<Mailbox>,
    /// Message-ID, without its brackets.
    pub message_id: Option<Masked>,
    /// The header fields that tell of the mail and not of its recipient, decoded and unfolded, top to bottom.
    pub header: Vec<HeaderField>,
    /// What a reader sees, a part each.
    pub parts: Vec<PartFacts>,
    /// The address that it came from.
    pub origin: Option<IpAddr>,
    /// All of its parts, for a copy that goes to who can act.
    #[serde(skip)]
    pub copy: Vec<CopiedPart>,
}

impl MailFacts {
    /// The values of `Received`, newest first.
    pub fn received_lines(&self) -> impl Iterator<Item = &Masked> {
        self.header.iter().filter(|field| field.name == "Received").map(|field| &field.value)
    }
}

/// A header field.
#[derive(Clone, Debug, Serialize)]
pub struct HeaderField {
    /// Its name in the usual spelling.
    pub name: &'static str,
    /// Its value.
    pub value: Masked,
}

/// A sender.
#[derive(Clone, Debug, Serialize)]
pub struct Mailbox {
    /// The name shown.
    pub name: Option<Masked>,
    /// The address.
    pub address: Option<Masked>,
    /// Whose the address is.
    pub standing: Standing,
}

/// A text part.
#[derive(Clone, Debug, Serialize)]
pub struct PartFacts {
    /// IMAP section number.
    pub section: String,
    /// What it was before its visible text was taken.
    pub media_type: String,
    /// The visible text.
    pub text: Masked,
}

/// A part of a mail as its copy has it.
#[derive(Clone, Debug)]
pub struct CopiedPart {
    /// IMAP section number.
    pub section: String,
    /// The subtypes of the multiparts that it stands in, the outermost first: as many as its section has numbers, but for a mail of one
    /// part, which stands in none.
    pub within: Vec<&'static str>,
    /// What it holds.
    pub content: Copied,
}

/// What a copied part holds.
#[derive(Clone, Debug)]
pub enum Copied {
    /// Text as it was written.
    Plain(Masked),
    /// HTML as it was written.
    Html(Masked),
    /// Not the file itself: what is known of it.
    LeftOut(FileFacts),
}

/// An attached file.
#[derive(Clone, Debug, Serialize)]
pub struct FileFacts {
    /// Its name.
    pub name: Option<Masked>,
    /// By its first bytes, else by the mail's word.
    pub media_type: Option<String>,
    /// In bytes.
    pub size: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// It does something when it is opened.
    pub is_dangerous: bool,
}
