//! The corpus: each folder of `corpus/` holds a mail and what must be said of it.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "corpus/collections.rs"]
mod collections;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

/// What a `case.md` states in its TOML block; `corpus/README.md` says what each key means.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[serde(default)]
    trust: Vec<String>,
    #[serde(default)]
    reader: toml::Table,
    class: Option<String>,
    #[serde(default)]
    genuine: bool,
    impersonation: Option<String>,
    origin: Option<String>,
    #[serde(default)]
    findings: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    inner: Vec<String>,
}

struct Case {
    name: String,
    folder: PathBuf,
    expected: Expected,
}

/// Folders of many mails of which one thing is said, not cases.
const COLLECTIONS: [&str; 3] = ["genuine-mail", "evil-twins", "frauds"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")
}

fn corpus() -> Vec<Case> {
    let folders = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let is_case = |path: &PathBuf| path.is_dir() && !COLLECTIONS.iter().any(|name| path.ends_with(name));
    let mut cases: Vec<Case> = folders.filter(is_case).map(Case::read).collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let words = fs::read_to_string(folder.join("case.md")).unwrap_or_else(|why| panic!("{name}: {why}"));
        let block = words.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```"));
        let (block, _) = block.unwrap_or_else(|| panic!("{name}: no toml block"));
        let expected = toml::from_str(block).unwrap_or_else(|why| panic!("{name}: {why}"));
        Self { name, folder, expected }
    }

    /// What the world answered, where it was asked.
    fn ledger(&self) -> Option<PathBuf> {
        Some(self.folder.join("ledger.jsonl")).filter(|ledger| ledger.exists())
    }

    /// What is wrong with what was said.
    fn faults(&self, said: &Value) -> Vec<String> {
        let expected = &self.expected;
        let class = said["verdict"]["class"].as_str().unwrap();
        let inner: Vec<_> =
            said["inner"].as_array().unwrap().iter().map(|one| &one["verdict"]["class"]).collect();
        let found = found(said);
        let compared = [
            ("class", expected.class.as_deref().is_none_or(|wanted| wanted == class), class.to_owned()),
            ("genuine", !expected.genuine || !is_unwanted(class), class.to_owned()),
            (
                "impersonation",
                said["impersonation"]["brand"].as_str() == expected.impersonation.as_deref(),
                said["impersonation"]["brand"].to_string(),
            ),
            (
                "origin",
                expected.origin.as_deref().is_none_or(|wanted| said["mail"]["origin"]["ip"] == *wanted),
                said["mail"]["origin"].to_string(),
            ),
            ("inner", inner.iter().copied().eq(expected.inner.iter()), format!("{inner:?}")),
        ];
        let wrong = compared.into_iter().filter(|(_, right, _)| !right);
        let missing = expected.findings.iter().filter(|id| !found.contains(&id.as_str()));
        let loud = expected.silent.iter().filter(|id| found.contains(&id.as_str()));
        wrong
            .map(|(what, _, is)| format!("{what}: {is}"))
            .chain(missing.map(|id| format!("missing: {id}")))
            .chain(loud.map(|id| format!("must not fire: {id}")))
            .collect()
    }
}

fn is_unwanted(class: &str) -> bool {
    !matches!(class, "legitimate" | "undetermined")
}

fn found(said: &Value) -> Vec<&str> {
    said["findings"].as_array().unwrap().iter().map(|finding| finding["id"].as_str().unwrap()).collect()
}

/// Runs the program once for all cases of the same reader, and once for each that has a ledger.
fn dissected(cases: &[Case]) -> Vec<(&Case, Value)> {
    let mut readers: BTreeMap<(String, Option<PathBuf>), Vec<&Case>> = BTreeMap::new();
    for case in cases {
        let Expected { trust, reader, .. } = &case.expected;
        let config = toml::Table::from_iter([
            ("trust".to_owned(), trust.clone().into()),
            ("reader".to_owned(), reader.clone().into()),
        ]);
        let ledger = case.ledger();
        readers.entry((config.to_string(), ledger)).or_default().push(case);
    }
    readers
        .into_iter()
        .flat_map(|((config, ledger), cases)| {
            let mails: Vec<PathBuf> = cases.iter().map(|case| case.folder.join("mail.eml")).collect();
            cases.into_iter().zip(dissect(&config, ledger.as_deref(), &mails))
        })
        .collect()
}

/// What the program says of each mail, for the reader that the configuration tells of; answered from a ledger where there is one.
fn dissect(config: &str, ledger: Option<&Path>, mails: &[PathBuf]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, config).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_fuwake"))
        .args(["dissect", "--format", "jsonl", "--config"])
        .arg(path)
        .args(ledger.into_iter().flat_map(|ledger| [Path::new("--replay"), ledger]))
        .args(mails)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let said: Vec<Value> = lines.map(|line| serde_json::from_slice(line).unwrap()).collect();
    assert_eq!(said.len(), mails.len(), "{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[test]
fn every_case_is_judged_as_it_should_be() {
    let cases = corpus();
    let faults: Vec<String> = dissected(&cases)
        .iter()
        .filter_map(|(case, said)| {
            let faults = case.faults(said);
            let known = || format!("{}: {}\n    of {:?}", case.name, faults.join("; "), found(said));
            (!faults.is_empty()).then(known)
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Findings that no case can show, and why.
const WITHOUT_A_CASE: [(&str, &str); 1] =
    [("landing-like-reference", "an operator's own reference decides it")];

/// Findings on pages stand several in a file.
fn has_logic(rules: &Path, id: &str) -> bool {
    let on_page = ["landing-", "redirect-"].iter().any(|head| id.starts_with(head));
    on_page || rules.join(id.replace('-', "_")).with_extension("rs").exists()
}

/// Findings with logic must be shown by a case, and be silent on a genuine one.
#[test]
fn every_finding_with_logic_has_its_cases() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuwake-core/src/findings");
    let knowledge = fuwake_core::knowledge::Knowledge::embedded().unwrap();
    let with_logic = knowledge.findings().iter().filter(|spec| has_logic(&rules, &spec.id));
    let cases = corpus();
    let dissected = dissected(&cases);
    let faults: Vec<String> = with_logic
        .filter_map(|spec| {
            let fires = |said: &Value| found(said).contains(&spec.id.as_str());
            let excused = WITHOUT_A_CASE.iter().any(|(id, _)| *id == spec.id);
            let shown = dissected.iter().any(|(_, said)| fires(said));
            let silent = dissected.iter().any(|(case, said)| case.expected.genuine && !fires(said));
            match (shown, excused, silent) {
                (false, false, _) => Some(format!("{} is shown by no case", spec.id)),
                (true, true, _) => Some(format!("{} is no exception any more", spec.id)),
                (_, _, false) => Some(format!("{} fires on every genuine case", spec.id)),
                _ => None,
            }
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
