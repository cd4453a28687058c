//! What third parties are asked, one step from what is known: names lead to addresses, addresses to networks and names.

use std::collections::HashSet;
use std::net::IpAddr;

use time::UtcOffset;
use time::format_description::well_known::Rfc3339;

use super::Scope;
use super::observables::{Host, Observables, Role, is_public};
use super::privacy::Privacy;
use crate::domain::{has_registry, is_public_name, normalise};
use crate::evidence::{Answer, Identity, Ledger, Question, RecordType, Subject};
use crate::mail::Mail;
use crate::mail::received::Trust;

/// How many addresses of a name are followed.
const ADDRESSES: usize = 3;

/// So many hosts and addresses of links are asked everything about at once; of each further one the first question is only whether it
/// is there, and the rest once that is answered: a sender can put in as many as he likes.
const NEAR: usize = 12;
/// So many of the further ones come before the reputations of the near ones.
const FURTHER: usize = 24;

/// The questions that names and addresses raise, with what the ledger answers already: the most important first.
pub(super) fn about(
    observables: &Observables,
    ledger: &Ledger,
    scope: &Scope,
    privacy: &Privacy,
) -> Vec<Question> {
    let mut asking = Asking { ledger, scope, privacy, questions: Vec::new(), reputations: Vec::new() };
    let (mut further, mut far, mut near) = (Vec::new(), HashSet::new(), NEAR);
    for &(ip, role) in &observables.addresses {
        let place = Question::Network { ip };
        if role == Role::Link && asking.is_further(&mut near, &place) {
            further.push(place);
        } else {
            asking.address(ip, role);
        }
    }
    for host in &observables.hosts {
        let there = Question::Dns { name: host.name.clone(), record: RecordType::A };
        if host.roles == [Role::Link] && asking.is_further(&mut near, &there) {
            far.insert(host.name.as_str());
            further.push(there);
        } else {
            asking.host(host);
        }
    }
    // Tables on this machine alone are asked about these.
    let relays = observables.relays.iter().filter(|_| scope.places);
    asking.questions.extend(relays.map(|&ip| Question::Place { ip }));
    for url in &observables.urls {
        let host = url.split('/').nth(2).and_then(|host| host.split(':').next());
        if host.is_none_or(|host| !far.contains(host)) {
            asking.reputation(&Subject::Url(url.clone()));
        }
    }
    let last = further.split_off(further.len().min(FURTHER));
    asking.questions.into_iter().chain(further).chain(asking.reputations).chain(last).collect()
}

/// SPF, DKIM, DMARC and ARC of a message that came over a public line or is signed. What of it names the recipient is left out, and said
/// to be.
pub(super) fn authenticity(mail: &Mail<'_>, privacy: &Privacy) -> Option<Question> {
    let origin = mail.origin.as_ref().filter(|origin| is_public(origin.ip));
    let hop = origin.and_then(|origin| mail.hops.get(origin.hop));
    let mut withheld = Vec::new();
    let mut from: Vec<String> = Vec::new();
    for domain in mail.authors.iter().filter_map(|author| author.domain.as_ref()) {
        if !is_public_name(domain) {
            continue;
        }
        if privacy.host(domain).as_ref() != Some(domain) {
            withheld.push(Identity::From);
        } else if !from.contains(domain) {
            from.push(domain.clone());
        }
    }
    let is_nobodys = from.is_empty() && withheld.is_empty();
    if is_nobodys || (origin.is_none() && mail.authentication.signatures.is_empty()) {
        return None;
    }
    let envelope = mail.envelope_from.as_ref().and_then(|sender| sender.address.as_deref());
    let sender = envelope.and_then(|address| privacy.sender(address));
    if envelope.is_some() && sender.is_none() {
        withheld.push(Identity::EnvelopeFrom);
    }
    let helo = hop.and_then(|hop| normalise(hop.helo.as_deref()?)).filter(|helo| is_public_name(helo));
    // A provider numbers its servers for itself, not for a recipient.
    let named = helo.clone().filter(|helo| privacy.may_ask(helo));
    if helo != named {
        withheld.push(Identity::Helo);
    }
    withheld.dedup();
    Some(Question::Authenticity {
        sha256: mail.sha256.clone(),
        client: origin.map(|origin| origin.ip.to_canonical()),
        helo: named,
        envelope_from: sender,
        from,
        received: received(mail),
        withheld,
    })
}

/// When the newest line of the recipient's own servers was written.
fn received(mail: &Mail<'_>) -> Option<String> {
    let own = mail.hops.iter().rev().filter(|hop| hop.trust == Trust::Observed);
    own.filter_map(|hop| hop.at).find_map(|at| at.checked_to_offset(UtcOffset::UTC)?.format(&Rfc3339).ok())
}

struct Asking<'a> {
    ledger: &'a Ledger,
    scope: &'a Scope,
    privacy: &'a Privacy,
    questions: Vec<Question>,
    reputations: Vec<Question>,
}

impl Asking<'_> {
    /// Whether a link is one of too many, and `first` is not answered yet.
    fn is_further(&self, near: &mut usize, first: &Question) -> bool {
        let is_near = *near > 0;
        *near = near.saturating_sub(1);
        let answer = self.ledger.answer(first).map(|evidence| &evidence.answer);
        !is_near && !matches!(answer, Some(Answer::Found { .. } | Answer::Absent { .. }))
    }

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
        let role = if has(Role::Link) || has(Role::Landing) { Role::Link } else { host.roles[0] };
        let addresses = self.ledger.all_addresses(&host.name);
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
        if matches!(role, Role::Origin | Role::Link | Role::Landing | Role::Asked) {
            self.reputation(&Subject::Address(ip));
        }
        let ledger = self.ledger;
        if let Some((names, _)) = ledger.reverse_names(ip).found() {
            let forward = if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa };
            let privacy = self.privacy;
            let names = names.records.iter().filter(|name| is_public_name(name) && privacy.may_ask(name));
            for name in names.take(ADDRESSES) {
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
        self.reputations.extend(services.map(|service| Question::Reputation {
            service: service.id.clone(),
            subject: subject.clone(),
            seen: None,
        }));
    }
}
