//! Questions that need nothing but this machine.

use data_encoding::HEXLOWER;
use fuwake_core::evidence::{Answer, Data, Evidence, Question, Reach};
use sha2::{Digest, Sha256};

use crate::probes::earlier_cases::EarlierIndex;
use crate::probes::place::Tables;
use crate::probes::{archive, outlook_message};
use crate::worker::{Task, Workers};

/// An answer, and the blob that it names where it made one.
#[derive(Debug)]
pub struct Reply {
    /// The answer, ready for the ledger.
    pub evidence: Evidence,
    /// Bytes that the answer names by their SHA-256.
    pub blob: Option<Vec<u8>>,
}

/// What answers without asking anybody.
#[derive(Debug)]
pub struct Machine {
    /// Heavy decoders are left to them.
    pub workers: Workers,
    /// Where addresses are.
    pub tables: Tables,
    /// What earlier cases had.
    pub earlier: EarlierIndex,
}

impl Machine {
    /// Answers a question that needs nothing but this machine, none for any other; `blob` are the bytes that [`Question::blob`] names.
    #[must_use]
    pub fn answer(&self, question: &Question, blob: Option<&[u8]>) -> Option<Reply> {
        if question.reach() > Reach::Local {
            return None;
        }
        let mut source = source(question).to_owned();
        let (answer, blob) = match (question, blob) {
            (Question::Place { ip }, _) => (self.tables.answer(*ip), None),
            (Question::EarlierCases { mail, shared }, _) => (self.earlier.answer(mail, shared), None),
            (Question::OutlookMessage { .. }, Some(bytes)) => outlook_answer(bytes),
            (question, Some(bytes)) => (self.open(question, bytes, &mut source), None),
            (_, None) => (failed("the file is not kept"), None),
        };
        let evidence =
            Evidence { id: question.id(), question: question.clone(), answer, source, asked_at: None };
        Some(Reply { evidence, blob })
    }

    fn open(&self, question: &Question, bytes: &[u8], source: &mut String) -> Answer {
        match question {
            Question::FileContents { kind, .. } => decode(&Task::File(*kind), bytes, &self.workers, source),
            Question::ArchiveContents { passwords, .. } => {
                let task = Task::Archive { passwords: passwords.clone() };
                decode(&task, bytes, &self.workers, source)
            }
            _ => archive::list(bytes),
        }
    }
}

/// Who answers.
const fn source(question: &Question) -> &'static str {
    match question {
        Question::ArchiveListing { .. } => "archive",
        Question::FileContents { .. } | Question::ArchiveContents { .. } => "decoder",
        Question::OutlookMessage { .. } => "outlook-message",
        Question::EarlierCases { .. } => "earlier-cases",
        _ => "tables",
    }
}

/// A worker's answer; what was missing of its fence is added to the source.
fn decode(task: &Task, bytes: &[u8], workers: &Workers, source: &mut String) -> Answer {
    let decoded = workers.decode(task, bytes);
    let missing: Vec<&str> = decoded.fence.iter().flat_map(|fence| fence.missing()).collect();
    if !missing.is_empty() {
        *source = format!("{source} (without {})", missing.join(", "));
    }
    decoded.answer
}

fn outlook_answer(bytes: &[u8]) -> (Answer, Option<Vec<u8>>) {
    let limit = bytes.len().saturating_mul(3).saturating_add(2 << 20);
    match outlook_message::convert(std::io::Cursor::new(bytes), limit) {
        Ok(message) => {
            let sha256 = HEXLOWER.encode(&Sha256::digest(&message));
            (Answer::Found { data: Data::Message { sha256 } }, Some(message))
        }
        Err(why) => (failed(&why.to_string()), None),
    }
}

fn failed(why: &str) -> Answer {
    Answer::Failed { why: why.to_owned() }
}
