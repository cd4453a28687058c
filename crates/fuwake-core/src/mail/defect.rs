//! What is wrong with a mail's bytes.

use serde::Serialize;

use crate::span::Span;

/// Something irregular in the bytes, and what was made of it. A defect is no finding: many genuine mails have some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Defect {
    /// Kebab-case, names the fault: `charset-unlabelled`, `header-too-long`.
    pub id: &'static str,
    /// For a person: what was met and what was done, in English.
    pub detail: String,
    /// Where, in bytes of the raw mail.
    #[serde(rename = "bytes", skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Defect {
    /// A defect at `span`.
    pub fn new(id: &'static str, detail: impl Into<String>, span: impl Into<Option<Span>>) -> Self {
        Self { id, detail: detail.into(), span: span.into() }
    }
}
