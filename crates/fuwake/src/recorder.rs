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
        Self { file: file.to_owned(), taken: Mutex::new(Taken { recording, failed: None }) }
    }

    /// Takes the answers about one mail, and the files that they made.
    pub(crate) fn take(&self, ledger: &Ledger, blobs: &Blobs) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        for evidence in ledger.iter() {
            taken.recording.add(evidence.clone());
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
