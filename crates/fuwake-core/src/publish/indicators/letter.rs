//! The mail itself: its header as far as it tells of the sender, and what a reader sees.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{Maker, copy, utc};
use crate::case::{AddressRecord, PartRecord};
use crate::domain::normalise;
use crate::indicators::{HeaderField, MailFacts, Mailbox, Masked, PartFacts, Standing};
use crate::mail::{RawMail, Trusted, dissect, encoded_word, field};
use crate::publish::moment::observed;

/// How many header fields and parts are handed on.
const MOST: usize = 100;
/// How deep a mail lies in others.
const DEPTH: usize = 8;

/// Fields that tell how a mail was made and which way it came; of all others nobody knows whom they name. Top to bottom as they stand.
const TOLD: [&str; 28] = [
    "Return-Path",
    "Received",
    "Received-SPF",
    "Authentication-Results",
    "ARC-Authentication-Results",
    "DKIM-Signature",
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    "User-Agent",
    "X-Mailer",
    "X-MimeOLE",
    "List-Id",
    "List-Unsubscribe",
    "Feedback-ID",
    "X-Report-Abuse",
    "X-Priority",
    "Importance",
    "X-Originating-IP",
    "X-PHP-Originating-Script",
    "X-Source",
];

pub(super) fn facts(maker: &Maker<'_>, raw: &[u8]) -> MailFacts {
    let mail = &maker.mail.mail;
    let own = bytes_of(raw, &mail.sha256, DEPTH).unwrap_or_default();
    let message_id = mail.message_id.as_ref().map(|id| id.value.trim_matches(['<', '>', ' ']));
    MailFacts {
        sha256: mail.sha256.clone(),
        size: mail.size,
        subject: maker.optional(mail.subject.as_deref()),
        date: mail.date.as_deref().and_then(utc),
        received: observed(maker.mail).and_then(utc),
        mailer: maker.optional(mail.mailer.as_deref()),
        languages: mail.languages.clone(),
        from: mail.from.as_ref().map(|from| mailbox(maker, from)),
        reply_to: mail.reply_to.iter().take(MOST).map(|reply| mailbox(maker, reply)).collect(),
        envelope_from: mail.envelope_from.as_ref().map(|path| mailbox(maker, path)),
        message_id: maker.optional(message_id),
        header: header(maker, &own),
        copy: copy::parts(maker, &own),
        parts: mail
            .parts
            .iter()
            .filter(|part| part.displayed)
            .take(MOST)
            .map(|shown| part(maker, shown))
            .collect(),
        origin: maker.origin(),
    }
}

/// The bytes of the mail with this SHA-256: `raw` itself, or one that it carries.
fn bytes_of(raw: &[u8], sha256: &str, depth: usize) -> Option<Vec<u8>> {
    let digest: [u8; 32] = Sha256::digest(raw).into();
    if HEXLOWER.encode(&digest) == sha256 {
        return Some(raw.to_vec());
    }
    let whole = RawMail { bytes: raw, size: raw.len() as u64, sha256: digest };
    let carried = dissect(whole, &Trusted::default()).carried;
    carried.iter().filter(|_| depth > 0).find_map(|carried| bytes_of(&carried.bytes, sha256, depth - 1))
}

fn header(maker: &Maker<'_>, raw: &[u8]) -> Vec<HeaderField> {
    let block = field::split(raw);
    let told = block.fields.iter().filter_map(|field| {
        let name = TOLD.iter().find(|name| field.is(name))?;
        let value = encoded_word::decode(field.value).text;
        let value = if *name == "DKIM-Signature" { signer(&value) } else { value };
        Some(HeaderField { name, value: maker.text(value.trim()) })
    });
    told.take(MOST).collect()
}

/// Who signed, with which key, and over what (RFC 6376 section 3.5); the signature itself proves nothing of a mail that was changed.
fn signer(value: &str) -> String {
    let told = value.split(';').map(str::trim).filter(|tag| {
        let name = tag.split('=').next().unwrap_or_default().trim();
        matches!(name, "v" | "a" | "c" | "d" | "i" | "s" | "t" | "x" | "h")
    });
    told.collect::<Vec<_>>().join("; ")
}

fn mailbox(maker: &Maker<'_>, mailbox: &AddressRecord) -> Mailbox {
    let domain = mailbox.domain.as_deref().and_then(normalise);
    Mailbox {
        name: maker.optional(mailbox.display_name.as_deref()),
        address: maker.optional(mailbox.address.as_deref()),
        standing: domain.map_or(Standing::Unclear, |domain| maker.whose.host(&domain)),
    }
}

fn part(maker: &Maker<'_>, part: &PartRecord) -> PartFacts {
    let text = part.text.as_deref().unwrap_or(&maker.mail.mail.text);
    PartFacts {
        section: part.part.clone(),
        media_type: part.media_type.clone(),
        text: Masked::new(maker.writer.machine_lines(text)),
    }
}
