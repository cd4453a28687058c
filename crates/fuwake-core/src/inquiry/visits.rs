//! Which links are worth a visit, and as what they are asked for.
//!
//! Never one that acts when it is opened (leaves a list, ends a session, confirms something), nor one that leads to the recipient's own
//! or an inner host, nor a picture or a form's target. A known brand's own site is visited only by the operator's wish, once and
//! without anything behind the path. The rest is ranked by what the findings hold against each link, over the mail alone, so that
//! answers that come later change nothing; each registered name has its turn before one of them is visited twice.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::PoisonError;

use url::Url;

use super::decoy::{Decoyed, Decoys, Marks};
use super::observables::is_public;
use super::privacy::Privacy;
use super::token::is_token;
use super::{Scope, Visits};
use crate::domain::{is_public_name, registrable};
use crate::evidence::{Ledger, Question, Reach};
use crate::findings::{Judge, Reader, Scene};
use crate::knowledge::{KeptMarks, Knowledge};
use crate::mail::link::{Source, confirmation, way_out};
use crate::mail::{Link, Mail};
use crate::recipient::{Recipient, is_open};

/// What the findings cannot say: a link that knows its reader, or hides in a picture, leads somewhere.
const KNOWS_READER: f32 = 0.5;

/// How a link may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// By every profile.
    Full,
    /// Once, without marks: a known brand's own.
    Genuine,
}

/// The visits that a mail's links are worth.
pub(super) fn of_mail(
    mail: &Mail<'_>,
    ledger: &Ledger,
    knowledge: &Knowledge,
    (scope, privacy): (&Scope, &Privacy),
) -> Vec<Question> {
    let own = || ledger.iter().filter(|known| known.question.reach() == Reach::Local);
    let (answers, visits) = (own().count(), &scope.visits);
    let mut known = privacy.visits.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(planned) = known.as_ref().filter(|planned| planned.is_for(mail, answers, visits)) {
        return planned.questions.clone();
    }
    let mut local = Ledger::default();
    own().for_each(|known| local.record(known.clone()));
    let questions = plan(mail, &local, knowledge, (visits, privacy));
    let planned = Planned { mail: mail.sha256.clone(), answers, visits: visits.clone(), questions };
    known.insert(planned).questions.clone()
}

/// The visits of a mail, found once: questions are raised anew with every answer.
#[derive(Debug)]
pub(super) struct Planned {
    mail: String,
    /// How many answers of this machine there were.
    answers: usize,
    visits: Visits,
    questions: Vec<Question>,
}

impl Planned {
    fn is_for(&self, mail: &Mail<'_>, answers: usize, visits: &Visits) -> bool {
        self.mail == mail.sha256 && self.answers == answers && self.visits == *visits
    }
}

fn plan(
    mail: &Mail<'_>,
    local: &Ledger,
    knowledge: &Knowledge,
    (visits, privacy): (&Visits, &Privacy),
) -> Vec<Question> {
    let asking = Asking::of(mail, knowledge, Some(privacy));
    let ranked = asking.ranked(local, visits, privacy);
    let mut urls: Vec<(String, Manner)> = Vec::new();
    for (link, manner) in ranked {
        if urls.len() >= visits.links {
            break;
        }
        let Some(url) = asking.asked_for(&link.url, manner, visits.exact) else { continue };
        let is_said = || way_out::said(mail, link).any(|text| confirmation::is_said(&text));
        let confirms = confirms(&link.url) || is_said();
        if confirms && !confirmation::is_for_nobody(&link.url, &url.url) {
            continue;
        }
        if !urls.iter().any(|(known, _)| *known == url.url) {
            urls.push((url.url, manner));
        }
    }
    urls.into_iter().flat_map(|(url, manner)| questions(&url, manner, visits)).collect()
}

/// The visits of one link that somebody asks about.
pub(super) fn of_url(link: &str, knowledge: &Knowledge, visits: &Visits) -> Vec<Question> {
    let is_genuine =
        Url::parse(link).is_ok_and(|url| url.host_str().is_some_and(|host| is_brands(host, knowledge)));
    let manner = if is_genuine { Manner::Genuine } else { Manner::Full };
    if way_out::address_acts(link) || is_genuine && !visits.genuine || !leads_out(link) {
        return Vec::new();
    }
    let decoys = Decoys::for_nobody(link);
    let asked = asked_for(&decoys, link, manner, visits.exact, knowledge);
    let asked = asked.filter(|url| !confirms(link) || confirmation::is_for_nobody(link, &url.url));
    asked.map_or(Vec::new(), |url| questions(&url.url, manner, visits))
}

/// Second visits of links that showed one visitor what they hid from another: as both, so that neither page was an accident.
pub(super) fn again(ledger: &Ledger, knowledge: &Knowledge) -> Vec<Question> {
    let landings = crate::landing::all(ledger, knowledge);
    let cloaks = landings.iter().filter_map(|landing| Some((landing, landing.cloak()?)));
    let questions = cloaks.flat_map(|(landing, cloak)| {
        [cloak.harmful, cloak.innocent].map(|view| Question::Visit {
            url: landing.url.to_owned(),
            profile: view.profile,
            probe_form: false,
            again: true,
        })
    });
    questions.collect()
}

/// Whether opening the link confirms something, by its address; what stands on it may say so too. So says many a fake page, which is
/// visited: with made-up codes nothing is confirmed.
fn confirms(url: &str) -> bool {
    !confirmation::codes(url).is_empty()
}

fn questions(url: &str, manner: Manner, visits: &Visits) -> Vec<Question> {
    let profiles = if manner == Manner::Genuine { 1 } else { visits.profiles.len() };
    let probe_form = visits.probe_form && manner == Manner::Full;
    let asked = visits.profiles.iter().take(profiles);
    asked.map(|&profile| Question::Visit { url: url.to_owned(), profile, probe_form, again: false }).collect()
}

/// In what the link that was asked for differs from that of the mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changed {
    /// Decoys stand in it.
    pub(crate) decoyed: bool,
    /// Some stand in what a page is found by: the host or the path.
    pub(crate) place: bool,
    /// What may say where it leads stands behind the path, and was cut off.
    pub(crate) target: bool,
}

impl Changed {
    fn between(link: &str, asked: &Decoyed) -> Self {
        let (Ok(link), Ok(parsed)) = (Url::parse(link), Url::parse(&asked.url)) else {
            return Self::default();
        };
        let place = (link.host(), link.path()) != (parsed.host(), parsed.path());
        let is_cut = parsed.query().is_none() && parsed.fragment().is_none();
        Self { decoyed: asked.changed, place, target: is_cut && may_lead_on(&link) }
    }

    /// By its shape alone: another's decoys cannot be made again.
    pub(crate) fn unlike(link: &str, asked: &str) -> Self {
        Self::between(link, &Decoyed { url: asked.to_owned(), changed: true })
    }
}

/// Whether what stands behind the path may be another address, plain or coded.
fn may_lead_on(url: &Url) -> bool {
    const CODED: usize = 16;
    let values = |text: &str| text.split(['&', '=', ';', '?']).map(str::to_owned).collect::<Vec<_>>();
    let behind = [url.query(), url.fragment()].into_iter().flatten().flat_map(values);
    let leads = |value: &str| {
        let value = confirmation::bare(value);
        let host = value.trim_start_matches('/').split(['/', '?', ':']).next().unwrap_or_default();
        value.contains("//")
            || registrable(host).is_some() && is_public_name(host)
            || value.len() >= CODED && is_token(&value)
    };
    behind.into_iter().any(|value| leads(&value))
}

/// Whatever a link of a mail may have been asked for as.
pub(crate) struct Asking<'a> {
    mail: &'a Mail<'a>,
    knowledge: &'a Knowledge,
    decoys: Decoys<'a>,
}

impl<'a> Asking<'a> {
    pub(crate) fn of(mail: &'a Mail<'a>, knowledge: &'a Knowledge, privacy: Option<&'a Privacy>) -> Self {
        let recipient = Recipient::of(mail, knowledge, &Reader::default(), &[]);
        let decoys = Decoys::of(&mail.sha256, &recipient, privacy, |domain| is_open(domain, knowledge));
        Self { mail, knowledge, decoys }
    }

    /// The links of the mail by what each may have been asked for as, and what was changed in it then. Each is disguised once only.
    pub(crate) fn asked(&self) -> HashMap<String, Vec<(usize, Changed)>> {
        let mut asked: HashMap<String, Vec<(usize, Changed)>> = HashMap::new();
        for (at, link) in self.mail.links.iter().enumerate() {
            let mut known = vec![(link.url.clone(), Changed::default())];
            for manner in [Manner::Full, Manner::Genuine] {
                let Some(decoyed) = self.asked_for(&link.url, manner, false) else { continue };
                if known.iter().all(|(url, _)| *url != decoyed.url) {
                    let changed = Changed::between(&link.url, &decoyed);
                    known.push((decoyed.url, changed));
                }
            }
            for (url, changed) in known {
                asked.entry(url).or_default().push((at, changed));
            }
        }
        asked
    }

    /// The same where it can only be told by its shape: who must not be named beside the mail is not known any more.
    pub(crate) fn can_be_for(&self, asked: &str, link: &Link) -> bool {
        resembles(asked, &link.url)
    }

    fn asked_for(&self, link: &str, manner: Manner, exact: bool) -> Option<Decoyed> {
        asked_for(&self.decoys, link, manner, exact, self.knowledge)
    }

    /// The links that are worth a visit, the most suspicious first.
    fn ranked(&self, local: &Ledger, visits: &Visits, privacy: &Privacy) -> Vec<(&'a Link, Manner)> {
        let worth: Vec<(usize, &Link, Manner)> = self
            .mail
            .links
            .iter()
            .enumerate()
            .filter_map(|(at, link)| Some((at, link, self.manner(at, link, privacy)?)))
            .filter(|(_, _, manner)| *manner == Manner::Full || visits.genuine)
            .collect();
        if worth.is_empty() {
            return Vec::new();
        }
        let held = self.held_against(local, worth.iter().map(|(_, link, _)| *link));
        let mut ranked: Vec<_> = worth.into_iter().zip(held).collect();
        ranked.sort_by(|((at, _, manner), held), ((other, _, of), than)| {
            let genuine = |manner: &Manner| *manner == Manner::Genuine;
            genuine(manner).cmp(&genuine(of)).then(than.total_cmp(held)).then(at.cmp(other))
        });
        let mut names: Vec<&str> = Vec::new();
        let (first, again): (Vec<_>, Vec<_>) =
            ranked.into_iter().map(|((_, link, manner), _)| (link, manner)).partition(|(link, _)| {
                let name = link.registrable_domain.as_deref().or(link.host.as_deref()).unwrap_or_default();
                let is_new = !names.contains(&name);
                names.extend(is_new.then_some(name));
                is_new
            });
        let mut pages: Vec<&str> = first.iter().map(|(link, _)| page(&link.url)).collect();
        let again = again.into_iter().filter(|(link, manner)| {
            let page = page(&link.url);
            let is_new = *manner == Manner::Full && !pages.contains(&page);
            pages.extend(is_new.then_some(page));
            is_new
        });
        first.iter().copied().chain(again).collect()
    }

    /// How the link may be asked for; none where it must not be.
    fn manner(&self, at: usize, link: &Link, privacy: &Privacy) -> Option<Manner> {
        let host = link.host.as_deref()?;
        let followed = !matches!(link.source, Source::Image | Source::Css | Source::Header | Source::Form);
        // What is wrapped stands on its own behind its wrapper.
        let opened =
            self.mail.links.iter().any(|inner| inner.wrapped_in == Some(at) && inner.url.contains("://"));
        if !followed
            || opened
            || !leads_out(&link.url)
            || privacy.is_own(host)
            || way_out::acts(self.mail, link)
        {
            return None;
        }
        let wrapped = link.wrapper.is_some_and(|wrapper| wrapper != "shortener");
        let is_genuine = !wrapped && is_brands(host, self.knowledge);
        if is_genuine && is_file(&link.url) {
            return None;
        }
        Some(if is_genuine { Manner::Genuine } else { Manner::Full })
    }

    /// What the findings on the mail alone hold against each link, in log-odds.
    fn held_against(&self, local: &Ledger, links: impl Iterator<Item = &'a Link>) -> Vec<f32> {
        let reader = Reader::default();
        let scene = Scene::new(self.mail, local, self.knowledge, &reader);
        let findings = Judge::new(self.knowledge).findings(&scene);
        let held = |link: &Link| {
            let about = findings.iter().filter(|finding| {
                finding
                    .because
                    .iter()
                    .any(|because| *because == link.because || because.overlaps(&link.because))
            });
            let known = if link.carries_recipient { KNOWS_READER } else { 0.0 };
            about.map(|finding| finding.weight).sum::<f32>() + known
        };
        links.map(held).collect()
    }
}

fn asked_for(
    decoys: &Decoys,
    link: &str,
    manner: Manner,
    exact: bool,
    knowledge: &Knowledge,
) -> Option<Decoyed> {
    if manner == Manner::Genuine {
        let mut url = Url::parse(link).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        return decoys.url(url.as_str(), Marks::ALL);
    }
    if exact {
        return Some(Decoyed { url: link.to_owned(), changed: false });
    }
    let host = Url::parse(link).ok()?.host_str()?.to_owned();
    decoys.url(link, marks(&host, knowledge))
}

/// Where in a link of a host marks are replaced.
fn marks(host: &str, knowledge: &Knowledge) -> Marks {
    match knowledge.keeps_marks(host) {
        KeptMarks::All => Marks::NONE,
        KeptMarks::HostAndPath => Marks { host: false, path: false, ..Marks::ALL },
        KeptMarks::Host => Marks { host: false, ..Marks::ALL },
        KeptMarks::None => Marks::ALL,
    }
}

/// Whether `asked` can be what became of `link`: another's decoys cannot be made again, but leave what divides a link.
fn resembles(asked: &str, link: &str) -> bool {
    let (Ok(asked), Ok(link)) = (Url::parse(asked), Url::parse(link)) else { return false };
    let site = |url: &Url| url.host_str().map(|host| registrable(host).unwrap_or(host).to_owned());
    let pieces = |url: &Url| url[url::Position::BeforePath..].split(['/', '?', '&', '#']).count();
    asked.scheme() == link.scheme()
        && asked.port() == link.port()
        && site(&asked) == site(&link)
        && pieces(&asked) == pieces(&link)
}

/// Scheme, host and path.
fn page(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or(url)
}

/// A web address whose host stands in the public DNS, or a public address.
fn leads_out(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let web = matches!(url.scheme(), "http" | "https");
    web && match url.host() {
        Some(url::Host::Domain(name)) => is_public_name(name.trim_end_matches('.')),
        Some(url::Host::Ipv4(ip)) => is_public(IpAddr::V4(ip)),
        Some(url::Host::Ipv6(ip)) => is_public(IpAddr::V6(ip).to_canonical()),
        None => false,
    }
}

/// A known brand's own page: not one that anybody can have at its name.
pub(crate) fn is_brands(host: &str, knowledge: &Knowledge) -> bool {
    knowledge.is_genuine_site(host)
}

/// A file that does something when it is opened, by its name.
pub(crate) fn is_program(name: &str) -> bool {
    const ENDINGS: [&str; 26] = [
        "apk",
        "appx",
        "bat",
        "cmd",
        "com",
        "cpl",
        "dmg",
        "exe",
        "hta",
        "img",
        "iso",
        "jar",
        "js",
        "jse",
        "lnk",
        "mobileconfig",
        "msi",
        "msix",
        "pif",
        "pkg",
        "ps1",
        "scr",
        "vbe",
        "vbs",
        "vhd",
        "wsf",
    ];
    // A host alone ends in a top-level domain.
    let path =
        name.split_once("://").map_or(Some(name), |(_, rest)| rest.split_once('/').map(|(_, path)| path));
    let name = page(path.unwrap_or_default()).rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// A file to be taken home.
fn is_file(url: &str) -> bool {
    const ENDINGS: [&str; 20] = [
        "7z", "apk", "csv", "dmg", "doc", "docx", "exe", "gz", "iso", "jar", "lzh", "msi", "pdf", "pkg",
        "pptx", "rar", "tgz", "xls", "xlsx", "zip",
    ];
    let ending = page(url).rsplit('/').next().and_then(|name| name.rsplit_once('.'));
    ending.is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

#[cfg(test)]
mod tests;
