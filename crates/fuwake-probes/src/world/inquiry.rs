//! The loop over one mail's questions: each is asked as soon as it is raised, so that a mail takes as long as its longest chain of
//! questions that depend on each other, not the sum of rounds.

use std::collections::HashSet;

use futures::stream::{FuturesUnordered, StreamExt};
use fuwake_core::evidence::{Answer, Evidence, Ledger, Question};
use fuwake_core::inquiry::Privacy;
use tokio::time::{Instant, timeout_at};

use super::{Fault, World, now, rfc3339};
use crate::machine::Machine;

impl World {
    /// Asks until there is no new question, or until the budget of questions or time is spent: what is then left is recorded as not
    /// asked, what is still under way as failed. `next_questions` says what the ledger does not answer yet, `blob` the bytes that a
    /// question is about; what `machine` can answer is answered at once, and no probe asks on its way for what `privacy` keeps.
    pub async fn inquire<'b>(
        &self,
        mut ledger: Ledger,
        next_questions: impl Fn(&Ledger) -> Vec<Question>,
        blob: impl Fn(&Question) -> Option<&'b [u8]>,
        (machine, privacy): (&Machine, &Privacy),
    ) -> Ledger {
        let mut raised: HashSet<String> = HashSet::new();
        let mut under_way = FuturesUnordered::new();
        let end = Instant::now() + self.patience();
        loop {
            let mut answered_here = false;
            for question in next_questions(&ledger) {
                if !raised.insert(question.id()) {
                    continue;
                }
                if let Some(reply) = machine.answer(&question, blob(&question)) {
                    ledger.record(reply.evidence);
                    answered_here = true;
                } else if raised.len() > self.budget(&question) {
                    ledger.record(not_asked(question));
                } else {
                    let blob = blob(&question);
                    under_way.push(async move { self.answer(&question, blob, privacy).await });
                }
            }
            if answered_here {
                continue;
            }
            match timeout_at(end, under_way.next()).await {
                Ok(Some(evidence)) => evidence.into_iter().for_each(|evidence| ledger.record(evidence)),
                Ok(None) => return ledger,
                Err(_) => break,
            }
        }
        for question in next_questions(&ledger) {
            ledger.record(out_of_time(question));
        }
        ledger
    }
}

impl World {
    /// How many questions may have been raised before this one. Reputations leave some for what follows from the first answers.
    fn budget(&self, question: &Question) -> usize {
        let all = self.scope().questions;
        if matches!(question, Question::Reputation { .. }) { all - all / 4 } else { all }
    }
}

fn out_of_time(question: Question) -> Evidence {
    let answer = Answer::Failed { why: Fault::TimeOut.to_string() };
    Evidence { id: question.id(), question, answer, source: "fuwake".to_owned(), asked_at: rfc3339(now()) }
}

fn not_asked(question: Question) -> Evidence {
    let answer = Answer::NotAsked { why: "budget".to_owned() };
    Evidence { id: question.id(), question, answer, source: "fuwake".to_owned(), asked_at: None }
}
