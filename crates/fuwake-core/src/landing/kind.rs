//! Of which kind a landing page is.

use super::ask::asks;
use super::worn::worn;
use super::{LandingKind, Secret, View, host_of, marks};
use crate::evidence::visit::{Page, Step, StepKind, Visit, VisitEnd};
use crate::inquiry::visits::{is_brands, is_program};
use crate::knowledge::{Brand, DomainKind, Knowledge};
use crate::mail::link::is_address;

/// Judges what one visitor saw.
pub(super) fn judge<'a>(view: &mut View<'a>, visit: &'a Visit, knowledge: &'a Knowledge) {
    let Some(host) = view.final_url().and_then(host_of) else { return };
    let own = knowledge.owner(&host).filter(|_| is_brands(&host, knowledge));
    let seen = Seen { visit, host: &host, url: view.final_url().unwrap_or_default(), knowledge };
    if let Some(page) = &visit.page {
        view.asks = asks(page, knowledge);
        if own.is_none() {
            view.worn = worn(page, &host, knowledge);
            view.tells = seen.tells(page);
        }
        view.is_panel = marks::is(knowledge, "panel", visit, seen.url);
    }
    view.is_led_away = own.is_some_and(|brand| !seen.begins_at(brand));
    view.is_brands_own = own.is_some();
    view.brand = own.or_else(|| view.worn.as_ref().map(|worn| worn.brand));
    view.kind = seen.kind(view);
}

/// What there is to judge by.
pub(super) struct Seen<'a> {
    pub(super) visit: &'a Visit,
    pub(super) host: &'a str,
    pub(super) url: &'a str,
    pub(super) knowledge: &'a Knowledge,
}

impl Seen<'_> {
    fn kind(&self, view: &View<'_>) -> LandingKind {
        let status = self.visit.steps.last().and_then(|step| step.status);
        match self.visit.end {
            VisitEnd::Download => return self.download(),
            VisitEnd::NoSuchName | VisitEnd::Unreachable => return LandingKind::Dead,
            VisitEnd::Refused => return LandingKind::NotReached,
            VisitEnd::HeldBack if self.visit.page.is_none() => return LandingKind::NotReached,
            VisitEnd::Shown | VisitEnd::Hung | VisitEnd::HeldBack => {}
        }
        let is = |kind| marks::is(self.knowledge, kind, self.visit, self.url);
        let wants = view.asks.secrets().next().is_some();
        let failed = status.is_some_and(|status| status >= 400);
        if view.is_brands_own {
            return match () {
                () if self.visit.page.is_none() => LandingKind::NotReached,
                () if wants => LandingKind::GenuineSite,
                () if failed || is("error") => LandingKind::GenuineErrorPage,
                () => LandingKind::GenuineSite,
            };
        }
        let Some(page) = &self.visit.page else {
            return if matches!(status, Some(404 | 410)) {
                LandingKind::Dead
            } else {
                LandingKind::NotReached
            };
        };
        if wants {
            return form(view);
        }
        let marked = [
            ("blocked", LandingKind::Blocked),
            ("captcha", LandingKind::CaptchaWall),
            ("suspended", LandingKind::Suspended),
            ("parked", LandingKind::Parked),
            ("gone", LandingKind::Dead),
        ];
        let marked = marked.into_iter().find(|(kind, _)| is(kind)).map(|(_, kind)| kind);
        let parked = || self.stands_at_a_parking_service(page).then_some(LandingKind::Parked);
        match (marked.or_else(parked), status) {
            (Some(kind), _) => kind,
            (None, Some(404 | 410)) => LandingKind::Dead,
            (None, Some(401 | 403 | 451)) => LandingKind::Blocked,
            (None, Some(500..)) => LandingKind::NotReached,
            _ if !self.visit.downloads.is_empty() => self.download(),
            _ => LandingKind::Page,
        }
    }

    fn download(&self) -> LandingKind {
        let offered = self.visit.downloads.iter();
        let mut names = offered.flat_map(|file| [file.name.as_str(), file.url.as_str()]).chain([self.url]);
        if names.any(is_program) { LandingKind::MalwareDownload } else { LandingKind::Download }
    }

    /// How much of what no honest log-in has is there, whatever program it is made with: a copy's traces, the inner folder of a foreign
    /// site and a name that anybody gets for nothing are enough alone; each of the others, which honest ones have too, needs another.
    fn tells(&self, page: &Page) -> u8 {
        let kind = self.knowledge.kind(self.host);
        let rented = kind == Some(DomainKind::FreeHosting)
            || self.knowledge.is_bucket(self.host)
            || self.knowledge.is_app_host(self.host);
        let enough = rented
            || copied_from(page, self.host).is_some()
            || INNER.iter().any(|folder| self.url.contains(folder));
        let single = [
            is_address(self.host),
            kind == Some(DomainKind::DynamicDns),
            !page.dead_controls.is_empty(),
            posts_elsewhere(page, self.host, self.knowledge).is_some(),
            self.winds(),
        ];
        let single = single.into_iter().map(u8::from).sum::<u8>();
        if enough { TELLING + single } else { single }
    }

    /// The way leads over several strangers, or by a page of one of them that sends the reader on to another: not by one redirect from a
    /// company's name to that of its server.
    fn winds(&self) -> bool {
        let sent_on = |step: &Step| !matches!(step.kind, StepKind::Link | StepKind::Redirect);
        match strangers(self.visit, self.knowledge).len() {
            0 | 1 => false,
            2 => self.visit.steps.iter().any(sent_on),
            _ => true,
        }
    }

    /// The link itself was the brand's own.
    fn begins_at(&self, brand: &Brand) -> bool {
        let first = self.visit.steps.first().and_then(|step| host_of(&step.url));
        first.is_some_and(|host| {
            let owner = self.knowledge.owner(&host).filter(|_| is_brands(&host, self.knowledge));
            owner.is_some_and(|owner| {
                owner.id == brand.id || !brand.group.is_empty() && owner.group == brand.group
            })
        })
    }
}

/// From how many tells on a log-in that may be honest is a fake.
pub(super) const TELLING: u8 = 2;
/// Folders that hold a site's programs and no page of its owner's.
const INNER: [&str; 4] = ["/wp-includes/", "/wp-content/", "/wp-admin/", "/.well-known/"];

/// A page that asks for secrets.
pub(super) fn form(view: &View<'_>) -> LandingKind {
    let tells = view.tells >= TELLING;
    let wears = view.worn.as_ref().is_some_and(|worn| !worn.may_be_its_own || tells);
    if wears || view.is_panel && view.asks.has(Secret::Password) && tells {
        LandingKind::FakeLogin
    } else if view.asks.has(Secret::Card) || view.asks.has(Secret::SecurityCode) {
        LandingKind::PaymentForm
    } else {
        LandingKind::CredentialForm
    }
}

/// The host that a saved page was saved from, where it is another.
pub(crate) fn copied_from(page: &Page, host: &str) -> Option<String> {
    let from = page.saved_from.as_deref().and_then(host_of)?;
    (site(&from) != site(host)).then_some(from)
}

/// Where a form that asks for secrets sends them, where that is another site than the page's, and no known company's or service's that
/// others let their customers log in at.
pub(crate) fn posts_elsewhere(page: &Page, host: &str, knowledge: &Knowledge) -> Option<String> {
    let targets = page.forms.iter().filter(|form| form.fields.iter().any(|field| field.kind == "password"));
    let mut hosts = targets.filter_map(|form| host_of(form.action.as_deref()?));
    hosts.find(|target| is_strange(target, host, knowledge))
}

/// Whether what is entered at a host has no business at another.
pub(crate) fn is_strange(target: &str, host: &str, knowledge: &Knowledge) -> bool {
    site(target) != site(host) && knowledge.owner(target).is_none() && !knowledge.is_log_in_service(target)
}

/// The registrable domains of a way that no known company owns, in order.
pub(crate) fn strangers(visit: &Visit, knowledge: &Knowledge) -> Vec<String> {
    let mut sites: Vec<String> = Vec::new();
    for host in visit.steps.iter().filter_map(|step| host_of(&step.url)) {
        let known = knowledge.owner(&host).is_some()
            || knowledge.mail_service(&host).is_some()
            || knowledge.kind(&host) == Some(DomainKind::Shortener);
        let site = site(&host).to_owned();
        if !known && !sites.contains(&site) {
            sites.push(site);
        }
    }
    sites
}

/// The registrable domain of a host, or the host where it has none.
pub(crate) fn site(host: &str) -> &str {
    crate::domain::registrable(host).unwrap_or(host)
}
