//! `--record`: all answers of a run in one ledger.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use fuwake_core::evidence::Ledger;
use fuwake_core::inquiry::Scope;
use fuwake_probes::ledger_file::{LedgerError, Recording};

use crate::answerer::Blobs;

/// Collects the answers about all mails.
#[derive(Debug)]
pub(crate) struct Recorder {
    file: PathBuf,
    /// It keeps one case, in which what was found once outlasts a later failure.
    is_a_case: bool,
    taken: Mutex<Taken>,
}

#[derive(Debug)]
struct Taken {
    recording: Recording,
    /// The first file that could not be kept.
    failed: Option<LedgerError>,
}

impl Recorder {
    /// Will write `file`.
    pub(crate) fn new(scope: Scope, file: &Path) -> Self {
        let recording = Recording::new(scope, file);
        Self { file: file.to_owned(), is_a_case: false, taken: Mutex::new(Taken { recording, failed: None }) }
    }

    /// Will write `file`, the ledger of a case, with what it holds already.
    ///
    /// # Errors
    /// Where it holds something that cannot be read, which is then not to be written over.
    pub(crate) fn of_case(scope: &Scope, file: &Path) -> Result<Self, LedgerError> {
        let mut recording = Recording::new(scope.clone(), file);
        if file.exists() {
            recording = Recording::read(file)?;
            recording.scope.join(scope);
        }
        Ok(Self {
            file: file.to_owned(),
            is_a_case: true,
            taken: Mutex::new(Taken { recording, failed: None }),
        })
    }

    /// Takes the answers about one mail, and the files that they made.
    pub(crate) fn take(&self, mail: Option<&str>, ledger: &Ledger, blobs: &Blobs) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        for evidence in ledger.iter() {
            match mail.filter(|_| !self.is_a_case) {
                Some(mail) => taken.recording.add_for(mail, evidence.clone()),
                None => {
                    taken.recording.add(evidence.clone());
                }
            }
        }
        for bytes in blobs.values() {
            let kept = taken.recording.blobs().put(bytes);
            let failed = kept.err().map(|error| LedgerError::File(self.file.clone(), error));
            taken.failed = taken.failed.take().or(failed);
        }
    }

    /// Writes the ledger.
    pub(crate) fn finish(&self) -> Result<(), LedgerError> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.failed.take().map_or(Ok(()), Err)?;
        taken.recording.write(&self.file)
    }
}
