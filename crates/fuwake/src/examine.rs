//! One mail from bytes to verdict: taken apart, local questions answered, carried mails examined, judged.

use std::path::Path;

use anyhow::Context;
use fuwake_core::case::{self, Case, Dissection, Inner, Input, SCHEMA, Setting, Tool};
use fuwake_core::evidence::{Ledger, Question, Reach};
use fuwake_core::findings::{Judge, Reader};
use fuwake_core::inquiry::{Circle, Privacy};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::carried::CarriedAs;
use fuwake_core::mail::link::{join_attached, open_redirectors};
use fuwake_core::mail::{Carried, Defect, Mail, RawMail, Trusted, dissect};
use fuwake_probes::probes::place::Tables;
use sha2::{Digest, Sha256};

use crate::answerer::{Answerer, Blobs};
use crate::case_folder::CaseFolders;
use crate::recorder::Recorder;

/// How deep mails are carried in each other at most.
const DEPTH: usize = 8;
/// How much is carried in one mail, at all depths together, that is examined.
const CARRIED: Left = Left { mails: 64, bytes: 16 << 20 };

/// What may still be examined of the mails that one mail carries.
struct Left {
    mails: usize,
    bytes: usize,
}

impl Left {
    /// Takes off a mail of `bytes`; false where it is too much.
    fn take(&mut self, bytes: usize) -> bool {
        match (self.mails.checked_sub(1), self.bytes.checked_sub(bytes)) {
            (Some(mails), Some(bytes)) => {
                *self = Self { mails, bytes };
                true
            }
            _ => false,
        }
    }
}

/// All that a verdict rests on beside the mail; shared by the workers.
#[derive(Debug)]
pub(crate) struct Examiner<'k> {
    judge: Judge<'k>,
    trusted: Trusted,
    reader: Reader,
    language: case::Language,
    fingerprints: bool,
    answerer: Answerer,
    recorder: Option<Recorder>,
    cases: Option<CaseFolders>,
}

impl<'k> Examiner<'k> {
    /// Judges with `knowledge`, for `reader`.
    pub(crate) fn new(
        knowledge: &'k Knowledge,
        trusted: Trusted,
        reader: Reader,
        language: case::Language,
    ) -> Self {
        let judge = Judge::new(knowledge);
        let answerer = Answerer::machine(Tables::default(), None);
        Self { judge, trusted, reader, language, fingerprints: false, answerer, recorder: None, cases: None }
    }

    /// What is known of the world.
    pub(crate) const fn knowledge(&self) -> &'k Knowledge {
        self.judge.knowledge()
    }

    /// Has somebody else answer the questions.
    pub(crate) fn answer_by(&mut self, answerer: Answerer) {
        self.answerer = answerer;
    }

    /// Has all answers recorded.
    pub(crate) fn record(&mut self, recorder: Recorder) {
        self.recorder = Some(recorder);
    }

    /// Has every case kept in a folder of its own.
    pub(crate) fn keep_cases(&mut self, folder: &Path) {
        self.cases = Some(CaseFolders::new(folder));
    }

    /// Ends recording: writes the ledger, and says whether all cases were kept.
    pub(crate) fn finish(&self) -> anyhow::Result<()> {
        if let Some(recorder) = &self.recorder {
            recorder.finish().context("the ledger was not written")?;
        }
        self.cases.as_ref().map_or(Ok(()), CaseFolders::finish)
    }

    /// Puts the campaign's fingerprint into every case.
    pub(crate) fn with_fingerprints(mut self) -> Self {
        self.fingerprints = true;
        self
    }

    /// The case of one mail.
    pub(crate) fn case(&self, input: &Input, raw: RawMail) -> Case {
        let tool = Tool::new(self.judge.knowledge().date());
        let folder = self.cases.as_ref().and_then(|cases| cases.open(raw, self.answerer.scope()));
        let recorders: Vec<&Recorder> = self.recorder.iter().chain(&folder).collect();
        let dissection = self.examine((raw, None), DEPTH, &mut { CARRIED }, &recorders);
        let case = Case { schema: SCHEMA, input: input.clone(), tool, dissection };
        if let (Some(cases), Some(recorder)) = (&self.cases, &folder) {
            cases.close(raw, &case, recorder);
        }
        case
    }

    /// Who must not be named about a mail, and about one that it carries. Where nobody is asked, nobody need be known.
    fn privacy(&self, mail: &Mail<'_>, carrier: Option<&Privacy>) -> Privacy {
        let scope = self.answerer.scope();
        if scope.reach == Reach::Local && !scope.places && !scope.earlier {
            return Privacy::default();
        }
        let circle =
            Circle { knowledge: self.judge.knowledge(), reader: &self.reader, trusted: &self.trusted };
        carrier.map_or_else(|| Privacy::of(mail, circle), |carrier| carrier.carried(mail, circle))
    }

    fn examine(
        &self,
        (raw, carrier): (RawMail<'_>, Option<&Privacy>),
        depth: usize,
        left: &mut Left,
        recorders: &[&Recorder],
    ) -> Dissection {
        let mut mail = dissect(raw, &self.trusted);
        let knowledge = self.judge.knowledge();
        let privacy = self.privacy(&mail, carrier);
        let (ledger, mut blobs) = self.answerer.open_files(&mail, knowledge);
        join_attached(&mut mail, &ledger);
        open_redirectors(&mut mail, knowledge);
        let ledger = self.answerer.inquire(&mail, knowledge, ledger, &privacy);
        blobs.extend(self.answerer.visited(&ledger));
        recorders.iter().for_each(|recorder| recorder.take(Some(&mail.sha256), &ledger, &blobs));
        let (inner, cut) = match depth {
            0 => (Vec::new(), !mail.carried.is_empty()),
            _ => self.carried((&mail, &privacy), (&ledger, &blobs), depth, left, recorders),
        };
        if cut {
            let detail = "not all carried mails were examined";
            mail.defects.push(Defect::new("too-many-carried-mails", detail, None));
        }
        let setting = Setting {
            judge: &self.judge,
            reader: &self.reader,
            language: self.language,
            reach: self.answerer.reach(),
            fingerprint: self.fingerprints,
            privacy: &privacy,
        };
        case::conclude(mail, &ledger, inner, setting).with_pictures(&blobs)
    }

    /// The carried mails, and whether some were left out.
    fn carried(
        &self,
        (mail, privacy): (&Mail, &Privacy),
        (ledger, blobs): (&Ledger, &Blobs),
        depth: usize,
        left: &mut Left,
        recorders: &[&Recorder],
    ) -> (Vec<Inner>, bool) {
        let mut inner = Vec::new();
        for carried in &mail.carried {
            let Some(bytes) = message(carried, ledger, blobs) else { continue };
            if !left.take(bytes.len()) {
                return (inner, true);
            }
            let raw = RawMail { bytes, size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() };
            inner.push(case::inner(carried, self.examine((raw, Some(privacy)), depth - 1, left, recorders)));
        }
        (inner, false)
    }
}

/// A carried mail's RFC 5322 bytes.
fn message<'m>(carried: &'m Carried, ledger: &Ledger, blobs: &'m Blobs) -> Option<&'m [u8]> {
    if carried.how != CarriedAs::OutlookMessage {
        return Some(&carried.bytes);
    }
    let evidence = ledger.answer(&Question::OutlookMessage { sha256: carried.sha256() })?;
    blobs.get(*evidence.answer.files().first()?).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defects(dissection: &Dissection) -> usize {
        let cut = dissection.mail.defects.iter().filter(|defect| defect.id == "too-many-carried-mails");
        cut.count() + dissection.inner.iter().map(|inner| defects(&inner.dissection)).sum::<usize>()
    }

    fn depth(dissection: &Dissection) -> usize {
        dissection.inner.iter().map(|inner| depth(&inner.dissection) + 1).max().unwrap_or(0)
    }

    #[test]
    fn mails_in_mails_are_bounded_in_depth_and_bytes() {
        let knowledge = Knowledge::embedded().expect("built in");
        let examiner = Examiner::new(&knowledge, Trusted::default(), Reader::default(), case::Language::En);
        let nested = "Content-Type: message/rfc822\n\n".repeat(20) + "Subject: innermost\n\nend\n";
        let examine = |left: Left| {
            let bytes = nested.as_bytes();
            let raw = RawMail { bytes, size: bytes.len() as u64, sha256: [0; 32] };
            examiner.examine((raw, None), DEPTH, &mut { left }, &[])
        };
        let all = examine(CARRIED);
        assert_eq!((depth(&all), defects(&all)), (DEPTH, 1));
        let few = examine(Left { bytes: nested.len() * 2, ..CARRIED });
        assert_eq!((depth(&few), defects(&few)), (2, 1));
    }
}
