//! `corpus/facts.toml`: what people who take mails apart by hand say, each with a mail of our own that shows it.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "facts/table.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use table::{Fact, Table, at};

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

#[test]
fn our_own_mails_show_every_fact() {
    let table: Table = toml::from_str(&fs::read_to_string(corpus().join("facts.toml")).unwrap()).unwrap();
    let said = dissected(&table.fact);
    let mut faults = Vec::new();
    for fact in &table.fact {
        let case = &said[fact.case.as_str()];
        let empty = fact.values.keys().filter(|path| at(case, path).is_empty());
        faults.extend(
            fact.silent(case).chain(empty).map(|what| format!("{}: no {what}: {}", fact.case, fact.says)),
        );
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
