//! Who received a mail: the one truth for what questions must not carry ([`Privacy`](crate::inquiry::Privacy)) and for what is masked
//! in all that is published ([`publish`](crate::publish)).

use std::net::IpAddr;

use crate::domain::registrable;
use crate::findings::Reader;
use crate::knowledge::{DomainKind, Knowledge};
use crate::mail::received::Trust;
use crate::mail::{Hop, Mail, Mailbox};

/// A person as mails know him.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// His address.
    pub address: Option<String>,
    /// His name.
    pub name: Option<String>,
}

/// Who received a mail.
#[derive(Clone, Debug, Default)]
pub struct Recipient {
    /// Whom the mail was handed to or names as its recipient, and what the reader told of himself.
    pub people: Vec<Person>,
    /// Domains of his own, in lower case as they were named; those where anybody can have an address are not his.
    pub domains: Vec<String>,
    /// Names of the servers that took the mail in for him, in lower case, whoever runs them; but for those where anybody can have an
    /// address.
    pub servers: Vec<String>,
    /// The addresses of these servers, as they saw each other.
    pub addresses: Vec<IpAddr>,
    /// The ids that these servers gave the mail.
    pub queue_ids: Vec<String>,
}

impl Recipient {
    /// Of the recipients that a mail names, what their servers wrote into it, what the reader told, and names of own servers.
    #[must_use]
    pub fn of(mail: &Mail<'_>, knowledge: &Knowledge, reader: &Reader, trusted: &[String]) -> Self {
        let mut recipient = Self::default();
        for address in mail.hops.iter().filter_map(|hop| hop.recipient.as_deref()) {
            recipient.person(Some(address), None, knowledge);
        }
        for named in mail.recipients.iter().filter(|named| !writes_to_himself(mail, named)) {
            recipient.person(named.address.as_deref(), named.display_name.as_deref(), knowledge);
        }
        for (_, address) in &reader.addresses {
            recipient.person(Some(address), None, knowledge);
        }
        recipient.domains.extend(reader.organisation.iter().cloned());
        recipient.servers(mail, trusted, knowledge);
        recipient.domains.sort_unstable();
        recipient.domains.dedup();
        recipient
    }

    /// One more, and the domain of his address.
    pub(crate) fn person(&mut self, address: Option<&str>, name: Option<&str>, knowledge: &Knowledge) {
        let person = Person { address: address.map(str::to_owned), name: name.map(str::to_owned) };
        let domain = address.and_then(|address| address.rsplit_once('@')).map(|(_, domain)| domain);
        let domain = domain.map(|domain| domain.trim_matches(['>', '.']).to_ascii_lowercase());
        self.domains.extend(domain.filter(|domain| !domain.is_empty() && !is_open(domain, knowledge)));
        if !self.people.contains(&person) {
            self.people.push(person);
        }
    }

    /// Whoever handed the mail to the first of his servers is no own one: all behind it are.
    fn servers(&mut self, mail: &Mail<'_>, trusted: &[String], knowledge: &Knowledge) {
        let own = || mail.hops.iter().filter(|hop| hop.trust == Trust::Observed);
        let behind =
            || own().skip(1).filter(|hop| Some(hop.ip) != mail.origin.as_ref().map(|origin| Some(origin.ip)));
        let seen = behind().flat_map(|hop| [hop.helo.as_deref(), hop.reverse_dns.as_deref()]).flatten();
        let wrote = own().filter_map(|hop| hop.by.as_deref());
        for name in trusted.iter().map(String::as_str).chain(wrote) {
            self.server(name, true, knowledge);
        }
        seen.for_each(|name| self.server(name, false, knowledge));
        let told = |ip: &IpAddr| !ip.is_loopback() && !ip.is_unspecified();
        self.addresses.extend(behind().filter_map(|hop: &Hop| hop.ip).filter(told));
        self.queue_ids.extend(own().filter_map(|hop| hop.id.clone()));
    }

    /// `wrote`: he wrote the name himself, so that its domain is his too where it can be anybody's own.
    fn server(&mut self, name: &str, wrote: bool, knowledge: &Knowledge) {
        let name = name.trim_matches(['<', '>', '.', '[', ']', '(', ')']).to_ascii_lowercase();
        if !name.contains('.') || name.parse::<IpAddr>().is_ok() || is_open(&name, knowledge) {
            return;
        }
        if wrote && registrable(&name).is_some() && can_be_own(&name, knowledge) {
            self.domains.push(name.clone());
        }
        if !self.servers.contains(&name) {
            self.servers.push(name);
        }
    }
}

/// The mail names its own author as its recipient, and was handed over to somebody else: the name hides the recipient, and is none.
fn writes_to_himself(mail: &Mail<'_>, recipient: &Mailbox) -> bool {
    let Some(address) = recipient.address.as_deref() else { return false };
    let own = mail.hops.iter().filter(|hop| hop.trust == Trust::Observed);
    let mut delivered = own.filter_map(|hop| hop.recipient.as_deref()).peekable();
    delivered.peek().is_some()
        && delivered.all(|delivered| !delivered.eq_ignore_ascii_case(address))
        && mail.authors.iter().any(|author| author.address.as_deref() == Some(address))
}

/// Anybody can have an address there.
pub(crate) fn is_open(domain: &str, knowledge: &Knowledge) -> bool {
    matches!(knowledge.kind(domain), Some(DomainKind::FreeMail | DomainKind::InternetProvider))
}

/// A server's name that is of one organisation: not of a company that takes mail for many.
fn can_be_own(server: &str, knowledge: &Knowledge) -> bool {
    knowledge.owner(server).is_none()
        && knowledge.hosting_provider(server).is_none()
        && knowledge.mail_service(server).is_none()
}
