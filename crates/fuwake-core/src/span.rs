//! Where something stands: the pointers by which a reader can check every claim.

use serde::Serialize;

/// A half-open range `[start, end)`; in bytes of the raw mail or in Unicode code points of a decoded text, as its holder says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First position.
    pub start: usize,
    /// One past the last position.
    pub end: usize,
}

impl Span {
    /// The range `[start, end)`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether nothing lies in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether something lies in both.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes it names; empty where it lies outside.
    #[must_use]
    pub fn of(self, raw: &[u8]) -> &[u8] {
        raw.get(self.start..self.end).unwrap_or_default()
    }
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

/// Why a finding stands: bytes of the raw mail, code points of a decoded text, or a recorded answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Because {
    /// Bytes of the raw mail (of the carried mail itself where the finding is on one).
    Bytes {
        /// The byte range.
        bytes: Span,
    },
    /// Code points of the visible text of a part.
    Text {
        /// IMAP section number (RFC 3501 section 6.4.5), `1` for a single part; `subject` never stands here: header text is pointed at by bytes.
        part: String,
        /// The code-point range.
        text: Span,
    },
    /// An entry of the ledger.
    Evidence {
        /// Its id.
        evidence: String,
    },
}

impl Because {
    /// Whether both point at the same thing, or at places that share something.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes { bytes }, Self::Bytes { bytes: others }) => bytes.overlaps(*others),
            (Self::Text { part, text }, Self::Text { part: another, text: others }) => {
                part == another && text.overlaps(*others)
            }
            (Self::Evidence { evidence }, Self::Evidence { evidence: another }) => evidence == another,
            _ => false,
        }
    }
}

impl From<Span> for Because {
    fn from(bytes: Span) -> Self {
        Self::Bytes { bytes }
    }
}
