//! fuwake beside SpamAssassin and rspamd on the same mails, in one run, in a network namespace without a way out. Linux only.

mod rspamd;
mod sample;
mod spamassassin;
mod table;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use crate::bench::program;
pub(crate) use sample::walk;

use crate::measure::{children_cpu, peak_memory};

/// What is compared.
#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    /// Folders of mails, one file a mail
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// Labels: a tab-separated table with columns sha256 and class; all labelled mails of the folders are judged too
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// So many mails of each folder, the first in the order of their SHA-256
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Write the tables to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// A fuwake that is built already [default: a release build is made]
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
}

/// What a filter said, and what it used.
#[derive(Debug, Default)]
struct Outcome {
    name: &'static str,
    version: String,
    /// Mails that it called unwanted.
    flagged: BTreeSet<PathBuf>,
    judged: usize,
    /// Seconds.
    cpu: f64,
    /// KiB.
    peak: u64,
}

/// Set for the run inside the namespace.
const INSIDE: &str = "FUWAKE_COMPARE_INSIDE";

/// Measures and writes the tables.
pub(crate) fn run(asked: &Compare) -> anyhow::Result<()> {
    if std::env::var_os(INSIDE).is_none() {
        install()?;
        if asked.binary.is_none() {
            crate::bench::build()?;
        }
        return go_inside();
    }
    let up =
        Command::new("ip").args(["link", "set", "lo", "up"]).status().context("cannot run ip (iproute2)")?;
    ensure!(up.success(), "the loopback interface stays down: {up}");
    let folder = scratch()?;
    let tables = compare(asked, &folder);
    fs::remove_dir_all(&folder)?;
    match &asked.output {
        Some(path) => fs::write(path, tables?).with_context(|| format!("cannot write {}", path.display()))?,
        None => print!("{}", tables?),
    }
    Ok(())
}

fn compare(asked: &Compare, folder: &Path) -> anyhow::Result<String> {
    let labels = asked.labels.as_deref().map(sample::labels).transpose()?.unwrap_or_default();
    let stage = folder.join("mails");
    fs::create_dir(&stage)?;
    let mails = sample::stage(&asked.folders, asked.sample, &labels, &stage)?;
    eprintln!("{} mails for each", mails.len());
    let mut outcomes = vec![spamassassin::run(&mails)?];
    eprintln!("SpamAssassin: done");
    outcomes.push(rspamd::run(&mails, &folder.join("rspamd"))?);
    eprintln!("rspamd: done");
    outcomes.push(fuwake(&stage, asked.binary.as_deref())?);
    for outcome in &outcomes {
        let (name, judged) = (outcome.name, outcome.judged);
        ensure!(judged == mails.len(), "{name} judged {judged} of {} mails", mails.len());
    }
    Ok(table::write(&asked.folders, asked.sample, &mails, &outcomes))
}

/// Debian's packages; installed where that is allowed.
fn install() -> anyhow::Result<()> {
    let needed = [
        ("spamassassin", "spamassassin"),
        ("rspamd", "rspamd"),
        ("ip", "iproute2"),
        ("unshare", "util-linux"),
    ];
    let missing: Vec<&str> = needed
        .into_iter()
        .filter(|(program, _)| {
            Command::new(program)
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_err()
        })
        .map(|(_, package)| package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let command = format!("apt-get install --yes --no-install-recommends {}", missing.join(" "));
    if !is_root()? {
        bail!("missing: {}; as root: {command}", missing.join(", "));
    }
    let status = Command::new("sh").args(["-c", &format!("apt-get update && {command}")]).status()?;
    ensure!(status.success(), "{command}: {status}");
    Ok(())
}

fn is_root() -> anyhow::Result<bool> {
    let output = Command::new("id").arg("-u").output().context("cannot run id")?;
    Ok(output.stdout.trim_ascii() == b"0")
}

/// Runs this same command again where there is no network.
fn go_inside() -> anyhow::Result<()> {
    ensure!(is_root()?, "only root may make a network namespace and start rspamd as its own user");
    let failed = Command::new("unshare")
        .args(["--net", "--"])
        .arg(std::env::current_exe()?)
        .args(std::env::args_os().skip(1))
        .env(INSIDE, "1")
        .exec();
    Err(failed).context("cannot run unshare")
}

/// A folder for this run that rspamd's own user may enter.
fn scratch() -> anyhow::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("fuwake-compare-{}", std::process::id()));
    fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

fn fuwake(stage: &Path, binary: Option<&Path>) -> anyhow::Result<Outcome> {
    let mut command = Command::new(binary.map_or_else(|| program("fuwake"), Path::to_owned));
    let before = children_cpu();
    let output = stage.with_file_name("cases.jsonl");
    let mut child = command
        .args(["dissect", "--format", "jsonl"])
        .arg(stage)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .stdout(fs::File::create(&output)?)
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run fuwake")?;
    let mut outcome =
        Outcome { name: "fuwake", version: env!("CARGO_PKG_VERSION").to_owned(), ..Outcome::default() };
    while child.try_wait()?.is_none() {
        outcome.peak = outcome.peak.max(peak_memory(child.id()));
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    outcome.cpu = children_cpu() - before;
    for line in fs::read_to_string(output)?.lines() {
        let case: serde_json::Value = serde_json::from_str(line)?;
        let path = case["input"]["path"].as_str().context("a line without input.path")?;
        outcome.judged += 1;
        if !matches!(case["verdict"]["class"].as_str(), Some("legitimate" | "undetermined") | None) {
            outcome.flagged.insert(path.into());
        }
    }
    Ok(outcome)
}
