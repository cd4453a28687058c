//! The record that a site is built of.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::mail_picture::unstamped;
use super::moment::arrived;
use super::writer::Writer;
use super::{Release, slug};
use crate::campaign::Fingerprint;
use crate::case::{Case, Dissection, Language, worst};
use crate::indicators::{AddressFacts, HostFacts, Indicators, Standing};
use crate::inquiry::Role;
use crate::publication::{Host, Network, Publication, SCHEMA, Text};

/// How many hosts are told.
const HOSTS: usize = 40;

/// The record of a case, from what it is in each language and its [`indicators`](super::indicators()) in the first; none where there is no
/// language. What may be blocked is chosen by the lists for programs, which the program adds, as it does the names of the files and by
/// what it was made.
#[must_use]
pub fn publication(
    editions: &[(Language, Case)],
    known: &Indicators,
    release: &Release,
) -> Option<Publication> {
    let (language, case) = editions.first()?;
    let mail = worst(&case.dissection);
    let writer = Writer::new(case, release, *language);
    let is_public = |text: &str| writer.machine_whole(text).is_some();
    let first = [(*language, text(case, &writer))];
    let others = editions.iter().skip(1);
    let others =
        others.map(|(language, case)| (*language, text(case, &Writer::new(case, release, *language))));
    Some(Publication {
        schema: SCHEMA.to_owned(),
        audience: release.audience.name().to_owned(),
        slug: slug(case),
        sha256: mail.mail.sha256.clone(),
        class: mail.verdict.class,
        day: arrived(mail).and_then(|at| at.get(..10)).map(str::to_owned),
        updated: known.seen.clone(),
        brand: brand(mail),
        texts: first.into_iter().chain(others).collect(),
        hosts: hosts(&writer, known),
        indicators: Vec::new(),
        files: BTreeSet::new(),
        made: String::new(),
        campaign: fingerprint(&writer, mail).map(|fingerprint| fingerprint.sealed(is_public)),
    })
}

/// The fingerprint without what names somebody before numbers are taken out of it and it is cut.
pub(super) fn fingerprint(writer: &Writer, mail: &Dissection) -> Option<Fingerprint> {
    let mut fingerprint = mail.campaign.clone()?;
    let mailer = mail.mail.mailer.as_deref().unwrap_or_default();
    if writer.machine_whole(mailer).is_none() {
        fingerprint.header.mailer.clear();
    }
    Some(fingerprint)
}

fn text(case: &Case, writer: &Writer) -> Text {
    let mail = worst(&case.dissection);
    let subject = mail.mail.subject.as_deref().map(|subject| unstamped(mail, subject).trim());
    let subject = subject.filter(|subject| !subject.is_empty());
    let whom = mail.impersonation.as_ref().filter(|_| brand(mail).is_some());
    let line = |text: &str| writer.line(text).as_str().to_owned();
    Text {
        title: line(subject.unwrap_or(writer.words.without_subject)),
        summary: line(&mail.verdict.summary),
        brand: whom.map(|whom| line(&whom.name)).unwrap_or_default(),
    }
}

/// Whom it imitates, by the registry; the reader's own organisation is nobody's business.
fn brand(mail: &Dissection) -> Option<String> {
    let whom = mail.impersonation.as_ref().filter(|_| mail.verdict.class.is_unwanted())?;
    whom.brand.clone().filter(|id| id != "recipient")
}

/// The machines that it came from and leads to, but for those of bystanders and of whom it imitates, and those whose very name is masked.
fn hosts(writer: &Writer, known: &Indicators) -> Vec<Host> {
    let told = |standing| matches!(standing, Standing::Attacker | Standing::Unclear | Standing::Shared);
    let named = known.hosts.iter().filter(|host| told(host.standing) && host.name.is_whole());
    let mut hosts: Vec<Host> = named.filter_map(|host| of_name(writer, known, host)).collect();
    let of_host = |ip: &IpAddr| known.hosts.iter().any(|host| host.addresses.contains(ip));
    let bare = known.addresses.iter().filter(|facts| facts.is_origin && !of_host(&facts.ip));
    hosts.extend(bare.filter(|facts| told(facts.standing)).map(|facts| Host {
        name: writer.line(&facts.ip.to_string()).as_str().to_owned(),
        roles: vec![Role::Origin.id().to_owned()],
        networks: network(writer, facts).into_iter().collect(),
    }));
    hosts.truncate(HOSTS);
    hosts
}

fn of_name(writer: &Writer, known: &Indicators, host: &HostFacts) -> Option<Host> {
    let told = |role: &&Role| matches!(role, Role::Origin | Role::Link | Role::Landing);
    let roles: Vec<String> = host.roles.iter().filter(told).map(|role| role.id().to_owned()).collect();
    let its = known.addresses.iter().filter(|facts| host.addresses.contains(&facts.ip));
    let networks: BTreeSet<Network> = its.filter_map(|facts| network(writer, facts)).collect();
    let name = writer.line(host.name.as_str()).as_str().to_owned();
    (!roles.is_empty()).then(|| Host { name, roles, networks: networks.into_iter().collect() })
}

fn network(writer: &Writer, facts: &AddressFacts) -> Option<Network> {
    let holder = facts.system_holder.as_ref().or(facts.holder.as_ref());
    Some(Network {
        number: facts.system?,
        holder: holder.map(|holder| writer.line(holder.as_str()).as_str().to_owned()).unwrap_or_default(),
        country: facts.country.as_deref().unwrap_or_default().to_ascii_uppercase(),
    })
}
