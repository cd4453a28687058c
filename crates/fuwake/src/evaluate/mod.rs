//! `fuwake evaluate`: how well verdicts agree with labels.

mod labels;
mod measure;
mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};

use fuwake_core::case::{Case, Input};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::RawMail;
use fuwake_core::verdict::Class;
use serde::Serialize;

use crate::cli::{self, TableFormat};
use crate::dissect::{Setup, complaint};
use crate::known;
use crate::output::{Status, complain};
use crate::progress::Progress;
use crate::runner;

use labels::Labels;
use measure::{Helpfulness, Rate};

/// Judges labelled mails and says how well.
pub(crate) fn run(arguments: &cli::Evaluate) -> anyhow::Result<Status> {
    let knowledge = known::load(&arguments.reading.known)?;
    let setup = Setup::new(&arguments.reading, &knowledge)?;
    let labels = Labels::new(arguments.labels.as_deref(), arguments.sure)?;
    let run = setup.run(&arguments.folders);
    let mut progress = Progress::new(&arguments.folders, false);
    let mut tally = Tally::default();
    // As paths are written in cases.
    let roots: Vec<_> = arguments.folders.iter().map(|root| root.to_string_lossy().into_owned()).collect();
    let work = |input: &Input, mail: RawMail| Judged::new(&setup.examiner.case(input, mail));
    runner::run(&run, work, |done| {
        progress.advance(done.size);
        match done.result {
            Ok(judged) => {
                let root = labels::root(&done.input, &roots).unwrap_or_default();
                tally.add(&done.input, root, labels.of(&done.input, &judged.sha256, &roots), judged);
            }
            Err(fault) => {
                tally.unread += 1;
                progress.complain(&complaint(&done.input, &fault));
            }
        }
        Ok::<_, anyhow::Error>(())
    })?;
    drop(progress);
    let report = tally.report(&knowledge, arguments.misses);
    if report.mails == 0 {
        complain("no mail has a label: name folders phish, spam, ham ..., or a table with --labels");
    }
    let mut output = io::stdout().lock();
    match arguments.format {
        TableFormat::Json => {
            serde_json::to_writer_pretty(&mut output, &report)?;
            writeln!(output)?;
        }
        TableFormat::Text => output.write_all(text::write(&report, setup.language).as_bytes())?,
    }
    Ok(if report.unread > 0 { Status::Unread } else { Status::Done })
}

/// What is kept of a case.
struct Judged {
    sha256: String,
    class: Class,
    score: f32,
    findings: Vec<String>,
}

impl Judged {
    fn new(case: &Case) -> Self {
        let dissection = &case.dissection;
        Self {
            sha256: dissection.mail.sha256.clone(),
            class: dissection.verdict.class,
            score: dissection.verdict.score,
            findings: dissection.findings.iter().map(|finding| finding.id.clone()).collect(),
        }
    }
}

/// What was counted so far.
#[derive(Default)]
struct Tally {
    confusion: BTreeMap<(Class, Class), u64>,
    /// By finding: mails with it among the unwanted and among the wanted.
    findings: BTreeMap<String, [u64; 2]>,
    misses: Vec<Miss>,
    /// By folder named: mails called unwanted, and all.
    folders: BTreeMap<String, [u64; 2]>,
    unlabelled: u64,
    unread: u64,
}

/// How well verdicts agree with labels.
#[derive(Debug, Serialize)]
struct Report {
    /// Labelled mails.
    mails: u64,
    unlabelled: u64,
    unread: u64,
    /// Unwanted mails that were called so.
    recall: Rate,
    /// Wanted mails that were called unwanted.
    false_positives: Rate,
    /// Mails with a label that were called unwanted, by label.
    flagged: BTreeMap<&'static str, Rate>,
    /// Of the unwanted mails that were called so, those whose class is right.
    class_right: Rate,
    /// Unwanted mails whose class is right, by class.
    exact: BTreeMap<&'static str, Rate>,
    /// Labelled mails that were called unwanted, by the folder that was named.
    folders: BTreeMap<String, Rate>,
    /// Label, verdict, mails.
    confusion: BTreeMap<&'static str, BTreeMap<&'static str, u64>>,
    /// By how much they help, the most helpful first.
    findings: Vec<Helpfulness>,
    /// Only where they were asked for.
    misses: Vec<Miss>,
}

/// A mail on the wrong side.
#[derive(Clone, Debug, Serialize)]
struct Miss {
    input: Input,
    label: Class,
    verdict: Class,
    score: f32,
    findings: Vec<String>,
}

impl Tally {
    fn add(&mut self, input: &Input, folder: &str, label: Option<Class>, judged: Judged) {
        let Some(label) = label else {
            self.unlabelled += 1;
            return;
        };
        *self.confusion.entry((label, judged.class)).or_default() += 1;
        let counts = self.folders.entry(folder.to_owned()).or_default();
        counts[0] += u64::from(judged.class.is_unwanted());
        counts[1] += 1;
        let side = usize::from(!label.is_unwanted());
        for id in &judged.findings {
            self.findings.entry(id.clone()).or_default()[side] += 1;
        }
        if label.is_unwanted() != judged.class.is_unwanted() {
            let Judged { class: verdict, score, findings, .. } = judged;
            self.misses.push(Miss { input: input.clone(), label, verdict, score, findings });
        }
    }

    fn count(&self, wanted: impl Fn(Class, Class) -> bool) -> u64 {
        self.confusion
            .iter()
            .filter(|((label, verdict), _)| wanted(*label, *verdict))
            .map(|(_, count)| count)
            .sum()
    }

    fn report(self, knowledge: &Knowledge, misses: bool) -> Report {
        let unwanted = self.count(|label, _| label.is_unwanted());
        let wanted = self.count(|label, _| !label.is_unwanted());
        let found = self.count(|label, verdict| label.is_unwanted() && verdict.is_unwanted());
        let accused = self.count(|label, verdict| !label.is_unwanted() && verdict.is_unwanted());
        let mut confusion: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for ((label, verdict), count) in &self.confusion {
            confusion.entry(label.name()).or_default().insert(verdict.name(), *count);
        }
        let by_label = |among: fn(Class) -> bool, is: fn(Class, Class) -> bool| {
            let rates = Class::ALL.into_iter().filter(|class| among(*class)).filter_map(|class| {
                let all = self.count(|label, _| label == class);
                let those = self.count(|label, verdict| label == class && is(label, verdict));
                (all > 0).then(|| (class.name(), Rate::new(those, all)))
            });
            rates.collect()
        };
        let right = self.count(|label, verdict| label.is_unwanted() && label == verdict);
        Report {
            mails: unwanted + wanted,
            unlabelled: self.unlabelled,
            unread: self.unread,
            recall: Rate::new(found, unwanted),
            false_positives: Rate::new(accused, wanted),
            flagged: by_label(|_| true, |_, verdict| verdict.is_unwanted()),
            class_right: Rate::new(right, found),
            exact: by_label(Class::is_unwanted, |label, verdict| label == verdict),
            folders: self
                .folders
                .into_iter()
                .map(|(folder, [flagged, all])| (folder, Rate::new(flagged, all)))
                .collect(),
            confusion,
            findings: measure::helpfulness(&self.findings, unwanted, wanted, knowledge),
            misses: if misses { self.misses } else { Vec::new() },
        }
    }
}
