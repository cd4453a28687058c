//! A case from its folder, judged by today's rules over the answers that it keeps: nothing is asked.

use std::fs;
use std::path::Path;

use anyhow::Context;
use fuwake_core::case::{Case, Input};
use fuwake_core::mail::RawMail;
use fuwake_probes::ledger_file::Recording;
use sha2::{Digest, Sha256};

use crate::answerer::Answerer;
use crate::case_folder::{LEDGER, MAIL};
use crate::dissect::Setup;

/// Judges the case in `folder`.
pub(crate) fn judged(folder: &Path, setup: &mut Setup) -> anyhow::Result<Case> {
    let bytes = mail(folder)?;
    let raw = RawMail { bytes: &bytes, size: bytes.len() as u64, sha256: Sha256::digest(&bytes).into() };
    setup.examiner.answer_by(Answerer::Recorded(Recording::read(&folder.join(LEDGER))?));
    let input = Input { path: folder.join(MAIL).to_string_lossy().into_owned(), member: None };
    Ok(setup.examiner.case(&input, raw))
}

/// The mail of the case in `folder`.
pub(crate) fn mail(folder: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(folder.join(MAIL)).with_context(|| format!("cannot read {MAIL}"))
}
