//! Who answers the questions about a mail: this machine alone, the world with it, or a ledger of earlier answers.

use std::collections::BTreeMap;

use anyhow::Context;
use fuwake_core::evidence::{Answer, Evidence, Ledger, Question, Reach};
use fuwake_core::inquiry::{Observables, Privacy, Scope, next_questions, next_questions_about};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::Mail;
use fuwake_probes::blob_store::BlobStore;
use fuwake_probes::ledger_file::Recording;
use fuwake_probes::machine::{Machine, Reply};
use fuwake_probes::probes::earlier_cases::EarlierIndex;
use fuwake_probes::probes::place::Tables;
use fuwake_probes::worker::Workers;
use fuwake_probes::world::{Settings, World};
use tokio::runtime::Runtime;

use crate::signals;

/// Files by their SHA-256, made by answers.
pub(crate) type Blobs = BTreeMap<String, Vec<u8>>;

/// Who answers.
#[derive(Debug)]
pub(crate) enum Answerer {
    /// This machine alone.
    Machine { machine: Machine, scope: Scope },
    /// The world too.
    World { machine: Machine, world: Box<World>, runtime: Runtime },
    /// A ledger alone.
    Recorded(Recording),
}

impl Answerer {
    /// This machine alone.
    pub(crate) fn machine(tables: Tables, earlier: Option<EarlierIndex>) -> Self {
        let scope = Scope { places: !tables.is_empty(), earlier: earlier.is_some(), ..Scope::default() };
        Self::Machine { machine: machine(tables, earlier), scope }
    }

    /// This machine and the world.
    pub(crate) fn world(
        settings: &Settings,
        tables: Tables,
        earlier: Option<EarlierIndex>,
    ) -> anyhow::Result<Self> {
        if settings.visits.is_some() {
            signals::clear_away_at_the_end()?;
        }
        let runtime = Runtime::new().context("cannot start the threads that wait for answers")?;
        let world = {
            let _inside = runtime.enter();
            let settings = Settings { earlier: earlier.is_some(), ..settings.clone() };
            Box::new(World::new(&settings).context("cannot ask the outside world")?)
        };
        Ok(Self::World { machine: machine(tables, earlier), world, runtime })
    }

    /// What may be asked.
    pub(crate) fn scope(&self) -> &Scope {
        match self {
            Self::Machine { scope, .. } => scope,
            Self::World { world, .. } => world.scope(),
            Self::Recorded(recording) => &recording.scope,
        }
    }

    /// How far is asked; none for this machine alone.
    pub(crate) fn reach(&self) -> Option<Reach> {
        Some(self.scope().reach).filter(|reach| *reach > Reach::Local)
    }

    /// What a mail's files hold, and the files that the answers made.
    pub(crate) fn open_files(&self, mail: &Mail<'_>, knowledge: &Knowledge) -> (Ledger, Blobs) {
        let mut blobs = Blobs::new();
        let scope = Scope { places: self.scope().places, ..Scope::default() };
        // On this machine nothing has to be kept from anybody.
        let nobody = Privacy::default();
        let ledger = answered(
            Ledger::default(),
            |ledger| {
                let mut questions = next_questions(mail, ledger, knowledge, &scope, &nobody);
                questions.truncate(scope.questions);
                questions
            },
            |question| match self {
                Self::Machine { machine, .. } | Self::World { machine, .. } => {
                    let reply = machine.answer(question, bytes(mail, question));
                    reply.into_iter().map(|reply| keep(reply, &mut blobs)).collect()
                }
                Self::Recorded(recording) => {
                    let evidence = recording.answer(question, Some(&mail.sha256));
                    evidence
                        .iter()
                        .for_each(|evidence| collect(&evidence.answer, recording.blobs(), &mut blobs));
                    evidence
                }
            },
        );
        (ledger, blobs)
    }

    /// The files that answers about links made.
    pub(crate) fn visited(&self, ledger: &Ledger) -> Blobs {
        let store = match self {
            Self::Machine { .. } => None,
            Self::World { world, .. } => world.blobs(),
            Self::Recorded(recording) => Some(recording.blobs()),
        };
        let mut blobs = Blobs::new();
        let outside = ledger.iter().filter(|evidence| evidence.question.reach() > Reach::Local);
        if let Some(store) = store {
            outside.for_each(|evidence| collect(&evidence.answer, store, &mut blobs));
        }
        blobs
    }

    /// What is known beyond the mail, its files' contents included, added to what its files hold.
    pub(crate) fn inquire(
        &self,
        mail: &Mail<'_>,
        knowledge: &Knowledge,
        ledger: Ledger,
        privacy: &Privacy,
    ) -> Ledger {
        let next = |ledger: &Ledger| next_questions(mail, ledger, knowledge, self.scope(), privacy);
        match self {
            Self::Machine { machine, scope } if scope.earlier => answered(ledger, next, |question| {
                let reply = machine.answer(question, bytes(mail, question));
                reply.into_iter().map(|reply| reply.evidence).collect()
            }),
            Self::Machine { .. } => ledger,
            Self::World { machine, world, runtime } => runtime.block_on(world.inquire(
                ledger,
                next,
                |question| bytes(mail, question),
                (machine, privacy),
            )),
            Self::Recorded(recording) => {
                let ledger =
                    answered(ledger, next, |question| recording.answer(question, Some(&mail.sha256)));
                with_people(ledger, recording, &Observables::of(mail, knowledge, privacy))
            }
        }
    }
}

/// The same about names, addresses and links that stand in no mail.
impl Answerer {
    pub(crate) fn inquire_about(
        &self,
        observables: &Observables,
        knowledge: &Knowledge,
        ledger: Ledger,
    ) -> Ledger {
        let next = |ledger: &Ledger| next_questions_about(observables, ledger, knowledge, self.scope());
        match self {
            Self::Machine { .. } => ledger,
            Self::World { machine, world, runtime } => {
                let privacy = Privacy::default();
                runtime.block_on(world.inquire(ledger, next, |_| None, (machine, &privacy)))
            }
            Self::Recorded(recording) => with_people(
                answered(ledger, next, |question| recording.answer(question, None)),
                recording,
                observables,
            ),
        }
    }
}

/// The answer; the file that it made is kept.
fn keep(reply: Reply, blobs: &mut Blobs) -> Evidence {
    if let (Some(sha256), Some(bytes)) = (reply.evidence.answer.files().first(), reply.blob) {
        blobs.insert((*sha256).to_owned(), bytes);
    }
    reply.evidence
}

fn machine(tables: Tables, earlier: Option<EarlierIndex>) -> Machine {
    // Where the program's own place is not known, files that need a decoder are reported as not checked.
    let workers = Workers::new(std::env::current_exe().unwrap_or_default());
    Machine { workers, tables, earlier: earlier.unwrap_or_default() }
}

/// Asks until there is no new question; every question has an answer at once.
fn answered(
    mut ledger: Ledger,
    next_questions: impl Fn(&Ledger) -> Vec<Question>,
    mut answer: impl FnMut(&Question) -> Vec<Evidence>,
) -> Ledger {
    loop {
        let before = ledger.len();
        for question in next_questions(&ledger) {
            answer(&question).into_iter().for_each(|evidence| ledger.record(evidence));
        }
        // Where nothing new was learnt there is no more to ask.
        if ledger.len() == before {
            return ledger;
        }
    }
}

/// Adds what people saw of what the mail names.
fn with_people(mut ledger: Ledger, recording: &Recording, observables: &Observables) -> Ledger {
    for evidence in recording.by_people() {
        if let Question::Reputation { subject, .. } = &evidence.question
            && observables.concern(subject, &ledger)
        {
            ledger.record(evidence.clone());
        }
    }
    ledger
}

/// The bytes that a question is about.
fn bytes<'m>(mail: &'m Mail<'_>, question: &Question) -> Option<&'m [u8]> {
    let wanted = question.blob()?;
    if mail.sha256 == wanted {
        return Some(mail.raw);
    }
    let attachment = mail.attachments.iter().find(|attachment| attachment.sha256 == wanted);
    let content =
        attachment.map(|attachment| attachment.content.as_slice()).filter(|content| !content.is_empty());
    let carried = || mail.carried.iter().find(|carried| carried.sha256() == wanted);
    content.or_else(|| Some(carried()?.bytes.as_slice()))
}

/// Adds the files that an answer made.
fn collect(answer: &Answer, store: &BlobStore, blobs: &mut Blobs) {
    for sha256 in answer.files() {
        blobs.extend(store.get(sha256).map(|bytes| (sha256.to_owned(), bytes)));
    }
}
