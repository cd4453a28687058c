//! Chores of the project: `cargo xtask --help`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a chore tells the terminal what it does")]

mod bench;
mod bench_site;
mod compare;
mod facts;
mod fit;
mod lab;
mod leak;
mod marks;
mod measure;
mod new;
mod test;
mod validate;
mod world_map;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Chores of the project.
#[derive(Debug, Parser)]
enum Chore {
    /// Install what the tests need, then run format, lints, documentation, data lint, licences and all tests
    Test,
    /// Have the formats for exchange read by the programs of others: OASIS' validators, pymisp, Python's mail parser, BIND
    Validate,
    /// Compare the whole dissection with mail-parser's bare parse over the same folders of mails
    Bench {
        /// Folders of mails
        folders: Vec<String>,
    },
    /// Measure how long a site of many published cases takes, over synthetic ones in the folder for temporary files
    BenchSite {
        /// How many cases
        #[arg(long, default_value_t = 10_000)]
        cases: usize,
        /// The program [default: that of the release build, built anew]
        #[arg(long)]
        program: Option<PathBuf>,
    },
    /// Judge the same mails with SpamAssassin, rspamd and fuwake, offline, and print tables
    Compare(compare::Compare),
    /// Run corpus/facts.toml over a folder of mails with hand-made facts
    Facts(facts::Facts),
    /// Estimate the weights of the findings from labelled mail, and say how far they can be trusted
    Fit(fit::Fit),
    Lab(lab::Lab),
    Leak(leak::Leak),
    /// Copy folders of mails without the marks of their collections: dates, the receiving chain, list names, a collector's address
    Marks {
        /// Folder of mails
        source: PathBuf,
        /// Folder for the copies
        target: PathBuf,
    },
    /// Draw the land of the reports' map from Natural Earth's shapes (`land-110m.json` of the npm package world-atlas)
    WorldMap {
        /// TopoJSON
        source: PathBuf,
        /// File for the path
        target: PathBuf,
    },
    /// Report every fault of the data folders at once
    LintData,
    /// Write the file of a new brand
    NewBrand {
        /// Kebab-case
        id: String,
    },
    /// Write the files of a new finding with logic
    NewFinding {
        /// Kebab-case, names what is wrong
        id: String,
    },
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::Test => test::run(),
        Chore::Validate => validate::run(),
        Chore::Bench { folders } => bench::run(&folders),
        Chore::BenchSite { cases, program } => bench_site::run(cases, program),
        Chore::Compare(asked) => compare::run(&asked),
        Chore::Facts(facts) => facts::run(&facts),
        Chore::Fit(fit) => fit::run(&fit),
        Chore::Leak(leak) => leak::run(&leak),
        Chore::Lab(lab) => lab::run(&lab),
        Chore::Marks { source, target } => marks::run(&source, &target),
        Chore::WorldMap { source, target } => world_map::run(&source, &target),
        Chore::LintData => lint_data(),
        Chore::NewBrand { id } => new::brand(&id),
        Chore::NewFinding { id } => new::finding(&id),
    }
}

/// The repository's root.
fn root() -> PathBuf {
    let mut folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    folder.pop();
    folder
}

/// Every fault of the shipped data.
fn lint_data() -> anyhow::Result<()> {
    let reading = fuwake_data::read::read(&root().join("data"));
    let data = &reading.data;
    let words = format!(
        "{} brands, {} findings, {} phrase files",
        data.brands.len(),
        data.findings.len(),
        data.phrases.len()
    );
    let faults = fuwake_data::lint::faults(&reading, None);
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    anyhow::ensure!(faults.is_empty(), "{words}; {} faults:\n{}", faults.len(), lines.join("\n"));
    println!("{words}: no faults");
    Ok(())
}
