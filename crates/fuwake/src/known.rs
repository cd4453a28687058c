//! What mails are judged by: the shipped knowledge, and over it the operator's own folder, where there is one.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use fuwake_core::expression::{Expression, Mistake};
use fuwake_core::knowledge::Knowledge;
use fuwake_data::overlay::overlay;
use fuwake_data::read::{Reading, read};
use fuwake_data::schema::{Data, FindingSpec};
use fuwake_data::{Fault, lint, place};
use sha2::{Digest, Sha256};

use crate::cli;
use crate::config::Config;
use crate::output::complain_of;

/// The knowledge in force for a command.
pub(crate) fn load(asked: &cli::Known) -> anyhow::Result<Knowledge> {
    let config = Config::read(asked.config.as_deref())?;
    match folder(&config, asked.knowledge.as_deref())? {
        Some(folder) => with(&folder),
        None => Ok(Knowledge::embedded()?),
    }
}

/// The operator's folder: of the command line, of the configuration, or `knowledge` beside that.
pub(crate) fn folder(config: &Config, named: Option<&Path>) -> anyhow::Result<Option<PathBuf>> {
    let Some(folder) = named.map(Path::to_owned).or_else(|| config.knowledge()) else {
        return Ok(config.usual_knowledge().filter(|folder| folder.is_dir()));
    };
    ensure!(folder.is_dir(), "{}: no folder of knowledge", folder.display());
    Ok(Some(folder))
}

/// The shipped knowledge with that of a folder; all its faults are told before it is refused.
fn with(folder: &Path) -> anyhow::Result<Knowledge> {
    let shipped = Knowledge::shipped().context("this build is damaged")?;
    let (reading, faults) = examine(folder, &shipped);
    if !faults.is_empty() {
        complain_of(&faults);
        bail!("faults in the knowledge of {}: {}", folder.display(), faults.len());
    }
    knowledge(shipped, &reading)
}

/// Lays what was read over the shipped data. A digest of it is added to the date, for verdicts depend on it.
pub(crate) fn knowledge(shipped: Data, reading: &Reading) -> anyhow::Result<Knowledge> {
    let mut data = overlay(shipped, reading);
    let mut digest = Sha256::new();
    for (path, text) in &reading.texts {
        digest.update(path.strip_prefix(&reading.root).unwrap_or(path).to_string_lossy().as_bytes());
        digest.update(text);
    }
    let digest: String = digest.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    data.date = format!("{}+{digest}", data.date);
    Ok(Knowledge::new(data)?)
}

/// What a folder holds, and all that is wrong with it.
pub(crate) fn examine(folder: &Path, shipped: &Data) -> (Reading, Vec<Fault>) {
    let reading = read(folder);
    let mut faults = lint::faults(&reading, Some(shipped));
    faults.extend(reading.data.findings.iter().flat_map(|spec| expression_faults(spec, &reading)));
    faults.sort();
    (reading, faults)
}

/// What is wrong with the expression of a finding, with its line and a caret below the place.
fn expression_faults(spec: &FindingSpec, reading: &Reading) -> Vec<Fault> {
    let Some(when) = spec.when.as_ref().filter(|when| !when.expression.is_empty()) else { return Vec::new() };
    let Err(mistakes) = Expression::new(&when.expression) else { return Vec::new() };
    let file = reading.root.join("findings").join(&spec.id).with_extension("toml");
    let text = reading.text(&file);
    let fault = |mistake: Mistake| {
        let line = when.expression.lines().nth(mistake.line - 1).unwrap_or_default();
        let message = format!("{}\n    {line}\n    {}^", mistake.message, blank(line, mistake.column - 1));
        Fault { file: file.clone(), place: Some(in_file(text, &when.expression, &mistake)), message }
    };
    mistakes.into_iter().map(fault).collect()
}

/// The place in the file; that of the key where the expression is written with escapes.
fn in_file(text: &str, expression: &str, mistake: &Mistake) -> (usize, usize) {
    let Some(start) = text.find(expression) else {
        return place(text, text.find("when").or_else(|| text.find("expression")).unwrap_or_default());
    };
    let (line, column) = place(text, start);
    match mistake.line {
        1 => (line, column + mistake.column - 1),
        further => (line + further - 1, mistake.column),
    }
}

/// As wide as the head of a line: a wide character is two columns, as the blank of Japanese text is.
fn blank(line: &str, characters: usize) -> String {
    line.chars()
        .take(characters)
        .map(|character| if character.is_ascii() { ' ' } else { '\u{3000}' })
        .collect()
}
