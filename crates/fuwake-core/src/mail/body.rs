//! Text parts, decoded.

use crate::mail::html::HtmlFacts;

/// A text part.
#[derive(Clone, Debug)]
pub struct Body {
    /// IMAP section number.
    pub part: String,
    /// `text/plain`, `text/html` …, lower case.
    pub media_type: String,
    /// The charset it was decoded from (WHATWG name), after repair.
    pub charset: String,
    /// The visible text: of HTML as a browser would show it, of others as it is; line ends are `\n`.
    pub text: String,
    /// Shown to the reader by default (the preferred alternative, not an attachment).
    pub displayed: bool,
    /// What only HTML has.
    pub html: Option<HtmlFacts>,
}
