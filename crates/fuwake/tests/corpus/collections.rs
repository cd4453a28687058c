//! The collections: many mails with one thing to be said of all. `genuine-mail` must never be accused, `evil-twins` and
//! `frauds` always.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{dissect, found, is_unwanted, root};

/// The servers that wrote the first lines of the collections' mails.
const TRUSTED: &str = r#"trust = ["mx.example.jp", "mail.example.com", "mx.google.com"]"#;

/// What of a header is lost where a mail is handed in: beginnings of field names, in lower case.
const LOST: [(&str, &[&str]); 3] = [
    ("without the results of authentication", &["authentication-results", "arc-", "received-spf"]),
    ("without the way it took", &["received:"]),
    (
        "as it is pasted",
        &[
            "authentication-results",
            "arc-",
            "received",
            "return-path",
            "dkim-signature",
            "delivered-to",
            "x-",
        ],
    ),
];

/// Mails that only their proof clears: without it they read as frauds do, and are still accused. To be shortened, not lengthened.
const CLEARED_BY_PROOF_ALONE: [&str; 6] = [
    "en/newsletter-ledger.eml",
    "en/survey-hotel.eml",
    "en/tax-hmrc.eml",
    "en/university-phish-warning.eml",
    "fr/impots-avis.eml",
    "ja/newsletter-outlet.eml",
];

fn mails(collection: &str) -> Vec<PathBuf> {
    let languages = fs::read_dir(root().join(collection)).unwrap().map(|entry| entry.unwrap().path());
    let folders = languages.filter(|path| path.is_dir());
    let mut mails: Vec<PathBuf> =
        folders.flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())).collect();
    mails.sort();
    mails
}

/// The mail without the header fields whose names begin so.
fn without(mail: &[u8], names: &[&str]) -> Vec<u8> {
    let end = mail.windows(2).position(|pair| pair == b"\n\n").unwrap_or(mail.len());
    let (head, body) = mail.split_at(end);
    let head = String::from_utf8_lossy(head);
    let mut kept = Vec::new();
    let mut dropping = false;
    for line in head.split('\n') {
        if !line.starts_with([' ', '\t']) {
            let folded = line.to_ascii_lowercase();
            dropping = names.iter().any(|name| folded.starts_with(name));
        }
        if !dropping {
            kept.push(line);
        }
    }
    [kept.join("\n").as_bytes(), body].concat()
}

/// What is said of each mail of which it is wrong.
fn faults(said: &[Value], paths: &[PathBuf], how: &str, is_right: impl Fn(&Value) -> bool) -> Vec<String> {
    let wrong = paths.iter().zip(said).filter(|(_, said)| !is_right(said));
    wrong
        .map(|(path, said)| {
            let (class, brand) = (&said["verdict"]["class"], &said["impersonation"]["brand"]);
            format!("{} ({how}): {class}, impersonates {brand}\n    of {:?}", path.display(), found(said))
        })
        .collect()
}

fn unwanted(said: &Value) -> bool {
    is_unwanted(said["verdict"]["class"].as_str().unwrap())
}

/// The faults of a collection as it was received, judged for its reader and for anybody.
fn faults_as_received(paths: &[PathBuf], is_right: impl Fn(&Value) -> bool) -> Vec<String> {
    let readers = [(TRUSTED, "as received"), ("", "for no known reader")];
    readers
        .into_iter()
        .flat_map(|(config, how)| faults(&dissect(config, None, paths), paths, how, &is_right))
        .collect()
}

#[test]
fn genuine_mail_is_never_accused() {
    let paths = mails("genuine-mail");
    let faults = faults_as_received(&paths, |said| !unwanted(said) && said["impersonation"].is_null());
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn genuine_mail_that_lost_its_proof_is_not_accused() {
    let mut paths = mails("genuine-mail");
    paths.retain(|path| !CLEARED_BY_PROOF_ALONE.iter().any(|known| path.ends_with(known)));
    let faults: Vec<String> = LOST
        .iter()
        .flat_map(|(how, names)| {
            let stripped = stripped(&paths, names);
            faults(&dissect("", None, &stripped.paths), &paths, how, |said| !unwanted(said))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn copies_of_genuine_mail_are_phishing() {
    let paths = mails("evil-twins");
    let faults = faults_as_received(&paths, |said| said["verdict"]["class"] == "phishing");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn frauds_without_a_page_are_accused() {
    let paths = mails("frauds");
    let faults = faults_as_received(&paths, |said| {
        matches!(said["verdict"]["class"].as_str(), Some("fraud" | "phishing"))
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

struct Stripped {
    _folder: tempfile::TempDir,
    paths: Vec<PathBuf>,
}

fn stripped(paths: &[PathBuf], names: &[&str]) -> Stripped {
    let folder = tempfile::tempdir().unwrap();
    let write = |(number, path): (usize, &PathBuf)| {
        let to: PathBuf = folder.path().join(Path::new(&format!("{number:04}.eml")));
        fs::write(&to, without(&fs::read(path).unwrap(), names)).unwrap();
        to
    };
    let paths = paths.iter().enumerate().map(write).collect();
    Stripped { paths, _folder: folder }
}
