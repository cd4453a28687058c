//! The outside world, asked politely: one cache, one set of manners and one resolver for all mails.

mod cache;
mod dialer;
mod download;
mod http;
mod inquiry;
mod manners;
mod proxy;
mod settings;

pub use crate::fault::Fault;
pub use dialer::Dialer;
pub use download::{DownloadError, download};
pub use http::{Http, Page};
pub use manners::{Manners, Rule};
pub use settings::{Settings, UnusableSettings, VisitSettings};

use std::sync::Arc;
use std::time::Duration;

use fuwake_core::evidence::{Absence, Answer, Data, Evidence, Question, Reach, RecordType};
use fuwake_core::inquiry::{Privacy, Scope};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::blob_store::BlobStore;
use crate::probes::authenticity;
use crate::probes::dns::Dns;
use crate::probes::registry::Registries;
use crate::probes::reputation::Reputations;
use crate::visit::Visitor;
use cache::Cache;

/// What a probe found, who said so, and how long it may be kept.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The answer.
    pub answer: Answer,
    /// Who gave it: a server, a service.
    pub source: String,
    /// How long it holds.
    pub lifetime: Duration,
    /// Evidence that it rests on: the questions that the probe asked on its way.
    pub rests_on: Vec<Evidence>,
}

/// The longest that a failure is remembered: a server that is down is not asked again for every mail.
const FAILURE: Duration = Duration::from_secs(30);

impl Reply {
    /// Something is there.
    pub fn found(data: Data, source: impl Into<String>, lifetime: Duration) -> Self {
        Self { answer: Answer::Found { data }, source: source.into(), lifetime, rests_on: Vec::new() }
    }

    /// Who was asked says that there is nothing.
    pub fn absent(why: Absence, source: impl Into<String>, lifetime: Duration) -> Self {
        Self { answer: Answer::Absent { why }, source: source.into(), lifetime, rests_on: Vec::new() }
    }

    /// It was tried, and did not work.
    pub fn failed(fault: &Fault, source: impl Into<String>) -> Self {
        let answer = Answer::Failed { why: fault.to_string() };
        Self { answer, source: source.into(), lifetime: FAILURE, rests_on: Vec::new() }
    }

    /// It could not be tried here.
    pub fn not_asked(why: &str, source: impl Into<String>) -> Self {
        let answer = Answer::NotAsked { why: why.to_owned() };
        Self { answer, source: source.into(), lifetime: FAILURE, rests_on: Vec::new() }
    }
}

/// Everything that questions to the outside need; shared by all mails of a run.
#[derive(Debug)]
pub struct World {
    cache: Cache,
    pub(crate) dns: Arc<Dns>,
    registries: Registries,
    reputations: Reputations,
    visitor: Option<Visitor>,
    scope: Scope,
    patience: Duration,
}

impl World {
    /// Sets up resolver, connections and caches; asks nothing yet. Must be called inside a Tokio runtime.
    ///
    /// # Errors
    /// Where a setting cannot be used: no resolver, a proxy that is none.
    pub fn new(settings: &Settings) -> Result<Self, UnusableSettings> {
        let manners = Arc::new(Manners::new());
        let dns = Arc::new(Dns::new(settings, Arc::clone(&manners))?);
        let dialer = Dialer::new(settings, Arc::clone(&dns));
        let http = Http::new(settings, dialer.clone())?;
        let visitor =
            settings.visits.as_ref().map(|visits| Visitor::new(visits, dialer.clone())).transpose()?;
        let reputations = Reputations::new(settings, http.clone(), Arc::clone(&dns), Arc::clone(&manners));
        Ok(Self {
            cache: Cache::new(settings.cache.clone()),
            registries: Registries::new(settings, http, dialer, &manners),
            dns,
            scope: Scope {
                reach: if visitor.is_some() { Reach::Active } else { Reach::Passive },
                services: reputations.scope(),
                places: settings.places,
                earlier: settings.earlier,
                questions: settings.questions,
                visits: settings.visits.as_ref().map(|visits| visits.plan.clone()).unwrap_or_default(),
            },
            visitor,
            reputations,
            patience: settings.patience + visiting(settings),
        })
    }

    /// What can be asked with these settings.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What visits keep of the pages that they see.
    #[must_use]
    pub fn blobs(&self) -> Option<&BlobStore> {
        self.visitor.as_ref().map(Visitor::blobs)
    }

    /// How long all questions about one mail may take together.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// The answer to a question, and the evidence that it rests on. The same question is asked once, however many mails raise it at
    /// the same time, and not again while its answer holds.
    pub async fn answer(&self, question: &Question, blob: Option<&[u8]>, privacy: &Privacy) -> Vec<Evidence> {
        // In a box: what all probes keep while they wait is more than a thread's stack should hold.
        let ask = || self.cache.get_or_ask(question, Box::pin(self.ask(question, blob, privacy)));
        let evidence = ask().await;
        if self.is_whole(&evidence) {
            return evidence;
        }
        self.cache.forget(question).await;
        ask().await
    }

    /// Whether the files that visits made are still there: they are not kept as long as what names them.
    fn is_whole(&self, evidence: &[Evidence]) -> bool {
        let visits = evidence.iter().filter(|evidence| matches!(evidence.question, Question::Visit { .. }));
        let mut files = visits.flat_map(|visit| visit.answer.files());
        self.blobs().is_none_or(|blobs| files.all(|file| blobs.holds(file)))
    }

    /// The records of a type at a name, for a probe that needs them on its way.
    pub(crate) async fn records(&self, name: &str, record: RecordType) -> Option<Evidence> {
        let question = Question::Dns { name: name.to_owned(), record };
        let evidence = self.cache.get_or_ask(&question, Box::pin(self.dns.ask(name, record))).await;
        evidence.into_iter().next()
    }

    /// A server of a top-level domain need not hold all of its suffixes (`ac.uk` stands elsewhere than `co.uk`), and what stands before a
    /// server may speak in its place: that there is none is believed where the DNS says the same.
    async fn registration(&self, domain: &str) -> Reply {
        let mut reply = self.registries.registration(domain).await;
        if !matches!(reply.answer, Answer::Absent { .. }) {
            return reply;
        }
        let known = self.records(domain, RecordType::Ns).await;
        if let Some(doubt) = doubt(known.as_ref()) {
            reply = Reply::failed(&Fault::Garbled(doubt.to_owned()), reply.source);
        }
        reply.rests_on.extend(known);
        reply
    }

    async fn ask(&self, question: &Question, blob: Option<&[u8]>, privacy: &Privacy) -> Reply {
        match question {
            Question::Authenticity { .. } => Box::pin(authenticity::ask(self, question, blob, privacy)).await,
            Question::Dns { name, record } => self.dns.ask(name, *record).await,
            Question::Registration { domain } => self.registration(domain).await,
            Question::Network { ip } => self.registries.network(*ip).await,
            Question::AutonomousSystem { number } => self.registries.autonomous_system(*number).await,
            Question::Reputation { service, subject, .. } => self.reputations.ask(service, subject).await,
            Question::Visit { url, profile, probe_form, .. } => match &self.visitor {
                Some(visitor) => visitor.visit(url, *profile, *probe_form).await,
                None => Reply::not_asked("not-active", "fuwake"),
            },
            // This machine's own questions: whoever asks answers them himself.
            Question::ArchiveListing { .. }
            | Question::ArchiveContents { .. }
            | Question::FileContents { .. }
            | Question::OutlookMessage { .. }
            | Question::Place { .. }
            | Question::EarlierCases { .. } => Reply::not_asked("local", "fuwake"),
        }
    }
}

/// How long the visits of one mail's links may take on top: all of them, one after the other.
fn visiting(settings: &Settings) -> Duration {
    settings.visits.as_ref().map_or(Duration::ZERO, |visits| {
        let all = visits.plan.links.saturating_mul(visits.plan.profiles.len());
        visits.patience.saturating_mul(all.try_into().unwrap_or(u32::MAX))
    })
}

/// What speaks against a registry's "not registered": the name stands in the DNS, or the DNS does not say that it does not.
fn doubt(known: Option<&Evidence>) -> Option<&'static str> {
    match known.map(|evidence| &evidence.answer) {
        Some(Answer::Absent { why: Absence::NoSuchName }) => None,
        Some(Answer::Found { .. } | Answer::Absent { .. }) => Some("not registered, but in the DNS"),
        _ => Some("not registered, but the DNS does not answer"),
    }
}

/// Now, as evidence writes it: RFC 3339, whole seconds, UTC.
pub(crate) fn now() -> OffsetDateTime {
    let now = OffsetDateTime::now_utc();
    now.replace_nanosecond(0).unwrap_or(now)
}

pub(crate) fn rfc3339(at: OffsetDateTime) -> Option<String> {
    at.format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_is_believed_where_the_dns_says_the_same() {
        let known = |answer| {
            let question = Question::Dns { name: "example.ac.uk".to_owned(), record: RecordType::Ns };
            doubt(Some(&Evidence {
                id: question.id(),
                question,
                answer,
                source: "dns".to_owned(),
                asked_at: None,
            }))
        };
        assert!(known(Answer::Absent { why: Absence::NoData }).is_some());
        assert!(known(Answer::Absent { why: Absence::NoSuchName }).is_none());
        assert!(known(Answer::Failed { why: Fault::TimeOut.to_string() }).is_some());
    }
}
