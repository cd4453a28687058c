//! A world that answers.

use fuwake_core::evidence::{Answer, Data, Evidence, Ledger, Question};

/// When it was asked.
pub(crate) const AT: &str = "2026-11-20T03:04:05Z";

/// What it answered to each question.
pub(crate) fn answered(known: impl IntoIterator<Item = (Question, Data)>) -> Ledger {
    let mut ledger = Ledger::default();
    for (question, data) in known {
        let (id, answer) = (question.id(), Answer::Found { data });
        let (source, asked_at) = ("test".to_owned(), Some(AT.to_owned()));
        ledger.record(Evidence { id, question, answer, source, asked_at });
    }
    ledger
}
