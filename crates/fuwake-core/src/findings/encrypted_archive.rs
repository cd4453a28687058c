//! An attached archive has encrypted entries. Weak alone: many Japanese offices send files so (PPAP).

use super::{Scene, Sign, listings};
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (file, evidence, _) =
        listings::listings(scene).find(|(.., entries)| entries.iter().any(|entry| entry.encrypted))?;
    Some(Sign::at(Because::Evidence { evidence: evidence.id.clone() }).and(file.span))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    #[test]
    fn entries_that_need_a_password() {
        assert!(fires_on_archive("encrypted-archive", "invoice.pdf", true));
        assert!(!fires_on_archive("encrypted-archive", "invoice.pdf", false));
    }
}
