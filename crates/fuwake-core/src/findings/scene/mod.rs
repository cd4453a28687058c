//! What the findings look at: the mail, and what was worked out of it once for all of them. The files beside this one hold what
//! several findings ask of it.

mod answered;
pub(crate) mod attached;
mod claimed;
pub(super) mod dates;
pub(super) use claimed::are_sisters;
pub(crate) mod delivery;
pub(super) mod exercise;
pub(super) mod filenames;
pub(super) mod from_field;
pub(super) mod harmless;
pub(super) mod japanese;
pub(super) mod link_to_kind;
pub(super) mod listings;
mod longer_name;
pub(super) mod organisation;
pub(super) mod own_links;
pub(super) mod shown;
pub(super) mod sums;
pub(super) mod telephone;
mod warned;
pub(crate) mod world;

use attached::AttachedText;

use crate::evidence::Ledger;
use crate::fold::{Folded, confusable, fold};
use crate::impersonation::{Claim, claims};
use crate::knowledge::domains::is_within;
use crate::knowledge::lexicon::{Found, NameHit, PhraseHit};
use crate::knowledge::{Brand, Knowledge, Lexicon};
use crate::landing::{Bearing, Landing};
use crate::mail::link::Source;
use crate::mail::{Link, Mail, Mailbox};
use crate::span::{Because, Span};

/// What the reader told about himself.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Services that he uses, by brand id; empty where he did not say.
    pub services: Vec<String>,
    /// Addresses registered with a service: (brand id, address, lower case).
    pub addresses: Vec<(String, String)>,
    /// The domains of his own organisation.
    pub organisation: Vec<String>,
}

/// What a trusted server recorded of the From domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// DMARC passed, or SPF or DKIM passed for the From domain's organisation.
    Aligned,
    /// DMARC failed, or SPF failed for it and nothing passed.
    Failed,
    /// Nobody trusted said anything that decides it.
    Unknown,
}

/// A phrase in the author's display name, the subject or a displayed text.
#[derive(Clone, Debug)]
pub struct Worded {
    /// Index in [`Knowledge::phrases`].
    pub file: usize,
    /// Which phrase of its file.
    pub phrase: usize,
    /// It counts only with another one.
    pub hint: bool,
    /// Where its text begins, in code points; display name and subject stand before the text.
    pub position: usize,
    /// As it stands in the mail.
    pub quote: String,
    /// Where.
    pub because: Because,
}

/// The mail and what was worked out of it.
pub struct Scene<'a> {
    /// The mail.
    pub mail: &'a Mail<'a>,
    /// What was asked and answered.
    pub ledger: &'a Ledger,
    /// What is known.
    pub knowledge: &'a Knowledge,
    /// What the reader told.
    pub reader: &'a Reader,
    /// The subject, folded.
    pub subject: Folded,
    /// The text that the sender himself wrote, folded: the displayed text without what he forwarded.
    pub text: Folded,
    /// Brand names in `subject`, in bytes of the folded text.
    pub names_in_subject: Vec<Span>,
    /// Brand names in `text`, likewise.
    pub names_in_text: Vec<Span>,
    /// The texts of attached files, folded.
    pub(crate) attached: Vec<AttachedText<'a>>,
    /// The brands it speaks in the name of, strongest first.
    pub claims: Vec<Claim>,
    /// Phrases of the lexicon.
    pub phrases: Vec<Worded>,
    /// What trusted servers recorded of the From domain.
    pub alignment: Alignment,
    /// It answers another mail as people's programs do: with the fields, and a subject or a quotation that shows it.
    pub answers: bool,
    /// What stands behind its links, as far as they were visited.
    pub(crate) landings: Vec<Landing<'a>>,
}

impl<'a> Scene<'a> {
    /// Works out what all findings share.
    #[must_use]
    pub fn new(mail: &'a Mail<'a>, ledger: &'a Ledger, knowledge: &'a Knowledge, reader: &'a Reader) -> Self {
        let subject = fold(mail.subject.as_ref().map_or("", |subject| subject.text.as_str()));
        let text = fold(mail.own_text());
        let mut scene = Self {
            mail,
            ledger,
            knowledge,
            reader,
            subject,
            text,
            names_in_subject: Vec::new(),
            names_in_text: Vec::new(),
            attached: attached::texts(mail, ledger),
            claims: Vec::new(),
            phrases: Vec::new(),
            alignment: alignment(mail),
            answers: false,
            landings: crate::landing::of_mail(mail, ledger, knowledge),
        };
        scene.answers = mail.list.is_reply && scene.shows_an_answer();
        let lexicon = knowledge.lexicon();
        let (in_subject, in_text) = (lexicon.search(&scene.subject), lexicon.search(&scene.text));
        scene.names_in_subject = places(&in_subject.names);
        scene.names_in_text = places(&in_text.names);
        let in_files: Vec<Found> = scene.attached.iter().map(|file| lexicon.search(&file.folded)).collect();
        let (file_names, file_phrases): (Vec<_>, Vec<_>) =
            in_files.into_iter().map(|found| (found.names, found.phrases)).unzip();
        scene.claims = claims(&scene, in_subject.names, in_text.names, file_names);
        let in_subject = with_lookalikes(lexicon, &scene.subject, in_subject.phrases);
        let in_text = with_lookalikes(lexicon, &scene.text, in_text.phrases);
        scene.phrases = scene.worded(&in_subject, in_text);
        for (index, hits) in file_phrases.into_iter().enumerate() {
            let file = &scene.attached[index];
            let hits = with_lookalikes(lexicon, &file.folded, hits);
            scene.phrases.extend(worded_in_file(file, index, &hits));
        }
        scene.weigh_landings();
        scene
    }

    /// What the mail says of itself bears on the pages behind its links.
    fn weigh_landings(&mut self) {
        if self.landings.is_empty() {
            return;
        }
        let proven = self.from().filter(|_| self.alignment == Alignment::Aligned);
        let proven = proven.and_then(|from| from.registrable_domain.as_deref());
        let bearing = Bearing { poses: self.posed_as().is_some(), proven };
        crate::landing::weigh(&mut self.landings, bearing);
    }

    /// The first author.
    #[must_use]
    pub fn from(&self) -> Option<&'a Mailbox> {
        self.mail.authors.first()
    }

    /// The domain of the first author.
    #[must_use]
    pub fn from_domain(&self) -> Option<&'a str> {
        self.from()?.domain.as_deref()
    }

    /// The brand whose domain the From address bears, by right or not.
    #[must_use]
    pub fn from_owner(&self) -> Option<&'a Brand> {
        self.knowledge.owner(self.from_domain()?)
    }

    /// The brand that the mail speaks in the name of most of all.
    #[must_use]
    pub fn claimed(&self) -> Option<(&Claim, &'a Brand)> {
        let claim = self.claims.first()?;
        Some((claim, &self.knowledge.brands()[claim.brand]))
    }

    /// Links that a reader can follow, with the targets inside wrapped ones, without pictures and header fields.
    pub fn links(&self) -> impl Iterator<Item = &'a Link> + use<'a> {
        let hidden = [Source::Image, Source::Css, Source::Header];
        self.mail.links.iter().filter(move |link| !hidden.contains(&link.source))
    }

    /// Links that a reader can follow and that lead to a host.
    pub fn web_links(&self) -> impl Iterator<Item = &'a Link> + use<'a> {
        self.links().filter(|link| link.host.is_some())
    }

    /// The fields of an answer alone are easily written, and mailers for masses write them.
    fn shows_an_answer(&self) -> bool {
        const MARKS: [&str; 14] = [
            "re:", "re[", "re :", "aw:", "antw:", "sv:", "vs:", "rv:", "res:", "tr:", "fw:", "fwd:", "wg:",
            "返信",
        ];
        // A list puts its name before the mark: [list] Re: …
        let subject = self.subject.text.rsplit_once(']').map_or("", |(_, rest)| rest.trim_start());
        let marked = |text: &str| MARKS.iter().any(|mark| text.starts_with(mark));
        let text = self.mail.own_text();
        marked(&self.subject.text)
            || marked(subject)
            || text.lines().any(|line| line.trim_start().starts_with(['>', '＞']))
            || crate::mail::carried::answered(text).is_some()
    }

    /// It came through a mailing list.
    #[must_use]
    pub fn is_list_mail(&self) -> bool {
        let list = &self.mail.list;
        // Majordomo and its kin write no List-Post but name the list once more.
        let named =
            || self.mail.fields.iter().any(|field| field.is("x-mailing-list") || field.is("list-subscribe"));
        list.id.is_some()
            && (list.post.is_some()
                || list.precedence.as_ref().is_some_and(|precedence| precedence.text == "list")
                || named())
    }

    /// Something of the mail was left out of the dissection, so that nothing can be said of all its links or all its text.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        const CUTS: [&str; 5] =
            ["too-many-links", "text-too-long", "html-too-large", "too-many-parts", "nesting-too-deep"];
        self.mail.defects.iter().any(|defect| CUTS.contains(&defect.id))
    }

    /// The mail speaks as frauds do and leads to a host that no known company owns: what its sender writes of it, that it is a
    /// report, an answer or a list's, then excuses nothing.
    #[must_use]
    pub fn lures(&self) -> bool {
        let steals = |phrase: &&Worded| {
            let finding = self.knowledge.finding(&self.knowledge.phrases()[phrase.file].finding);
            !phrase.hint && finding.is_some_and(|finding| finding.points_to.contains_key("phishing"))
        };
        let mut files = self.phrases.iter().filter(steals).map(|phrase| phrase.file);
        let first = files.next();
        let several = files.any(|file| Some(file) != first);
        several && !self.foreign_hosts().is_empty()
    }

    /// A phrase of a topic that speaks of fraud on its own, not only of haste or of form.
    pub(in crate::findings) fn speaks_as_frauds(&self) -> bool {
        const OF_ITSELF: f32 = 0.7;
        self.phrases.iter().filter(|phrase| !phrase.hint).any(|phrase| {
            let finding = self.knowledge.finding(&self.knowledge.phrases()[phrase.file].finding);
            finding.is_some_and(|finding| finding.weight >= OF_ITSELF && !finding.points_to.is_empty())
        })
    }

    /// A whole phrase, as those write who want money or a password.
    pub(in crate::findings) fn wants(&self, phrase: &Worded) -> bool {
        !phrase.hint && ["fraud", "phishing"].iter().any(|class| self.points(phrase, class) > 0.0)
    }

    /// How strongly a phrase's finding points to a class of unwanted mail.
    pub(in crate::findings) fn points(&self, phrase: &Worded, class: &str) -> f32 {
        let finding = self.knowledge.finding(&self.knowledge.phrases()[phrase.file].finding);
        finding.and_then(|finding| finding.points_to.get(class)).copied().unwrap_or(0.0)
    }

    /// The mail carries what its sender was asked about or reports: he is no author of it.
    #[must_use]
    pub fn is_carrier(&self) -> bool {
        !self.mail.carried.is_empty()
    }

    /// Whether a host belongs to a brand, for whatever it is used.
    #[must_use]
    pub fn belongs(&self, host: &str, brand: &Brand) -> bool {
        self.knowledge.owner(host).is_some_and(|owner| owner.id == brand.id)
            || brand.all_domains().any(|own| is_within(host, own))
    }

    /// A span of the displayed text, as a span of the part it stands in.
    #[must_use]
    pub fn in_text(&self, text: Span) -> Because {
        self.mail.locate(text)
    }

    /// Phrases that the sender calls himself by: `Antivirus Alert`, `Lucky Winner`.
    fn in_display_name(&self) -> Vec<Worded> {
        let Some(author) = self.from() else { return Vec::new() };
        let name = author.display_name.as_deref().unwrap_or_default();
        let folded = fold(name);
        let lexicon = self.knowledge.lexicon();
        let hits = with_lookalikes(lexicon, &folded, lexicon.search(&folded).phrases);
        let hits = quoted(&hits, name, |_| author.span.into());
        hits.into_iter().map(|hit| Worded { position: 0, ..hit }).collect()
    }

    fn worded(&self, in_subject: &[PhraseHit], mut in_text: Vec<PhraseHit>) -> Vec<Worded> {
        let mut worded = self.in_display_name();
        if let Some(subject) = &self.mail.subject {
            let in_subject = quoted(in_subject, &subject.text, |_| subject.span.into());
            worded.extend(in_subject.into_iter().map(|hit| Worded { position: 0, ..hit }));
        }
        let text = self.mail.own_text();
        let quoted_lines = if self.mail.list.is_reply { self.answered(text) } else { self.passed_on(text) };
        let answered = |at: usize| {
            let next = quoted_lines.partition_point(|line| line.end <= at);
            quoted_lines.get(next).is_some_and(|line| line.start <= at)
        };
        in_text.retain(|hit| !answered(hit.span.start));
        if self.alignment == Alignment::Aligned && !in_text.is_empty() {
            let told = warned::told_of(text);
            in_text.retain(|hit| {
                !told.iter().any(|span| span.start <= hit.span.start && hit.span.end <= span.end)
            });
        }
        worded.extend(quoted(&in_text, text, |hit| self.in_text(hit.span)));
        worded
    }
}

/// The phrases of a text, and those that stand there in letters that only look like Latin ones.
fn with_lookalikes(lexicon: &Lexicon, text: &Folded, mut phrases: Vec<PhraseHit>) -> Vec<PhraseHit> {
    if let Some(plain) = confusable::plain(&text.text) {
        let hidden = lexicon.search(&text.with_text(plain)).phrases;
        let is_new = |hit: &PhraseHit| {
            !phrases.iter().any(|known| (known.file, known.phrase) == (hit.file, hit.phrase))
        };
        let new: Vec<PhraseHit> = hidden.into_iter().filter(is_new).collect();
        phrases.extend(new);
    }
    phrases
}

fn places(names: &[NameHit]) -> Vec<Span> {
    names.iter().map(|name| name.folded).collect()
}

/// Phrases of an attached text. It stands far behind the mail's own, so that hints in the two are no paragraph.
fn worded_in_file(file: &AttachedText<'_>, index: usize, hits: &[PhraseHit]) -> Vec<Worded> {
    const APART: usize = 1 << 24;
    let mut worded = quoted(hits, file.text, |hit| file.because(hit.span));
    for hit in &mut worded {
        hit.position += APART * (index + 1);
    }
    worded
}

/// The phrases with their words, in one pass over the text.
fn quoted(hits: &[PhraseHit], text: &str, because: impl Fn(&PhraseHit) -> Because) -> Vec<Worded> {
    let mut by_place: Vec<usize> = (0..hits.len()).collect();
    by_place.sort_unstable_by_key(|&index| hits[index].span.start);
    let mut quotes = vec![String::new(); hits.len()];
    let (mut rest, mut at) = (text.chars(), 0);
    for index in by_place {
        let span = hits[index].span;
        if let Some(ahead) = (span.start - at).checked_sub(1) {
            rest.nth(ahead);
        }
        at = span.start;
        quotes[index] = rest.clone().take((span.end - span.start).min(80)).collect();
    }
    let hits = hits.iter().zip(quotes);
    hits.map(|(hit, quote)| {
        let position = hit.span.start;
        Worded { file: hit.file, phrase: hit.phrase, hint: hit.hint, position, quote, because: because(hit) }
    })
    .collect()
}

/// RFC 7489 section 3.1: relaxed alignment, on results of trusted servers only.
fn alignment(mail: &Mail<'_>) -> Alignment {
    let Some(from) = mail.authors.first().and_then(|author| author.registrable_domain.as_deref()) else {
        return Alignment::Unknown;
    };
    let trusted = || mail.authentication.results.iter().filter(|result| result.trusted);
    let aligned = |domain: &Option<String>| domain.as_deref().is_some_and(|domain| is_within(domain, from));
    let passed = trusted().any(|result| {
        result.result == "pass"
            && match result.method.as_str() {
                // Of several authors nobody knows which one it was for (RFC 7489 section 6.6.1).
                "dmarc" => result.domain.is_none() && mail.authors.len() == 1 || aligned(&result.domain),
                "dkim" | "spf" => aligned(&result.domain),
                _ => false,
            }
    });
    let failed = trusted().any(|result| match result.method.as_str() {
        "dmarc" => result.result == "fail",
        "spf" => matches!(result.result.as_str(), "fail" | "softfail") && aligned(&result.domain),
        _ => false,
    });
    let dmarc_failed = trusted().any(|result| result.method == "dmarc" && result.result == "fail");
    match (passed, failed) {
        (true, _) if !dmarc_failed => Alignment::Aligned,
        (_, true) => Alignment::Failed,
        _ => Alignment::Unknown,
    }
}
