//! The links, what stands behind them with pictures, and what is attached.

use std::net::IpAddr;

use super::teller::Teller;
use crate::case::{FindingRecord, LandingRecord};
use crate::evidence::{Evidence, Fact, Reputation, Subject};
use crate::inquiry::service_name;
use crate::landing::LandingKind;
use crate::publish::landing as pages;
use crate::publish::words::article::landing::*;
use crate::report::{Block, Content, Figure, Frame, LandingCard, Plain, Section, Sight};

/// How many pages, other hosts, oddities of links and of pages, warnings and attached files are told of.
const PAGES: usize = 3;
const HOSTS: usize = 4;
const ODD_LINKS: usize = 3;
const ODD_PAGES: usize = 4;
const WARNINGS: usize = 3;
const FILES: usize = 5;
/// Told by sentences of the article's own, or by the page itself.
const TOLD_ALREADY: [&str; 9] = [
    "link-carries-recipient",
    "link-host-on-blocklist",
    "landing-warned-of",
    "landing-asks-for-card",
    "landing-asks-for-card-as-brand",
    "landing-asks-for-password",
    "landing-asks-for-password-as-brand",
    "landing-wears-brand",
    "no-link-of-the-claimed-brand",
];

pub(super) fn section(teller: &Teller<'_>) -> Option<Section> {
    let Some(_) = teller.main_link() else {
        if !teller.mail.mail.attachments.is_empty() {
            return None;
        }
        let blocks = teller.paragraph(&[teller.tell(NO_LINKS)]).into_iter().collect();
        return Some(super::section("landing", teller.title(TITLE_UNSEEN), blocks));
    };
    let mut blocks: Vec<Block> = Vec::new();
    for sentences in [link(teller), oddities(teller, "link", ODD_LINKS), host(teller), warnings(teller)] {
        blocks.extend(teller.paragraph(&sentences));
    }
    let cards = pages::cards(teller.writer, teller.mail);
    let seen = cards.iter().zip(&teller.mail.landing).take(PAGES).collect::<Vec<_>>();
    let reached = seen.iter().any(|(_, record)| record.kind != LandingKind::NotReached);
    let mut pictures = 0;
    for (at, (card, record)) in seen.iter().enumerate() {
        blocks.extend(page(teller, card, record, at == 0, &mut pictures));
    }
    if seen.is_empty() {
        let sentence = if leads_home(teller) { NOT_VISITED_CALM } else { NOT_VISITED };
        blocks.extend(teller.paragraph(&[teller.tell(sentence)]));
    }
    blocks.extend(teller.paragraph(&oddities(teller, "landing", ODD_PAGES)));
    let title = if reached { TITLE } else { TITLE_UNSEEN };
    Some(super::section("landing", teller.title(title), blocks))
}

/// A mail that nobody accuses, whose link leads to its sender's own site.
fn leads_home(teller: &Teller<'_>) -> bool {
    let from = teller.mail.mail.from.as_ref().and_then(|from| from.registrable_domain.as_deref());
    let link = teller.main_link().and_then(|link| link.registrable_domain.as_deref());
    !teller.class().is_unwanted() && from.is_some() && from == link
}

/// The link, as it looks and as it leads.
fn link(teller: &Teller<'_>) -> Vec<String> {
    let Some(link) = teller.main_link() else { return Vec::new() };
    let host = link.host.as_deref().unwrap_or_default();
    let text = link.text.as_deref().map(str::trim).filter(|text| !text.is_empty() && !text.contains("://"));
    let mut sentences = vec![match text {
        Some(text) => teller.say(ANCHOR, &[("text", text), ("url", &link.url)]),
        None => teller.say(WRITTEN, &[("url", &link.url)]),
    }];
    let brand = teller.mail.impersonation.as_ref().map(|whom| whom.name.as_str());
    if let (Some(brand), Some(official)) = (brand, teller.official()) {
        let own = teller.is_official(host);
        let values = [("brand", brand), ("official", official.as_str()), ("host", host)];
        sentences.push(teller.say(if own { ITS_OWN } else { NOT_ITS_OWN }, &values));
        let domain = link.registrable_domain.as_deref().filter(|domain| !own && *domain != host);
        // That finding explains it in its own words.
        let domain = domain.filter(|_| !teller.has("brand-name-in-foreign-host"));
        sentences.extend(domain.map(|domain| teller.say(READS_RIGHT, &[("domain", domain)])));
    }
    let others = others(teller, host);
    if !others.is_empty() {
        sentences.push(teller.say(OTHER_LINKS, &[("hosts", &teller.listed(&others))]));
    }
    sentences.extend(link.carries_recipient.then(|| teller.tell(CARRIES)));
    sentences
}

/// The other hosts that links lead to.
fn others(teller: &Teller<'_>, main: &str) -> Vec<String> {
    let mut hosts: Vec<String> = Vec::new();
    for host in teller.links().into_iter().filter_map(|link| link.host.clone()) {
        if host != main && !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts.truncate(HOSTS);
    hosts
}

/// What findings of a group say against it, the strongest first.
fn oddities(teller: &Teller<'_>, group: &str, most: usize) -> Vec<String> {
    let about = teller.mail.findings.iter().filter(|finding| {
        finding.group == group && finding.weight > 0.0 && !TOLD_ALREADY.contains(&finding.id.as_str())
    });
    let mut strongest: Vec<&FindingRecord> = about.collect();
    strongest.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let told = strongest.into_iter().take(most);
    told.map(|finding| teller.writer.line(&finding.explanation).as_str().to_owned()).collect()
}

/// Where the page stands: its last host where it was visited, else the link's.
fn host(teller: &Teller<'_>) -> Vec<String> {
    let Some(link) = teller.main_link().and_then(|link| link.host.as_deref()) else { return Vec::new() };
    let last = teller.trap().or(teller.worst_landing()).and_then(|page| page.final_host.as_deref());
    let mut sentences = Vec::new();
    let on = last.filter(|last| *last != link);
    for host in [Some(link), on].into_iter().flatten() {
        sentences.extend(stands(teller, host));
    }
    sentences
}

fn stands(teller: &Teller<'_>, host: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(ip) = teller.ledger.all_addresses(host).first().copied() {
        sentences.push(at(teller, host, ip));
        let holder = teller.holder(ip);
        sentences.extend(holder.map(|holder| teller.say(HOST_HOLDER, &[("holder", &holder)])));
    }
    let Some(domain) = crate::domain::registrable(host).filter(|domain| !teller.is_official(domain)) else {
        return sentences;
    };
    let hacked = teller.mail.verdict.responsible.hacked_site.as_deref();
    let asked = crate::evidence::Question::Registration { domain: domain.to_owned() };
    match teller.ledger.registration(domain) {
        Fact::Found(found, _) => {
            let since = found.registered.as_deref().map(|since| teller.day(since));
            let is_old = hacked.is_some_and(|site| crate::knowledge::domains::is_within(site, domain));
            let sentence = if is_old { HOST_OLD } else { HOST_REGISTERED };
            sentences
                .extend(since.map(|since| teller.say(sentence, &[("domain", domain), ("since", &since)])));
        }
        Fact::Absent(_, evidence) => sentences
            .push(teller.say(HOST_UNREGISTERED, &[("domain", domain), ("asked", &teller.asked(evidence))])),
        Fact::Unknown if teller.ledger.answer(&asked).is_some() => {
            sentences.push(teller.say(REGISTRATION_UNKNOWN, &[("domain", domain)]));
        }
        Fact::Unknown => {}
    }
    sentences
}

fn at(teller: &Teller<'_>, host: &str, ip: IpAddr) -> String {
    let ip_text = ip.to_string();
    match teller.place(ip.to_canonical()) {
        Some((place, _)) => teller.say(HOST_AT, &[("host", host), ("ip", &ip_text), ("place", &place)]),
        None => teller.say(HOST_AT_UNPLACED, &[("host", host), ("ip", &ip_text)]),
    }
}

/// Which services warn of a link or its host.
fn warnings(teller: &Teller<'_>) -> Vec<String> {
    let Some(link) = teller.main_link() else { return Vec::new() };
    let host = link.host.clone().unwrap_or_default();
    let last = teller.worst_landing().and_then(|page| page.final_host.clone()).unwrap_or_default();
    let mut subjects = vec![Subject::Url(link.url.clone())];
    for name in [host, last] {
        let domain = crate::domain::registrable(&name).map(str::to_owned);
        subjects.extend(
            [Some(name), domain].into_iter().flatten().filter(|name| !name.is_empty()).map(Subject::Domain),
        );
    }
    let mut told: Vec<&str> = Vec::new();
    let mut sentences = Vec::new();
    for (service, said, evidence) in subjects.iter().flat_map(|subject| teller.ledger.reputations(subject)) {
        if said.warns && !told.contains(&service) && told.len() < WARNINGS {
            told.push(service);
            sentences.push(warning(teller, service, said, evidence));
        }
    }
    sentences
}

fn warning(teller: &Teller<'_>, service: &str, said: &Reputation, evidence: &Evidence) -> String {
    let own: Vec<String> = said
        .categories
        .iter()
        .filter(|category| *category != "dangerous")
        .chain(&said.text)
        .cloned()
        .collect();
    let words = match own.first() {
        Some(_) => format!("{}({})", teller.tell(DANGEROUS), own.join(teller.writer.words.comma)),
        None => teller.tell(DANGEROUS),
    };
    let asked = teller.asked(evidence);
    teller.say(WARNED, &[("service", service_name(service)), ("words", &words), ("asked", &asked)])
}

/// A page that was visited, with its picture.
fn page(
    teller: &Teller<'_>,
    card: &LandingCard,
    record: &LandingRecord,
    first: bool,
    pictures: &mut usize,
) -> Vec<Block> {
    let mut sentences = Vec::new();
    let asked = record.visits.iter().find_map(|id| teller.mail.evidence.iter().find(|known| known.id == *id));
    let asked = asked.map(|evidence| teller.asked(evidence)).unwrap_or_default();
    let reached = record.kind != LandingKind::NotReached;
    if first && reached {
        let genuine = matches!(record.kind, LandingKind::GenuineSite | LandingKind::GenuineErrorPage);
        sentences.push(teller.say(if genuine { VISITED_GENUINE } else { VISITED }, &[("asked", &asked)]));
    }
    let from = url_host(&record.url);
    if let (Some(last), Some(url)) = (record.final_host.as_deref(), record.final_url.as_deref())
        && from != Some(last)
    {
        let long = url.len() <= 200;
        let values = [("first", from.unwrap_or_default()), ("last", if long { url } else { last })];
        sentences.push(teller.say(if long { LED_ON_TO } else { LED_ON }, &values));
    }
    sentences.push(card.summary.as_str().to_owned());
    // What was not seen leaves nothing to remark.
    let remarks = card.remarks.iter().filter(|_| reached);
    sentences.extend(remarks.map(|remark| remark.as_str().to_owned()));
    let mut blocks: Vec<Block> = teller.paragraph(&sentences).into_iter().collect();
    for view in &card.views {
        let Sight::Picture(picture) = &view.picture else { continue };
        *pictures += 1;
        blocks.push(Block::Figure(Figure {
            file: format!("page-{pictures}.webp"),
            content: Content::Webp(picture.webp.clone()),
            alt: picture.alt.clone(),
            caption: picture.caption.clone(),
            frame: Some(Frame {
                text: picture.frame.clone(),
                stamp: picture.stamp.clone(),
                tone: picture.tone,
            }),
        }));
    }
    blocks
}

/// The host of a URL.
fn url_host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    Some(host.split(':').next().unwrap_or(host))
}

/// What is attached; none where nothing is.
pub(super) fn attachments(teller: &Teller<'_>) -> Option<Section> {
    let files = teller.mail.mail.attachments.iter().filter(|file| !file.inline);
    let names: Vec<String> = files
        .take(FILES)
        .map(|file| file.name.clone().unwrap_or_else(|| teller.writer.words.attachments.nameless.to_owned()))
        .map(|name| teller.writer.name(&name).as_str().to_owned())
        .map(|name| teller.language().pick("「{}」", "“{}”").replace("{}", &name))
        .collect();
    if names.is_empty() {
        return None;
    }
    let odd = oddities(teller, "attachment", ODD_PAGES);
    let quiet = odd.is_empty().then(|| teller.tell(ATTACHED_QUIET));
    // The names are clean already; a file's name is no host.
    let attached = ATTACHED.fill(teller.language(), &[("names", &teller.listed(&names))]);
    let sentences: Vec<String> = [vec![attached], odd, quiet.into_iter().collect()].concat();
    let blocks: Vec<Block> = teller.paragraph(&sentences).into_iter().collect();
    Some(super::section("attachments", Plain::new(teller.tell(ATTACHMENT)), blocks))
}
