//! What third parties are asked, one step from what is known: names lead to addresses, addresses to networks and names.

use std::net::IpAddr;

use time::UtcOffset;
use time::format_description::well_known::Rfc3339;

use super::Scope;
use super::observables::{Host, Observables, Role, can_be_asked, is_public};
use super::privacy::Privacy;
use crate::domain::has_registry;
use crate::evidence::{Ledger, Question, RecordType, Subject};
use crate::knowledge::Knowledge;
use crate::mail::Mail;
use crate::mail::received::Trust;

/// How many addresses of a name are followed.
const ADDRESSES: usize = 3;

/// The questions that names and addresses raise, with what the ledger answers already.
pub(super) fn about(observables: &Observables, ledger: &Ledger, scope: &Scope) -> Vec<Question> {
    let mut asking = Asking { ledger, scope, questions: Vec::new() };
    for &(ip, role) in &observables.addresses {
        asking.address(ip, role);
    }
    for host in &observables.hosts {
        asking.host(host);
    }
    // Tables on this machine alone are asked about these.
    let relays = observables.relays.iter().filter(|_| scope.places);
    asking.questions.extend(relays.map(|&ip| Question::Place { ip }));
    for url in &observables.urls {
        asking.reputation(&Subject::Url(url.clone()));
    }
    asking.questions
}

/// SPF, DKIM, DMARC and ARC of a message that came over a public line or is signed.
pub(super) fn authenticity(mail: &Mail<'_>, knowledge: &Knowledge) -> Option<Question> {
    let origin = mail.origin.as_ref().filter(|origin| is_public(origin.ip));
    let hop = origin.and_then(|origin| mail.hops.get(origin.hop));
    let mut from: Vec<String> = Vec::new();
    for domain in mail.authors.iter().filter_map(|author| author.domain.as_ref()) {
        if can_be_asked(domain) && !from.contains(domain) {
            from.push(domain.clone());
        }
    }
    if from.is_empty() || (origin.is_none() && mail.authentication.signatures.is_empty()) {
        return None;
    }
    let privacy = Privacy::of(mail, knowledge);
    let envelope = mail.envelope_from.as_ref().and_then(|sender| sender.address.as_deref());
    Some(Question::Authenticity {
        sha256: mail.sha256.clone(),
        client: origin.map(|origin| origin.ip.to_canonical()),
        helo: hop.and_then(|hop| hop.helo.clone()).filter(|helo| can_be_asked(helo)),
        envelope_from: envelope.and_then(|address| privacy.sender(address)),
        from,
        received: received(mail),
    })
}

/// When the newest line of the recipient's own servers was written.
fn received(mail: &Mail<'_>) -> Option<String> {
    let own = mail.hops.iter().rev().filter(|hop| hop.trust == Trust::Observed);
    own.filter_map(|hop| hop.at).find_map(|at| at.to_offset(UtcOffset::UTC).format(&Rfc3339).ok())
}

struct Asking<'a> {
    ledger: &'a Ledger,
    scope: &'a Scope,
    questions: Vec<Question>,
}

impl Asking<'_> {
    fn host(&mut self, host: &Host) {
        let has = |role| host.roles.contains(&role);
        let is_sender = has(Role::From) || has(Role::EnvelopeFrom) || has(Role::ReplyTo);
        self.dns(&host.name, RecordType::A);
        self.dns(&host.name, RecordType::Aaaa);
        if is_sender || has(Role::Asked) {
            self.dns(&host.name, RecordType::Mx);
        }
        if has(Role::Asked) {
            for record in [RecordType::Soa, RecordType::Txt, RecordType::Caa] {
                self.dns(&host.domain, record);
            }
        }
        if has(Role::Helo) && host.roles.len() == 1 {
            return;
        }
        if !host.is_known || has(Role::Asked) {
            self.dns(&host.domain, RecordType::Ns);
            if has_registry(&host.domain) {
                self.questions.push(Question::Registration { domain: host.domain.clone() });
            }
            self.reputation(&Subject::Domain(host.domain.clone()));
            if host.name != host.domain {
                self.reputation(&Subject::Domain(host.name.clone()));
            }
        }
        let role = if has(Role::Link) { Role::Link } else { host.roles[0] };
        let addresses: Vec<IpAddr> =
            self.ledger.addresses(&host.name).into_iter().map(|(ip, _)| ip).collect();
        for ip in addresses.into_iter().filter(|ip| is_public(*ip)).take(ADDRESSES) {
            self.address(ip, role);
        }
    }

    fn address(&mut self, ip: IpAddr, role: Role) {
        if self.scope.places {
            self.questions.push(Question::Place { ip });
        }
        self.questions.push(Question::Network { ip });
        self.questions
            .push(Question::Dns { name: crate::evidence::reverse_name(ip), record: RecordType::Ptr });
        if matches!(role, Role::Origin | Role::Link | Role::Asked) {
            self.reputation(&Subject::Address(ip));
        }
        let ledger = self.ledger;
        if let Some((names, _)) = ledger.reverse_names(ip).found() {
            let forward = if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa };
            for name in names.records.iter().filter(|name| can_be_asked(name)).take(ADDRESSES) {
                self.dns(name, forward);
            }
        }
        let system = ledger.place(ip).found().and_then(|(place, _)| place.system);
        if let Some(number) = system.filter(|_| role == Role::Asked) {
            self.questions.push(Question::AutonomousSystem { number });
        }
    }

    fn dns(&mut self, name: &str, record: RecordType) {
        self.questions.push(Question::Dns { name: name.to_owned(), record });
    }

    fn reputation(&mut self, subject: &Subject) {
        let services = self.scope.services.iter().filter(|service| service.takes(subject));
        self.questions.extend(services.map(|service| Question::Reputation {
            service: service.id.clone(),
            subject: subject.clone(),
            seen: None,
        }));
    }
}
