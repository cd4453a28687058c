//! Mailboxes in header fields (RFC 5322 section 3.4), read from raw bytes because each needs its span and its charset repaired.

use crate::span::Span;

/// One mailbox of an address field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// As it stands, unfolded; bytes that are not UTF-8 as U+FFFD.
    pub raw: String,
    /// Decoded display name or, where there is none, the comment behind the address.
    pub display_name: Option<String>,
    /// `local@domain` where it is one; domain lower case, never an empty side.
    pub address: Option<String>,
    /// The address's domain, lower case, IDN as A-labels.
    pub domain: Option<String>,
    /// The registrable domain (public suffix and one label) of `domain`.
    pub registrable_domain: Option<String>,
    /// The group's name where the mailbox stands in a group.
    pub group: Option<String>,
    /// The bytes of this mailbox.
    pub span: Span,
    /// The bytes of the address alone; the same as `span` where there is none.
    pub address_span: Span,
}

impl Mailbox {
    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> Option<&str> {
        self.address.as_deref()?.rsplit_once('@').map(|(local, _)| local)
    }
}
