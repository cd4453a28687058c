//! What the world says of one name, address or link: the same probes without a mail.

use serde::Serialize;

use super::hosts::{HostRecord, hosts};
use super::landing::LandingRecord;
use super::{Input, Language, Tool};
use crate::evidence::{Answer, Evidence, Ledger};
use crate::inquiry::Observables;
use crate::knowledge::Knowledge;

/// The schema's name and number.
const SCHEMA: &str = "fuwake.lookup/1";

/// What is known of one name, address or link.
#[derive(Clone, Debug, Serialize)]
pub struct Lookup {
    /// `fuwake.lookup/1`.
    pub schema: &'static str,
    /// What was asked about, as given.
    pub input: Input,
    /// What made this.
    pub tool: Tool,
    /// What was asked and answered, by id.
    pub evidence: Vec<Evidence>,
    /// Names and addresses with the evidence on each.
    pub hosts: Vec<HostRecord>,
    /// What stands behind the link; empty where it was not visited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub landing: Vec<LandingRecord>,
    /// The ids of questions that have no answer.
    pub not_checked: Vec<String>,
}

impl Lookup {
    /// Of what was answered.
    #[must_use]
    pub fn new(
        asked: &str,
        (observables, ledger): (&Observables, &Ledger),
        (knowledge, language): (&Knowledge, Language),
        tool: Tool,
    ) -> Self {
        let landings = crate::landing::all(ledger, knowledge);
        let failed = ledger
            .iter()
            .filter(|evidence| matches!(evidence.answer, Answer::Failed { .. } | Answer::NotAsked { .. }));
        Self {
            schema: SCHEMA,
            input: Input { path: asked.to_owned(), member: None },
            tool,
            not_checked: failed.map(|evidence| evidence.id.clone()).collect(),
            hosts: hosts(observables, ledger),
            landing: landings
                .iter()
                .map(|landing| LandingRecord::new(landing, language, knowledge))
                .collect(),
            evidence: ledger.iter().cloned().collect(),
        }
    }
}
