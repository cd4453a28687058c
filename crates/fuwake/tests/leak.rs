//! Nobody is exposed: a recipient planted in every place and encoding stands in nothing that is published.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fuwake_leak::Finder;
use fuwake_leak::plant::{Person, planted, synthetic};

fn fuwake(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fuwake"));
    command.args(arguments).env("XDG_CONFIG_HOME", "/nonexistent").env("LC_ALL", "C.UTF-8");
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// All kinds but those that a browser draws, as the program itself lists them.
fn kinds() -> String {
    let help = fuwake(&["publish", "--help"]);
    let list =
        help.split("--as <KIND>").nth(1).and_then(|tail| tail.split("possible values: ").nth(1)).unwrap();
    let names = list.split(']').next().unwrap().split(',').map(str::trim);
    names.filter(|name| !["pdf", "pictures", "article"].contains(name)).collect::<Vec<_>>().join(",")
}

/// Kept cases of so many mails, each after the number of its person.
fn cases(folder: &Path, count: usize) -> Vec<PathBuf> {
    let mails = folder.join("mails");
    fs::create_dir(&mails).unwrap();
    for number in 0..count {
        fs::write(
            mails.join(format!("{number:03}.eml")),
            planted(&Person::new(number), &synthetic(number), number),
        )
        .unwrap();
    }
    let kept = folder.join("cases");
    fuwake(&["dissect", "--format", "jsonl", "--case", kept.to_str().unwrap(), mails.to_str().unwrap()]);
    let mut cases: Vec<PathBuf> = vec![PathBuf::new(); count];
    for case in fs::read_dir(kept).unwrap() {
        let case = case.unwrap().path();
        let mail = fs::read(case.join("mail.eml")).unwrap();
        let number =
            (0..count).find(|&number| planted(&Person::new(number), &synthetic(number), number) == mail);
        cases[number.unwrap()] = case;
    }
    cases
}

fn leaks(folder: &Path, cases: &[PathBuf], (audience, language): (&str, &str), kinds: &str) -> Vec<String> {
    let output = folder.join(format!("{audience}-{language}"));
    // Without somebody who reports nothing is handed in.
    let config = folder.join("config.toml");
    fs::write(
        &config,
        "[publish.reporter]\norganisation = \"Example CSIRT\"\naddress = \"csirt@ryozen.example\"\n",
    )
    .unwrap();
    let mut arguments = vec![
        "publish",
        "--as",
        kinds,
        "--audience",
        audience,
        "--lang",
        language,
        "--config",
        config.to_str().unwrap(),
        "-o",
        output.to_str().unwrap(),
    ];
    arguments.extend(cases.iter().map(|case| case.to_str().unwrap()));
    let written = fuwake(&arguments);
    let mut leaks = Vec::new();
    for (number, published) in written.lines().enumerate() {
        let person = Person::new(number);
        let (public, desk) = (Finder::new(&person.secrets(true)), Finder::new(&person.secrets(false)));
        for file in fs::read_dir(published).unwrap() {
            let file = file.unwrap();
            // What is handed in is made for who can act, whatever the audience.
            let name = file.file_name().into_string().unwrap();
            let is_handed_in = name.ends_with(".eml") || name.starts_with("xarf-");
            let finder = if audience == "public" && !is_handed_in { &public } else { &desk };
            let found = finder.found(&fs::read(file.path()).unwrap());
            leaks.extend(
                found
                    .iter()
                    .map(|found| format!("{audience} {number} {}: {found}", file.file_name().display())),
            );
        }
    }
    leaks
}

#[test]
fn nobody_stands_in_what_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let kinds = kinds();
    let cases = cases(folder.path(), 20);
    let mut found = leaks(folder.path(), &cases, ("public", "ja"), &kinds);
    for audience in ["public", "abuse-desk", "peer-analyst"] {
        found.extend(leaks(folder.path(), &cases[..6], (audience, "en"), &kinds));
    }
    let drafts = fs::read_dir(folder.path().join("abuse-desk-en")).unwrap();
    let drafts = drafts.flat_map(|case| fs::read_dir(case.unwrap().path()).unwrap());
    let copies =
        drafts.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "eml"));
    assert!(copies.count() > 0, "no copy of a mail was made");
    assert!(found.is_empty(), "{} leaks:\n{}", found.len(), found[..found.len().min(60)].join("\n"));
}

#[test]
fn what_is_planted_is_found() {
    let person = Person::new(7);
    let finder = Finder::new(&person.secrets(true));
    let mail = String::from_utf8_lossy(&planted(&person, &synthetic(7), 7)).into_owned();
    assert!(finder.found(mail.as_bytes()).len() > 20);
    assert!(finder.found(b"nothing to see, 7731, https://login.evil-shop.example.net/a").is_empty());
}
