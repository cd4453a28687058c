//! The machines and names that a mail touches, and the evidence on each: what the cards of a report and its map are made of.

use std::net::IpAddr;

use serde::Serialize;

use crate::by_hand::{Page, pages};
use crate::evidence::{Evidence, Ledger, Subject};
use crate::inquiry::{Host, Observables, Role};

/// A name with its addresses, or an address that stands alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HostRecord {
    /// The name; none for an address that the mail gives no name.
    pub name: Option<String>,
    /// Its registrable domain.
    pub domain: Option<String>,
    /// What it is to the mail.
    pub roles: Vec<Role>,
    /// Its addresses: as the DNS has them now or, for the origin, as the mail has it.
    pub addresses: Vec<IpAddr>,
    /// The evidence on it, by id.
    pub evidence: Vec<String>,
    /// Sites without an interface for programs, where a person can look it up.
    pub by_hand: Vec<Page>,
}

/// One record for each name and address that was asked about; none where nothing was. The name that an address proved to be its own is
/// that address's.
pub(super) fn hosts(observables: &Observables, ledger: &Ledger) -> Vec<HostRecord> {
    let mut records: Vec<HostRecord> =
        observables.addresses.iter().map(|&(ip, role)| of_origin(ip, role, ledger)).collect();
    for host in &observables.hosts {
        match records.iter_mut().find(|record| record.name.as_ref() == Some(&host.name)) {
            Some(known) => known.join(of_name(host, ledger)),
            None => records.push(of_name(host, ledger)),
        }
    }
    records.retain(|record| !record.evidence.is_empty());
    records
}

impl HostRecord {
    fn join(&mut self, other: Self) {
        self.roles.extend(other.roles);
        let more = other.addresses.into_iter().filter(|ip| !self.addresses.contains(ip)).collect::<Vec<_>>();
        self.addresses.extend(more);
        self.evidence.extend(other.evidence);
        self.evidence.sort_unstable();
        self.evidence.dedup();
        self.by_hand.extend(other.by_hand);
    }
}

fn of_origin(ip: IpAddr, role: Role, ledger: &Ledger) -> HostRecord {
    let confirmed = ledger.confirmed_name(ip);
    let mut evidence = of_address(ledger, ip);
    evidence.extend(confirmed.into_iter().flat_map(|(_, both)| both));
    let name = confirmed.map(|(name, _)| name.to_owned());
    let domain = name.as_deref().and_then(crate::domain::registrable).map(str::to_owned);
    let by_hand = pages(&Subject::Address(ip));
    HostRecord { name, domain, roles: vec![role], addresses: vec![ip], evidence: ids(evidence), by_hand }
}

fn of_name(host: &Host, ledger: &Ledger) -> HostRecord {
    let addresses = ledger.all_addresses(&host.name);
    let about = |evidence: &&Evidence| {
        evidence.question.is_about(&host.name) || evidence.question.is_about(&host.domain)
    };
    let mut evidence: Vec<&Evidence> = ledger.iter().filter(about).collect();
    let came = ledger.visits().filter(|(visit, _)| visit.steps.iter().any(|step| step.is_at(&host.name)));
    evidence.extend(came.map(|(_, evidence)| evidence));
    evidence.extend(addresses.iter().flat_map(|ip| of_address(ledger, *ip)));
    HostRecord {
        name: Some(host.name.clone()),
        domain: Some(host.domain.clone()),
        roles: host.roles.clone(),
        addresses,
        evidence: ids(evidence),
        by_hand: pages(&Subject::Domain(host.name.clone())),
    }
}

fn of_address(ledger: &Ledger, ip: IpAddr) -> Vec<&Evidence> {
    let direct = [
        ledger.network(ip).found().map(|(_, evidence)| evidence),
        ledger.place(ip).found().map(|(_, evidence)| evidence),
        ledger.reverse_names(ip).found().map(|(_, evidence)| evidence),
    ];
    let listed =
        ledger.reputations(&Subject::Address(ip)).map(|(_, _, evidence)| evidence).collect::<Vec<_>>();
    direct.into_iter().flatten().chain(listed).collect()
}

fn ids(evidence: Vec<&Evidence>) -> Vec<String> {
    let mut ids: Vec<String> = evidence.into_iter().map(|evidence| evidence.id.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
