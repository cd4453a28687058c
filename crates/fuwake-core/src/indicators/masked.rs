//! Text in which people are masked.

use serde::Serialize;

/// Text in which people are masked. It is no link that one may follow, but it is written as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Masked(String);

impl Masked {
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing in it was masked: what was is no name or link that a machine could match.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.0.contains("***") && !self.0.contains("MASKED")
    }

    /// What stands before the first mask.
    #[must_use]
    pub fn head(&self) -> &str {
        let before = |mask| self.0.split(mask).next().unwrap_or_default();
        std::cmp::min_by_key(before("***"), before("MASKED"), |head| head.len())
    }
}

impl std::fmt::Display for Masked {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(&self.0)
    }
}
