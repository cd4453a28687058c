//! `corpus/facts.toml`: what people who take mails apart by hand say, each with a mail of our own that shows it.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    fact: Vec<Fact>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    says: String,
    #[serde(default)]
    findings: Vec<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    case: String,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")
}

/// What the program says of each case that a fact names.
fn dissected(facts: &[Fact]) -> BTreeMap<&str, Value> {
    let cases: BTreeSet<&str> = facts.iter().map(|fact| fact.case.as_str()).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_fuwake"))
        .args(["dissect", "--format", "jsonl", "--trust", "mx.example.jp"])
        .args(cases.iter().map(|case| corpus().join(case).join("mail.eml")))
        .output()
        .unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    let said: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(said.len(), cases.len(), "{}", String::from_utf8_lossy(&output.stderr));
    cases.into_iter().zip(said).collect()
}

/// Whether something stands at a path such as `mail.links.*.host`.
fn holds(value: &Value, path: &[&str]) -> bool {
    match path {
        [] => !value.is_null(),
        ["*", rest @ ..] => value.as_array().is_some_and(|items| items.iter().any(|item| holds(item, rest))),
        [key, rest @ ..] => value.get(key).is_some_and(|value| holds(value, rest)),
    }
}

#[test]
fn our_own_mails_show_every_fact() {
    let table: Table = toml::from_str(&fs::read_to_string(corpus().join("facts.toml")).unwrap()).unwrap();
    let said = dissected(&table.fact);
    let mut faults = Vec::new();
    for fact in &table.fact {
        let case = &said[fact.case.as_str()];
        let found = case["findings"].as_array().unwrap();
        let silent =
            fact.findings.iter().filter(|id| !found.iter().any(|finding| finding["id"] == id.as_str()));
        let empty = fact.values.keys().filter(|path| !holds(case, &path.split('.').collect::<Vec<_>>()));
        faults.extend(silent.chain(empty).map(|what| format!("{}: no {what}: {}", fact.case, fact.says)));
        if fact.findings.is_empty() && fact.values.is_empty() {
            faults.push(format!("mapped to nothing: {}", fact.says));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_sentence_stands_twice() {
    let table: Table = toml::from_str(&fs::read_to_string(corpus().join("facts.toml")).unwrap()).unwrap();
    let sentences: BTreeSet<&str> = table.fact.iter().map(|fact| fact.says.as_str()).collect();
    assert_eq!(sentences.len(), table.fact.len());
}
