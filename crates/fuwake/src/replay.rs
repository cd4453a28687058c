//! `fuwake replay`: kept cases judged again by today's rules, and what is different.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use fuwake_core::case::{Case, Language};
use fuwake_core::publish::{name, plain};
use serde::Serialize;
use serde_json::Value;

use crate::case_folder::{CASE, LEDGER, MAIL};
use crate::cli::{self, TableFormat};
use crate::dissect::Setup;
use crate::kept_case;
use crate::known;
use crate::output::{Status, complain, print};

/// How deep folders of cases lie in each other at most.
const DEPTH: usize = 4;

/// A case then and now.
#[derive(Debug, PartialEq, Serialize)]
struct Compared {
    folder: String,
    /// As it was kept; none where only mail and ledger were.
    before: Option<Judged>,
    now: Judged,
    /// Findings that it has now and had not.
    gained: Vec<String>,
    /// Findings that it had and has no more.
    lost: Vec<String>,
}

/// What was concluded.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Judged {
    class: String,
    score: f64,
    #[serde(skip)]
    findings: BTreeSet<String>,
}

/// Judges the cases and writes the differences.
pub(crate) fn run(arguments: &cli::Replay) -> anyhow::Result<Status> {
    let mut folders = Vec::new();
    find(&arguments.folder, DEPTH, &mut folders)
        .with_context(|| format!("cannot read {}", arguments.folder.display()))?;
    if folders.is_empty() {
        bail!("{} holds no case: no folder with {MAIL} and {LEDGER}", arguments.folder.display());
    }
    let knowledge = known::load(&arguments.reading.known)?;
    let (mut compared, mut status, mut language) = (Vec::new(), Status::Done, Language::En);
    for folder in &folders {
        let mut setup = Setup::new(&arguments.reading, &knowledge)?;
        language = setup.language;
        match replayed(folder, &mut setup) {
            Ok(one) => compared.push(one),
            Err(why) => {
                status = Status::Unread;
                complain(&format!("{}: {why:#}", folder.display()));
            }
        }
    }
    match arguments.format {
        TableFormat::Json => print(&(serde_json::to_string_pretty(&compared)? + "\n"))?,
        TableFormat::Text => print(&text(&compared, language))?,
    }
    Ok(status)
}

fn find(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if folder.join(MAIL).is_file() && folder.join(LEDGER).is_file() {
        found.push(folder.to_owned());
        return Ok(());
    }
    let mut inner: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    inner.retain(|path| path.is_dir() && !path.is_symlink());
    inner.sort_unstable();
    if depth > 0 {
        inner.iter().try_for_each(|folder| find(folder, depth - 1, found))?;
    }
    Ok(())
}

fn replayed(folder: &Path, setup: &mut Setup) -> anyhow::Result<Compared> {
    let now = Judged::of(&kept_case::judged(folder, setup)?)?;
    let before = match fs::read(folder.join(CASE)) {
        Ok(json) => {
            Some(Judged::read(&serde_json::from_slice(&json).with_context(|| format!("{CASE} is no JSON"))?)?)
        }
        Err(_) => None,
    };
    let known = before.as_ref().map_or_else(|| now.findings.clone(), |before| before.findings.clone());
    Ok(Compared {
        folder: folder.to_string_lossy().into_owned(),
        gained: now.findings.difference(&known).cloned().collect(),
        lost: known.difference(&now.findings).cloned().collect(),
        before,
        now,
    })
}

impl Judged {
    fn of(case: &Case) -> anyhow::Result<Self> {
        Self::read(&serde_json::to_value(case)?)
    }

    /// As the interface fixes the paths.
    fn read(case: &Value) -> anyhow::Result<Self> {
        let class = case["verdict"]["class"].as_str().context("a case without a verdict")?;
        let score = case["verdict"]["score"].as_f64().context("a verdict without a score")?;
        let ids = case["findings"].as_array().into_iter().flatten();
        let findings = ids.filter_map(|finding| Some(finding["id"].as_str()?.to_owned())).collect();
        // As many places as matter; the rest is the way from 32 bits to 64.
        Ok(Self { class: class.to_owned(), score: (score * 10_000.0).round() / 10_000.0, findings })
    }
}

impl Compared {
    fn is_same(&self) -> bool {
        self.before.as_ref().is_none_or(|before| *before == self.now)
    }
}

/// The cases that differ, then how many there are.
fn text(compared: &[Compared], language: Language) -> String {
    let judged = |one: &Judged| format!("{} {:.3}", name(language, &one.class), one.score);
    let mut text = String::new();
    for one in compared.iter().filter(|one| !one.is_same() || one.before.is_none()) {
        let way = match &one.before {
            Some(before) => format!("{} → {}", judged(before), judged(&one.now)),
            None => judged(&one.now),
        };
        text += &format!("{}: {way}\n", plain(&one.folder));
        let signed = |sign: char, ids: &[String]| {
            ids.iter().map(|id| format!("  {sign} {}\n", plain(id))).collect::<String>()
        };
        text += &signed('+', &one.gained);
        text += &signed('-', &one.lost);
    }
    let differ = compared.iter().filter(|one| !one.is_same()).count();
    let all = compared.len();
    text + &match language {
        Language::Ja => format!("{all} 件中 {differ} 件が変わりました\n"),
        Language::En => format!("{differ} of {all} cases are different now\n"),
    }
}
