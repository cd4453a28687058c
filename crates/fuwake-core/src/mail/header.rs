//! The header half of a dissection: from raw bytes to everything that header fields say.

use crate::mail::address::Mailbox;
use crate::mail::authentication::Authentication;
use crate::mail::date::{self, DateField};
use crate::mail::field::{self, Field};
use crate::mail::filter_stamp::FilterStamp;
use crate::mail::list::ListFields;
use crate::mail::{Defect, HeaderText, MessageId, Subject};
use crate::span::Span;

/// What the header says. The members mean what they mean in [`Mail`](crate::mail::Mail).
#[derive(Debug, Default)]
pub(super) struct Header<'m> {
    pub(super) fields: Vec<Field<'m>>,
    pub(super) span: Span,
    /// Where the body begins.
    #[allow(dead_code)]
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
    for field in &block.fields {
        header.take(field);
    }
    header.fields = block.fields;
    header
}

impl Header<'_> {
    fn take(&mut self, field: &Field<'_>) {
        if field.is("date") {
            self.take_date(field);
        }
    }

    fn take_date(&mut self, field: &Field<'_>) {
        if self.date.is_some() {
            return;
        }
        let span = field.value_span;
        match date::parse(field.value) {
            Some((at, weekday_wrong)) => self.date = Some(DateField { at, weekday_wrong, span }),
            None => self.defects.push(Defect::new("date-unreadable", "the Date field holds no date", span)),
        }
    }
}
