//! Where the reader can look for himself: sites that answer people alone, about what the links lead to and where the mail came from.

use url::Host;

use super::writer::Writer;
use crate::by_hand::{Page, pages};
use crate::case::Dissection;
use crate::domain::{is_public_name, normalise, registrable};
use crate::evidence::Subject;
use crate::inquiry::Privacy;
use crate::knowledge::domains::is_within;
use crate::mail::link::Source;
use crate::mail::trust::is_public;
use crate::report::{Block, Cell, Fact, Record, Section};
use crate::verdict::Class;

/// How many hosts of links are named.
const HOSTS: usize = 4;

/// The sites; none where there is nothing to look up, or the sender is proven.
pub(super) fn section(writer: &Writer, mail: &Dissection) -> Option<Section> {
    if mail.verdict.class == Class::Legitimate {
        return None;
    }
    let subjects = subjects(mail);
    let shown: Vec<Subject> = subjects.into_iter().filter_map(|subject| shown(writer, subject)).collect();
    about(writer, &shown)
}

/// A host whose name is masked is looked up by its registrable domain: the addresses of the sites hold what is looked up.
fn shown(writer: &Writer, subject: Subject) -> Option<Subject> {
    let Subject::Domain(name) = &subject else { return Some(subject) };
    if writer.machine_whole(name).is_some() {
        return Some(subject);
    }
    let domain = registrable(name).filter(|domain| writer.machine_whole(domain).is_some())?;
    Some(Subject::Domain(domain.to_owned()))
}

/// The sites that know something of one of these.
pub(super) fn about(writer: &Writer, subjects: &[Subject]) -> Option<Section> {
    let words = &writer.words.by_hand;
    let record = |subject: &Subject| {
        let facts: Vec<Fact> = pages(subject).iter().map(|page| fact(writer, page)).collect();
        (!facts.is_empty()).then(|| Record { name: writer.code(&subject.text()), facts })
    };
    let records: Vec<Record> = subjects.iter().filter_map(record).collect();
    (!records.is_empty()).then(|| Section {
        id: "by-hand",
        title: writer.word(words.title),
        blocks: vec![Block::Paragraph(writer.word(words.lead)), Block::Records(records)],
    })
}

fn fact(writer: &Writer, page: &Page) -> Fact {
    let link = Cell { text: writer.word(&page.link), link: true, ..Cell::default() };
    let form = page.form.then(|| writer.word_cell(writer.words.by_hand.form));
    writer.facts(page.name, [link].into_iter().chain(form).collect())
}

/// Hosts that links lead to, without the official ones and the recipient's, then the origin.
fn subjects(mail: &Dissection) -> Vec<Subject> {
    let record = &mail.mail;
    let privacy = Privacy::about(&record.recipient, &record.foreign);
    let official = mail.impersonation.iter().flat_map(|impersonation| &impersonation.official_domains);
    let official: Vec<&String> = official.collect();
    let mut found: Vec<Subject> = Vec::new();
    let links = record.links.iter().filter(|link| !matches!(link.source, Source::Image | Source::Css));
    for host in links.filter_map(|link| link.host.as_deref()) {
        let is_official = official.iter().any(|domain| is_within(host, domain));
        let is_new = |subject: &Subject| !found.iter().any(|known| is_same(known, subject));
        let subject = subject(host, &privacy).filter(|subject| !is_official && is_new(subject));
        found.extend(subject);
        if found.len() == HOSTS {
            break;
        }
    }
    let origin = record.origin.as_ref().map(|origin| origin.ip.to_canonical());
    found.extend(origin.filter(|ip| is_public(*ip)).map(Subject::Address));
    found
}

/// Names of one registrable domain are one: whoever looks one up sees the other.
fn is_same(one: &Subject, other: &Subject) -> bool {
    match (one, other) {
        (Subject::Domain(one), Subject::Domain(other)) => registrable(one) == registrable(other),
        _ => one == other,
    }
}

fn subject(host: &str, privacy: &Privacy) -> Option<Subject> {
    match Host::parse(host).ok()? {
        Host::Ipv4(ip) => is_public(ip.into()).then(|| Subject::Address(ip.into())),
        Host::Ipv6(ip) => is_public(ip.into()).then(|| Subject::Address(ip.into())),
        Host::Domain(name) => {
            let name = normalise(&name).and_then(|name| privacy.host(&name))?;
            is_public_name(&name).then_some(Subject::Domain(name))
        }
    }
}
