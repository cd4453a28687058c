//! Date fields (RFC 5322 section 3.3).

use time::OffsetDateTime;

use crate::span::Span;

/// A Date field that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateField {
    /// The moment, in the zone that the field names.
    pub at: OffsetDateTime,
    /// The weekday that the field names contradicts the date.
    pub weekday_wrong: bool,
    /// The bytes of the field's value.
    pub span: Span,
}
