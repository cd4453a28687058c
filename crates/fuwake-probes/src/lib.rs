//! Answers to the core's questions: about files that need a decoder and, in time, about the outside world.

pub mod probes;

use data_encoding::HEXLOWER;
use fuwake_core::evidence::{Answer, Data, Evidence, Question};
use sha2::{Digest, Sha256};

use probes::{archive, outlook_message};

/// An answer, and the blob that it names where it made one.
#[derive(Debug)]
pub struct Reply {
    /// The answer, ready for the ledger.
    pub evidence: Evidence,
    /// Bytes that the answer names by their SHA-256.
    pub blob: Option<Vec<u8>>,
}

/// Answers a question that needs nothing but this machine; `blob` are the bytes that [`Question::blob`] names.
#[must_use]
pub fn answer_locally(question: &Question, blob: Option<&[u8]>) -> Reply {
    let (answer, made) = match (question, blob) {
        (_, None) => (failed("the file is not kept"), None),
        (Question::ArchiveListing { .. }, Some(bytes)) => (archive::list(bytes), None),
        (Question::OutlookMessage { .. }, Some(bytes)) => outlook_answer(bytes),
    };
    let source = match question {
        Question::ArchiveListing { .. } => "archive",
        Question::OutlookMessage { .. } => "outlook-message",
    };
    let evidence = Evidence {
        id: question.id(),
        question: question.clone(),
        answer,
        source: source.to_owned(),
        asked_at: None,
    };
    Reply { evidence, blob: made }
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
