//! Nobody is exposed: recipients in every place and encoding stand in nothing that is published.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fuwake_leak::{DRAWN, Finder, HANDED_IN, Letter, Person, letters, planted, search, with_desks};

/// How many mails of our own are published.
const LETTERS: usize = 100;
/// Letters and what a browser draws of them.
const LOOKED_AT: [usize; 3] = [1, 17, 42];

fn fuwake(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fuwake"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C.UTF-8");
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Kinds that need no browser and are handed to nobody, as the program itself lists them.
fn plain_kinds() -> String {
    let help = fuwake(&["publish", "--help"]);
    let list =
        help.split("--as <KIND>").nth(1).and_then(|tail| tail.split("possible values: ").nth(1)).unwrap();
    let names = list.split(']').next().unwrap().split(',').map(str::trim);
    names.filter(|name| ![DRAWN.as_slice(), &HANDED_IN].concat().contains(name)).collect::<Vec<_>>().join(",")
}

/// Kept cases, by the number of their person.
struct Cases<'f> {
    folder: &'f Path,
    configuration: PathBuf,
    cases: BTreeMap<usize, PathBuf>,
}

impl<'f> Cases<'f> {
    fn of(folder: &'f Path, letters: &[Letter]) -> Self {
        let (mails, kept) = (folder.join("mails"), folder.join("cases"));
        fs::create_dir(&mails).unwrap();
        let all: Vec<Vec<u8>> = letters.iter().enumerate().map(|(at, letter)| mail(at, letter)).collect();
        for (number, mail) in all.iter().enumerate() {
            fs::write(mails.join(format!("{number:03}.eml")), mail).unwrap();
        }
        // What no header tells, the operator does.
        let told: Vec<&str> = letters.iter().filter_map(|letter| letter.told.as_deref()).collect();
        let configuration = folder.join("config.toml");
        let hidden = format!(
            "[publish]\nhide = {told:?}\n[publish.reporter]\norganisation = \"Example CSIRT\"\naddress = \"csirt@example.com\"\n"
        );
        fs::write(&configuration, hidden).unwrap();
        fuwake(&["dissect", "--format", "jsonl", "--case", kept.to_str().unwrap(), mails.to_str().unwrap()]);
        let cases = fs::read_dir(kept).unwrap().map(|case| {
            let case = case.unwrap().path();
            with_desks(&case).unwrap();
            let mail = fs::read(case.join("mail.eml")).unwrap();
            (all.iter().position(|known| *known == mail).unwrap(), case)
        });
        Self { folder, configuration, cases: cases.collect() }
    }

    /// What of their persons stands in what is made of the cases of these numbers, and how many files of each name were searched.
    fn searched(&self, numbers: &[usize], job: Job<'_>) -> (Vec<String>, BTreeMap<String, usize>) {
        let output = self.folder.join(format!("{}-{}-{}", job.audience, job.language, job.kinds.len()));
        let mut arguments = vec!["publish", "--as", job.kinds, "--audience", job.audience];
        arguments.extend(["--lang", job.language, "--config", self.configuration.to_str().unwrap()]);
        arguments.extend(["-o", output.to_str().unwrap()]);
        if !job.kinds.contains(DRAWN[0]) {
            arguments.push("--no-pictures");
        }
        arguments.extend(numbers.iter().map(|number| self.cases[number].to_str().unwrap()));
        let written = fuwake(&arguments);
        let (mut leaks, mut files) = (Vec::new(), BTreeMap::new());
        for (number, published) in numbers.iter().zip(written.lines()) {
            let finder = Finder::new(&Person::new(*number).secrets(job.with_marks));
            for file in search(Path::new(published), &finder).unwrap() {
                let found = file.leaks.iter();
                leaks.extend(found.map(|leak| format!("{} {number} {}: {leak}", job.audience, file.name)));
                *files.entry(file.name).or_default() += 1;
            }
        }
        (leaks, files)
    }
}

/// Every fifth letter holds its person in every place at once.
fn mail(number: usize, letter: &Letter) -> Vec<u8> {
    if number % 5 == 4 { planted(&Person::new(number), &letter.mail, number) } else { letter.mail.clone() }
}

/// What is published, and whether marks must not stand in it.
#[derive(Clone, Copy)]
struct Job<'j> {
    kinds: &'j str,
    audience: &'j str,
    language: &'j str,
    with_marks: bool,
}

#[test]
fn nobody_stands_in_what_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let cases = Cases::of(folder.path(), &letters(LETTERS));
    let all: Vec<usize> = (0..LETTERS).collect();
    let some: Vec<usize> = (0..LETTERS).step_by(9).collect();
    let (plain, handed_in) = (plain_kinds(), HANDED_IN.join(","));
    let public = Job { kinds: &plain, audience: "public", language: "ja", with_marks: true };
    let jobs = [
        (&all, public),
        (&some, Job { language: "en", ..public }),
        (&some, Job { audience: "abuse-desk", with_marks: false, ..public }),
        (&some, Job { audience: "peer-analyst", language: "en", with_marks: false, ..public }),
        (&all, Job { kinds: &handed_in, with_marks: false, ..public }),
    ];
    let mut found = Vec::new();
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for (numbers, job) in jobs {
        let (leaks, searched) = cases.searched(numbers, job);
        found.extend(leaks);
        searched.into_iter().for_each(|(name, count)| *files.entry(name).or_default() += count);
    }
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found[..found.len().min(60)].join("\n"));
    for name in
        ["article.ja.md", "article.ja.html", "report.ja.html", "stix.json", "misp.json", "publication.json"]
    {
        assert!(files[name] >= LETTERS, "{name}: {files:?}");
    }
    for name in ["antiphishing-council.eml", "report-1.eml"] {
        assert!(files.get(name).is_some_and(|count| *count > LETTERS / 3), "{name}: {files:?}");
    }
}

/// What is drawn is read by pdftotext and tesseract.
#[test]
fn nobody_stands_in_what_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let cases = Cases::of(folder.path(), &letters(LETTERS)[..=LOOKED_AT[2]]);
    let kinds = format!("{},article", DRAWN.join(","));
    let job = Job { kinds: &kinds, audience: "public", language: "ja", with_marks: true };
    let (found, files) = cases.searched(&LOOKED_AT, job);
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found.join("\n"));
    for name in ["report.ja.pdf", "mail.ja.webp", "card.ja.png"] {
        assert_eq!(files[name], LOOKED_AT.len(), "{name}");
    }
}

#[test]
fn what_is_planted_is_found() {
    let letters = letters(LETTERS);
    for (number, letter) in letters.iter().enumerate() {
        let finder = Finder::new(&Person::new(number).secrets(true));
        assert!(!finder.found(&letter.mail).is_empty(), "{number}");
        assert!(!finder.found(&mail(number, letter)).is_empty(), "{number}");
    }
    let finder = Finder::new(&Person::new(7).secrets(true));
    assert!(finder.found(b"nothing to see, 7731, https://login.evil-shop.example.net/a").is_empty());
}
