//! In whose name a mail speaks. A claim is no guilt: the brand itself makes it in every mail.

use serde::Serialize;

use crate::findings::Scene;
use crate::fold::fold;
use crate::knowledge::Brand;
use crate::knowledge::lexicon::{NameForm, NameHit};
use crate::span::Because;

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
    /// A label of the From domain that is not the brand's.
    FromDomain,
    /// A label of a link's host that is not the brand's.
    LinkHost,
    /// The displayed text.
    Text,
}

impl Place {
    /// How much a name there says about who the mail wants to be: a display name is nothing else, a text may mention anybody.
    const fn strength(self) -> f32 {
        match self {
            Self::DisplayName => 5.0,
            Self::Subject => 3.0,
            Self::LocalPart | Self::FromDomain | Self::LinkHost => 1.5,
            Self::Text => 1.0,
        }
    }
}

/// A brand that a mail speaks in the name of.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Index in [`Knowledge::brands`](crate::knowledge::Knowledge::brands).
    pub brand: usize,
    /// Where, strongest first.
    pub places: Vec<Place>,
    /// How clearly.
    pub strength: f32,
    /// A form that only impostors write.
    pub misspelt: Option<String>,
    /// Where to see it.
    pub because: Vec<Because>,
}

impl Claim {
    /// The mail presents itself as the brand's, not only mentions it.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.strength >= 3.0
    }

    /// Whether the name stands there.
    #[must_use]
    pub fn stands_in(&self, place: Place) -> bool {
        self.places.contains(&place)
    }
}

/// The brands in whose name the mail speaks, the clearest first.
#[must_use]
pub fn claims(scene: &Scene<'_>) -> Vec<Claim> {
    let mut gathered = Gathered::default();
    let lexicon = scene.knowledge.lexicon();
    if let Some(author) = scene.from() {
        let name = author.display_name.as_deref().unwrap_or_default();
        for hit in lexicon.names(&fold(name)) {
            gathered.add(Place::DisplayName, &hit, name, author.span.into());
        }
        let local = spaced(author.local_part().unwrap_or_default());
        for hit in lexicon.names(&fold(&local)).iter().filter(|hit| hit.form != NameForm::Short || hit.whole)
        {
            gathered.add(Place::LocalPart, hit, &local, author.address_span.into());
        }
        let domain = spaced(author.domain.as_deref().unwrap_or_default());
        for hit in lexicon.names(&fold(&domain)).iter().filter(|hit| hit.form != NameForm::Short) {
            gathered.add(Place::FromDomain, hit, &domain, author.address_span.into());
        }
    }
    if let Some(subject) = &scene.mail.subject {
        for hit in lexicon.names(&scene.subject) {
            if hit.form != NameForm::Short || is_headed(&subject.text, &hit) {
                gathered.add(Place::Subject, &hit, &subject.text, subject.span.into());
            }
        }
    }
    add_link_hosts(scene, &mut gathered);
    let text = scene.mail.own_text();
    for hit in lexicon.names(&scene.text).iter().filter(|hit| hit.form != NameForm::Short) {
        gathered.add(Place::Text, hit, text, scene.in_text(hit.span));
    }
    gathered.finish(scene)
}

fn add_link_hosts(scene: &Scene<'_>, gathered: &mut Gathered) {
    for link in scene.web_links().take(50) {
        let host = link.host.as_deref().unwrap_or_default();
        if scene.knowledge.owner(host).is_none() {
            let labels = spaced(host);
            for hit in scene
                .knowledge
                .lexicon()
                .names(&fold(&labels))
                .iter()
                .filter(|hit| hit.form != NameForm::Short)
            {
                gathered.add(Place::LinkHost, hit, &labels, link.because.clone());
            }
        }
    }
}

/// Labels and words of an address or a host as words of a text; hyphens stay, for names have them.
fn spaced(name: &str) -> String {
    name.chars().map(|character| if matches!(character, '.' | '_' | '+') { ' ' } else { character }).collect()
}

/// An everyday word is a claim in a subject only where it heads it or stands in brackets: 【ETC】, [ANA], `ETC: …`.
fn is_headed(subject: &str, hit: &NameHit) -> bool {
    let before = hit.span.start.checked_sub(1).and_then(|at| subject.chars().nth(at));
    let after = subject.chars().nth(hit.span.end);
    let opens = before.is_none_or(|before| {
        matches!(before, '【' | '[' | '「' | '『' | '<' | '＜' | '〈' | '《' | '(' | '（' | '［')
    });
    let closes = after.is_none_or(|after| {
        !after.is_alphanumeric() || !after.is_ascii() && !crate::fold::is_katakana(after)
    });
    opens && closes
}

#[derive(Default)]
struct Gathered {
    claims: Vec<Claim>,
}

impl Gathered {
    fn add(&mut self, place: Place, hit: &NameHit, text: &str, because: Because) {
        let at = self.claims.iter().position(|claim| claim.brand == hit.brand).unwrap_or_else(|| {
            let (places, because) = (Vec::new(), Vec::new());
            self.claims.push(Claim { brand: hit.brand, places, strength: 0.0, misspelt: None, because });
            self.claims.len() - 1
        });
        let claim = &mut self.claims[at];
        if !claim.places.contains(&place) {
            claim.places.push(place);
            claim.strength += place.strength();
            claim.because.push(because);
        } else if place == Place::Text {
            claim.strength += 0.1;
        }
        if hit.form == NameForm::Misspelt && claim.misspelt.is_none() {
            claim.misspelt =
                Some(text.chars().skip(hit.span.start).take(hit.span.end - hit.span.start).collect());
        }
    }

    fn finish(mut self, scene: &Scene<'_>) -> Vec<Claim> {
        for claim in &mut self.claims {
            claim.places.sort_unstable();
            // However often a text repeats a name, it does not outweigh a display name.
            claim.strength = claim.strength.min(12.0);
        }
        let brands = scene.knowledge.brands();
        self.claims.sort_by(|a, b| {
            b.strength.total_cmp(&a.strength).then_with(|| brands[a.brand].id.cmp(&brands[b.brand].id))
        });
        self.claims
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
    /// The claim on `brand`.
    #[must_use]
    pub fn of(claim: &Claim, brand: &Brand, others: Vec<String>, japanese: bool) -> Self {
        Self {
            brand: Some(brand.id.clone()),
            name: if japanese { brand.name.ja.clone() } else { brand.name.en.clone() },
            official_domains: brand
                .domains
                .iter()
                .chain(&brand.sender_domains)
                .chain(&brand.link_domains)
                .cloned()
                .collect(),
            claimed_in: claim.places.clone(),
            also_claimed: others,
        }
    }
}
