//! The program, run on mails inside the lab.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::Place;

/// One run.
pub(super) struct Run {
    /// What it wrote.
    pub(super) output: Vec<u8>,
    /// How long it took.
    pub(super) took: Duration,
}

impl Run {
    /// Each line as a case.
    pub(super) fn cases(&self) -> anyhow::Result<Vec<Value>> {
        let lines = self.output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_slice(line).context("a case is JSON")).collect()
    }
}

/// Dissects mails; nothing is known from earlier runs.
pub(super) fn dissect<'a>(
    place: &Place,
    how: &[&str],
    mails: impl IntoIterator<Item = &'a Path>,
) -> anyhow::Result<Run> {
    let cache = place.file("cache");
    if cache.exists() {
        std::fs::remove_dir_all(&cache)?;
    }
    let start = Instant::now();
    let output = place
        .command(&place.program)
        .args(["dissect", "--lang", "ja"])
        .args(how)
        .args(mails)
        .current_dir(crate::root())
        .output()
        .context("cannot run the program")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "fuwake dissect: {}: {}", output.status, said.trim());
    Ok(Run { output: output.stdout, took: start.elapsed() })
}

/// A case's evidence by id.
pub(super) fn evidence(case: &Value) -> BTreeMap<&str, &Value> {
    let entries = case["evidence"].as_array().map_or(&[][..], Vec::as_slice);
    entries.iter().filter_map(|entry| Some((entry["id"].as_str()?, entry))).collect()
}

/// The status of an answer: `found`, `absent`, `failed`, `not-asked`.
pub(super) fn status(evidence: &Value) -> &str {
    evidence["answer"]["status"].as_str().unwrap_or_default()
}

/// A mail's name in tables: its folder's, where that holds a single mail.
pub(super) fn name(mail: &Path) -> String {
    let folder = mail.parent().filter(|_| mail.ends_with("mail.eml"));
    folder.unwrap_or(mail).file_stem().unwrap_or(mail.as_os_str()).to_string_lossy().into_owned()
}
