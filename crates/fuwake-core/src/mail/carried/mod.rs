//! Mails inside a mail: attached messages and forwards written into the text.

mod forward;
mod quoted;

use crate::mail::body::part::Part;
use crate::mail::{Attachment, Body, Defect, Link};
use crate::span::{Because, Span};

pub(crate) use quoted::quoted_domains;

/// Mails that are taken out of one mail.
const MOST: usize = 5;

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

/// A message part (RFC 2046 section 5.2.1), or the returned message of a report (RFC 6522).
pub(super) fn of_part(part: &Part<'_>) -> Option<Carried> {
    let how = match part.media_type.as_str() {
        "text/rfc822-headers" | "message/rfc822-headers" => CarriedAs::Returned,
        "message/rfc822" | "message/global" | "message/news" if part.in_report => CarriedAs::Returned,
        "message/rfc822" | "message/global" | "message/news" => CarriedAs::Message,
        _ => return None,
    };
    Some(Carried {
        how,
        part: part.section.clone(),
        bytes: part.decoded().into_owned(),
        span: part.span,
        text_start: None,
    })
}

/// Whether a file is a mail.
pub(super) fn of_attachment(attachment: &Attachment) -> Option<CarriedAs> {
    let name = attachment.name.as_deref().unwrap_or_default().to_lowercase();
    let is_outlook =
        name.ends_with(".msg") || attachment.media_type.as_deref() == Some("application/vnd.ms-outlook");
    match attachment.detected_type {
        Some("application/x-ole-storage") if is_outlook => Some(CarriedAs::OutlookMessage),
        Some("message/rfc822") => Some(CarriedAs::Message),
        None if name.ends_with(".eml") => Some(CarriedAs::Message),
        _ => None,
    }
}

/// The mail that a file is.
pub(super) fn attached(how: CarriedAs, attachment: &Attachment) -> Carried {
    Carried {
        how,
        part: attachment.part.clone(),
        bytes: attachment.content.clone(),
        span: attachment.span,
        text_start: None,
    }
}

/// A mail that was forwarded inside a displayed text, which begins at the code point `offset` of the whole text.
pub(super) fn inline(
    body: &Body,
    subject: &str,
    links: &[Link],
    offset: usize,
    span: Span,
) -> Option<Carried> {
    let place = |byte: usize| body.text.get(..byte).map(|head| head.chars().count());
    // Below a text or a link of the sender's own a quotation without a header is a part of what he writes.
    let leads_above = |end| {
        links.iter().filter(|link| link.host.is_some()).any(|link| {
            matches!(&link.because, Because::Text { part, text } if *part == body.part && text.start < end)
        })
    };
    let bare = || {
        let bare = forward::bare(&body.text, subject).filter(|_| offset == 0)?;
        (!leads_above(place(bare.words_end)?)).then_some(bare)
    };
    let forward = forward::headed(&body.text, subject).or_else(bare)?;
    let start = place(forward.start)?;
    Some(Carried {
        how: CarriedAs::InlineForward,
        part: body.part.clone(),
        bytes: forward.rebuild(&body.part, start, links),
        span,
        text_start: Some(offset + start),
    })
}

/// The byte of a text at which a mail program put the head of the mail that this one answers.
pub(crate) fn answered(text: &str) -> Option<usize> {
    forward::headed(text, "").map(|answered| answered.start)
}

/// Keeps the bound on carried mails.
pub(super) fn bound(carried: &mut Vec<Carried>, defects: &mut Vec<Defect>) {
    if carried.len() > MOST {
        let detail = format!("only the first {MOST} of {} carried mails were taken out", carried.len());
        defects.push(Defect::new("too-many-carried-mails", detail, carried[MOST].span));
        carried.truncate(MOST);
    }
}
