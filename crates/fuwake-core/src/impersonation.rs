//! In whose name a mail speaks. A claim is no guilt: the brand itself makes it in every mail.

mod voice;

use serde::Serialize;

use crate::findings::Scene;
use crate::fold::{Folded, confusable, fold, is_invisible};
use crate::knowledge::lexicon::{NameForm, NameHit};
use crate::knowledge::{Brand, Lexicon};
use crate::span::{Because, Span};
pub(crate) use voice::names_an_office;
use voice::{is_a_role_or_person, is_heading, is_title, speaks_as};

/// Where a brand's name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The From display name.
    DisplayName,
    /// The subject.
    Subject,
    /// The part of the From address before the `@`.
    LocalPart,
    /// The From domain: a label of it that is not the brand's, or the brand's own domain, forged.
    FromDomain,
    /// A label of a link's host that is not the brand's.
    LinkHost,
    /// The displayed text.
    Text,
    /// The text of an attached file.
    Attachment,
}

impl Place {
    /// How much a name there says about who the mail wants to be: a display name is nothing else, a text may mention anybody.
    const fn strength(self) -> f32 {
        match self {
            Self::DisplayName => 5.0,
            Self::LocalPart | Self::FromDomain | Self::LinkHost | Self::Subject => 1.5,
            Self::Text | Self::Attachment => 1.0,
        }
    }
}

/// What a heading or a greeting adds: there the mail speaks in its own voice.
const OWN_VOICE: f32 = 2.0;

/// What all repetitions in a text add at most.
const REPEATED: f32 = 0.5;

/// A brand that a mail speaks in the name of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// Index in [`Knowledge::brands`](crate::knowledge::Knowledge::brands).
    pub brand: usize,
    /// Where, strongest first.
    pub places: Vec<Place>,
    /// How clearly.
    pub strength: f32,
    /// The name heads the subject.
    pub heads_subject: bool,
    /// The text greets, signs or speaks as the brand.
    pub own_voice: bool,
    /// Somewhere stands more of it than an everyday word that is also its short name.
    pub by_full_name: bool,
    /// A form that only impostors write.
    pub misspelt: Option<String>,
    /// The name as written, where letters in it only look like its own.
    pub disguised: Option<String>,
    /// Where to see it.
    pub because: Vec<Because>,
    repetitions: f32,
}

impl Claim {
    /// The mail presents itself as the brand's, not only mentions it.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        let in_names = [Place::LocalPart, Place::FromDomain, Place::LinkHost];
        self.stands_in(Place::DisplayName)
            || self.heads_subject
            || self.own_voice
            || self.stands_in(Place::Subject) && self.stands_in(Place::LinkHost)
            || in_names.iter().filter(|place| self.stands_in(**place)).count() > 1
    }

    /// Whether the name stands there.
    #[must_use]
    pub fn stands_in(&self, place: Place) -> bool {
        self.places.contains(&place)
    }
}

/// The brands in whose name the mail speaks, the clearest first; the names in subject, text and attached texts were found already.
#[must_use]
pub(crate) fn claims(
    scene: &Scene<'_>,
    in_subject: Vec<NameHit>,
    in_text: Vec<NameHit>,
    in_files: Vec<Vec<NameHit>>,
) -> Vec<Claim> {
    let mut gathered = Gathered::default();
    add_author(scene, &mut gathered);
    if let Some(subject) = &scene.mail.subject {
        let seen = Seen::with(scene, Place::Subject, &subject.text, &scene.subject, in_subject);
        gathered.add_all(&seen, is_heading, |_| subject.span.into());
    }
    add_link_hosts(scene, &mut gathered);
    let seen = Seen::with(scene, Place::Text, scene.mail.own_text(), &scene.text, in_text);
    gathered.add_all(&seen, speaks_as, |hit| scene.in_text(hit.span));
    for (file, names) in scene.attached.iter().zip(in_files) {
        let seen = Seen::with(scene, Place::Attachment, file.text, &file.folded, names);
        // Whoever passes another company's invoice on does not speak in its name.
        gathered.add_all(&seen, |_, _| false, |hit| file.because(hit.span));
    }
    gathered.finish(scene)
}

fn add_author(scene: &Scene<'_>, gathered: &mut Gathered) {
    let Some(author) = scene.from() else { return };
    let name = author.display_name.as_deref().unwrap_or_default();
    let folded = fold(name);
    let seen = Seen::new(scene, Place::DisplayName, name, &folded);
    gathered.add_all(&seen, is_title, |_| author.span.into());
    if let Some(brand) = brand_of_address_in(scene, name) {
        gathered.add(Place::DisplayName, brand, || author.span.into()).by_full_name = true;
    }
    // Everybody's mail at icloud.com has the name in its domain.
    let domain = author.domain.as_deref().filter(|domain| !scene.is_mailbox_domain(domain));
    let parts = [(Place::LocalPart, author.local_part()), (Place::FromDomain, domain)];
    for (place, part) in parts {
        let words = spaced(part.unwrap_or_default());
        add_words(scene, place, &words, &author.address_span.into(), gathered);
    }
}

/// Whose address stands where a name should: `"service@example.com" <x@example.net>`; not of a domain where anybody has one.
fn brand_of_address_in(scene: &Scene<'_>, name: &str) -> Option<usize> {
    let (_, behind) = name.rsplit_once('@')?;
    let domain = behind.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).next()?;
    let domain = domain.to_ascii_lowercase();
    let brand = scene.knowledge.owner(&domain).filter(|_| !scene.is_anybodys(&domain))?;
    scene.knowledge.brands().iter().position(|known| known.id == brand.id)
}

fn add_link_hosts(scene: &Scene<'_>, gathered: &mut Gathered) {
    let hosts = scene.web_links().take(50).filter_map(|link| Some((link, link.host.as_deref()?)));
    let mut known: Vec<&str> = Vec::new();
    for (link, host) in hosts {
        let knowledge = scene.knowledge;
        let is_known = knowledge.owner(host).is_some() || knowledge.mail_service(host).is_some();
        if known.contains(&host) || is_known || scene.is_mailbox_domain(host) {
            continue;
        }
        known.push(host);
        let words = spaced(host);
        add_words(scene, Place::LinkHost, &words, &link.because, gathered);
        if host.contains('-') {
            add_words(scene, Place::LinkHost, &words.replace('-', " "), &link.because, gathered);
        }
    }
}

/// Names in an address or a host; an everyday word there says nothing unless it is all that stands there.
fn add_words(scene: &Scene<'_>, place: Place, words: &str, because: &Because, gathered: &mut Gathered) {
    let folded = fold(words);
    let seen = Seen::new(scene, place, words, &folded);
    gathered.add_all(
        &seen,
        |_, hit| {
            let alone = hit.whole && place == Place::LocalPart && !is_a_role_or_person(&folded.text);
            hit.form != NameForm::Short || alone
        },
        |_| because.clone(),
    );
}

/// Labels and words of an address or a host as words of a text; hyphens stay, for names have them.
fn spaced(name: &str) -> String {
    name.chars().map(|character| if matches!(character, '.' | '_' | '+') { ' ' } else { character }).collect()
}

/// The names in a text, those that are only made to look like one too.
struct Seen<'t> {
    place: Place,
    text: &'t str,
    folded: &'t Folded,
    hits: Vec<(NameHit, bool)>,
}

impl<'t> Seen<'t> {
    fn new(scene: &Scene<'_>, place: Place, text: &'t str, folded: &'t Folded) -> Self {
        Self::with(scene, place, text, folded, scene.knowledge.lexicon().names(folded))
    }

    /// `names` are those that stand there plainly.
    fn with(scene: &Scene<'_>, place: Place, text: &'t str, folded: &'t Folded, names: Vec<NameHit>) -> Self {
        let lexicon = scene.knowledge.lexicon();
        let is_line = matches!(place, Place::DisplayName | Place::Subject);
        // A page may break long words softly; a line has no use for what nobody sees.
        let ornaments: Vec<usize> = text
            .chars()
            .enumerate()
            .filter(|&(_, character)| {
                confusable::is_ornamental(character) || is_line && is_invisible(character)
            })
            .map(|(at, _)| at)
            .take(200)
            .collect();
        let kana = |hit: &NameHit| {
            let kana = folded.lookalikes.iter().map(|kana| kana.at);
            kana.take(200)
                .chain(ornaments.iter().copied())
                .any(|at| (hit.span.start..hit.span.end).contains(&at))
        };
        let mut hits: Vec<(NameHit, bool)> = names.into_iter().map(|hit| (hit, kana(&hit))).collect();
        let mut disguised = if is_line { lexicon.disguised(folded) } else { Vec::new() };
        disguised.extend(lookalike_names(lexicon, text, folded, is_line));
        disguised.retain(|hit| !hits.iter().any(|(known, _)| known.span == hit.span));
        hits.extend(disguised.into_iter().map(|hit| (hit, true)));
        Self { place, text, folded, hits }
    }
}

/// The names that stand in a text in letters of other scripts. Of a line the letters are read as they are written, for capitals
/// resemble others than small letters do (Ν and ν).
fn lookalike_names(lexicon: &Lexicon, text: &str, folded: &Folded, is_line: bool) -> Vec<NameHit> {
    let plain = if is_line {
        confusable::plain(text).map(|plain| fold(&plain.text))
    } else {
        confusable::plain(&folded.text).map(|plain| folded.with_text(plain))
    };
    let mut names = plain.map(|plain| lexicon.names(&plain)).unwrap_or_default();
    names.retain(|hit| hit.form == NameForm::Usual || is_line && hides_all_lookalikes(text, hit));
    for hit in &mut names {
        hit.folded = Span::new(folded.place(hit.span.start), folded.place(hit.span.end));
    }
    names
}

/// An everyday word (ΑΝΑ) is a disguised name only where nothing else is written in the other script.
fn hides_all_lookalikes(text: &str, hit: &NameHit) -> bool {
    let mut lookalikes =
        text.chars().enumerate().filter(|(_, letter)| confusable::is_lookalike(*letter)).map(|(at, _)| at);
    lookalikes.all(|at| (hit.span.start..hit.span.end).contains(&at))
}

#[derive(Default)]
struct Gathered {
    claims: Vec<Claim>,
}

impl Gathered {
    /// Adds the names seen at a place; `speaks` says whether one stands there as the writer's own.
    fn add_all(
        &mut self,
        seen: &Seen<'_>,
        speaks: impl Fn(&Folded, &NameHit) -> bool,
        because: impl Fn(&NameHit) -> Because,
    ) {
        for (hit, disguised) in &seen.hits {
            let own = speaks(seen.folded, hit);
            let mention = matches!(seen.place, Place::Subject | Place::Text | Place::Attachment)
                && hit.form != NameForm::Short;
            if own || mention {
                let claim = self.add(seen.place, hit.brand, || because(hit));
                claim.by_full_name |= hit.form != NameForm::Short;
                claim.speak(seen.place, own, || because(hit));
                let written =
                    || seen.text.chars().skip(hit.span.start).take(hit.span.end - hit.span.start).collect();
                if hit.form == NameForm::Misspelt && claim.misspelt.is_none() {
                    claim.misspelt = Some(written());
                }
                if *disguised && claim.disguised.is_none() {
                    claim.disguised = Some(written());
                }
            }
        }
    }

    fn add(&mut self, place: Place, brand: usize, because: impl Fn() -> Because) -> &mut Claim {
        let at = self.claims.iter().position(|claim| claim.brand == brand).unwrap_or_else(|| {
            self.claims.push(Claim { brand, ..Claim::default() });
            self.claims.len() - 1
        });
        let claim = &mut self.claims[at];
        if !claim.places.contains(&place) {
            claim.places.push(place);
            claim.strength += place.strength();
            claim.because.push(because());
        } else if place == Place::Text && claim.repetitions < REPEATED {
            claim.repetitions += 0.1;
            claim.strength += 0.1;
        }
        claim
    }

    fn finish(mut self, scene: &Scene<'_>) -> Vec<Claim> {
        for claim in &mut self.claims {
            claim.places.sort_unstable();
        }
        let brands = scene.knowledge.brands();
        self.claims.sort_by(|a, b| {
            b.strength.total_cmp(&a.strength).then_with(|| brands[a.brand].id.cmp(&brands[b.brand].id))
        });
        self.claims
    }
}

impl Claim {
    /// Notes that the mail speaks as the brand at a place.
    fn speak(&mut self, place: Place, own: bool, because: impl Fn() -> Because) {
        let spoken = match place {
            Place::Subject => &mut self.heads_subject,
            Place::Text => &mut self.own_voice,
            _ => return,
        };
        if own && !*spoken {
            *spoken = true;
            self.strength += OWN_VOICE;
            self.because.push(because());
        }
    }
}

/// Who is impersonated, as the case states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Impersonation {
    /// Registry id; `recipient` for the reader's own organisation; none where there is no registry entry.
    pub brand: Option<String>,
    /// As a report prints it.
    pub name: String,
    /// Where the real one writes from and links to.
    pub official_domains: Vec<String>,
    /// Where the claim stands.
    pub claimed_in: Vec<Place>,
    /// Names of others that are claimed too.
    pub also_claimed: Vec<String>,
}

impl Impersonation {
    /// Nothing but the From address names the brand.
    #[must_use]
    pub fn by_address(brand: &Brand, japanese: bool) -> Self {
        let claim = Claim { places: vec![Place::FromDomain], ..Claim::default() };
        Self::of(&claim, brand, Vec::new(), japanese)
    }

    /// The claim on `brand`.
    #[must_use]
    pub fn of(claim: &Claim, brand: &Brand, others: Vec<String>, japanese: bool) -> Self {
        Self {
            brand: Some(brand.id.clone()),
            name: if japanese { brand.name.ja.clone() } else { brand.name.en.clone() },
            official_domains: brand.all_domains().cloned().collect(),
            claimed_in: claim.places.clone(),
            also_claimed: others,
        }
    }
}
