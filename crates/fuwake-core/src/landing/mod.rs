//! What stands behind a link: judged from what visits saw, and from nothing else. Without visits nothing here is worked out.

mod ask;
pub(crate) mod cloak;
mod compare;
pub(crate) mod kind;
pub(crate) mod marks;
mod worn;

pub use compare::{NoReference, reference};

use serde::Serialize;

use ask::Asks;
use worn::Worn;

use crate::evidence::visit::{Page, Profile, Visit, VisitEnd};
use crate::evidence::{Answer, Data, Evidence, Ledger, Question};
use crate::inquiry::visits::{Asking, Changed};
use crate::knowledge::{Brand, Knowledge};
use crate::mail::Mail;

/// What stands behind a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LandingKind {
    /// It asks for a secret and wears a brand whose site it is not.
    FakeLogin,
    /// It hands over a program.
    MalwareDownload,
    /// It asks for card or bank data.
    PaymentForm,
    /// It asks for a password, a code or a wallet's phrase.
    CredentialForm,
    /// It hands over a file.
    Download,
    /// Whoever wants to see it must show that he is no machine.
    CaptchaWall,
    /// Somebody warns of it, or does not let visitors through.
    Blocked,
    /// A page, and nothing of all this.
    Page,
    /// A known brand's own host answers that it has no such page.
    GenuineErrorPage,
    /// A known brand's own site.
    GenuineSite,
    /// A service shows advertisements or offers the name for sale.
    Parked,
    /// The provider took the site down.
    Suspended,
    /// There is nothing any more: no such name, no server, no page.
    Dead,
    /// It was not seen; that says nothing of it.
    NotReached,
}

/// What a page asks its visitor for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Secret {
    /// A password.
    Password,
    /// A card's number.
    Card,
    /// A card's security code.
    SecurityCode,
    /// A code for one use.
    Code,
    /// A wallet's secret phrase or key.
    SeedPhrase,
    /// The secret number of a bank account or card.
    BankPin,
    /// A number by which the state knows its people.
    IdNumber,
    /// A postal address.
    Address,
    /// A telephone number.
    Telephone,
}

impl Secret {
    /// Whether it opens something to whoever has it; a shop's form asks for the rest.
    pub(crate) const fn is_secret(self) -> bool {
        !matches!(self, Self::Address | Self::Telephone)
    }

    /// What the interface calls it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Card => "card",
            Self::SecurityCode => "security-code",
            Self::Code => "code",
            Self::SeedPhrase => "seed-phrase",
            Self::BankPin => "bank-pin",
            Self::IdNumber => "id-number",
            Self::Address => "address",
            Self::Telephone => "telephone",
        }
    }
}

/// A link that was visited, by each profile.
#[derive(Clone, Debug)]
pub(crate) struct Landing<'a> {
    /// The link as it was asked for.
    pub(crate) url: &'a str,
    /// The mail's links that it was made of.
    pub(crate) links: Vec<usize>,
    /// What names the recipient, or marks him, was replaced by decoys.
    pub(crate) decoyed: bool,
    /// A known brand's own link, opened without what stood behind its path, which may say where it leads.
    pub(crate) is_cut: bool,
    /// There was no such page or name, and decoys stood in what a page is found by.
    pub(crate) is_lost: bool,
    /// Its visits, the telephone's first.
    pub(crate) views: Vec<View<'a>>,
}

/// What one visitor saw.
#[derive(Clone, Debug)]
pub(crate) struct View<'a> {
    pub(crate) profile: Profile,
    /// It was the second visit as this visitor.
    pub(crate) is_again: bool,
    pub(crate) evidence: &'a Evidence,
    /// None where the link could not be visited.
    pub(crate) visit: Option<&'a Visit>,
    pub(crate) kind: LandingKind,
    /// What the page asks for.
    pub(crate) asks: Asks,
    /// The brand that it wears although it stands elsewhere.
    pub(crate) worn: Option<Worn<'a>>,
    /// It calls itself the log-in of a mailbox or a server.
    pub(crate) is_panel: bool,
    /// The brand that the page wears, by right or not.
    pub(crate) brand: Option<&'a Brand>,
    /// The last host is that brand's own.
    pub(crate) is_brands_own: bool,
    /// It is, and the link led to somebody else who sent the visitor on: what he sends others to, nobody knows.
    pub(crate) is_led_away: bool,
    /// How much of what no honest log-in has is there.
    pub(crate) tells: u8,
}

/// What the mail says of itself that bears on its pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bearing<'a> {
    /// It poses as a brand.
    pub(crate) poses: bool,
    /// The sender's site, where a trusted server proved him.
    pub(crate) proven: Option<&'a str>,
}

/// All links of a mail that were visited, in its order.
pub(crate) fn of_mail<'a>(mail: &Mail<'_>, ledger: &'a Ledger, knowledge: &'a Knowledge) -> Vec<Landing<'a>> {
    let mut landings = all(ledger, knowledge);
    if landings.is_empty() {
        return landings;
    }
    let asking = Asking::of(mail, knowledge, None);
    let asked = asking.asked();
    for landing in &mut landings {
        let known = asked.get(landing.url).map(Vec::as_slice).unwrap_or_default();
        let mut changed: Vec<Changed> = known.iter().map(|(_, changed)| *changed).collect();
        landing.links.extend(known.iter().map(|(at, _)| *at));
        if landing.links.is_empty() {
            let alike =
                mail.links.iter().enumerate().filter(|(_, link)| asking.can_be_for(landing.url, link));
            for (at, link) in alike {
                landing.links.push(at);
                changed.push(Changed::unlike(&link.url, landing.url));
            }
        }
        landing.decoyed = changed.iter().any(|changed| changed.decoyed);
        landing.is_cut = changed.iter().any(|changed| changed.target);
        if !changed.is_empty() && changed.iter().all(|changed| changed.decoyed && changed.place) {
            landing.forgive();
        }
    }
    landings.sort_by_key(|landing| landing.links.first().copied().unwrap_or(usize::MAX));
    landings
}

/// Judges log-ins that may be honest in the light of the mail: one that poses as somebody counts as a tell, and whoever is proven may
/// have a log-in of any make on his own site.
pub(crate) fn weigh(landings: &mut [Landing<'_>], mail: Bearing<'_>) {
    for view in landings.iter_mut().flat_map(|landing| &mut landing.views) {
        let anybodys = view.worn.as_ref().map_or(view.is_panel, |worn| worn.brand.self_hosted);
        if !anybodys || view.is_brands_own || view.asks.secrets().next().is_none() {
            continue;
        }
        let host = view.final_host().unwrap_or_default();
        let own = mail.proven.is_some_and(|own| own == kind::site(&host));
        if own && !mail.poses {
            view.tells = 0;
        } else if mail.poses && view.tells > 0 {
            view.tells += 1;
        }
        view.kind = kind::form(view);
    }
}

/// All links that were visited, by their address.
pub(crate) fn all<'a>(ledger: &'a Ledger, knowledge: &'a Knowledge) -> Vec<Landing<'a>> {
    let mut landings: Vec<Landing<'a>> = Vec::new();
    for evidence in ledger.iter() {
        let Question::Visit { url, profile, again, .. } = &evidence.question else { continue };
        let view = View { is_again: *again, ..View::new(evidence, *profile, knowledge) };
        match landings.iter_mut().find(|landing| landing.url == url) {
            Some(landing) => landing.views.push(view),
            None => landings.push(Landing { views: vec![view], ..Landing::of(url) }),
        }
    }
    landings.sort_by_key(|landing| landing.url);
    landings.iter_mut().for_each(|landing| landing.views.sort_by_key(|view| (view.is_again, view.profile)));
    landings
}

impl<'a> View<'a> {
    fn new(evidence: &'a Evidence, profile: Profile, knowledge: &'a Knowledge) -> Self {
        let visit = match &evidence.answer {
            Answer::Found { data: Data::Visit(visit) } => Some(&**visit),
            _ => None,
        };
        let mut view = Self {
            profile,
            is_again: false,
            evidence,
            visit,
            kind: LandingKind::NotReached,
            asks: Asks::default(),
            worn: None,
            is_panel: false,
            brand: None,
            is_brands_own: false,
            is_led_away: false,
            tells: 0,
        };
        if let Some(visit) = visit {
            kind::judge(&mut view, visit, knowledge);
        }
        view
    }

    /// The server says that it has no such page, or the DNS that there is no such name.
    fn is_unknown(&self) -> bool {
        let status = self.visit.and_then(|visit| visit.steps.last()?.status);
        let is_missing = matches!(status, Some(404 | 410));
        let is_nowhere = self.visit.is_some_and(|visit| visit.end == VisitEnd::NoSuchName);
        self.kind == LandingKind::Dead && (is_missing || is_nowhere)
    }

    /// The last address that was asked for.
    pub(crate) fn final_url(&self) -> Option<&'a str> {
        let visit = self.visit?;
        let page = visit.page.as_ref().map(|page| page.url.as_str()).filter(|url| !url.is_empty());
        page.or_else(|| visit.steps.last().map(|step| step.url.as_str()))
    }

    /// The page that it saw.
    pub(crate) fn page(&self) -> Option<&'a Page> {
        self.visit?.page.as_ref()
    }

    /// Where what is entered goes, as far as a form says so: the form with a password first, else the first one.
    pub(crate) fn form_target(&self) -> Option<&'a str> {
        let forms = || self.page().into_iter().flat_map(|page| &page.forms);
        let asking = forms().find(|form| form.fields.iter().any(|field| field.kind == "password"));
        asking.or_else(|| forms().next())?.action.as_deref()
    }

    /// Its host.
    pub(crate) fn final_host(&self) -> Option<String> {
        host_of(self.final_url()?)
    }
}

impl<'a> Landing<'a> {
    const fn of(url: &'a str) -> Self {
        let (decoyed, is_cut, is_lost) = (false, false, false);
        Self { url, links: Vec::new(), decoyed, is_cut, is_lost, views: Vec::new() }
    }

    /// A name or page that does not exist is none of the mail's where we made it up.
    fn forgive(&mut self) {
        for view in self.views.iter_mut().filter(|view| view.is_unknown()) {
            view.kind = LandingKind::NotReached;
            self.is_lost = true;
        }
    }

    /// The visit that saw most: what a victim would see, where the page hides itself from others.
    pub(crate) fn worst(&self) -> Option<&View<'a>> {
        self.views.iter().min_by_key(|view| view.kind)
    }

    /// One visitor saw what another did not: another kind of page, another host, or other questions.
    pub(crate) fn differs(&self) -> bool {
        let reached =
            || self.views.iter().filter(|view| view.kind != LandingKind::NotReached && !view.is_again);
        let seen = |view: &View<'_>| (view.kind, view.final_host(), view.asks.clone());
        let first = reached().next().map(seen);
        reached().skip(1).any(|view| Some(seen(view)) != first)
    }
}

/// The log-in that is known of the brand on whose site the page stands, where the page is that one.
pub(crate) fn known_login<'a>(view: &View<'a>, knowledge: &'a Knowledge) -> Option<&'a str> {
    let bare = |url: &str| url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').to_owned();
    let brand = view.brand.filter(|_| view.is_brands_own)?;
    let captured = knowledge.references().iter().filter(|known| known.is_login && known.brand == brand.id);
    let mut known = brand.logins.iter().chain(captured.map(|known| &known.url));
    let url = bare(view.final_url()?);
    known.find(|known| bare(known) == url).map(String::as_str)
}

/// The host of an address, as a name is written in the DNS.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.host_str().map(|host| host.trim_end_matches('.').to_owned()).filter(|host| !host.is_empty())
}
