//! Answers to the core's questions: about files that need a decoder, and about the outside world.

pub mod decoders;
pub mod ledger_file;
pub mod probes;
pub mod worker;
pub mod world;

use data_encoding::HEXLOWER;
use fuwake_core::evidence::{Answer, Data, Evidence, Question, Reach};
use sha2::{Digest, Sha256};

use probes::{archive, outlook_message};
use worker::{Task, Workers};

/// An answer, and the blob that it names where it made one.
#[derive(Debug)]
pub struct Reply {
    /// The answer, ready for the ledger.
    pub evidence: Evidence,
    /// Bytes that the answer names by their SHA-256.
    pub blob: Option<Vec<u8>>,
}

/// Answers a question that needs nothing but this machine; `blob` are the bytes that [`Question::blob`] names. Heavy decoders are
/// left to `workers`.
#[must_use]
pub fn answer_locally(question: &Question, blob: Option<&[u8]>, workers: &Workers) -> Reply {
    let mut source = match question {
        Question::ArchiveListing { .. } => "archive".to_owned(),
        Question::FileContents { .. } | Question::ArchiveContents { .. } => "decoder".to_owned(),
        Question::OutlookMessage { .. } => "outlook-message".to_owned(),
        _ => "fuwake".to_owned(),
    };
    let (answer, made) = match (question, blob) {
        (question, _) if question.reach() > Reach::Local => (not_asked("reach"), None),
        (Question::Place { .. }, _) => (not_asked("no-table"), None),
        (_, None) => (failed("the file is not kept"), None),
        (Question::ArchiveListing { .. }, Some(bytes)) => (archive::list(bytes), None),
        (Question::FileContents { kind, .. }, Some(bytes)) => {
            (decode(&Task::File(*kind), bytes, workers, &mut source), None)
        }
        (Question::ArchiveContents { passwords, .. }, Some(bytes)) => {
            let task = Task::Archive { passwords: passwords.clone() };
            (decode(&task, bytes, workers, &mut source), None)
        }
        (Question::OutlookMessage { .. }, Some(bytes)) => outlook_answer(bytes),
        (_, Some(_)) => (not_asked("reach"), None),
    };
    let evidence = Evidence { id: question.id(), question: question.clone(), answer, source, asked_at: None };
    Reply { evidence, blob: made }
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

fn not_asked(why: &str) -> Answer {
    Answer::NotAsked { why: why.to_owned() }
}

fn failed(why: &str) -> Answer {
    Answer::Failed { why: why.to_owned() }
}
