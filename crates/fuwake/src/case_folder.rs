//! A case as a folder: `mail.eml`, `case.json`, `ledger.jsonl` and `blobs/`. What else lies there, a person's `notes.md`, stays as it
//! is.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use data_encoding::HEXLOWER;
use fuwake_core::case::Case;
use fuwake_core::inquiry::Scope;
use fuwake_core::mail::RawMail;

use crate::recorder::Recorder;

/// The mail in a case's folder.
pub(crate) const MAIL: &str = "mail.eml";
/// The case in its folder.
pub(crate) const CASE: &str = "case.json";
/// The answers in a case's folder.
pub(crate) const LEDGER: &str = "ledger.jsonl";

/// Keeps cases in folders, one each.
#[derive(Debug)]
pub(crate) struct CaseFolders {
    folder: PathBuf,
    /// The first case that could not be kept.
    failed: Mutex<Option<anyhow::Error>>,
}

impl CaseFolders {
    /// In `folder`.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), failed: Mutex::new(None) }
    }

    /// Makes the folder of a mail, and who records its answers beside those that it holds; none where it cannot be kept.
    pub(crate) fn open(&self, raw: RawMail, scope: &Scope) -> Option<Recorder> {
        let folder = self.place(raw);
        let made = fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()));
        let opened = made.and_then(|()| {
            Recorder::of_case(scope, &folder.join(LEDGER)).context("the case's ledger is left as it is")
        });
        opened.map_err(|error| self.note(Err(error))).ok()
    }

    /// Writes what its folder holds.
    pub(crate) fn close(&self, raw: RawMail, case: &Case, recorder: &Recorder) {
        let folder = self.place(raw);
        let written = serde_json::to_vec_pretty(case).map_err(io::Error::other).and_then(|json| {
            write_whole(&folder.join(MAIL), raw.bytes).and_then(|()| write_whole(&folder.join(CASE), &json))
        });
        self.note(written.with_context(|| format!("cannot write into {}", folder.display())));
        self.note(recorder.finish().map_err(Into::into));
    }

    /// Whether all were kept.
    pub(crate) fn finish(&self) -> anyhow::Result<()> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).take().map_or(Ok(()), Err)
    }

    /// Named by the head of the mail's SHA-256: the same mail has the same folder.
    fn place(&self, raw: RawMail) -> PathBuf {
        self.folder.join(HEXLOWER.encode(&raw.sha256[..8]))
    }

    fn note(&self, result: anyhow::Result<()>) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        *failed = failed.take().or(result.err());
    }
}

/// Whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}
