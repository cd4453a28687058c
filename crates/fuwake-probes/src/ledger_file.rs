//! A ledger as a file: JSON Lines, the scope first, then the evidence; what answers made lies beside it, by SHA-256.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use fuwake_core::evidence::{Answer, Data, Evidence, Question};
use fuwake_core::inquiry::Scope;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::blob_store::BlobStore;

/// The file's kind and number.
const SCHEMA: &str = "fuwake.ledger/1";

/// How the source of what a person saw begins; his name follows.
pub const PERSON: &str = "person: ";

/// What was recorded, to answer from.
#[derive(Debug)]
pub struct Recording {
    /// What could be asked.
    pub scope: Scope,
    /// What holds for every mail, by the question's id.
    entries: BTreeMap<String, Evidence>,
    /// What holds for one mail alone, by the question's id and the mail's SHA-256: that time or budget ran out for it, or that it was
    /// answered otherwise before an answer changed.
    own: BTreeMap<(String, String), Evidence>,
    blobs: BlobStore,
}

/// What a merge did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many answers were new or better.
    pub taken: usize,
    /// Files that these answers name and that are not there, by SHA-256.
    pub missing: Vec<String>,
}

/// A line after the head.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    evidence: Evidence,
    /// The SHA-256 of the mail that it holds for alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mail: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    schema: String,
    scope: Scope,
}

/// Why a ledger cannot be read or written.
#[derive(Debug, Error)]
pub enum LedgerError {
    /// The file cannot be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, #[source] io::Error),
    /// Somebody else's change cannot be waited for.
    #[error("{0} cannot be locked: {1}")]
    Lock(PathBuf, #[source] io::Error),
    /// It is no ledger.
    #[error("{0}: the first line is no head of a ledger ({SCHEMA})")]
    NoLedger(PathBuf),
    /// A line is no evidence.
    #[error("{0}, line {1}: {2}")]
    Line(PathBuf, usize, #[source] serde_json::Error),
}

/// Holds a ledger's folder until it is dropped, so that two who read, change and write a ledger do it one after the other.
///
/// # Errors
/// Where the folder is not there or cannot be locked.
pub fn lock(file: &Path) -> Result<fs::File, LedgerError> {
    let folder = folder_of(file);
    let locked = fs::File::open(folder).and_then(|folder| folder.lock().map(|()| folder));
    locked.map_err(|error| LedgerError::Lock(folder.to_owned(), error))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Recording {
    /// An empty one; `file` is where it will be written.
    #[must_use]
    pub fn new(scope: Scope, file: &Path) -> Self {
        Self { scope, entries: BTreeMap::new(), own: BTreeMap::new(), blobs: BlobStore::beside(file) }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The first line that is no evidence.
    pub fn read(file: &Path) -> Result<Self, LedgerError> {
        let broken = |error| LedgerError::File(file.to_owned(), error);
        let mut lines = BufReader::new(fs::File::open(file).map_err(broken)?).lines();
        let head = lines.next().transpose().map_err(broken)?.unwrap_or_default();
        let head: Head = serde_json::from_str(&head).map_err(|_| LedgerError::NoLedger(file.to_owned()))?;
        if head.schema != SCHEMA {
            return Err(LedgerError::NoLedger(file.to_owned()));
        }
        let mut recording = Self::new(head.scope, file);
        for (number, line) in lines.enumerate() {
            let line = line.map_err(broken)?;
            let line: Line = serde_json::from_str(&line)
                .map_err(|error| LedgerError::Line(file.to_owned(), number + 2, error))?;
            match line.mail {
                Some(mail) => recording.add_own(mail, line.evidence),
                None => {
                    recording.add(line.evidence);
                }
            }
        }
        Ok(recording)
    }

    /// Takes evidence in; of the same question an answer stays before a failure, and the newer one before the older. Whether it was
    /// taken.
    pub fn add(&mut self, evidence: Evidence) -> bool {
        let id = evidence.question.id();
        let is_better = self.entries.get(&id).is_none_or(|known| worth(known) <= worth(&evidence));
        if is_better {
            self.entries.insert(id, evidence);
        }
        is_better
    }

    /// Takes in what was answered about one mail, so that it is answered the same again whatever the other mails met.
    pub fn add_for(&mut self, mail: &str, evidence: Evidence) {
        let known = self.entries.get(&evidence.question.id());
        if evidence.answer.is_known() && known.is_none_or(|known| !known.answer.is_known()) {
            self.add(evidence);
        } else if known != Some(&evidence) {
            self.add_own(mail.to_owned(), evidence);
        }
    }

    fn add_own(&mut self, mail: String, evidence: Evidence) {
        self.own.insert((evidence.question.id(), mail), evidence);
    }

    /// What people saw and wrote down: nobody has to ask for it.
    pub fn by_people(&self) -> impl Iterator<Item = &Evidence> {
        self.entries.values().filter(|evidence| evidence.source.starts_with(PERSON))
    }

    /// Takes in what another recorded, with the files that its answers made.
    ///
    /// # Errors
    /// A file that cannot be written here.
    pub fn merge(&mut self, other: &Self) -> Result<Merged, LedgerError> {
        self.scope.join(&other.scope);
        let mut merged = Merged::default();
        for evidence in other.entries.values() {
            if self.entries.get(&evidence.question.id()) == Some(evidence) || !self.add(evidence.clone()) {
                continue;
            }
            merged.taken += 1;
            for name in evidence.answer.files() {
                match other.blobs.get(name) {
                    Some(bytes) => self.keep(&bytes, name)?,
                    None => merged.missing.push(name.to_owned()),
                }
            }
        }
        self.own.extend(other.own.iter().map(|(of, evidence)| (of.clone(), evidence.clone())));
        Ok(merged)
    }

    fn keep(&self, bytes: &[u8], name: &str) -> Result<(), LedgerError> {
        let kept = self.blobs.put(bytes);
        kept.map(drop).map_err(|error| LedgerError::File(PathBuf::from(name), error))
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self, file: &Path) -> Result<(), LedgerError> {
        self.write_lines(file).map_err(|error| LedgerError::File(file.to_owned(), error))
    }

    fn write_lines(&self, file: &Path) -> io::Result<()> {
        let mut out = io::BufWriter::new(tempfile::NamedTempFile::new_in(folder_of(file))?);
        let head = Head { schema: SCHEMA.to_owned(), scope: self.scope.clone() };
        writeln!(out, "{}", serde_json::to_string(&head)?)?;
        let shared = self.entries.values().map(|evidence| (None, evidence));
        let own = self.own.iter().map(|((_, mail), evidence)| (Some(mail), evidence));
        for (mail, evidence) in shared.chain(own) {
            let line = Line { evidence: evidence.clone(), mail: mail.cloned() };
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?.persist(file)?;
        Ok(())
    }

    /// The answer to a question about a mail, or about none, and what it rests on; what was not recorded was not asked.
    #[must_use]
    pub fn answer(&self, question: &Question, mail: Option<&str>) -> Vec<Evidence> {
        let Some(evidence) = self.find(&question.id(), mail) else {
            let answer = Answer::NotAsked { why: "not-recorded".to_owned() };
            let source = "fuwake".to_owned();
            return vec![Evidence {
                id: question.id(),
                question: question.clone(),
                answer,
                source,
                asked_at: None,
            }];
        };
        let rests_on = match &evidence.answer {
            Answer::Found { data: Data::Authenticity(found) } => found.asked.as_slice(),
            _ => &[],
        };
        let rests_on = rests_on.iter().filter_map(|id| self.find(id, mail)).cloned();
        [evidence.clone()].into_iter().chain(rests_on).collect()
    }

    /// The mail's own answer, else the one for all, else one that another mail got.
    fn find(&self, id: &str, mail: Option<&str>) -> Option<&Evidence> {
        let of = |mail: &str| (id.to_owned(), mail.to_owned());
        let own = mail.and_then(|mail| self.own.get(&of(mail)));
        let of_another = || {
            let ((other, _), found) = self.own.range(of("")..).next()?;
            (other == id).then_some(found)
        };
        own.or_else(|| self.entries.get(id)).or_else(of_another)
    }

    /// The files that answers made.
    #[must_use]
    pub fn blobs(&self) -> &BlobStore {
        &self.blobs
    }
}

/// What of two answers to one question is kept: that it is one, then how new it is.
fn worth(evidence: &Evidence) -> (bool, Option<&str>) {
    (evidence.answer.is_known(), evidence.asked_at.as_deref())
}

#[cfg(test)]
mod tests {
    use fuwake_core::evidence::{Absence, RecordType, Reputation, Subject};

    use super::*;

    fn evidence(question: Question, answer: Answer, at: &str) -> Evidence {
        let asked_at = Some(at.to_owned());
        Evidence { id: question.id(), question, answer, source: "dns".to_owned(), asked_at }
    }

    fn mx(answer: Answer, at: &str) -> Evidence {
        let question = Question::Dns { name: "example.com".to_owned(), record: RecordType::Mx };
        evidence(question, answer, at)
    }

    #[test]
    fn an_answer_stays_before_a_failure_and_the_newer_before_the_older() {
        let mut recording = Recording::new(Scope::default(), Path::new("ledger.jsonl"));
        let failed = || Answer::Failed { why: "time-out".to_owned() };
        let absent = |why| Answer::Absent { why };
        assert!(recording.add(mx(failed(), "2026-11-03T00:00:00Z")));
        assert!(recording.add(mx(absent(Absence::NoData), "2026-11-01T00:00:00Z")), "though it is older");
        assert!(!recording.add(mx(failed(), "2026-11-04T00:00:00Z")), "a failure tells nothing");
        assert!(recording.add(mx(absent(Absence::NoSuchName), "2026-11-02T00:00:00Z")));
        assert!(!recording.add(mx(absent(Absence::NoData), "2026-11-01T00:00:00Z")));
    }

    #[test]
    fn merging_brings_scope_and_files_along() {
        let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let [mut one, mut other] = [0, 1]
            .map(|at: usize| Recording::new(Scope::default(), &folders[at].path().join("ledger.jsonl")));
        let picture = other.blobs.put(b"picture").expect("kept");
        let seen = |picture: &str, name: &str| {
            let reputation = Reputation { picture: Some(picture.to_owned()), ..Reputation::default() };
            let subject = Subject::Domain(name.to_owned());
            let question = Question::Reputation { service: "cisco-talos".to_owned(), subject, seen: None };
            let answer = Answer::Found { data: Data::Reputation(reputation) };
            evidence(question, answer, "2026-11-01T00:00:00Z")
        };
        other.add(seen(&picture, "example.com"));
        other.add(seen(&"0".repeat(64), "example.net"));
        other.scope.places = true;
        let merged = one.merge(&other).expect("it can be written");
        assert_eq!(merged, Merged { taken: 2, missing: vec!["0".repeat(64)] });
        assert!(one.scope.places);
        assert_eq!(one.blobs.get(&picture).as_deref(), Some(&b"picture"[..]));
        assert_eq!(one.merge(&other).expect("nothing to do"), Merged::default());
    }

    #[test]
    fn each_mail_is_answered_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("ledger.jsonl");
        let mut recording = Recording::new(Scope::default(), &file);
        let answers = [
            mx(Answer::Failed { why: "time-out".to_owned() }, "2026-11-22T10:00:00Z"),
            mx(Answer::Absent { why: Absence::NoData }, "2026-11-22T10:00:01Z"),
            mx(Answer::Absent { why: Absence::NoSuchName }, "2026-11-22T11:00:00Z"),
        ];
        for (mail, answer) in ["a", "b", "c"].into_iter().zip(&answers) {
            recording.add_for(mail, answer.clone());
        }
        recording.write(&file).expect("a ledger");
        let read = Recording::read(&file).expect("a ledger");
        let question = &answers[0].question;
        for (mail, answer) in ["a", "b", "c"].into_iter().zip(&answers) {
            assert_eq!(read.answer(question, Some(mail)), std::slice::from_ref(answer), "{mail}");
        }
        assert_eq!(read.answer(question, Some("d")), [answers[1].clone()], "what is known, not a failure");
    }
}
