//! What the world says of the names and addresses: a map, a card for each, and when what happened.

use std::net::IpAddr;

use url::Url;

use super::country::country;
use super::map::{map, passed, place_name};
use super::moment::moment;
use super::reputation;
use super::writer::Writer;
use crate::case::{Dissection, HopRecord, HostRecord};
use crate::evidence::{
    Absence, Evidence, Fact as Known, Ledger, Network, Question, RecordType, Registration, Subject,
};
use crate::inquiry::service_name;
use crate::report::{Block, Cell, Fact, Record, Section, Table, Tone};

/// How many cards, values of one kind and rows are shown.
const CARDS: usize = 24;
const VALUES: usize = 8;
const ROWS: usize = 40;

/// Map, cards and time line; none where nobody was asked.
pub(super) fn section(writer: &Writer, mail: &Dissection) -> Option<Section> {
    let received = mail.mail.hops.iter().rev().find_map(|hop| hop.at.clone());
    of(writer, &mail.hosts, &mail.evidence, passed(mail), [mail.mail.date.clone(), received])
}

/// The same of hosts that no mail need name; `hops` are the servers that it passed, `times` when the mail was dated and received.
pub(super) fn of(
    writer: &Writer,
    hosts: &[HostRecord],
    evidence: &[Evidence],
    hops: &[HopRecord],
    times: [Option<String>; 2],
) -> Option<Section> {
    let mut ledger = Ledger::default();
    evidence.iter().cloned().for_each(|evidence| ledger.record(evidence));
    let hosts: Vec<&HostRecord> = hosts.iter().take(CARDS).collect();
    if hosts.is_empty() {
        return None;
    }
    let mut blocks: Vec<Block> = map(writer, hops, &hosts, &ledger).map(Block::Map).into_iter().collect();
    blocks.push(Block::Records(hosts.iter().map(|host| card(writer, host, &ledger)).collect()));
    blocks.extend(time_line(writer, times, &hosts, &ledger).map(Block::Table));
    Some(Section { id: "hosts", title: writer.word(writer.words.sections.hosts), blocks })
}

fn card(writer: &Writer, host: &HostRecord, ledger: &Ledger) -> Record {
    let words = &writer.words.hosts;
    let mut facts = vec![writer.fact(words.role, writer.word_cell(&roles(writer, host)))];
    if let Some(name) = &host.name {
        facts.extend(names(writer, name, host, ledger));
    }
    for &ip in host.addresses.iter().take(3) {
        facts.extend(address(writer, ip, ledger));
    }
    if let Some(domain) = &host.domain {
        let asked = ledger.answer(&Question::Registration { domain: domain.clone() }).is_some();
        facts.extend(asked.then(|| registration(writer, ledger.registration(domain))).into_iter().flatten());
        let servers = ledger.records(domain, RecordType::Ns).found().map(|(records, _)| &records.records);
        facts.extend(servers.map(|servers| list(writer, words.name_servers, servers)));
    }
    facts.extend(reputations(writer, host, ledger));
    let name = host
        .name
        .clone()
        .unwrap_or_else(|| host.addresses.first().map(ToString::to_string).unwrap_or_default());
    Record { name: writer.code(&name), facts }
}

pub(super) fn roles(writer: &Writer, host: &HostRecord) -> String {
    let names = host.roles.iter().map(|role| writer.words.name(role.id()));
    names.collect::<Vec<_>>().join(writer.words.comma)
}

/// What the DNS says of a name.
fn names(writer: &Writer, name: &str, host: &HostRecord, ledger: &Ledger) -> Vec<Fact> {
    let words = &writer.words.hosts;
    let mut facts = Vec::new();
    match ledger.records(name, RecordType::A) {
        Known::Absent(Absence::NoSuchName, _) => {
            facts.push(writer.fact(words.addresses, writer.toned(words.no_such_name, Tone::Warning)));
        }
        Known::Absent(..) if host.addresses.is_empty() => {
            facts.push(writer.fact(words.addresses, writer.toned(words.no_address, Tone::Faint)));
        }
        _ => {}
    }
    if let Some((records, _)) = ledger.records(name, RecordType::Mx).found() {
        facts.push(list(writer, words.mail_servers, &records.records));
    } else if ledger.records(name, RecordType::Mx).absent().is_some() {
        facts.push(writer.fact(words.mail_servers, writer.toned(words.none, Tone::Faint)));
    }
    facts
}

fn address(writer: &Writer, ip: IpAddr, ledger: &Ledger) -> Vec<Fact> {
    let words = &writer.words.hosts;
    let mut facts = vec![writer.fact(words.addresses, writer.code(&ip.to_string()))];
    match ledger.reverse_names(ip) {
        Known::Found(names, _) => {
            let confirmed = ledger.confirmed_name(ip).map(|(name, _)| name);
            let note = |name: &String| {
                let is = if confirmed == Some(name) { words.confirmed } else { words.unconfirmed };
                writer.code(&format!("{name} ({is})"))
            };
            facts.push(writer.facts(words.reverse_name, names.records.iter().take(3).map(note).collect()));
        }
        Known::Absent(..) => {
            facts.push(writer.fact(words.reverse_name, writer.toned(words.none, Tone::Faint)));
        }
        Known::Unknown => {}
    }
    if let Some((found, _)) = ledger.network(ip).found() {
        facts.push(writer.fact(words.network, writer.prose(&network_name(writer, found))));
        facts.extend(writer.optional(words.network_abuse, found.abuse.as_deref()));
    }
    if let Some((place, _)) = ledger.place(ip).found() {
        let value = format!("{} ({})", place_name(writer, place), place.tables.join(writer.words.comma));
        facts.push(writer.fact(words.place, writer.prose(&value)));
        let system = place.system.map(|number| match &place.system_holder {
            Some(holder) => format!("AS{number} {holder}"),
            None => format!("AS{number}"),
        });
        facts.extend(system.map(|system| writer.fact(words.system, writer.prose(&system))));
    }
    facts
}

fn network_name(writer: &Writer, network: &Network) -> String {
    let land = network.country.as_deref().map(|code| country(writer.words.language, code));
    let parts = [network.holder.clone().or_else(|| network.name.clone()), land, Some(network.range.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(writer.words.comma)
}

fn registration(writer: &Writer, known: Known<'_, &Registration>) -> Vec<Fact> {
    let words = &writer.words.hosts;
    let found = match known {
        Known::Found(found, _) => found,
        Known::Absent(..) => {
            return vec![writer.fact(words.registration, writer.toned(words.not_registered, Tone::Bad))];
        }
        Known::Unknown => {
            return vec![writer.fact(words.registration, writer.toned(words.not_known, Tone::Faint))];
        }
    };
    let date = |date: &Option<String>| date.as_deref().map(moment);
    let mut facts = Vec::new();
    facts.extend(writer.optional(words.domain, Some(&found.domain)));
    facts.extend(date(&found.registered).map(|date| writer.fact(words.registered, writer.word_cell(&date))));
    facts.extend(date(&found.changed).map(|date| writer.fact(words.changed, writer.word_cell(&date))));
    facts.extend(date(&found.expires).map(|date| writer.fact(words.expires, writer.word_cell(&date))));
    let land = found.country.as_deref().map(|code| country(writer.words.language, code));
    let prose = |label, value: Option<&String>| value.map(|value| writer.fact(label, writer.prose(value)));
    facts.extend(prose(words.registrar, found.registrar.as_ref()));
    facts.extend(writer.registrant(found).map(|name| writer.fact(words.registrant, writer.prose(&name))));
    facts.extend(prose(words.country, land.as_ref()));
    facts.extend(writer.optional(words.domain_abuse, found.abuse.as_deref()));
    facts
}

/// What is said of the host, its domain, its addresses and links to it.
fn reputations(writer: &Writer, host: &HostRecord, ledger: &Ledger) -> Option<Fact> {
    let heading = host.name.clone().or_else(|| host.addresses.first().map(ToString::to_string));
    reputation::fact(writer, ledger.iter(), heading.as_deref(), |subject| is_of(host, subject))
}

/// Whether something said is said of a host: of its name, its domain, an address of its, or a link to it.
fn is_of(host: &HostRecord, subject: &Subject) -> bool {
    match subject {
        Subject::Address(ip) => host.addresses.contains(ip),
        Subject::Domain(name) => host.name.as_ref() == Some(name) || host.domain.as_ref() == Some(name),
        Subject::Url(url) => {
            let url = Url::parse(url).ok();
            host.name.is_some() && url.as_ref().and_then(Url::host_str) == host.name.as_deref()
        }
    }
}

fn list(writer: &Writer, label: &str, values: &[String]) -> Fact {
    writer.facts(label, values.iter().take(VALUES).map(|value| writer.code(value)).collect())
}

/// When names were registered, the mail was sent and received, and who was asked: oldest first.
fn time_line(
    writer: &Writer,
    [dated, received]: [Option<String>; 2],
    hosts: &[&HostRecord],
    ledger: &Ledger,
) -> Option<Table> {
    let words = &writer.words.hosts;
    let mut rows: Vec<(String, Cell, Cell)> = Vec::new();
    let mut domains: Vec<&String> = hosts.iter().filter_map(|host| host.domain.as_ref()).collect();
    domains.sort_unstable();
    domains.dedup();
    for domain in domains {
        let Some((found, _)) = ledger.registration(domain).found() else { continue };
        let dated = [
            (words.registered, &found.registered),
            (words.changed, &found.changed),
            (words.expires, &found.expires),
        ];
        rows.extend(
            dated.into_iter().filter_map(|(what, date)| {
                Some((date.clone()?, writer.word_cell(what), writer.code(domain)))
            }),
        );
    }
    let plain = |at: String, what: &str| (at, writer.word_cell(what), Cell::default());
    rows.extend(dated.map(|date| plain(date, words.dated)));
    rows.extend(received.map(|at| plain(at, words.received)));
    let (seen, asked): (Vec<&Evidence>, Vec<&Evidence>) =
        ledger.iter().partition(|evidence| is_seen(evidence));
    rows.extend(seen.into_iter().filter_map(|evidence| {
        let Question::Reputation { service, subject, .. } = &evidence.question else { return None };
        let what = format!("{}: {}", service_name(service), words.by_a_person);
        Some((evidence.asked_at.clone()?, writer.word_cell(&what), writer.code(&subject.text())))
    }));
    let mut asked: Vec<&String> =
        asked.into_iter().filter_map(|evidence| evidence.asked_at.as_ref()).collect();
    asked.sort_unstable();
    asked.dedup();
    rows.extend(asked.first().map(|at| plain((*at).clone(), words.first_asked)));
    rows.extend(asked.last().filter(|_| asked.len() > 1).map(|at| plain((*at).clone(), words.last_asked)));
    rows.sort_by_key(|(at, ..)| instant(at));
    (rows.len() > 2).then(|| Table {
        caption: writer.word(words.time_line),
        columns: [words.when, words.what, words.about].map(|head| writer.word(head)).to_vec(),
        rows: rows
            .into_iter()
            .take(ROWS)
            .map(|(at, what, about)| vec![writer.word_cell(&moment(&at)), what, about])
            .collect(),
    })
}

/// Whether a person saw it: no question of this program's.
fn is_seen(evidence: &Evidence) -> bool {
    evidence.source.starts_with("person")
}

/// Times in different zones in one order.
fn instant(at: &str) -> Option<time::OffsetDateTime> {
    time::OffsetDateTime::parse(at, &time::format_description::well_known::Rfc3339).ok()
}
