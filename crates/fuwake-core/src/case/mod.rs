//! A case (事案): the mail, the evidence, the findings and the verdict. Its JSON is the operator's private record: complete, unmasked.
//!
//! The paths are fixed by the public interface; a change needs a new schema number. Fields may be added.

mod facts;
mod hosts;
mod landing;
mod lookup;
mod own;
mod record;
mod responsible;
mod sentence;
mod words;

pub use crate::landing::{LandingKind, Secret};
pub use facts::{FACTS, MAIL_FACTS};
pub use hosts::HostRecord;
pub use landing::{BrandWorn, Cloaking, LandingRecord};
pub use lookup::Lookup;
pub use record::{AddressRecord, AttachmentRecord, HopRecord, Identity, LinkRecord, MailRecord, PartRecord};
pub use responsible::Tell;
pub(crate) use sentence::filled;
pub use words::{Language, Responsibility};

use std::collections::BTreeMap;

use serde::Serialize;

use crate::campaign::Fingerprint;
use crate::evidence::{Answer, Data, Evidence, Ledger, Question, Reach};
use crate::findings::{Finding, Judge, Reader, Scene, Value};
use crate::impersonation::Impersonation;
use crate::inquiry::{Observables, Privacy, beyond, pictures_not_searched, speaks_by_pictures};
use crate::mail::carried::CarriedAs;
use crate::mail::{Carried, Defect, Mail, encoded_word};
use crate::recipient::Parties;
use crate::span::Because;
use crate::verdict::{Class, Verdict, judge};

/// The schema's name and number.
pub const SCHEMA: &str = "fuwake.case/1";

/// One line of `--format jsonl`.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where the mail was read from.
    pub input: Input,
    /// What made this.
    pub tool: Tool,
    /// The rest, which carried mails have too.
    #[serde(flatten)]
    pub dissection: Dissection,
}

/// One line for an input that holds no readable mail.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Where it was read from.
    pub input: Input,
    /// What went wrong.
    pub error: InputError,
}

/// Where a mail was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// The file, as given or found; `-` for standard input.
    pub path: String,
    /// The mail's place inside an mbox, zip or the like.
    pub member: Option<String>,
}

/// Why an input is no mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputError {
    /// Kebab-case, names the fault.
    pub id: String,
    /// For a person.
    pub detail: String,
}

/// What made a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// `fuwake`.
    pub name: &'static str,
    /// The program's version.
    pub version: &'static str,
    /// The newest date in the knowledge.
    pub knowledge: String,
}

impl Tool {
    /// This build.
    #[must_use]
    pub fn new(knowledge: &str) -> Self {
        Self { name: "fuwake", version: env!("CARGO_PKG_VERSION"), knowledge: knowledge.to_owned() }
    }
}

/// A mail, what was asked about it, and what follows.
#[derive(Clone, Debug, Serialize)]
pub struct Dissection {
    /// The mail.
    pub mail: MailRecord,
    /// What was asked and answered, by id.
    pub evidence: Vec<Evidence>,
    /// Names and addresses with the evidence on each; empty where nobody was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<HostRecord>,
    /// What stands behind its links; empty where none was visited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub landing: Vec<LandingRecord>,
    /// The pictures of those pages that are small enough for a report, WebP, by their SHA-256.
    #[serde(skip)]
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// What it has in common with others of its campaign, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign: Option<Fingerprint>,
    /// Who is impersonated.
    pub impersonation: Option<Impersonation>,
    /// Findings, by group and id.
    pub findings: Vec<FindingRecord>,
    /// The verdict.
    pub verdict: VerdictRecord,
    /// Mails carried inside, with verdicts of their own.
    pub inner: Vec<Inner>,
}

/// A carried mail.
#[derive(Clone, Debug, Serialize)]
pub struct Inner {
    /// How it is carried.
    pub carried_as: CarriedAs,
    /// The section of the carrier's part that holds it.
    pub part: String,
    /// The rest.
    #[serde(flatten)]
    pub dissection: Dissection,
}

/// A finding in words.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRecord {
    /// Kebab-case, names what is wrong.
    pub id: String,
    /// Its group.
    pub group: String,
    /// Log-odds before the group's cap; negative speaks for the mail.
    pub weight: f32,
    /// What it adds to the score's log-odds: the weight, less what the group's cap takes off.
    pub share: f32,
    /// One line, in the case's language.
    pub title: String,
    /// Why it matters.
    pub explanation: String,
    /// Where to see it.
    pub because: Vec<Ground>,
    /// The values in its words.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<&'static str, String>,
    /// Pages and standards.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
}

/// A pointer and what stands there.
#[derive(Clone, Debug, Serialize)]
pub struct Ground {
    /// The pointer.
    #[serde(flatten)]
    pub because: Because,
    /// The head of what stands there, decoded.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub excerpt: String,
}

/// The verdict in words.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictRecord {
    /// The class.
    pub class: Class,
    /// The probability that its reader does not want the mail.
    pub score: f32,
    /// How sure the verdict is, 0 to 1.
    pub confidence: f32,
    /// One or two sentences.
    pub summary: String,
    /// What could not be checked: `dns`, `registration`, `reputation`, `landing-page`, `picture-text`, or the id of a question that failed.
    pub not_checked: Vec<String>,
    /// Who is behind it, as far as can be told.
    pub responsible: words::Responsible,
    /// Log-odds before anything is known of a mail.
    pub prior: f32,
    /// Log-odds by group; with the prior they add up to the score's.
    pub groups: BTreeMap<String, f32>,
}

/// What a case is concluded with.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The findings in force.
    pub judge: &'a Judge<'a>,
    /// What the reader told.
    pub reader: &'a Reader,
    /// The language of all words.
    pub language: Language,
    /// How far was asked; none for offline.
    pub reach: Option<Reach>,
    /// Whether the campaign's fingerprint is asked for.
    pub fingerprint: bool,
    /// Who must not be named to others.
    pub privacy: &'a Privacy,
}

/// Judges a mail over what was answered, and puts it in words.
#[must_use]
pub fn conclude(mut mail: Mail<'_>, ledger: &Ledger, inner: Vec<Inner>, setting: Setting<'_>) -> Dissection {
    let knowledge = setting.judge.knowledge();
    let scene = Scene::new(&mail, ledger, knowledge, setting.reader);
    let mut findings = setting.judge.findings(&scene);
    let undecided = own::add(&scene, &mut findings, &inner, setting);
    let verdict = judge(&findings, knowledge.scale());
    let impersonation = words::impersonation(&scene, &findings, &verdict, setting.language);
    let responsible = words::responsible(&scene, &verdict, setting.language);
    let identities = record::identities(&scene, setting.language);
    let parties = Parties::of(&mail, knowledge, setting.reader);
    let landings = scene.landings.iter();
    let landing = landings.map(|landing| LandingRecord::new(landing, setting.language, knowledge)).collect();
    let shared = findings.iter().zip(&verdict.shares);
    let records =
        shared.map(|(finding, share)| put_in_words(finding, *share, &mail, setting.language)).collect();
    let summary = words::summary(&verdict, impersonation.as_ref(), &inner, setting.language);
    let asked = ledger.iter().any(|evidence| evidence.question.blob().is_none());
    let observables = match asked {
        true => Observables::of(&mail, knowledge, setting.privacy).with_landings(
            ledger,
            knowledge,
            setting.privacy,
        ),
        false => Observables::default(),
    };
    let mut not_checked = not_checked(&mail, ledger, setting.reach);
    if observables.are_cut && setting.reach.is_some() {
        not_checked.push("private-names".to_owned());
    }
    let verdict = VerdictRecord {
        class: verdict.class,
        score: verdict.score,
        confidence: verdict.confidence,
        summary,
        not_checked,
        responsible,
        prior: knowledge.scale().prior,
        groups: verdict.groups.into_iter().map(|(group, sum)| (group, thousandths(sum))).collect(),
    };
    let campaign = setting.fingerprint.then(|| Fingerprint::of(&scene));
    let evidence: Vec<Evidence> = ledger.iter().cloned().collect();
    let hosts = if asked { hosts::hosts(&observables, ledger) } else { Vec::new() };
    mail.defects.extend(undecided);
    let unsearched = pictures_not_searched(&mail);
    if unsearched > 0 {
        mail.defects.push(Defect::new("pictures-not-searched", unsearched.to_string(), None));
    }
    Dissection {
        mail: MailRecord::new(mail, identities, parties),
        evidence,
        hosts,
        landing,
        pictures: BTreeMap::new(),
        campaign,
        impersonation,
        findings: records,
        verdict,
        inner,
    }
}

impl Dissection {
    /// Whether it brought a mail that nobody wants: whoever sent it asks for help or hands back what he got, and is not accused.
    #[must_use]
    pub fn brings_unwanted(&self) -> bool {
        !std::ptr::eq(worst(self), self)
    }

    /// Whether its author may only have handed another mail on. Who accuses himself by attaching a harmless one is no such author; who
    /// quotes one in his text, or leads elsewhere by a quotation alone, may be.
    #[must_use]
    pub fn hands_on(&self) -> bool {
        let quotes = self.inner.iter().any(|inner| inner.carried_as == CarriedAs::InlineForward);
        let is_harmless = !self.verdict.class.is_unwanted() && !self.inner.is_empty();
        is_harmless || quotes || self.brings_unwanted() || !self.mail.quoted.is_empty()
    }

    /// Takes the small pictures of its landing pages out of files by SHA-256.
    #[must_use]
    pub fn with_pictures(mut self, files: &BTreeMap<String, Vec<u8>>) -> Self {
        for evidence in &self.evidence {
            let Answer::Found { data: Data::Visit(visit) } = &evidence.answer else { continue };
            let picture = visit.pictures.small.as_ref().and_then(|sha256| files.get_key_value(sha256));
            self.pictures.extend(picture.map(|(sha256, bytes)| (sha256.clone(), bytes.clone())));
        }
        self
    }
}

fn put_in_words(finding: &Finding<'_>, share: f32, mail: &Mail<'_>, language: Language) -> FindingRecord {
    let words = language.of(finding.spec);
    FindingRecord {
        id: finding.spec.id.clone(),
        group: finding.spec.group.clone(),
        weight: finding.weight,
        share: thousandths(share),
        title: words::fill(&words.title, &finding.parameters, language),
        explanation: words::fill(&words.explanation, &finding.parameters, language),
        because: finding.because.iter().map(|because| ground(because, mail)).collect(),
        parameters: in_language(&finding.parameters, language),
        references: finding.spec.references.clone(),
    }
}

fn thousandths(odds: f32) -> f32 {
    (odds * 1000.0).round() / 1000.0
}

fn in_language(parameters: &[(&'static str, Value)], language: Language) -> BTreeMap<&'static str, String> {
    parameters.iter().map(|(name, value)| (*name, value.in_language(language).to_owned())).collect()
}

/// How much of what stands at a pointer is quoted, in characters.
pub(crate) const EXCERPT: usize = 160;

fn ground(because: &Because, mail: &Mail<'_>) -> Ground {
    let excerpt = match because {
        Because::Bytes { bytes } => {
            let head = bytes.of(mail.raw);
            let head = &head[..head.len().min(8 * EXCERPT)];
            encoded_word::decode(head).text.chars().take(EXCERPT).collect()
        }
        Because::Text { part, text } => {
            let length = (text.end - text.start).min(EXCERPT);
            mail.text_of(part).chars().skip(text.start).take(length).collect()
        }
        Because::Evidence { .. } => String::new(),
    };
    Ground { because: because.clone(), excerpt }
}

fn not_checked(mail: &Mail<'_>, ledger: &Ledger, reach: Option<Reach>) -> Vec<String> {
    let failed = ledger.iter().filter(|evidence| is_open(&evidence.answer));
    let pictured = ledger.iter().any(|evidence| is_picture_document(&evidence.answer));
    let unread = (pictured || speaks_by_pictures(mail)).then(|| "picture-text".to_owned());
    let is_seen = |evidence: &Evidence| matches!(evidence.answer, Answer::Found { data: Data::Visit(_) });
    let unseen = reach == Some(Reach::Active) && !mail.links.is_empty() && !ledger.iter().any(is_seen);
    let unseen = unseen.then(|| "landing-page".to_owned());
    beyond(reach)
        .iter()
        .copied()
        .chain(unanswered(ledger, reach))
        .map(ToString::to_string)
        .chain(unseen)
        .chain(unread)
        .chain(failed.map(|evidence| evidence.id.clone()))
        .collect()
}

/// Kinds of questions for the world of which not one was answered: none of a mail's servers, or no service to ask.
fn unanswered(ledger: &Ledger, reach: Option<Reach>) -> impl Iterator<Item = &'static str> {
    let is_answered = |kind: fn(&Question) -> bool| {
        ledger.iter().any(|evidence| {
            kind(&evidence.question)
                && matches!(evidence.answer, Answer::Found { .. } | Answer::Absent { .. })
        })
    };
    let is_asked = |kind: fn(&Question) -> bool| ledger.iter().any(|evidence| kind(&evidence.question));
    let dns: fn(&Question) -> bool = |question| matches!(question, Question::Dns { .. });
    let registration: fn(&Question) -> bool = |question| matches!(question, Question::Registration { .. });
    let reputation: fn(&Question) -> bool = |question| matches!(question, Question::Reputation { .. });
    let outside = reach.is_some_and(|reach| reach >= Reach::Passive);
    let open = [
        ("dns", is_asked(dns) && !is_answered(dns)),
        ("registration", is_asked(registration) && !is_answered(registration)),
        // Services are set up one by one; without any there is no question.
        ("reputation", !is_answered(reputation)),
    ];
    open.into_iter().filter(move |(_, open)| outside && *open).map(|(name, _)| name)
}

/// Whether an answer leaves something unread: there was none, or a bound was met in a file or on a visit.
fn is_open(answer: &Answer) -> bool {
    match answer {
        Answer::Failed { .. } | Answer::NotAsked { .. } => true,
        Answer::Found {
            data: Data::ArchiveListing { truncated, .. } | Data::ArchiveContents { truncated, .. },
        } => *truncated,
        Answer::Found { data: Data::FileContents { contents } } => contents.truncated,
        Answer::Found { data: Data::Visit(visit) } => visit.is_partial(),
        _ => false,
    }
}

/// A document whose pages are pictures with hardly a word beside them.
fn is_picture_document(answer: &Answer) -> bool {
    const FEW: usize = 100;
    match answer {
        Answer::Found { data: Data::FileContents { contents } } => {
            let letters = contents.text.chars().filter(|letter| letter.is_alphanumeric()).take(FEW);
            contents.pages.is_some() && contents.pictures > 0 && letters.count() < FEW
        }
        _ => false,
    }
}

/// The mails inside, worst first: what a report leads with. `(index path, dissection)`; empty path for the mail itself.
#[must_use]
pub fn worst(dissection: &Dissection) -> &Dissection {
    let of_inner = dissection.inner.iter().map(|inner| worst(&inner.dissection));
    let unwanted = of_inner.filter(|inner| inner.verdict.class.is_unwanted());
    // What brought such a mail repeats it, and is judged by it.
    unwanted
        .reduce(|worst, next| if next.verdict.score > worst.verdict.score { next } else { worst })
        .unwrap_or(dissection)
}

/// The carried mails that a message has too many of are left out by whoever dissects; this names one.
#[must_use]
pub fn inner(carried: &Carried, dissection: Dissection) -> Inner {
    Inner { carried_as: carried.how, part: carried.part.clone(), dissection }
}

impl Verdict {
    /// Whether the class is one that nobody wants.
    #[must_use]
    pub fn is_unwanted(&self) -> bool {
        self.class.is_unwanted()
    }
}
