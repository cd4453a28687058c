//! Failure is neither innocence nor guilt: no finding rests on an answer that failed, or on a question that was not asked.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// A case of the corpus with what the world answered, line by line.
struct Case {
    mail: PathBuf,
    config: String,
    ledger: Vec<Value>,
}

fn cases() -> Vec<Case> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let folders = fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path());
    folders.filter(|folder| folder.join("ledger.jsonl").exists()).map(|folder| Case::read(&folder)).collect()
}

impl Case {
    fn read(folder: &Path) -> Self {
        let words = fs::read_to_string(folder.join("case.md")).unwrap();
        let (_, rest) = words.split_once("```toml\n").unwrap();
        let mut config: toml::Table = toml::from_str(rest.split_once("```").unwrap().0).unwrap();
        config.retain(|key, _| matches!(key, "trust" | "reader"));
        let ledger = fs::read_to_string(folder.join("ledger.jsonl")).unwrap();
        Self {
            mail: folder.join("mail.eml"),
            config: config.to_string(),
            ledger: ledger.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        }
    }

    /// The evidence that each finding rests on, where the answers of `failed` are replaced by `answer`.
    fn grounds(&self, failed: &BTreeSet<String>, answer: &Value) -> BTreeMap<String, BTreeSet<String>> {
        let folder = tempfile::tempdir().unwrap();
        let [config, ledger] = ["config.toml", "ledger.jsonl"].map(|name| folder.path().join(name));
        fs::write(&config, &self.config).unwrap();
        let lines = self.ledger.iter().map(|line| {
            let mut line = line.clone();
            if line["id"].as_str().is_some_and(|id| failed.contains(id)) {
                line["answer"] = answer.clone();
            }
            format!("{line}\n")
        });
        fs::write(&ledger, lines.collect::<String>()).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_fuwake"))
            .args(["dissect", "--format", "jsonl", "--config"])
            .args([&config, Path::new("--replay"), &ledger, &self.mail])
            .output()
            .unwrap();
        let said: Value = serde_json::from_slice(&done.stdout).unwrap();
        let findings = said["findings"].as_array().unwrap().iter();
        findings.map(|finding| (finding["id"].as_str().unwrap().to_owned(), cited(finding))).collect()
    }
}

fn cited(finding: &Value) -> BTreeSet<String> {
    let because = finding["because"].as_array().unwrap().iter();
    because.filter_map(|one| Some(one["evidence"].as_str()?.to_owned())).collect()
}

#[test]
fn no_finding_rests_on_what_was_not_answered() {
    let mut proven = BTreeSet::new();
    for case in cases() {
        let name = case.mail.display();
        let before = case.grounds(&BTreeSet::new(), &Value::Null);
        let asked: BTreeSet<String> =
            case.ledger.iter().filter_map(|line| Some(line["id"].as_str()?.to_owned())).collect();
        let not_asked = json!({"status": "not-asked", "why": "budget"});
        let silent = case.grounds(&asked, &not_asked);
        assert!(silent.values().all(BTreeSet::is_empty), "{name}: nothing was answered: {silent:?}");
        for (finding, grounds) in before.into_iter().filter(|(_, grounds)| !grounds.is_empty()) {
            let failed = json!({"status": "failed", "why": "time-out"});
            let after = case.grounds(&grounds, &failed);
            let still = after.get(&finding).into_iter().flatten().find(|id| grounds.contains(*id));
            assert_eq!(still, None, "{name}: {finding} rests on a failure");
            proven.insert(finding);
        }
    }
    // So many findings of the world are shown by the corpus with a ledger.
    assert!(proven.len() >= 30, "{}: {proven:?}", proven.len());
}
