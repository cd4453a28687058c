//! `fuwake dissect`.

use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::thread::available_parallelism;

use anyhow::Context;
use fuwake_core::case::{Case, Failure, InputError, Language, SCHEMA, worst};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::RawMail;
use fuwake_core::publish::{Release, publish};
use fuwake_core::verdict::Class;
use fuwake_probes::ledger_file::Recording;
use fuwake_probes::probes::earlier_cases::EarlierIndex;
use fuwake_report::{Layout, render};

use crate::answerer::Answerer;
use crate::cli::{self, Format, Reach};
use crate::config::Config;
use crate::examine::Examiner;
use crate::intake::{Fault, Input};
use crate::known;
use crate::output::{Status, Writer, width};
use crate::progress::Progress;
use crate::recorder::Recorder;
use crate::runner::{self, Run};

/// Takes mails apart and writes what was found.
pub(crate) fn run(arguments: &cli::Dissect) -> anyhow::Result<Status> {
    let knowledge = known::load(&arguments.reading.known)?;
    let mut setup = Setup::new(&arguments.reading, &knowledge)?;
    if arguments.fingerprint {
        setup.examiner = setup.examiner.with_fingerprints();
    }
    setup.answer_as_asked(arguments)?;
    let run = setup.run(&arguments.inputs);
    let mut writer = Writer::new(arguments.format, arguments.output.clone())?;
    let mut progress = Progress::new(&arguments.inputs, arguments.output.is_none() && stdout().is_terminal());
    let mut status = Status::Done;
    let layout = Layout { width: width() };
    let work = |input: &Input, mail: RawMail| {
        Rendered::new(&setup.examiner.case(input, mail), arguments.format, setup.language, layout)
    };
    let skipped = runner::run(&run, work, |done| {
        progress.advance(done.size);
        match done.result {
            Ok(rendered) => {
                if rendered.classes.iter().any(|class| arguments.fail_on.contains(class)) {
                    status = status.max(Status::Matched);
                }
                writer.write(&done.input, &rendered.bytes)
            }
            Err(fault) => {
                status = status.max(Status::Unread);
                progress.complain(&complaint(&done.input, &fault));
                writer.write_failure(&done.input, failure(&done.input, &fault, arguments.format)?.as_deref())
            }
        }
    })?;
    if skipped > 0 {
        progress.complain(&format!(
            "left out, for they do not look like mail: {skipped} of the files in folders or archives"
        ));
    }
    writer.finish()?;
    setup.examiner.finish()?;
    Ok(status)
}

/// Mails at once where most of the time is spent waiting for answers.
const WAITING_JOBS: usize = 32;

/// Mails at once where links are visited: a browser draws few pages at a time.
const VISITING_JOBS: usize = 8;

/// What every command that reads mail sets up.
pub(crate) struct Setup<'k> {
    pub(crate) examiner: Examiner<'k>,
    pub(crate) language: Language,
    config: Config,
    jobs: usize,
}

impl<'k> Setup<'k> {
    pub(crate) fn new(reading: &cli::Reading, knowledge: &'k Knowledge) -> anyhow::Result<Self> {
        Self::in_language(reading, knowledge, reading.known.lang)
    }

    /// In a language that the command line need not name.
    pub(crate) fn in_language(
        reading: &cli::Reading,
        knowledge: &'k Knowledge,
        language: Option<cli::Language>,
    ) -> anyhow::Result<Self> {
        let config = Config::read(reading.known.config.as_deref())?;
        let language = config.language(language)?;
        let trusted = config.trusted(&reading.trust)?;
        let examiner = Examiner::new(knowledge, trusted, config.reader(knowledge)?, language);
        let jobs = reading.jobs.or(available_parallelism().ok()).map_or(1, Into::into);
        Ok(Self { examiner, language, config, jobs })
    }

    /// Sets up who answers, and who records it.
    fn answer_as_asked(&mut self, arguments: &cli::Dissect) -> anyhow::Result<()> {
        let earlier = arguments.earlier.as_deref().map(EarlierIndex::in_folder).transpose();
        let earlier = earlier.context("cannot compare with earlier cases")?;
        let answerer = match (&arguments.replay, arguments.reach) {
            (Some(file), _) => Answerer::Recorded(Recording::read(file).context("cannot replay")?),
            (None, Reach::Offline) => Answerer::machine(self.config.tables(), earlier),
            (None, Reach::Passive) => {
                // Threads that wait for answers cost next to nothing.
                self.jobs = arguments.reading.jobs.map_or(WAITING_JOBS, Into::into);
                Answerer::world(&self.config.settings()?, self.config.tables(), earlier)?
            }
            (None, Reach::Active) => {
                self.jobs = arguments.reading.jobs.map_or(VISITING_JOBS, Into::into);
                let mut settings = self.config.settings()?;
                settings.visits = Some(self.config.visits(&arguments.visiting, self.examiner.knowledge())?);
                Answerer::world(&settings, self.config.tables(), earlier)?
            }
        };
        if let Some(file) = &arguments.record {
            self.examiner.record(Recorder::new(answerer.scope().clone(), file));
        }
        if let Some(folder) = &arguments.case {
            self.examiner.keep_cases(folder);
        }
        self.examiner.answer_by(answerer);
        Ok(())
    }

    pub(crate) fn run<'r>(&'r self, inputs: &'r [PathBuf]) -> Run<'r> {
        Run { inputs, passwords: &self.config.archive_passwords, jobs: self.jobs }
    }
}

/// A case as it is written, and the classes that `--fail-on` looks at.
struct Rendered {
    bytes: Vec<u8>,
    classes: [Class; 2],
}

impl Rendered {
    fn new(case: &Case, format: Format, language: Language, layout: Layout) -> Self {
        let bytes = match format {
            Format::Jsonl => serde_json::to_vec(case),
            Format::Json => serde_json::to_vec_pretty(case),
            Format::Report(format) => {
                let report = publish(case, &Release::default(), language);
                Ok(render(&report, format, layout).into_bytes())
            }
        };
        let classes = [case.dissection.verdict.class, worst(&case.dissection).verdict.class];
        Self { bytes: bytes.expect("a case has no keys but strings"), classes }
    }
}

/// An input without a mail, as the complete formats write it; the others say it on standard error alone.
fn failure(input: &Input, fault: &Fault, format: Format) -> serde_json::Result<Option<Vec<u8>>> {
    let error = InputError { id: fault.id.to_owned(), detail: fault.detail.clone() };
    let failure = Failure { schema: SCHEMA, input: input.clone(), error };
    match format {
        Format::Jsonl => serde_json::to_vec(&failure).map(Some),
        Format::Json => serde_json::to_vec_pretty(&failure).map(Some),
        Format::Report(_) => Ok(None),
    }
}

/// What a person reads about it.
pub(crate) fn complaint(input: &Input, fault: &Fault) -> String {
    match &input.member {
        Some(member) => format!("{} ({member}): {}", input.path, fault.detail),
        None => format!("{}: {}", input.path, fault.detail),
    }
}
