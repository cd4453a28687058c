//! A ledger as a file: JSON Lines, the scope first, then the evidence; what answers made lies beside it, by SHA-256.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use fuwake_core::evidence::{Answer, Data, Evidence, Question};
use fuwake_core::inquiry::Scope;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::blob_store::BlobStore;

/// The file's kind and number.
const SCHEMA: &str = "fuwake.ledger/1";

/// How the source of what a person saw begins; his name follows.
pub const PERSON: &str = "person: ";

/// What was recorded, to answer from.
#[derive(Debug)]
pub struct Recording {
    /// What could be asked.
    pub scope: Scope,
    entries: BTreeMap<String, Evidence>,
    blobs: BlobStore,
}

#[derive(Serialize, Deserialize)]
struct Head {
    schema: String,
    scope: Scope,
}

/// Why a ledger cannot be read or written.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The file cannot be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// It is no ledger.
    #[error("{0}: the first line is no head of a ledger ({SCHEMA})")]
    NoLedger(PathBuf),
    /// A line is no evidence.
    #[error("{0}, line {1}: {2}")]
    Line(PathBuf, usize, #[source] serde_json::Error),
}

impl Recording {
    /// An empty one; `file` is where it will be written.
    #[must_use]
    pub fn new(scope: Scope, file: &Path) -> Self {
        Self { scope, entries: BTreeMap::new(), blobs: BlobStore::beside(file) }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The first line that is no evidence.
    pub fn read(file: &Path) -> Result<Self, LedgerError> {
        let broken = |error| LedgerError::File(file.to_owned(), error);
        let mut lines = BufReader::new(fs::File::open(file).map_err(broken)?).lines();
        let head = lines.next().transpose().map_err(broken)?.unwrap_or_default();
        let head: Head = serde_json::from_str(&head).map_err(|_| LedgerError::NoLedger(file.to_owned()))?;
        if head.schema != SCHEMA {
            return Err(LedgerError::NoLedger(file.to_owned()));
        }
        let mut recording = Self::new(head.scope, file);
        for (number, line) in lines.enumerate() {
            let line = line.map_err(broken)?;
            let evidence: Evidence = serde_json::from_str(&line)
                .map_err(|error| LedgerError::Line(file.to_owned(), number + 2, error))?;
            recording.add(evidence);
        }
        Ok(recording)
    }

    /// Takes evidence in; the newer of the same question stays.
    pub fn add(&mut self, evidence: Evidence) {
        let id = evidence.question.id();
        let newer = self.entries.get(&id).is_none_or(|known| known.asked_at <= evidence.asked_at);
        if newer {
            self.entries.insert(id, evidence);
        }
    }

    /// What people saw and wrote down: nobody has to ask for it.
    pub fn by_people(&self) -> impl Iterator<Item = &Evidence> {
        self.entries.values().filter(|evidence| evidence.source.starts_with(PERSON))
    }

    /// Takes in what another recorded.
    pub fn merge(&mut self, other: Self) {
        self.scope.reach = self.scope.reach.max(other.scope.reach);
        for evidence in other.entries.into_values() {
            self.add(evidence);
        }
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, file: &Path) -> Result<(), LedgerError> {
        self.write_lines(file).map_err(|error| LedgerError::File(file.to_owned(), error))
    }

    fn write_lines(&self, file: &Path) -> io::Result<()> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut out = io::BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
        let head = Head { schema: SCHEMA.to_owned(), scope: self.scope.clone() };
        writeln!(out, "{}", serde_json::to_string(&head)?)?;
        for evidence in self.entries.values() {
            writeln!(out, "{}", serde_json::to_string(evidence)?)?;
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?.persist(file)?;
        Ok(())
    }

    /// The answer to a question and what it rests on; what was not recorded was not asked.
    #[must_use]
    pub fn answer(&self, question: &Question) -> Vec<Evidence> {
        let Some(evidence) = self.entries.get(&question.id()) else {
            let answer = Answer::NotAsked { why: "not-recorded".to_owned() };
            let source = "fuwake".to_owned();
            return vec![Evidence {
                id: question.id(),
                question: question.clone(),
                answer,
                source,
                asked_at: None,
            }];
        };
        let rests_on = match &evidence.answer {
            Answer::Found { data: Data::Authenticity(found) } => found.asked.as_slice(),
            _ => &[],
        };
        let rests_on = rests_on.iter().filter_map(|id| self.entries.get(id)).cloned();
        [evidence.clone()].into_iter().chain(rests_on).collect()
    }

    /// The files that answers made.
    #[must_use]
    pub fn blobs(&self) -> &BlobStore {
        &self.blobs
    }
}
