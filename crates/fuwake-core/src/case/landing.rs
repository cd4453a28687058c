//! What stands behind the links, as the case tells it.

use serde::Serialize;

use super::Language;
use crate::knowledge::Knowledge;
use crate::landing::{Landing, LandingKind, View, known_login};

/// What stands behind one link that was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LandingRecord {
    /// The link as it was asked for.
    pub url: String,
    /// Which of the mail's links it was made of.
    pub links: Vec<usize>,
    /// What names the recipient, or marks him, was replaced by decoys.
    pub decoyed: bool,
    /// There was no such page or name, and decoys stood in what a page is found by: it may stand where the mail's own link leads.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lost_to_decoys: bool,
    /// What stands there: of several visits what the worst of them saw.
    pub kind: LandingKind,
    /// The brand that the page wears, by right or not.
    pub brand: Option<BrandWorn>,
    /// The page stands on that brand's own site.
    pub is_brands_own: bool,
    /// Where the way ends; none where nothing was reached.
    pub final_url: Option<String>,
    /// Its host.
    pub final_host: Option<String>,
    /// What the page asks for: `password`, `card`, `security-code`, `code`, `seed-phrase`, `bank-pin`, `id-number`, `address`, `telephone`.
    pub asks_for: Vec<&'static str>,
    /// Where what is entered goes, as far as its form says so.
    pub form_target: Option<String>,
    /// The evidence, by id, the telephone's first.
    pub visits: Vec<String>,
    /// What each of those visits saw.
    pub kinds: Vec<LandingKind>,
    /// One visitor saw what another did not: another layout, a failure, or cloaking.
    pub differs: bool,
    /// One visitor was shown a page that does harm, and another one something else, both of them whole.
    pub cloaking: Option<Cloaking>,
    /// The evidence of second visits, by id, where what differed was looked at again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<String>,
    /// The link led to a stranger's site, which sent the visitor on to the brand's own: whom else it sends elsewhere is not known.
    pub is_led_away: bool,
    /// The log-in known for the brand, where the page is that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_login: Option<String>,
    /// A page was shown, and there is no picture of it.
    pub pictures_missing: bool,
}

/// How sure it is that a link shows visitors different pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cloaking {
    /// It was seen once.
    Seen,
    /// The page was shown to the same visitor again, after another had been shown something else.
    Confirmed,
}

/// A brand that a page wears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BrandWorn {
    /// Registry id.
    pub id: String,
    /// As a report prints it.
    pub name: String,
    /// Its own domains.
    pub official_domains: Vec<String>,
}

impl LandingRecord {
    pub(super) fn new(landing: &Landing<'_>, language: Language, knowledge: &Knowledge) -> Self {
        let worst = landing.worst();
        let brand = worst.and_then(|view| view.brand);
        let shown = |view: &&View<'_>| view.visit.is_some_and(|visit| visit.page.is_some());
        let pictured = |view: &View<'_>| view.visit.is_some_and(|visit| visit.pictures.small.is_some());
        let ids = |holds: &dyn Fn(&View<'_>) -> bool| -> Vec<String> {
            landing.views.iter().filter(|view| holds(view)).map(|view| view.evidence.id.clone()).collect()
        };
        Self {
            url: landing.url.to_owned(),
            links: landing.links.clone(),
            decoyed: landing.decoyed,
            lost_to_decoys: landing.is_lost,
            kind: worst.map_or(LandingKind::NotReached, |view| view.kind),
            brand: brand.map(|brand| BrandWorn {
                id: brand.id.clone(),
                name: language.pick(&brand.name.ja, &brand.name.en).to_owned(),
                official_domains: brand.all_domains().cloned().collect(),
            }),
            is_brands_own: worst.is_some_and(|view| view.is_brands_own),
            final_url: worst.and_then(View::final_url).map(str::to_owned),
            final_host: worst.and_then(View::final_host),
            asks_for: worst.map_or(Vec::new(), |view| view.asks.0.iter().map(|secret| secret.id()).collect()),
            form_target: worst.and_then(View::form_target).map(str::to_owned),
            visits: ids(&|view| !view.is_again),
            kinds: landing.views.iter().filter(|view| !view.is_again).map(|view| view.kind).collect(),
            differs: landing.differs(),
            cloaking: landing.cloak().map(|cloak| match cloak.again {
                Some(_) => Cloaking::Confirmed,
                None => Cloaking::Seen,
            }),
            again: ids(&|view| view.is_again),
            is_led_away: worst.is_some_and(|view| view.is_led_away),
            known_login: worst.and_then(|view| known_login(view, knowledge)).map(str::to_owned),
            pictures_missing: landing.views.iter().filter(shown).any(|view| !pictured(view)),
        }
    }
}
