//! Mails inside a mail: attached messages and forwards written into the text.

use crate::span::Span;

/// How a mail is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CarriedAs {
    /// A message/rfc822 part or an attached .eml file.
    Message,
    /// An attached Outlook .msg file; its bytes become a mail by way of a local question.
    OutlookMessage,
    /// Quoted in the text by whoever forwarded it; a partial header and the text.
    InlineForward,
    /// The original message in a delivery report (RFC 3464).
    Returned,
}

/// A mail inside a mail.
#[derive(Clone, Debug)]
pub struct Carried {
    /// How.
    pub how: CarriedAs,
    /// The section of the part that carries it.
    pub part: String,
    /// The carried mail's bytes (for an inline forward: the mail rebuilt from the quoted header and text).
    pub bytes: Vec<u8>,
    /// Where it stands in the carrier's bytes.
    pub span: Span,
    /// The code point of [`Mail::text`](crate::mail::Mail::text) at which an inline forward begins; none for the others.
    pub text_start: Option<usize>,
}

impl Carried {
    /// SHA-256 of its bytes, lower-case hexadecimal: how a question names it.
    #[must_use]
    pub fn sha256(&self) -> String {
        use sha2::Digest as _;
        data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(&self.bytes))
    }
}
