//! What to ask next: a pure function of what is known so far.

mod file_kind;

pub use file_kind::speaks_by_pictures;

use crate::evidence::{FileKind, Ledger, Question, Reach};
use crate::knowledge::Knowledge;
use crate::mail::Mail;
use crate::mail::carried::CarriedAs;
use file_kind::{file_kind, is_worth_a_look};

/// How much may be asked about one mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Rounds of questions.
    pub rounds: u32,
    /// Questions in all.
    pub questions: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { rounds: 8, questions: 200 }
    }
}

/// The questions that a mail raises and the ledger does not answer yet, in a fixed order; empty when there is no more to ask.
/// `knowledge` decides nothing yet: files of the mail are asked about whatever is known. Look-ups beyond this machine need it, to
/// leave the hosts of known brands alone.
#[must_use]
pub fn next_questions(
    mail: &Mail<'_>,
    ledger: &Ledger,
    knowledge: &Knowledge,
    budget: &Budget,
) -> Vec<Question> {
    let _ = knowledge;
    let mut questions: Vec<Question> =
        local_questions(mail).filter(|question| ledger.answer(question).is_none()).collect();
    questions.sort();
    questions.dedup();
    questions.truncate(budget.questions);
    questions
}

fn local_questions<'a>(mail: &'a Mail<'_>) -> impl Iterator<Item = Question> + 'a {
    let archives = mail.attachments.iter().filter(|attachment| attachment.is_archive());
    let listings = archives.map(|archive| Question::ArchiveListing { sha256: archive.sha256.clone() });
    let outlook = mail.carried.iter().filter(|carried| carried.how == CarriedAs::OutlookMessage);
    let messages = outlook.map(|carried| Question::OutlookMessage { sha256: carried.sha256() });
    let decoded = mail.attachments.iter().filter_map(|file| {
        let kind = file_kind(file)?;
        (kind != FileKind::Picture || is_worth_a_look(mail, file))
            .then(|| Question::FileContents { sha256: file.sha256.clone(), kind })
    });
    listings.chain(messages).chain(decoded)
}

/// What was not looked at with a given reach, named as `verdict.not_checked` names it.
#[must_use]
pub fn beyond(reach: Option<Reach>) -> &'static [&'static str] {
    match reach {
        None | Some(Reach::Local) => &["dns", "registration", "reputation", "landing-page"],
        Some(Reach::Passive) => &["landing-page"],
        Some(Reach::Active) => &[],
    }
}
