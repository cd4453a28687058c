//! `fuwake dissect`.

use std::io::{IsTerminal, Write, stdout};
use std::thread::available_parallelism;

use fuwake_core::mail::{Trusted, dissect};
use serde_json::json;

use crate::cli;
use crate::intake::{Input, OwnedMail};
use crate::output::{self, Status};
use crate::progress::Progress;
use crate::runner::{self, Done, Run};

/// Takes mails apart and writes what was found.
pub(crate) fn run(arguments: &cli::Dissect) -> anyhow::Result<Status> {
    let jobs = arguments.reading.jobs.or(available_parallelism().ok()).map_or(1, Into::into);
    let run = Run { inputs: &arguments.inputs, passwords: &[], jobs };
    let mut output = output::open(arguments.output.as_deref())?;
    let mut progress = Progress::new(&arguments.inputs, arguments.output.is_none() && stdout().is_terminal());
    let mut status = Status::Done;
    let work = |input: &Input, mail: &OwnedMail| line(input, mail);
    runner::run(&run, work, |done: Done<serde_json::Value>| {
        progress.advance(done.size);
        let line = done.result.unwrap_or_else(|fault| {
            status = Status::Unread;
            progress.complain(&format!("{}: {}", done.input.path, fault.detail));
            json!({"schema": "fuwake.case/1", "input": done.input, "error": fault})
        });
        writeln!(output, "{line}")
    })?;
    output.flush()?;
    Ok(status)
}

fn line(input: &Input, mail: &OwnedMail) -> serde_json::Value {
    let mail = dissect(mail.raw(), &Trusted::default());
    let subject = mail.subject.map(|subject| subject.text);
    json!({"schema": "fuwake.case/1", "input": input, "mail": {"sha256": mail.sha256, "size": mail.size, "subject": subject}})
}
