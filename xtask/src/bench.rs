//! The whole offline dissection to JSON, and mail-parser's bare parse, over the same folders in one run. Linux only.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use crate::measure::{children_cpu, peak_memory};

/// How often one mail is dissected from a cold start.
const STARTS: usize = 20;

/// Measures and prints.
pub(crate) fn run(folders: &[String]) -> anyhow::Result<()> {
    ensure!(!folders.is_empty(), "name folders of mails");
    build()?;
    let before = children_cpu();
    let (mails, parse_alone) = bare_parse(folders)?;
    let bare = children_cpu() - before;
    let full = measure(folders)?;
    let per_second = |seconds: f64| f64::from(mails) / seconds.max(0.01);
    println!("mails: {mails}");
    println!(
        "bare parse, files read: {bare:.2} CPU s, {:.0} mails per CPU second (parsing alone {parse_alone:.2} CPU s)",
        per_second(bare)
    );
    println!("dissection: {:.2} CPU s, {:.0} mails per CPU second", full.cpu, per_second(full.cpu));
    println!(
        "ratio: {:.2} times the bare parse, {:.2} times the parsing alone",
        full.cpu / bare.max(0.01),
        full.cpu / parse_alone.max(0.01)
    );
    println!("time: {:.2} s, peak memory: {} KiB", full.wall.as_secs_f64(), full.peak);
    println!(
        "one mail from a cold start: {:.1} ms (median of {STARTS})",
        cold_start(folders)?.as_secs_f64() * 1000.0
    );
    Ok(())
}

/// Builds the release.
pub(crate) fn build() -> anyhow::Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let arguments = ["build", "--release", "--package", "fuwake", "--bins", "--examples"];
    let status = Command::new(cargo).args(arguments).current_dir(crate::root()).status()?;
    ensure!(status.success(), "the build failed");
    Ok(())
}

/// A program of the release build.
pub(crate) fn program(name: &str) -> PathBuf {
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| crate::root().join("target"), Into::into);
    target.join("release").join(name)
}

fn bare_parse(folders: &[String]) -> anyhow::Result<(u32, f64)> {
    let output = Command::new(program("examples/bare_parse"))
        .args(folders)
        .output()
        .context("cannot run bare_parse")?;
    let text = String::from_utf8(output.stdout)?;
    let mut words = text.split_whitespace().map(str::parse::<u32>);
    let mut next =
        || words.next().context("bare_parse said too little")?.context("bare_parse said no number");
    Ok((next()?, f64::from(next()?) / 1000.0))
}

struct Measured {
    cpu: f64,
    wall: Duration,
    peak: u64,
}

fn measure(folders: &[String]) -> anyhow::Result<Measured> {
    let (before, start) = (children_cpu(), Instant::now());
    let mut child = Command::new(program("fuwake"))
        .args(["dissect", "--format", "jsonl"])
        .args(folders)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run fuwake")?;
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        peak = peak.max(peak_memory(child.id()));
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(Measured { cpu: children_cpu() - before, wall: start.elapsed(), peak })
}

/// The median time of one mail in a new process.
fn cold_start(folders: &[String]) -> anyhow::Result<Duration> {
    let mail = first_mail(&folders[0]).context("there is no mail in the first folder")?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let start = Instant::now();
        Command::new(program("fuwake"))
            .args(["dissect", "--format", "json"])
            .arg(&mail)
            .stdout(Stdio::null())
            .status()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(times[STARTS / 2])
}

fn first_mail(folder: &str) -> Option<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.into_iter().find(|path| path.is_file())
}
