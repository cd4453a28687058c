//! A mail taken apart. [`dissect`] is total: any bytes give a [`Mail`] and its defects.

pub mod address;
pub mod attachment;
pub mod authentication;
pub mod body;
pub mod carried;
pub mod charset;
pub mod date;
pub mod defect;
pub mod encoded_word;
pub mod field;
pub mod filter_stamp;
mod header;
pub mod html;
pub mod link;
pub mod list;
pub mod origin;
pub mod parameter;
pub mod received;
mod subject;
pub mod trust;

pub use address::Mailbox;
pub use attachment::Attachment;
pub use authentication::Authentication;
pub use body::Body;
pub use carried::Carried;
pub use defect::Defect;
pub use field::Field;
pub use link::Link;
pub use origin::Origin;
pub use received::Hop;

use crate::span::{Because, Span};

/// A mail as intake hands it over: bytes, and what the whole input was where only its head is here.
#[derive(Clone, Copy, Debug)]
pub struct RawMail<'m> {
    /// The bytes that are looked at, without an mbox `From ` line.
    pub bytes: &'m [u8],
    /// The size of the whole mail in bytes; more than `bytes.len()` where intake cut it.
    pub size: u64,
    /// SHA-256 of the whole mail.
    pub sha256: [u8; 32],
}

/// A mail taken apart. Byte spans count in `raw`.
#[derive(Clone, Debug)]
pub struct Mail<'m> {
    /// The bytes that were looked at.
    pub raw: &'m [u8],
    /// The size of the whole mail in bytes.
    pub size: u64,
    /// SHA-256 of the whole mail, lower-case hexadecimal.
    pub sha256: String,
    /// The header fields of the mail itself, top to bottom.
    pub fields: Vec<Field<'m>>,
    /// The header block, from the first field to the empty line.
    pub header: Span,
    /// Subject, decoded, as received.
    pub subject: Option<Subject>,
    /// Date, where it can be read.
    pub date: Option<date::DateField>,
    /// X-Mailer, User-Agent and their kin, decoded.
    pub mailer: Option<HeaderText>,
    /// All mailboxes of the From fields, first first.
    pub authors: Vec<Mailbox>,
    /// Sender.
    pub sender: Vec<Mailbox>,
    /// Reply-To.
    pub reply_to: Vec<Mailbox>,
    /// To, Cc, Delivered-To, X-Original-To and their kin: whoever must be masked and never be told to anybody.
    pub recipients: Vec<Mailbox>,
    /// Errors-To.
    pub errors_to: Vec<Mailbox>,
    /// Return-Path as the topmost field gives it; an empty path (`<>`) is a mailbox without an address.
    pub envelope_from: Option<Mailbox>,
    /// Message-ID.
    pub message_id: Option<MessageId>,
    /// List-* fields and Precedence.
    pub list: list::ListFields,
    /// The path, oldest hop first.
    pub hops: Vec<Hop>,
    /// Where it entered, as far as can be trusted.
    pub origin: Option<Origin>,
    /// X-Originating-IP and its kin: a claim of whoever wrote it, never the origin alone.
    pub claimed_client: Option<HeaderText>,
    /// What servers and signers said about authenticity.
    pub authentication: Authentication,
    /// Verdicts that filters on the way left behind.
    pub filter_stamps: Vec<filter_stamp::FilterStamp>,
    /// Text parts, decoded, in the order of the message.
    pub bodies: Vec<Body>,
    /// What the reader sees: the visible text of the displayed parts.
    pub text: String,
    /// The section of the part that `text` is, where it is exactly one.
    pub text_part: Option<String>,
    /// Languages of subject and text, most likely first (BCP 47).
    pub languages: Vec<&'static str>,
    /// Links from everywhere, in reading order, without repetitions of the same text, target and source.
    pub links: Vec<Link>,
    /// Attachments and inline files.
    pub attachments: Vec<Attachment>,
    /// Mails inside this one.
    pub carried: Vec<Carried>,
    /// What is wrong with the bytes, and what was done about it.
    pub defects: Vec<Defect>,
}

/// A decoded header text and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderText {
    /// Decoded, unfolded text.
    pub text: String,
    /// The bytes of the field's value.
    pub span: Span,
}

/// The Subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Decoded, as received, stamps included.
    pub text: String,
    /// Marks that a receiving server put in front, such as `[spam]`.
    pub stamps: Vec<String>,
    /// The bytes of the field's value.
    pub span: Span,
}

/// Message-ID (RFC 5322 section 3.6.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageId {
    /// What stands between the angle brackets, or the whole value where there are none.
    pub value: String,
    /// What follows the last `@`, lower case, where it looks like a domain.
    pub domain: Option<String>,
    /// The bytes of the field's value.
    pub span: Span,
}

/// What the reader of a mail told about himself; it decides which servers are believed.
#[derive(Clone, Debug, Default)]
pub struct Trusted {
    /// Networks of the recipient's own servers.
    pub networks: Vec<trust::Network>,
    /// `by` hosts or authserv-ids, themselves and their subdomains; lower case.
    pub names: Vec<String>,
}

/// Takes a mail apart. Total: whatever the bytes are, there is a [`Mail`], and what was odd stands in its defects.
/// Bounds on depth, parts, fields, sizes and links hold for every input; what they cut off is a defect.
#[must_use]
pub fn dissect<'m>(raw: RawMail<'m>, trusted: &Trusted) -> Mail<'m> {
    let mut header = header::read(raw.bytes);
    let (mut hops, path_defects) = received::hops(&header.fields);
    let boundary = trust::grade(&mut hops, trusted);
    trust::mark_results(&mut header.authentication, &header.fields, &hops, &boundary, trusted);
    // Those to whom it was delivered first: a sender can name as many others as he likes.
    let delivered = hops.iter().rev().filter_map(|h| h.recipient.as_deref());
    let named = header.recipients.iter().filter_map(|r| r.address.as_deref());
    let recipients: Vec<&str> = delivered.chain(named).collect();
    let subject = header.subject.as_ref().map_or("", |s| &s.text);
    let body = body::read(raw.bytes, &header.fields, header.body, subject, &recipients);
    let mut defects = header.defects;
    defects.extend(path_defects);
    defects.extend(body.defects);
    let languages = crate::language::detect(subject, &body.text);
    Mail {
        raw: raw.bytes,
        size: raw.size,
        sha256: data_encoding::HEXLOWER.encode(&raw.sha256),
        header: header.span,
        subject: header.subject,
        date: header.date,
        mailer: header.mailer,
        authors: header.authors,
        sender: header.sender,
        reply_to: header.reply_to,
        recipients: header.recipients,
        errors_to: header.errors_to,
        envelope_from: header.envelope_from,
        message_id: header.message_id,
        list: header.list,
        origin: origin::find(&hops),
        hops,
        claimed_client: header.claimed_client,
        authentication: header.authentication,
        filter_stamps: header.filter_stamps,
        languages,
        bodies: body.bodies,
        text: body.text,
        text_part: body.text_part,
        links: body.links,
        attachments: body.attachments,
        carried: body.carried,
        defects,
        fields: header.fields,
    }
}

impl Mail<'_> {
    /// The displayed text as far as its sender wrote it: up to the first mail that he forwards in it.
    #[must_use]
    pub fn own_text(&self) -> &str {
        let forwards = self.carried.iter().filter_map(|carried| carried.text_start);
        match forwards.min().and_then(|start| self.text.char_indices().nth(start)) {
            Some((start, _)) => self.text.get(..start).unwrap_or_default(),
            None => &self.text,
        }
    }

    /// The visible text of a part; empty where there is no such text part.
    #[must_use]
    pub fn text_of(&self, part: &str) -> &str {
        if self.text_part.as_deref() == Some(part) {
            return &self.text;
        }
        self.bodies.iter().find(|body| body.part == part).map_or("", |body| &body.text)
    }

    /// Where the visible text of a displayed part begins in [`Mail::text`], in code points.
    #[must_use]
    pub fn text_offset(&self, part: &str) -> Option<usize> {
        if self.text_part.as_deref() == Some(part) {
            return Some(0);
        }
        let mut start = 0;
        for body in self.bodies.iter().filter(|body| body.displayed) {
            if body.part == part {
                return Some(start);
            }
            start += body.text.chars().count() + body::SEPARATOR.len();
        }
        None
    }

    /// A span of [`Mail::text`] (code points) as a span of the displayed part that it begins in.
    #[must_use]
    pub fn locate(&self, text: Span) -> Because {
        if let Some(part) = &self.text_part {
            return link::in_text(part, text);
        }
        let mut start = 0;
        for body in self.bodies.iter().filter(|body| body.displayed) {
            let length = body.text.chars().count();
            if text.start < start + length {
                let end = (text.end - start).min(length);
                return link::in_text(&body.part, Span::new(text.start - start, end));
            }
            start += length + body::SEPARATOR.len();
        }
        self.header.into()
    }
}
