//! What published files say to whoever reads them.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{fs, str};

use crate::Finder;

/// Kinds that a browser draws.
pub const DRAWN: [&str; 2] = ["pdf", "pictures"];
/// Kinds that are handed to those who can act, who are told the marks of a mail whatever the audience.
pub const HANDED_IN: [&str; 4] = ["anti-spam-center", "antiphishing-council", "arf", "xarf"];

/// What the world would have said of the network that planted mails come from and of that to which their links lead, so that there is
/// somebody to write to: id, question, data.
const WORLD: [[&str; 3]; 4] = [
    [
        "2dabe2ce01a6f0a9",
        r#"{"kind":"network","ip":"203.0.113.77"}"#,
        r#"{"kind":"network","range":"203.0.113.0/24","holder":"Example Rental","country":"JP","abuse":"abuse@rental.example.com"}"#,
    ],
    [
        "6a7000b27640f07d",
        r#"{"kind":"network","ip":"198.51.100.77"}"#,
        r#"{"kind":"network","range":"198.51.100.0/24","holder":"Example Hosting","country":"DE","abuse":"abuse@hosting.example.com"}"#,
    ],
    [
        "4f58edfc18d6f9b6",
        r#"{"kind":"dns","name":"login.evil-shop.example.net","record":"A"}"#,
        r#"{"kind":"records","records":["198.51.100.77"],"ttl":300}"#,
    ],
    [
        "a5c5acda328a7c4e",
        r#"{"kind":"registration","domain":"example.net"}"#,
        r#"{"kind":"registration","domain":"example.net","registrar":"Example Registrar","registered":"2025-10-10T00:00:00Z","abuse":"abuse@registrar.example.com"}"#,
    ],
];

/// Has the ledger in a case's folder say who takes reports about the mail.
///
/// # Errors
/// Where the ledger cannot be read or written.
pub fn with_desks(case: &Path) -> io::Result<()> {
    let ledger = case.join("ledger.jsonl");
    let before = fs::read_to_string(&ledger)?;
    let mut after = before.replacen("\"reach\":\"local\"", "\"reach\":\"passive\"", 1);
    for [id, question, data] in WORLD {
        let _ = writeln!(
            after,
            r#"{{"id":"{id}","question":{question},"answer":{{"status":"found","data":{data}}},"source":"test","asked_at":"2025-10-14T01:00:00Z"}}"#
        );
    }
    fs::write(ledger, after)
}

/// A file that was searched.
pub struct Searched {
    /// Its name.
    pub name: String,
    /// What of somebody stands in it.
    pub leaks: Vec<String>,
}

/// The files of a folder and what of somebody stands in them and in their names; PDF and pictures are read by others' programs.
///
/// # Errors
/// Where a file cannot be read, or the program that reads it is not there.
pub fn search(folder: &Path, finder: &Finder) -> io::Result<Vec<Searched>> {
    let file = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let mut leaks = finder.found(name.as_bytes());
        leaks.extend(finder.found(&read(&entry.path())?));
        Ok(Searched { name, leaks })
    };
    fs::read_dir(folder)?.map(file).collect()
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("pdf") => run("pdftotext", path, &["-"]),
        Some("png" | "webp") => run("tesseract", path, &["stdout", "-l", "jpn+eng"]),
        _ => fs::read(path),
    }
}

fn run(program: &str, path: &Path, arguments: &[&str]) -> io::Result<Vec<u8>> {
    let mut command = Command::new(program);
    // One for each processor run side by side already.
    command.arg(path).args(arguments).env("OMP_THREAD_LIMIT", "1").stdin(Stdio::null());
    let done = command.output().map_err(|why| {
        io::Error::new(
            why.kind(),
            format!("{program} cannot be run ({why}): apt-get install poppler-utils tesseract-ocr tesseract-ocr-jpn"),
        )
    })?;
    if !done.status.success() {
        let said = str::from_utf8(&done.stderr).unwrap_or_default().trim();
        return Err(io::Error::other(format!("{program} cannot read {}: {said}", path.display())));
    }
    Ok(done.stdout)
}
