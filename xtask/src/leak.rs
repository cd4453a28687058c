//! Plants a recipient of our own invention into real mails, publishes them in every kind, and looks for him in what was published.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use anyhow::{Context, ensure};
use data_encoding::HEXLOWER;
use fuwake_leak::Finder;
use fuwake_leak::plant::{Person, planted};
use sha2::{Digest, Sha256};

/// Kinds that a browser draws.
const DRAWN: [&str; 3] = ["pdf", "pictures", "article"];
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
    let run = Run { asked, program, numbers };
    let (mails, kept) = (folder.join("mails"), folder.join("cases"));
    run.fuwake(&["dissect", "--format", "jsonl", "-o", "/dev/null", "--case"], &[&kept, &mails])?;
    let mut cases: Vec<PathBuf> =
        fs::read_dir(&kept)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    cases.sort();
    let kinds = run.kinds()?;
    let (drawn, plain): (Vec<&str>, Vec<&str>) =
        kinds.iter().map(String::as_str).partition(|kind| DRAWN.contains(kind));
    let start = Instant::now();
    let mut leaks = run.published(&cases, &plain.join(","), &folder.join("published"))?;
    println!(
        "{} cases as {} and searched in {:.1} s",
        cases.len(),
        plain.join(","),
        start.elapsed().as_secs_f64()
    );
    let few = &cases[..cases.len().min(asked.drawn)];
    if !drawn.is_empty() && !few.is_empty() {
        leaks.extend(run.published(few, &drawn.join(","), &folder.join("drawn"))?);
        println!("{} cases as {}", few.len(), drawn.join(","));
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

    /// Publishes on all processors, and gives the leaks.
    fn published(&self, cases: &[PathBuf], kinds: &str, output: &Path) -> anyhow::Result<Vec<String>> {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let share = cases.len().div_ceil(workers).max(1);
        thread::scope(|scope| {
            let shares = cases.chunks(share).map(|share| scope.spawn(|| self.share(share, kinds, output)));
            let shares: Vec<_> = shares.collect();
            let mut leaks = Vec::new();
            for share in shares {
                leaks.extend(share.join().map_err(|_| anyhow::anyhow!("a worker stopped"))??);
            }
            Ok(leaks)
        })
    }

    fn share(&self, cases: &[PathBuf], kinds: &str, output: &Path) -> anyhow::Result<Vec<String>> {
        let mut leaks = Vec::new();
        for cases in cases.chunks(AT_ONCE) {
            let mut paths: Vec<&Path> = cases.iter().map(PathBuf::as_path).collect();
            paths.insert(0, output);
            let written =
                self.fuwake(&["publish", "--as", kinds, "--audience", &self.asked.audience, "-o"], &paths)?;
            for folder in written.lines() {
                leaks.extend(self.leaks(Path::new(folder))?);
            }
        }
        Ok(leaks)
    }

    fn leaks(&self, folder: &Path) -> anyhow::Result<Vec<String>> {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let sha256 = name.rsplit('-').next().unwrap_or_default();
        let number = *self.numbers.get(sha256).with_context(|| format!("{name} is of no planted mail"))?;
        let finder = Finder::new(&Person::new(number).secrets(self.asked.audience == "public"));
        let mut leaks = Vec::new();
        for file in fs::read_dir(folder)? {
            let path = file?.path();
            let found = finder.found(&read(&path)?);
            leaks.extend(found.iter().map(|found| format!("{number:05} {}: {found}", path.display())));
        }
        Ok(leaks)
    }
}

/// What a file says: of PDF and pictures what others' programs read in them.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let reader: &[&str] = match path.extension().and_then(|ending| ending.to_str()) {
        Some("pdf") => &["pdftotext"],
        Some("png" | "webp") => &["tesseract"],
        _ => return Ok(fs::read(path)?),
    };
    let mut command = Command::new(reader[0]);
    command.arg(path);
    match reader[0] {
        "pdftotext" => command.arg("-"),
        _ => command.args(["stdout", "-l", "jpn+eng"]),
    };
    let done = command.stderr(Stdio::null()).output().with_context(|| format!("cannot run {}", reader[0]))?;
    ensure!(done.status.success(), "{} cannot read {}", reader[0], path.display());
    Ok(done.stdout)
}
