//! Of which kind a landing page is.

use super::ask::asks;
use super::worn::worn;
use super::{LandingKind, Secret, View, host_of, marks};
use crate::evidence::visit::{Page, Visit, VisitEnd};
use crate::inquiry::visits::{is_brands, is_program};
use crate::knowledge::{DomainKind, Knowledge};
use crate::mail::link::is_address;

/// Judges what one visitor saw.
pub(super) fn judge<'a>(view: &mut View<'a>, visit: &'a Visit, knowledge: &'a Knowledge) {
    let Some(host) = view.final_url().and_then(host_of) else { return };
    let own = knowledge.owner(&host).filter(|_| is_brands(&host, knowledge));
    let seen = Seen { visit, host: &host, url: view.final_url().unwrap_or_default(), knowledge };
    if let Some(page) = &visit.page {
        view.asks = asks(page, knowledge);
        view.worn = if own.is_none() { worn(page, &host, knowledge) } else { None };
        view.is_panel = marks::is(knowledge, "panel", visit, seen.url);
    }
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
            VisitEnd::Shown | VisitEnd::Hung => {}
        }
        let is = |kind| marks::is(self.knowledge, kind, self.visit, self.url);
        let wants = view.asks.secrets().next().is_some();
        let failed = status.is_some_and(|status| status >= 400);
        if view.is_brands_own {
            return match () {
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
            return self.form(view, page);
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

    /// A page that asks for secrets.
    fn form(&self, view: &View<'_>, page: &Page) -> LandingKind {
        let tells = self.tells(page);
        let wears = view.worn.as_ref().is_some_and(|worn| !worn.may_be_its_own || tells);
        if wears || view.is_panel && view.asks.has(Secret::Password) && tells {
            LandingKind::FakeLogin
        } else if view.asks.has(Secret::Card) || view.asks.has(Secret::SecurityCode) {
            LandingKind::PaymentForm
        } else {
            LandingKind::CredentialForm
        }
    }

    /// What no honest log-in has, whatever program it is made with: a name that somebody else gives away, an address filled in from the
    /// link, a copy's traces, entries that go to strangers.
    fn tells(&self, page: &Page) -> bool {
        let rented =
            matches!(self.knowledge.kind(self.host), Some(DomainKind::FreeHosting | DomainKind::DynamicDns))
                || self.knowledge.is_bucket(self.host)
                || self.knowledge.is_app_host(self.host);
        rented
            || is_address(self.host)
            || !page.dead_controls.is_empty()
            || copied_from(page, self.host).is_some()
            || posts_elsewhere(page, self.host).is_some()
            || ["/wp-includes/", "/wp-content/", "/wp-admin/", "/.well-known/"]
                .iter()
                .any(|folder| self.url.contains(folder))
            || strangers(self.visit, self.knowledge).len() > 1
    }
}

/// The host that a saved page was saved from, where it is another.
pub(crate) fn copied_from(page: &Page, host: &str) -> Option<String> {
    let from = page.saved_from.as_deref().and_then(host_of)?;
    (site(&from) != site(host)).then_some(from)
}

/// Where a form that asks for secrets sends them, where that is another site than the page's.
pub(crate) fn posts_elsewhere(page: &Page, host: &str) -> Option<String> {
    let targets = page.forms.iter().filter(|form| form.fields.iter().any(|field| field.kind == "password"));
    let mut hosts = targets.filter_map(|form| host_of(form.action.as_deref()?));
    hosts.find(|target| site(target) != site(host))
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
