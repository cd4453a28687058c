//! The subject claims the opposite of what the text says: "the restriction was lifted" over "we have restricted your card". The pairs
//! stand in `data/opposites/`. Silent where the text takes up the subject's claim too.

use super::{Scene, Sign};
use crate::span::Span;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.is_second_hand() {
        return None;
    }
    let subject = scene.mail.subject.as_ref()?;
    let (head, text) = (scene.subject.text.as_str(), scene.text.text.as_str());
    let pairs = scene
        .knowledge
        .opposites()
        .iter()
        .filter(|pair| scene.mail.languages.contains(&pair.language.as_str()));
    let (claim, denial) = pairs
        .filter_map(|pair| {
            let claim = pair.subject.iter().find(|claim| head.contains(claim.as_str()))?;
            let denial = pair.text.iter().find_map(|denial| Some((denial, text.find(denial.as_str())?)))?;
            (!pair.unless.iter().any(|word| text.contains(word.as_str()))).then_some((claim, denial))
        })
        .next()?;
    let (denial, at) = denial;
    let place = scene.text.original(at, at + denial.len());
    let sign = Sign::at(subject.span).and(scene.in_text(Span::new(place.start, place.end)));
    Some(sign.with("claim", claim.as_str()).with("denial", denial.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn contradicts(subject: &str, text: &str) -> bool {
        fires("subject-contradicts-text", &format!("From: a@example.com\nSubject: {subject}\n\n{text}\n"), "")
    }

    #[test]
    fn lifted_and_restricted() {
        let subject = "カードの利用停止は解除されました";
        assert!(contradicts(subject, "カードのご利用を一部制限させていただきました。"));
        assert!(!contradicts(subject, "カードのご利用を一部制限しておりましたが、本日解除いたしました。"));
        assert!(!contradicts("カードの利用停止について", "カードのご利用を一部制限させていただきました。"));
    }
}
