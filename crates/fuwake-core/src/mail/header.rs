//! The header half of a dissection: from raw bytes to everything that header fields say.

use crate::domain;
use crate::mail::address::{self, Mailbox};
use crate::mail::authentication::{self, Authentication};
use crate::mail::date::{self, DateField};
use crate::mail::encoded_word;
use crate::mail::field::{self, Field};
use crate::mail::filter_stamp::{self, FilterStamp};
use crate::mail::list::ListFields;
use crate::mail::subject;
use crate::mail::{Defect, HeaderText, MessageId, Subject};
use crate::span::Span;

/// How many defects of one kind are kept.
const MAX_DEFECTS_OF_A_KIND: usize = 20;
/// How many mailboxes a header yields in all.
const MAX_MAILBOXES: usize = 5_000;

/// What the header says. The members mean what they mean in [`Mail`](crate::mail::Mail).
#[derive(Debug, Default)]
pub(super) struct Header<'m> {
    pub(super) fields: Vec<Field<'m>>,
    pub(super) span: Span,
    /// Where the body begins.
    pub(super) body: usize,
    pub(super) subject: Option<Subject>,
    pub(super) date: Option<DateField>,
    pub(super) mailer: Option<HeaderText>,
    pub(super) authors: Vec<Mailbox>,
    pub(super) sender: Vec<Mailbox>,
    pub(super) reply_to: Vec<Mailbox>,
    pub(super) recipients: Vec<Mailbox>,
    pub(super) errors_to: Vec<Mailbox>,
    pub(super) envelope_from: Option<Mailbox>,
    pub(super) message_id: Option<MessageId>,
    pub(super) list: ListFields,
    pub(super) claimed_client: Option<HeaderText>,
    pub(super) authentication: Authentication,
    pub(super) filter_stamps: Vec<FilterStamp>,
    pub(super) defects: Vec<Defect>,
}

/// Reads the header at the front of `raw`.
pub(super) fn read(raw: &[u8]) -> Header<'_> {
    let block = field::split(raw);
    let mut header =
        Header { span: block.span, body: block.body, defects: block.defects, ..Header::default() };
    let mut seen = Seen::default();
    for field in &block.fields {
        header.take(raw, field, &mut seen);
    }
    header.authentication.seals.sort_by_key(|seal| seal.instance);
    header.bound_defects();
    header.fields = block.fields;
    header
}

/// Fields that RFC 5322 section 3.6 allows once, as far as they have been met.
#[derive(Default)]
struct Seen {
    from: bool,
    subject: bool,
    date: bool,
    message_id: bool,
    claimed_client: bool,
}

impl Header<'_> {
    fn take(&mut self, raw: &[u8], field: &Field<'_>, seen: &mut Seen) {
        let mut name = [0; 40];
        let Some(name) = name.get_mut(..field.name.len()) else { return };
        name.copy_from_slice(field.name.as_bytes());
        name.make_ascii_lowercase();
        match &*name {
            b"subject" => self.take_subject(field, &mut seen.subject),
            b"date" => self.take_date(field, &mut seen.date),
            b"message-id" | b"messageid" => self.take_message_id(field, &mut seen.message_id),
            b"from" => {
                self.once(field, &mut seen.from);
                let authors = self.mailboxes(raw, field);
                self.authors.extend(authors);
            }
            b"sender" => self.sender = self.mailboxes(raw, field),
            b"reply-to" => {
                let reply_to = self.mailboxes(raw, field);
                self.reply_to.extend(reply_to);
            }
            b"errors-to" => self.errors_to = self.mailboxes(raw, field),
            b"return-path" if self.envelope_from.is_none() => self.take_return_path(raw, field),
            b"to"
            | b"cc"
            | b"bcc"
            | b"delivered-to"
            | b"x-original-to"
            | b"envelope-to"
            | b"x-envelope-to"
            | b"apparently-to"
            | b"x-delivered-to"
            | b"x-rcpt-to"
            | b"x-forwarded-to"
            | b"resent-to"
            | b"resent-cc"
            | b"x-apparently-to"
            | b"x-real-to"
            | b"x-receiver"
            | b"x-ms-exchange-organization-originalenveloperecipients" => {
                self.take_recipients(raw, field, field.value_span);
            }
            b"original-recipient" | b"final-recipient" => self.take_typed_recipient(raw, field),
            b"x-mailer"
            | b"user-agent"
            | b"x-mimeole"
            | b"x-newsreader"
            | b"x-php-originating-script"
            | b"x-mailer-version" => {
                self.take_mailer(field, &*name);
            }
            b"x-originating-ip"
            | b"x-client-ip"
            | b"x-originatingip"
            | b"x-source-ip"
            | b"x-sender-ip"
            | b"x-real-ip"
            | b"x-remote-ip"
            | b"x-yahoo-post-ip"
            | b"x-senders-ip"
            | b"x-php-originating-ip" => {
                if !std::mem::replace(&mut seen.claimed_client, true) {
                    self.claimed_client = self.text(field);
                }
            }
            b"list-id"
            | b"list-unsubscribe"
            | b"list-unsubscribe-post"
            | b"list-post"
            | b"precedence"
            | b"auto-submitted"
            | b"in-reply-to"
            | b"references" => self.take_list(field, &*name),
            _ => {
                authentication::read(field, &mut self.authentication);
                filter_stamp::read(field, &mut self.filter_stamps);
            }
        }
    }

    fn once(&mut self, field: &Field<'_>, seen: &mut bool) -> bool {
        if std::mem::replace(seen, true) {
            let detail = format!("the field {} stands there more than once", field.name);
            self.defects.push(Defect::new("duplicate-field", detail, field.span));
            return false;
        }
        true
    }

    fn take_subject(&mut self, field: &Field<'_>, seen: &mut bool) {
        if !self.once(field, seen) {
            return;
        }
        if let Some(HeaderText { text, span }) = self.text(field) {
            self.subject = Some(Subject { stamps: subject::stamps(&text), text, span });
        }
    }

    fn take_date(&mut self, field: &Field<'_>, seen: &mut bool) {
        if !self.once(field, seen) {
            return;
        }
        let span = field.value_span;
        match date::parse(field.value) {
            Some((at, weekday_wrong)) => self.date = Some(DateField { at, weekday_wrong, span }),
            None => self.defects.push(Defect::new("date-unreadable", "the Date field holds no date", span)),
        }
    }

    fn take_message_id(&mut self, field: &Field<'_>, seen: &mut bool) {
        if !self.once(field, seen) {
            return;
        }
        let Some(HeaderText { text, span }) = self.text(field) else { return };
        let value = text.split_once('<').map_or(text.as_str(), |(_, inner)| inner);
        let value = value.split_once('>').map_or(value, |(inner, _)| inner).trim();
        let domain = value
            .rsplit_once('@')
            .and_then(|(_, host)| domain::normalise(host))
            .filter(|host| host.contains('.'));
        self.message_id = Some(MessageId { value: value.to_owned(), domain, span });
    }

    fn take_return_path(&mut self, raw: &[u8], field: &Field<'_>) {
        self.envelope_from = self.mailboxes(raw, field).into_iter().next();
    }

    fn take_recipients(&mut self, raw: &[u8], field: &Field<'_>, span: Span) {
        if self.recipients.len() < MAX_MAILBOXES {
            let recipients = address::mailboxes(raw, span, &mut self.defects);
            self.recipients.extend(recipients);
        } else {
            self.defects.push(Defect::new(
                "too-many-addresses",
                "further recipients were not read",
                field.span,
            ));
        }
    }

    /// `rfc822;user@host` (RFC 3464 section 2.3).
    fn take_typed_recipient(&mut self, raw: &[u8], field: &Field<'_>) {
        let span = field.value_span;
        let skip = memchr::memchr(b';', span.of(raw)).map_or(0, |at| at + 1);
        self.take_recipients(raw, field, field::trimmed(raw, Span::new(span.start + skip, span.end)));
    }

    /// X-Mailer and User-Agent before those that only a library writes.
    fn take_mailer(&mut self, field: &Field<'_>, name: &[u8]) {
        if self.mailer.is_none() || matches!(name, b"x-mailer" | b"user-agent") {
            self.mailer = self.text(field);
        }
    }

    fn take_list(&mut self, field: &Field<'_>, name: &[u8]) {
        let lower =
            |text: Option<HeaderText>| text.map(|text| HeaderText { text: text.text.to_lowercase(), ..text });
        match name {
            b"list-id" => self.list.id = self.text(field),
            b"list-unsubscribe" => self.list.unsubscribe = self.text(field),
            b"list-unsubscribe-post" => self.list.one_click = true,
            b"list-post" => self.list.post = self.text(field),
            b"precedence" => self.list.precedence = lower(self.text(field)),
            b"auto-submitted" => self.list.auto_submitted = lower(self.text(field)),
            _ => self.list.is_reply |= !field.value_span.is_empty(),
        }
    }

    fn mailboxes(&mut self, raw: &[u8], field: &Field<'_>) -> Vec<Mailbox> {
        address::mailboxes(raw, field.value_span, &mut self.defects)
    }

    /// The decoded text of a field, what had to be repaired in it as defects; none where the field is empty.
    fn text(&mut self, field: &Field<'_>) -> Option<HeaderText> {
        let span = field.value_span;
        let decoded = encoded_word::decode(field.value);
        self.defects
            .extend(decoded.repairs.into_iter().map(|repair| Defect::new(repair.id, repair.detail, span)));
        Some(HeaderText { text: decoded.text, span }).filter(|text| !text.text.is_empty())
    }

    fn bound_defects(&mut self) {
        if self.defects.len() <= MAX_DEFECTS_OF_A_KIND {
            return;
        }
        let mut counts: Vec<(&'static str, usize)> = Vec::new();
        self.defects.retain(|defect| {
            let count = match counts.iter_mut().find(|(id, _)| *id == defect.id) {
                Some((_, count)) => count,
                None => {
                    counts.push((defect.id, 0));
                    return true;
                }
            };
            *count += 1;
            *count < MAX_DEFECTS_OF_A_KIND
        });
    }
}

#[cfg(test)]
mod tests;
