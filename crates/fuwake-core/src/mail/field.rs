//! Header fields (RFC 5322 section 2.2) with the bytes they stand in.

use crate::span::Span;

/// A header field as it stands in the raw mail.
#[derive(Clone, Debug)]
pub struct Field<'m> {
    /// The name as written, without the colon; bytes that are not ASCII are shown as U+FFFD.
    pub name: &'m str,
    /// The bytes after the colon up to the line end, folding included.
    pub value: &'m [u8],
    /// The whole field: name to the end of its last line, line end excluded.
    pub span: Span,
    /// Where `value` stands, surrounding blanks and line ends excluded.
    pub value_span: Span,
}

impl Field<'_> {
    /// Whether this is the field `name`; case does not count.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}
