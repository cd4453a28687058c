//! The shape of a header: how the program that wrote it orders its fields, makes identifiers and encodes texts. What servers on the
//! way add is left out.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::mail::{Mail, parameter};

/// Fields that the sender's program writes (RFC 5322 section 3.6, RFC 2045, RFC 2369, RFC 8058).
const OWN_FIELDS: [&str; 24] = [
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-language",
    "x-mailer",
    "user-agent",
    "x-priority",
    "importance",
    "precedence",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-id",
    "feedback-id",
];
/// Fields that are told.
const MOST_FIELDS: usize = 40;
/// Characters of a shape.
const LONGEST: usize = 40;

/// Features of a header.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HeaderShape {
    /// The sender's own fields in their order, lower case.
    pub fields: String,
    /// Message-ID: runs of letters (a), capitals (A), digits (9) and both (x), and whether its domain is that of From.
    pub message_id: String,
    /// The boundary in the same way.
    pub boundary: String,
    /// X-Mailer or User-Agent without numbers.
    pub mailer: String,
    /// Media types, charsets and the transfer encoding.
    pub encoding: String,
}

impl HeaderShape {
    pub(super) fn of(mail: &Mail<'_>) -> Self {
        let own = mail.fields.iter().filter(|field| OWN_FIELDS.iter().any(|name| field.is(name)));
        let fields: Vec<String> =
            own.take(MOST_FIELDS).map(|field| field.name.to_ascii_lowercase()).collect();
        let value = |name: &str| {
            let field = mail.fields.iter().find(|field| field.is(name));
            field.map(|field| String::from_utf8_lossy(field.value).into_owned()).unwrap_or_default()
        };
        let boundary = parameter::parameters(value("content-type").as_bytes());
        let parts: BTreeSet<String> =
            mail.bodies.iter().map(|body| format!("{};{}", body.media_type, body.charset)).collect();
        let transfer = value("content-transfer-encoding").trim().to_ascii_lowercase();
        Self {
            fields: fields.join(" "),
            message_id: message_id(mail),
            boundary: runs(boundary.get("boundary").unwrap_or_default()),
            mailer: mail.mailer.as_ref().map(|mailer| without_numbers(&mailer.text)).unwrap_or_default(),
            encoding: parts.into_iter().chain(Some(transfer)).collect::<Vec<_>>().join(" "),
        }
    }

    /// The features that differ, by their names in JSON.
    pub(super) fn differences(&self, other: &Self) -> Vec<&'static str> {
        let pairs = [
            ("fields", &self.fields, &other.fields),
            ("message_id", &self.message_id, &other.message_id),
            ("boundary", &self.boundary, &other.boundary),
            ("mailer", &self.mailer, &other.mailer),
            ("encoding", &self.encoding, &other.encoding),
        ];
        pairs.into_iter().filter(|(_, one, two)| one != two).map(|(name, ..)| name).collect()
    }
}

fn message_id(mail: &Mail<'_>) -> String {
    let Some(id) = &mail.message_id else { return String::new() };
    let local = id.value.rsplit_once('@').map_or(id.value.as_str(), |(local, _)| local);
    let from = mail.authors.first().and_then(|from| from.domain.as_deref());
    let own = if id.domain.is_some() && id.domain.as_deref() == from { "from" } else { "other" };
    format!("{}@{own}", runs(local))
}

/// Runs of letters, capitals and digits, each as one sign; other marks stand for themselves.
fn runs(text: &str) -> String {
    let mut shape = String::new();
    for character in text.chars() {
        let sign = match character {
            'a'..='z' => 'a',
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            other => other,
        };
        let last = shape.chars().next_back();
        let merged = matches!(last, Some('x' | 'a' | 'A' | '9')) && sign.is_ascii_alphanumeric();
        if !merged {
            shape.push(sign);
        } else if last != Some(sign) {
            shape.pop();
            shape.push('x');
        }
        if shape.len() >= LONGEST {
            break;
        }
    }
    shape
}

fn without_numbers(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).take(LONGEST).collect()
}
