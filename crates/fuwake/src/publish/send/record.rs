//! Whom a case was sent to: `sent.jsonl` in its folder. What is about to be sent is written down before, so that whoever has a mail is
//! known even where the program ends in between.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};

use super::words::Words;

/// Its name.
const FILE: &str = "sent.jsonl";

/// What became of a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Outcome {
    /// It is being handed over: where nothing follows, nobody knows whether it was.
    Sending,
    /// The mail server has it.
    #[default]
    Sent,
    /// The mail server did not take it.
    Refused,
}

/// A line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) to: String,
    pub(super) draft: String,
    pub(super) message_id: String,
    pub(super) sha256: String,
    pub(super) at: String,
    #[serde(default)]
    pub(super) outcome: Outcome,
}

/// The record of a case.
#[derive(Debug)]
pub(super) struct Record {
    path: PathBuf,
    /// Held until the program ends, so that two do not send at once; none before the first line.
    file: Option<File>,
    /// The newest outcome by recipient.
    known: BTreeMap<String, Outcome>,
    words: Words,
}

impl Record {
    /// Opens it, where there is one. One that cannot be read stops everything: nobody knows then who has the case.
    pub(super) fn open(case: &Path, words: Words) -> anyhow::Result<Self> {
        let path = case.join(FILE);
        let told = path.display().to_string();
        let mut file = match OpenOptions::new().read(true).append(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { path, file: None, known: BTreeMap::new(), words });
            }
            Err(error) => return Err(error).context(words.unwritten(&told)),
        };
        // Before it is read: whoever held it may have sent something since.
        lock(&file, &told, words)?;
        let text = io::read_to_string(&mut file).with_context(|| words.unread(&told))?;
        let lines: Result<Vec<Line>, _> = text.lines().map(serde_json::from_str::<Line>).collect();
        let lines = lines.with_context(|| words.damaged(&told))?;
        ensure!(text.is_empty() || text.ends_with('\n'), words.damaged(&told));
        let known = lines.into_iter().map(|line| (line.to, line.outcome)).collect();
        Ok(Self { path, file: Some(file), known, words })
    }

    /// What became of the newest mail to somebody.
    pub(super) fn of(&self, to: &str) -> Option<Outcome> {
        self.known.get(to).copied()
    }

    /// One more line, on the disk when this returns.
    pub(super) fn note(&mut self, line: &Line) -> anyhow::Result<()> {
        let text = serde_json::to_string(line)? + "\n";
        let told = self.path.display().to_string();
        let mut file = match self.file.take() {
            Some(file) => file,
            None => begun(&self.path, &told, self.words)?,
        };
        let kept = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
        self.file = Some(file);
        kept.with_context(|| self.words.unwritten(&told))?;
        self.known.insert(line.to.clone(), line.outcome);
        Ok(())
    }
}

/// A record that was not there when this run looked: where it is now, somebody else has begun to send.
fn begun(path: &Path, told: &str, words: Words) -> anyhow::Result<File> {
    let file = OpenOptions::new().create_new(true).append(true).open(path);
    let file = file.map_err(|error| {
        let is_there = error.kind() == io::ErrorKind::AlreadyExists;
        let what = if is_there { words.in_use(told) } else { words.unwritten(told) };
        anyhow::Error::new(error).context(what)
    })?;
    lock(&file, told, words)?;
    Ok(file)
}

fn lock(file: &File, told: &str, words: Words) -> anyhow::Result<()> {
    file.try_lock().map_err(|error| {
        let is_held = matches!(error, TryLockError::WouldBlock);
        let what = if is_held { words.in_use(told) } else { words.unlocked(told) };
        anyhow::Error::new(error).context(what)
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn open(case: &Path) -> anyhow::Result<Record> {
        Record::open(case, Words(fuwake_core::case::Language::En))
    }

    fn line(to: &str, outcome: Outcome) -> Line {
        let [to, draft, message_id, sha256, at] =
            [to, "report-1.eml", "<1@example.jp>", "00", "2026-11-20T00:00:00Z"].map(str::to_owned);
        Line { to, draft, message_id, sha256, at, outcome }
    }

    #[test]
    fn the_newest_outcome_counts_and_older_records_tell_of_what_was_sent() {
        let case = tempfile::tempdir().expect("a folder");
        let before = r#"{"to":"old@example.jp","draft":"a","message_id":"b","sha256":"c","at":"d"}"#;
        fs::write(case.path().join(FILE), format!("{before}\n")).expect("written");
        let mut record = open(case.path()).expect("a record");
        record.note(&line("refused@example.jp", Outcome::Sending)).expect("noted");
        record.note(&line("refused@example.jp", Outcome::Refused)).expect("noted");
        record.note(&line("crash@example.jp", Outcome::Sending)).expect("noted");
        assert!(open(case.path()).is_err(), "two at once");
        drop(record);
        let record = open(case.path()).expect("a record");
        assert_eq!(record.of("old@example.jp"), Some(Outcome::Sent));
        assert_eq!(record.of("refused@example.jp"), Some(Outcome::Refused));
        assert_eq!(record.of("crash@example.jp"), Some(Outcome::Sending));
        assert_eq!(record.of("new@example.jp"), None);
    }

    #[test]
    fn it_begins_with_the_first_mail_of_one_run_alone() {
        let case = tempfile::tempdir().expect("a folder");
        let [mut first, mut second] = [(); 2].map(|()| open(case.path()).expect("a record"));
        assert!(!case.path().join(FILE).exists(), "nothing is sent yet");
        first.note(&line("a@example.jp", Outcome::Sending)).expect("noted");
        let why = second.note(&line("a@example.jp", Outcome::Sending)).expect_err("two at once");
        assert!(why.to_string().contains("in use"), "{why:#}");
        first.note(&line("a@example.jp", Outcome::Sent)).expect("noted");
        drop(first);
        assert_eq!(open(case.path()).expect("a record").of("a@example.jp"), Some(Outcome::Sent));
    }

    #[test]
    fn half_a_line_stops_everything() {
        for text in ["half a li", "{}\n", r#"{"to":"a","draft":"a","message_id":"b","sha256":"c","at":"d"}"#]
        {
            let case = tempfile::tempdir().expect("a folder");
            fs::write(case.path().join(FILE), text).expect("written");
            assert!(open(case.path()).is_err(), "{text}");
        }
    }
}
