//! Plants a recipient of our own invention into real mails, publishes them in every kind, and looks for him in what was published.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use data_encoding::HEXLOWER;
use fuwake_leak::{DRAWN, Finder, HANDED_IN, Person, planted, search, with_desks};
use sha2::{Digest, Sha256};

/// Who hands in what desks are handed.
const CONFIGURATION: &str =
    "[publish.reporter]\norganisation = \"Example CSIRT\"\naddress = \"csirt@example.com\"\n";
/// How many cases one run of the program publishes.
const AT_ONCE: usize = 50;
/// Larger mails are left out: they are attachments.
const LARGEST: u64 = 2 << 20;
/// How many leaks are shown.
const SHOWN: usize = 60;

/// Plant recipients into mails of a folder, publish them in every kind, and look for them there
#[derive(Debug, clap::Args)]
pub(crate) struct Leak {
    /// Folder of mails
    mails: PathBuf,
    /// How many of them
    #[arg(long, default_value_t = 2_000)]
    count: usize,
    /// How many of these also as PDF and pictures, read by pdftotext and tesseract
    #[arg(long, default_value_t = 60)]
    drawn: usize,
    /// For whom
    #[arg(long, default_value = "public")]
    audience: String,
    /// The program; else the release build, which is made first
    #[arg(long)]
    program: Option<PathBuf>,
    /// Where cases and files are kept for a look; it must not be there yet. Else nothing is kept
    #[arg(long)]
    keep: Option<PathBuf>,
}

/// What was published of whom.
struct Run<'r> {
    asked: &'r Leak,
    program: PathBuf,
    configuration: PathBuf,
    /// The number of the person in a mail, by the head of its SHA-256.
    numbers: BTreeMap<String, usize>,
}

/// Plants, publishes and looks.
pub(crate) fn run(asked: &Leak) -> anyhow::Result<()> {
    let temporary = tempfile::tempdir()?;
    let folder = asked.keep.clone().unwrap_or_else(|| temporary.path().join("leak"));
    fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let program = match &asked.program {
        Some(program) => program.clone(),
        None => {
            crate::bench::build()?;
            crate::bench::program("fuwake")
        }
    };
    let numbers = plant_all(asked, &folder.join("mails"))?;
    let configuration = folder.join("config.toml");
    fs::write(&configuration, CONFIGURATION)?;
    let run = Run { asked, program, configuration, numbers };
    let (mails, kept) = (folder.join("mails"), folder.join("cases"));
    run.fuwake(&["dissect", "--format", "jsonl", "-o", "/dev/null", "--case"], &[&kept, &mails])?;
    let mut cases: Vec<PathBuf> =
        fs::read_dir(&kept)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    cases.sort();
    cases.iter().try_for_each(|case| with_desks(case)).context("cannot add to a ledger")?;
    let kinds = run.kinds()?;
    let others = |kind: &&str| ![DRAWN.as_slice(), &HANDED_IN].concat().contains(kind);
    let plain: Vec<&str> = kinds.iter().map(String::as_str).filter(others).collect();
    let publish = |name, kinds: &[&str], cases, with_marks| {
        let job = Job { kinds: &kinds.join(","), with_marks, output: &folder.join(name) };
        run.published(cases, &job)
    };
    let with_marks = asked.audience == "public";
    let mut leaks = publish("published", &plain, &cases, with_marks)?;
    leaks.extend(publish("handed-in", &HANDED_IN, &cases, false)?);
    let few = &cases[..cases.len().min(asked.drawn)];
    if !few.is_empty() {
        leaks.extend(publish("drawn", &[&DRAWN, ["article"].as_slice()].concat(), few, with_marks)?);
    }
    leaks.iter().take(SHOWN).for_each(|leak| println!("{leak}"));
    ensure!(leaks.is_empty(), "{} leaks", leaks.len());
    println!("no leaks");
    Ok(())
}

/// The mails with their persons, evenly taken from the folder.
fn plant_all(asked: &Leak, into: &Path) -> anyhow::Result<BTreeMap<String, usize>> {
    let mut files = Vec::new();
    gather(&asked.mails, &mut files)?;
    files.sort();
    ensure!(!files.is_empty(), "no mails in {}", asked.mails.display());
    fs::create_dir(into)?;
    let count = asked.count.min(files.len());
    let mut numbers = BTreeMap::new();
    for number in 0..count {
        let original = fs::read(&files[number * files.len() / count])?;
        let mail = planted(&Person::new(number), &original, number);
        let sha256 = HEXLOWER.encode(&Sha256::digest(&mail));
        numbers.insert(sha256.get(..8).unwrap_or_default().to_owned(), number);
        fs::write(into.join(format!("{number:05}.eml")), mail)?;
    }
    Ok(numbers)
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            gather(&entry.path(), files)?;
        } else if kind.is_file() && (1..LARGEST).contains(&entry.metadata()?.len()) {
            files.push(entry.path());
        }
    }
    Ok(())
}

impl Run<'_> {
    fn fuwake(&self, arguments: &[&str], paths: &[&Path]) -> anyhow::Result<String> {
        let mut command = Command::new(&self.program);
        command.args(arguments).args(paths).env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C.UTF-8");
        let done = command.stdin(Stdio::null()).output()?;
        let said = String::from_utf8_lossy(&done.stderr);
        ensure!(
            done.status.success(),
            "{}: {}",
            self.program.display(),
            said.lines().next_back().unwrap_or_default()
        );
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }

    /// All kinds, as the program itself lists them.
    fn kinds(&self) -> anyhow::Result<Vec<String>> {
        let help = self.fuwake(&["publish", "--help"], &[])?;
        let list = help.split("--as <KIND>").nth(1).and_then(|tail| tail.split("possible values: ").nth(1));
        let list = list.and_then(|tail| tail.split(']').next()).context("--help lists no kinds")?;
        Ok(list.split(',').map(|kind| kind.trim().to_owned()).collect())
    }

    /// Publishes on all processors, says how long that took and what was searched, and gives the leaks.
    fn published(&self, cases: &[PathBuf], job: &Job<'_>) -> anyhow::Result<Vec<String>> {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let length = cases.len().div_ceil(workers).max(1);
        let found = thread::scope(|scope| {
            let shares = cases.chunks(length).map(|share| scope.spawn(|| self.share(share, job)));
            let shares: Vec<_> = shares.collect();
            let mut found = Found::default();
            for share in shares {
                found.add(share.join().map_err(|_| anyhow::anyhow!("a worker stopped"))??);
            }
            anyhow::Ok(found)
        })?;
        println!(
            "{} cases as {} for {}: published in {:.1} s, searched in {:.1} s, on {workers} processors",
            cases.len(),
            job.kinds,
            self.asked.audience,
            found.publishing.as_secs_f64() / workers as f64,
            found.searching.as_secs_f64() / workers as f64,
        );
        let files: Vec<String> = found.files.iter().map(|(name, count)| format!("{count} {name}")).collect();
        println!("  {}", files.join(", "));
        Ok(found.leaks)
    }

    fn share(&self, cases: &[PathBuf], job: &Job<'_>) -> anyhow::Result<Found> {
        let mut found = Found::default();
        let mut publish = vec!["publish", "--audience", &self.asked.audience, "--as", job.kinds];
        if !job.kinds.contains(DRAWN[0]) {
            publish.push("--no-pictures");
        }
        publish.push("--config");
        for cases in cases.chunks(AT_ONCE) {
            let start = Instant::now();
            let paths = [self.configuration.as_path(), Path::new("-o"), job.output].into_iter();
            let paths: Vec<&Path> = paths.chain(cases.iter().map(PathBuf::as_path)).collect();
            let written = self.fuwake(&publish, &paths)?;
            found.publishing += start.elapsed();
            let start = Instant::now();
            for folder in written.lines() {
                self.search(Path::new(folder), job, &mut found)?;
            }
            found.searching += start.elapsed();
        }
        Ok(found)
    }

    fn search(&self, folder: &Path, job: &Job<'_>, found: &mut Found) -> anyhow::Result<()> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let sha256 = name.rsplit('-').next().unwrap_or_default();
        let number = *self.numbers.get(sha256).with_context(|| format!("{name} is of no planted mail"))?;
        let finder = Finder::new(&Person::new(number).secrets(job.with_marks));
        for file in search(folder, &finder).with_context(|| format!("cannot search {name}"))? {
            let leaks = file.leaks.iter();
            found.leaks.extend(leaks.map(|leak| format!("{number:05} {name}/{}: {leak}", file.name)));
            *found.files.entry(file.name).or_default() += 1;
        }
        Ok(())
    }
}

/// What is published, and whether marks must not stand in it.
struct Job<'j> {
    kinds: &'j str,
    with_marks: bool,
    output: &'j Path,
}

/// What was found, and the time of all processors.
#[derive(Default)]
struct Found {
    leaks: Vec<String>,
    /// How many of each name were searched.
    files: BTreeMap<String, usize>,
    publishing: Duration,
    searching: Duration,
}

impl Found {
    fn add(&mut self, other: Self) {
        self.leaks.extend(other.leaks);
        for (name, count) in other.files {
            *self.files.entry(name).or_default() += count;
        }
        self.publishing += other.publishing;
        self.searching += other.searching;
    }
}
