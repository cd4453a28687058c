//! Verdicts that filters on the way left in the header: X-Spam-*, Microsoft's SCL, BCL, CAT and SFV, and others. Hints, never proof.

use crate::span::Span;

/// One filter's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterStamp {
    /// The field's name as written.
    pub field: String,
    /// `score`, `flag`, `scl`, `bcl`, `cat`, `sfv`, `ctry`, `status` …
    pub key: String,
    /// The value as written.
    pub value: String,
    /// Whether the filter called the mail unwanted; none where it did not say.
    pub unwanted: Option<bool>,
    /// The field's bytes.
    pub span: Span,
}
