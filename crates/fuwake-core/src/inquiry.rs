//! What to ask next: a pure function of what is known so far.

mod decoy;
mod file_kind;
mod held_back;
mod observables;
mod outside;
pub(crate) mod passwords;
mod pictures;
mod privacy;
mod service_names;
#[cfg(test)]
mod tests;
pub(crate) mod token;
pub(crate) mod visits;

pub use file_kind::kind_of_member;
pub use held_back::{Asked, HeldBack, StepRule};
pub use observables::{Host, Observables, Role};
pub use pictures::{pictures_not_searched, speaks_by_pictures};
pub(crate) use privacy::is_mark;
pub use privacy::{Circle, Privacy};
pub use service_names::service_name;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::evidence::earlier::{Shared, shared_by_link};
use crate::evidence::visit::Profile;
use crate::evidence::{Answer, ArchiveEntry, Data, FileKind, Ledger, Question, Reach, Subject};
use crate::knowledge::Knowledge;
use crate::mail::carried::CarriedAs;
use crate::mail::{Attachment, Mail};
use file_kind::{file_kind, promises_contents};

/// What may be asked, of whom, and how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// How far.
    pub reach: Reach,
    /// The reputation services that can be asked, by id.
    pub services: Vec<Service>,
    /// Whether there are tables that say where an address is.
    pub places: bool,
    /// Whether there are earlier cases to compare with.
    #[serde(default)]
    pub earlier: bool,
    /// How many questions are asked about one mail.
    pub questions: usize,
    /// How links are visited.
    #[serde(default)]
    pub visits: Visits,
}

/// How links are visited, where they are at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Visits {
    /// How many links of one mail.
    pub links: usize,
    /// As whom, each link by each.
    pub profiles: Vec<Profile>,
    /// Links of a brand's own site too, once and without marks.
    pub genuine: bool,
    /// Links as they stand in the mail, the recipient included: only by the operator's explicit wish.
    pub exact: bool,
    /// Marked, made-up values are filled into forms to see where they would go.
    pub probe_form: bool,
}

impl Default for Visits {
    fn default() -> Self {
        let profiles = vec![Profile::JapaneseMobile, Profile::JapaneseDesktop];
        Self { links: 3, profiles, genuine: false, exact: false, probe_form: false }
    }
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            reach: Reach::Local,
            services: Vec::new(),
            places: false,
            earlier: false,
            questions: 200,
            visits: Visits::default(),
        }
    }
}

impl Scope {
    /// Takes in what another could be asked.
    pub fn join(&mut self, other: &Self) {
        self.reach = self.reach.max(other.reach);
        self.places |= other.places;
        self.earlier |= other.earlier;
        self.questions = self.questions.max(other.questions);
        let known = |service: &&Service| !self.services.iter().any(|own| own.id == service.id);
        let more: Vec<Service> = other.services.iter().filter(known).cloned().collect();
        self.services.extend(more);
    }
}

/// A reputation service and what it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// It is asked about addresses.
    pub addresses: bool,
    /// It is asked about domains.
    pub domains: bool,
    /// It is asked about links.
    pub urls: bool,
}

impl Service {
    fn takes(&self, subject: &Subject) -> bool {
        match subject {
            Subject::Address(_) => self.addresses,
            Subject::Domain(_) => self.domains,
            Subject::Url(_) => self.urls,
        }
    }
}

/// The questions that a mail raises and the ledger does not answer yet, the most important first, each once; empty when there is no
/// more to ask. Pure: the same mail, ledger, knowledge, scope and privacy raise the same questions. How many of them are asked is for
/// whoever asks them.
#[must_use]
pub fn next_questions(
    mail: &Mail<'_>,
    ledger: &Ledger,
    knowledge: &Knowledge,
    scope: &Scope,
    privacy: &Privacy,
) -> Vec<Question> {
    let mut questions: Vec<Question> = local_questions(mail, ledger).collect();
    if scope.reach >= Reach::Passive {
        questions.extend(outside::authenticity(mail, privacy));
        let observables = Observables::of(mail, knowledge, privacy).with_landings(ledger, knowledge, privacy);
        questions.extend(outside::about(&observables, ledger, scope, privacy));
    } else if scope.places {
        questions.extend(mail.origin.iter().map(|origin| Question::Place { ip: origin.ip.to_canonical() }));
    }
    if scope.earlier {
        questions.extend(earlier_cases(mail, ledger, &Observables::of(mail, knowledge, privacy)));
    }
    if scope.reach >= Reach::Active {
        questions.extend(visits::of_mail(mail, ledger, knowledge, (scope, privacy)));
        questions.extend(visits::again(ledger, knowledge));
    }
    unanswered(questions, ledger)
}

/// Which earlier cases had the origin, or what the links of no known company have.
fn earlier_cases(mail: &Mail<'_>, ledger: &Ledger, observables: &Observables) -> Vec<Question> {
    let addresses = observables.addresses.iter().map(|&(ip, role)| match role {
        Role::Origin => Shared::Origin(ip),
        _ => Shared::LinkAddress(ip),
    });
    let is_link = |host: &&Host| host.roles.contains(&Role::Link) && !host.is_known;
    let links = observables.hosts.iter().filter(is_link);
    let shared = addresses.chain(links.flat_map(|host| shared_by_link(&host.name, ledger)));
    shared.map(|shared| Question::EarlierCases { mail: mail.sha256.clone(), shared }).collect()
}

/// The same for one name, address or link.
#[must_use]
pub fn next_questions_about(
    observables: &Observables,
    ledger: &Ledger,
    knowledge: &Knowledge,
    scope: &Scope,
) -> Vec<Question> {
    let nobody = Privacy::default();
    let visited = observables.clone().with_landings(ledger, knowledge, &nobody);
    let mut questions = outside::about(&visited, ledger, scope, &nobody);
    if scope.reach >= Reach::Active {
        let links = observables.links.iter();
        questions.extend(links.flat_map(|link| visits::of_url(link, knowledge, &scope.visits)));
        questions.extend(visits::again(ledger, knowledge));
    }
    unanswered(questions, ledger)
}

fn unanswered(mut questions: Vec<Question>, ledger: &Ledger) -> Vec<Question> {
    let mut raised = HashSet::new();
    questions.retain(|question| raised.insert(question.id()) && ledger.answer(question).is_none());
    questions
}

fn local_questions<'a>(mail: &'a Mail<'_>, ledger: &'a Ledger) -> impl Iterator<Item = Question> + 'a {
    let archives = mail.attachments.iter().filter(|attachment| attachment.is_archive());
    let listings = archives.map(|archive| Question::ArchiveListing { sha256: archive.sha256.clone() });
    let outlook = mail.carried.iter().filter(|carried| carried.how == CarriedAs::OutlookMessage);
    let messages = outlook.map(|carried| Question::OutlookMessage { sha256: carried.sha256() });
    let decoded = mail.attachments.iter().filter_map(|file| {
        let kind = file_kind(file).filter(|kind| *kind != FileKind::Picture)?;
        Some(Question::FileContents { sha256: file.sha256.clone(), kind })
    });
    let pictures = pictures::searched(mail)
        .0
        .into_iter()
        .map(|file| Question::FileContents { sha256: file.sha256.clone(), kind: FileKind::Picture });
    let opened = mail.attachments.iter().filter_map(|file| archive_contents(mail, ledger, file));
    listings.chain(messages).chain(decoded).chain(pictures).chain(opened)
}

/// Once an archive is listed: what the files in it hold, where a password is needed or a name promises something.
fn archive_contents(mail: &Mail<'_>, ledger: &Ledger, file: &Attachment) -> Option<Question> {
    if file.detected_type != Some("application/zip") || file_kind(file).is_some() {
        return None;
    }
    let sha256 = file.sha256.clone();
    let listed = ledger.answer(&Question::ArchiveListing { sha256: sha256.clone() })?;
    let Answer::Found { data: Data::ArchiveListing { entries, .. } } = &listed.answer else { return None };
    let is_locked = entries.iter().any(|entry| entry.encrypted);
    let promises = |entry: &ArchiveEntry| promises_contents(&entry.name);
    (is_locked || entries.iter().any(promises)).then(|| {
        let passwords = if is_locked { passwords::named(mail) } else { Vec::new() };
        Question::ArchiveContents { sha256, passwords }
    })
}

/// What was not looked at with a given reach, named as `verdict.not_checked` names it.
#[must_use]
pub fn beyond(reach: Option<Reach>) -> &'static [&'static str] {
    match reach {
        None | Some(Reach::Local) => &["dns", "registration", "reputation", "landing-page"],
        Some(Reach::Passive) => &["landing-page"],
        Some(Reach::Active) => &[],
    }
}
