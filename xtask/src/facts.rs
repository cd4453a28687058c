//! Runs `corpus/facts.toml` over a folder of mails with hand-made facts: is each sentence mapped, does what it is mapped to stand on that very
//! mail, and is no genuine mail accused?

#[path = "../../crates/fuwake/tests/facts/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use clap::Args;
use serde::Deserialize;
use serde_json::Value;
use table::{Fact, Table, at};

/// Arguments of `facts`.
#[derive(Debug, Args)]
pub(crate) struct Facts {
    /// A folder of mails (`*.eml`), each with its facts beside it (`*.toml`)
    folder: PathBuf,
    /// Own mail servers, as `fuwake dissect --trust` takes them
    #[arg(long, default_value = "mx.example.jp")]
    trust: Vec<String>,
    /// The program to dissect with
    #[arg(long, default_value = "target/release/fuwake")]
    program: PathBuf,
}

/// What stands beside a mail, as far as it is looked at.
#[derive(Debug, Deserialize)]
struct Beside {
    class: String,
    expect: Expected,
}

#[derive(Debug, Deserialize)]
struct Expected {
    #[serde(default)]
    must_find: Vec<String>,
    #[serde(default)]
    must_not: Vec<String>,
}

/// Runs the table and tells every fault.
pub(crate) fn run(facts: &Facts) -> anyhow::Result<()> {
    let table = fs::read_to_string(crate::root().join("corpus/facts.toml")).context("corpus/facts.toml")?;
    let table: Table = toml::from_str(&table)?;
    let known: BTreeMap<&str, &Fact> = table.fact.iter().map(|fact| (fact.says.as_str(), fact)).collect();
    let mut mails = Vec::new();
    collect(&facts.folder, &mut mails)?;
    mails.sort();
    let (mut faults, mut sentences, mut denials) = (Vec::new(), 0, 0);
    for (mail, said) in mails.iter().zip(dissected(facts, &mails)?) {
        let beside = fs::read_to_string(mail.with_extension("toml"))?;
        let beside: Beside = toml::from_str(&beside).with_context(|| mail.display().to_string())?;
        sentences += beside.expect.must_find.len();
        denials += beside.expect.must_not.len();
        faults.extend(
            faults_of(&beside, &said, &known).into_iter().map(|fault| format!("{}: {fault}", mail.display())),
        );
    }
    let words = format!("{} mails, {sentences} facts to find, {denials} that must not be said", mails.len());
    ensure!(faults.is_empty(), "{words}; {} faults:\n{}", faults.len(), faults.join("\n"));
    println!("{words}: no faults");
    Ok(())
}

/// The mails that have facts beside them.
fn collect(folder: &Path, mails: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, mails)?;
        } else if path.extension().is_some_and(|ending| ending == "eml")
            && path.with_extension("toml").exists()
        {
            mails.push(path);
        }
    }
    Ok(())
}

/// What the program says of the mails, in their order.
fn dissected(facts: &Facts, mails: &[PathBuf]) -> anyhow::Result<Vec<Value>> {
    let output = Command::new(&facts.program)
        .args(["dissect", "--format", "jsonl", "--reach", "offline"])
        .args(facts.trust.iter().flat_map(|name| ["--trust", name]))
        .args(mails)
        .stderr(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", facts.program.display()))?;
    let lines = String::from_utf8(output.stdout)?;
    let said: Vec<Value> = lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    ensure!(said.len() == mails.len(), "{} of {} mails were dissected", said.len(), mails.len());
    Ok(said)
}

fn faults_of(beside: &Beside, said: &Value, known: &BTreeMap<&str, &Fact>) -> Vec<String> {
    let mut faults = Vec::new();
    for sentence in &beside.expect.must_find {
        match known.get(sentence.as_str()) {
            None => faults.push(format!("not in corpus/facts.toml: {sentence}")),
            Some(fact) => faults.extend(
                missing(fact, said).map(|what| format!("{what}, as in corpus/{}: {sentence}", fact.case)),
            ),
        }
    }
    let class = said["verdict"]["class"].as_str().unwrap_or_default();
    let unwanted = !matches!(class, "legitimate" | "undetermined");
    let denied = || beside.expect.must_not.join("; ");
    if beside.class == "ham" && unwanted {
        faults.push(format!("genuine, but called {class}: {}", denied()));
    }
    if beside.class == "ham" && !said["impersonation"].is_null() {
        faults.push(format!("genuine, but accused of impersonation: {}", denied()));
    }
    faults
}

/// What the sentence is mapped to and the mail does not have.
fn missing<'f>(fact: &'f Fact, said: &'f Value) -> impl Iterator<Item = String> + 'f {
    let silent = fact.silent(said).map(|id| format!("{id} does not fire"));
    let lacking = fact.values.iter().filter(|(path, value)| {
        let holds = |found: &&Value| found.as_str().is_some_and(|found| found.contains(value.as_str()));
        !at(said, path).iter().any(holds)
    });
    silent.chain(lacking.map(|(path, value)| format!("{path} is not {value}")))
}
