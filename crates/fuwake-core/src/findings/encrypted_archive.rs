//! An attached archive has encrypted entries. Weak alone: many Japanese offices send files so (PPAP).

use super::{Scene, Sign, listings};
use crate::span::Because;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let locked = listings::locked(scene)?;
    Some(Sign::at(Because::Evidence { evidence: locked.listing.id.clone() }).and(locked.file.span))
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
