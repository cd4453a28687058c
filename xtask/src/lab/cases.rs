//! Every mail of the worlds: dissected, recorded, replayed to the same bytes, and held against what its world expects.

use std::path::Path;

use anyhow::ensure;
use serde::Deserialize;
use serde_json::Value;

use super::Place;
use super::program::{dissect, evidence, name};
use super::world::{Case, Worlds};

/// How much confidence may go with what the world says: nothing but rounding.
const ROUNDING: f64 = 0.005;

/// Something that must come out.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expect {
    /// What it is, for a person.
    pub(super) fact: String,
    /// A question that must be asked: these keys with these values.
    question: Option<Value>,
    /// Its answer: these keys with these values; of lists at least these entries.
    answer: Option<Value>,
    /// A finding that must be there.
    finding: Option<String>,
    /// What stands behind a link: these keys with these values.
    landing: Option<Value>,
    /// What the Japanese report must say, as text and as HTML.
    #[serde(default)]
    text: Vec<String>,
}

/// What a person saw on a site that answers people alone, as `fuwake evidence add` takes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seen {
    /// The site, by id.
    service: String,
    /// What was looked up.
    about: String,
    /// `dangerous`, `clean` or `unknown`.
    verdict: String,
    /// What stood there.
    text: String,
    /// When, RFC 3339.
    at: String,
    /// Who saw it.
    by: String,
}

/// Runs them all; with a folder, keeps each ledger there as `<mail>/ledger.jsonl`.
pub(super) fn run(place: &Place, worlds: &Worlds, keep: Option<&Path>) -> anyhow::Result<()> {
    println!("{:<24} {:>9} {:>7} {:>6} {:>6}  verdict", "mail", "questions", "failed", "facts", "s");
    let mut wrong = Vec::new();
    for case in &worlds.cases {
        let faults = one(place, case, keep)?;
        wrong.extend(faults.into_iter().map(|fault| format!("{}: {fault}", name(&case.mail))));
    }
    ensure!(wrong.is_empty(), "{} facts did not come out:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// What is wrong with one.
fn one(place: &Place, case: &Case, keep: Option<&Path>) -> anyhow::Result<Vec<String>> {
    let mail = case.mail.as_path();
    let ledger = match keep {
        Some(folder) => folder.join(name(mail)).join("ledger.jsonl"),
        None => place.file("ledger.jsonl"),
    };
    if let Some(folder) = ledger.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let ledger = ledger.to_string_lossy();
    let offline = &dissect(place, &["--format", "jsonl"], [mail])?.cases()?[0];
    let record = ["--reach", "passive", "--format", "jsonl", "--record", &ledger];
    let live = dissect(place, &record, [mail])?;
    let replayed = dissect(place, &["--replay", &ledger, "--format", "jsonl"], [mail])?;
    let mut wrong = Vec::new();
    if replayed.output != live.output {
        wrong.push("replayed, it differs".to_owned());
    }
    case.seen.iter().try_for_each(|seen| add(place, &ledger, seen))?;
    let found = &dissect(place, &["--replay", &ledger, "--format", "jsonl"], [mail])?.cases()?[0];
    let report = dissect(place, &["--replay", &ledger], [mail])?;
    let report = String::from_utf8_lossy(&report.output);
    wrong.extend(verdict(offline, found, 0.0));
    let missing = |expect: &&Expect| !expect.holds(found, &report);
    wrong.extend(case.expect.iter().filter(missing).map(|expect| expect.fact.clone()));
    let asked = evidence(found);
    let failed = asked.values().filter(|evidence| super::program::status(evidence) == "failed").count();
    println!(
        "{:<24} {:>9} {:>7} {:>6} {:>6.2}  {} {:.3} (offline {:.3})",
        name(mail),
        asked.len(),
        failed,
        case.expect.len(),
        live.took.as_secs_f64(),
        found["verdict"]["class"].as_str().unwrap_or_default(),
        confidence(found),
        confidence(offline),
    );
    Ok(wrong)
}

/// Adds to the ledger by hand.
fn add(place: &Place, ledger: &str, seen: &Seen) -> anyhow::Result<()> {
    let output = place
        .command(&place.program)
        .args(["evidence", "add", ledger, "--service", &seen.service, "--about", &seen.about])
        .args(["--verdict", &seen.verdict, "--text", &seen.text, "--at", &seen.at, "--by", &seen.by])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "fuwake evidence add: {}", said.trim());
    Ok(())
}

/// The world's answers make a verdict surer, or less sure by no more than `less`, and turn none.
pub(super) fn verdict(offline: &Value, found: &Value, less: f64) -> Option<String> {
    let class = |case: &Value| case["verdict"]["class"].clone();
    if class(offline) != class(found) {
        return Some(format!("{} offline, {} with the world's answers", class(offline), class(found)));
    }
    let (before, after) = (confidence(offline), confidence(found));
    (after + ROUNDING + less < before).then(|| format!("confidence falls from {before:.3} to {after:.3}"))
}

pub(super) fn confidence(case: &Value) -> f64 {
    case["verdict"]["confidence"].as_f64().unwrap_or_default()
}

impl Expect {
    pub(super) fn holds(&self, case: &Value, report: &str) -> bool {
        let answered = self.question.as_ref().is_none_or(|question| {
            evidence(case).values().any(|evidence| {
                has(&evidence["question"], question)
                    && self.answer.as_ref().is_none_or(|answer| has(&evidence["answer"], answer))
            })
        });
        let mut findings = case["findings"].as_array().into_iter().flatten();
        let found = self.finding.as_deref().is_none_or(|id| findings.any(|finding| finding["id"] == *id));
        let report = without_columns(report);
        let mut landings = case["landing"].as_array().into_iter().flatten();
        let landed = self.landing.as_ref().is_none_or(|wanted| landings.any(|landing| has(landing, wanted)));
        answered && found && landed && self.text.iter().all(|text| report.contains(&without_columns(text)))
    }
}

/// A text with each run of spaces and line breaks as one space: how wide a column is set is not what it says.
fn without_columns(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a value has all that is wanted: the keys of tables, entries of lists, and everything else as it is.
fn has(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(value), Value::Object(wanted)) => {
            wanted.iter().all(|(key, wanted)| value.get(key).is_some_and(|value| has(value, wanted)))
        }
        (Value::Array(values), Value::Array(wanted)) => {
            wanted.iter().all(|wanted| values.iter().any(|value| has(value, wanted)))
        }
        _ => value == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_part_is_enough() {
        let value = json!({"status": "found", "data": {"records": ["192.0.2.1", "192.0.2.2"], "ttl": 300}});
        assert!(has(&value, &json!({"status": "found", "data": {"records": ["192.0.2.2"]}})));
        assert!(!has(&value, &json!({"status": "found", "data": {"records": ["192.0.2.3"]}})));
        assert!(!has(&value, &json!({"why": "no-data"})));
    }
}
