//! The display name is one brand's, the subject is headed by another's, and the sender is neither: a template taken for the wrong brand.

use super::scene::are_sisters;
use super::{Scene, Sign};
use crate::impersonation::Place;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    scene.impersonated()?;
    let shown: Vec<_> = scene.presented().filter(|(claim, _)| claim.stands_in(Place::DisplayName)).collect();
    let (first, brand) = shown.first()?;
    let (other, contrary) = scene.presented().find(|(claim, other)| {
        claim.heads_subject
            && !shown.iter().any(|(_, known)| known.id == other.id)
            && !are_sisters(brand, other)
    })?;
    let grounds = first.because.iter().chain(&other.because).cloned();
    Some(Sign::at_all(grounds).with("brand", &brand.name).with("other", &contrary.name))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "brands-contradict";

    #[test]
    fn display_name_against_subject() {
        assert!(fires(ID, "From: Netflix <a@example.com>\nSubject: [Amazon] hello\n\nx", ""));
        assert!(!fires(ID, "From: Amazon <a@example.com>\nSubject: [Amazon] hello\n\nx", ""));
        assert!(!fires(ID, "From: 三井住友銀行 <a@example.com>\nSubject: 【三井住友カード】\n\nx", ""));
    }
}
