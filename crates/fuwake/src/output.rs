//! Where results and complaints go, and what the program says with its exit status.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use crate::shown::shown;

/// The exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// 0.
    Done,
    /// 1: some input could not be read; the others were done.
    Unread,
    /// 3: `--fail-on` matched.
    #[expect(dead_code, reason = "classes come with the verdict")]
    Matched,
    /// 2: usage or configuration.
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Unread => 1,
            Status::Usage => 2,
            Status::Matched => 3,
        })
    }
}

/// Says on standard error what went wrong.
pub(crate) fn complain(message: &str) {
    let _ = writeln!(anstream::stderr(), "fuwake: {}", shown(message));
}

/// A file, or standard output.
pub(crate) fn open(path: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    match path {
        Some(path) => {
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            Ok(Box::new(BufWriter::new(file)))
        }
        None => Ok(Box::new(BufWriter::new(io::stdout().lock()))),
    }
}
