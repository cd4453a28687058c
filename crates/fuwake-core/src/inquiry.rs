//! What to ask next: a pure function of what is known so far.

mod file_kind;
mod passwords;

pub use file_kind::{kind_of_member, speaks_by_pictures};

use crate::evidence::{Answer, ArchiveEntry, Data, FileKind, Ledger, Question, Reach};
use crate::knowledge::Knowledge;
use crate::mail::carried::CarriedAs;
use crate::mail::{Attachment, Mail};
use file_kind::{file_kind, is_worth_a_look, promises_contents};

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
        local_questions(mail, ledger).filter(|question| ledger.answer(question).is_none()).collect();
    questions.sort();
    questions.dedup();
    questions.truncate(budget.questions);
    questions
}

fn local_questions<'a>(mail: &'a Mail<'_>, ledger: &'a Ledger) -> impl Iterator<Item = Question> + 'a {
    let archives = mail.attachments.iter().filter(|attachment| attachment.is_archive());
    let listings = archives.map(|archive| Question::ArchiveListing { sha256: archive.sha256.clone() });
    let outlook = mail.carried.iter().filter(|carried| carried.how == CarriedAs::OutlookMessage);
    let messages = outlook.map(|carried| Question::OutlookMessage { sha256: carried.sha256() });
    let decoded = mail.attachments.iter().filter_map(|file| {
        let kind = file_kind(file)?;
        (kind != FileKind::Picture || is_worth_a_look(mail, file))
            .then(|| Question::FileContents { sha256: file.sha256.clone(), kind })
    });
    let opened = mail.attachments.iter().filter_map(|file| archive_contents(mail, ledger, file));
    listings.chain(messages).chain(decoded).chain(opened)
}

/// Once an archive is listed: what the files in it hold, where a password is needed or a name promises something.
fn archive_contents(mail: &Mail<'_>, ledger: &Ledger, file: &Attachment) -> Option<Question> {
    if file.detected_type != Some("application/zip") || file_kind(file).is_some() {
        return None;
    }
    let sha256 = file.sha256.clone();
    let listed = ledger.answer(&Question::ArchiveListing { sha256: sha256.clone() })?;
    let Answer::Found { data: Data::ArchiveListing { entries, .. } } = &listed.answer else { return None };
    let is_locked = entries.iter().any(|entry| entry.encrypted);
    let promises = |entry: &ArchiveEntry| promises_contents(&entry.name);
    (is_locked || entries.iter().any(promises)).then(|| {
        let passwords = if is_locked { passwords::named(mail) } else { Vec::new() };
        Question::ArchiveContents { sha256, passwords }
    })
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
