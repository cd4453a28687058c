//! Wording of a fraud or an advert stands in the subject or in the sender's name: there a mail says what it is about, while a text
//! may only mention it. Counts wording that clearly points to one class. Silent for Japanese, whose honest notices name their
//! matter in the subject with the same words, and for replies, lists and mails that carry others.

use super::{Scene, Sign, Worded};
use crate::span::Because;

/// How clearly the wording's finding points to a class of unwanted mail.
const CLEARLY: f32 = 1.2;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.mail.list.is_reply || scene.is_list_mail() || scene.is_carrier() {
        return None;
    }
    let in_header = |hit: &&Worded| !hit.hint && matches!(hit.because, Because::Bytes { .. });
    let hit = scene.phrases.iter().filter(in_header).find(|hit| points_clearly(scene, hit))?;
    Some(Sign::at(hit.because.clone()).with("quote", hit.quote.as_str()))
}

fn points_clearly(scene: &Scene<'_>, hit: &Worded) -> bool {
    let file = &scene.knowledge.phrases()[hit.file];
    let finding = scene.knowledge.finding(&file.finding);
    file.language != "ja"
        && finding.is_some_and(|finding| finding.points_to.values().any(|points| *points >= CLEARLY))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn lures(head: &str) -> bool {
        fires("lure-in-subject-or-name", &format!("{head}\n\nGood morning\n"), "")
    }

    #[test]
    fn what_the_mail_is_about() {
        assert!(lures("From: Casino Rewards <a@example.com>\nSubject: Hello"));
        assert!(lures("From: a@example.com\nSubject: Your name has been drawn"));
        assert!(!lures(
            "From: a@example.com\nSubject: Re: Your name has been drawn\nIn-Reply-To: <a@b.example>"
        ));
        assert!(!lures("From: a@example.com\nSubject: Your invoice for May"));
    }
}
