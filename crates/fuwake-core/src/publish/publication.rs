//! The record that a site is built of.

use std::collections::BTreeSet;
use std::net::IpAddr;

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

use super::writer::Writer;
use super::{Release, slug};
use crate::case::{Case, Dissection, HostRecord, Language, worst};
use crate::evidence::Ledger;
use crate::inquiry::Role;
use crate::mail::received::Trust;
use crate::publication::{Host, Network, Publication, SCHEMA, Text};

/// How many hosts are told.
const HOSTS: usize = 40;
/// Where neither the mail nor the evidence has a time.
const EPOCH: &str = "1970-01-01T00:00:00Z";

/// The record of a case, from what it is in each language; none where there is no language. Indicators are the program's to add.
#[must_use]
pub fn publication(editions: &[(Language, Case)], release: &Release) -> Option<Publication> {
    let (language, case) = editions.first()?;
    let mail = worst(&case.dissection);
    let writer = Writer::new(case, release, *language);
    let is_public = |text: &str| writer.machine_whole(text).is_some();
    let texts = editions.iter().map(|(language, case)| (*language, text(case, release, *language)));
    Some(Publication {
        schema: SCHEMA.to_owned(),
        audience: release.audience.name().to_owned(),
        slug: slug(case),
        sha256: mail.mail.sha256.clone(),
        class: mail.verdict.class,
        day: received(mail).and_then(|at| at.get(..10)).map(str::to_owned),
        updated: updated(mail),
        brand: brand(mail),
        texts: texts.collect(),
        hosts: hosts(&writer, mail),
        indicators: Vec::new(),
        campaign: mail.campaign.as_ref().map(|fingerprint| fingerprint.sealed(is_public)),
    })
}

fn text(case: &Case, release: &Release, language: Language) -> Text {
    let writer = Writer::new(case, release, language);
    let mail = worst(&case.dissection);
    let subject = mail.mail.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
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

/// When the recipient's server took it; else when it says that it was written.
fn received(mail: &Dissection) -> Option<&str> {
    let hops = mail.mail.hops.iter().rev().filter(|hop| hop.trust == Trust::Observed);
    hops.filter_map(|hop| hop.at.as_deref()).next().or(mail.mail.date.as_deref())
}

fn updated(mail: &Dissection) -> String {
    let asked = mail.evidence.iter().filter_map(|evidence| evidence.asked_at.as_deref());
    let newest = asked.chain(received(mail)).filter_map(utc).max();
    newest.unwrap_or_else(|| EPOCH.to_owned())
}

fn utc(at: &str) -> Option<String> {
    let at = OffsetDateTime::parse(at, &Rfc3339).ok()?.to_offset(UtcOffset::UTC);
    at.replace_nanosecond(0).ok()?.format(&Rfc3339).ok()
}

/// The machines that it came from and leads to, but for those of whom it imitates and those whose very name is masked.
fn hosts(writer: &Writer, mail: &Dissection) -> Vec<Host> {
    let mut ledger = Ledger::default();
    mail.evidence.iter().cloned().for_each(|evidence| ledger.record(evidence));
    let told = |role: &&Role| matches!(role, Role::Origin | Role::Link | Role::Landing);
    let host = |host: &HostRecord| {
        let roles: Vec<String> = host.roles.iter().filter(told).map(|role| role.id().to_owned()).collect();
        let address = host.addresses.first().map(ToString::to_string);
        let name = host.name.clone().or(address)?;
        let hidden = roles.is_empty() || writer.is_official(&name) || writer.is_masked(&name);
        let networks: BTreeSet<Network> =
            host.addresses.iter().filter_map(|ip| network(writer, &ledger, *ip)).collect();
        let name = writer.line(&name).as_str().to_owned();
        (!hidden).then(|| Host { name, roles, networks: networks.into_iter().collect() })
    };
    mail.hosts.iter().filter_map(host).take(HOSTS).collect()
}

fn network(writer: &Writer, ledger: &Ledger, ip: IpAddr) -> Option<Network> {
    let (place, _) = ledger.place(ip).found()?;
    let line = |text: &Option<String>| text.as_deref().map(|text| writer.line(text).as_str().to_owned());
    Some(Network {
        number: place.system?,
        holder: line(&place.system_holder).unwrap_or_default(),
        country: place.country.as_deref().unwrap_or_default().to_ascii_uppercase(),
    })
}
