//! Who received a mail: the one truth for what questions must not carry ([`Privacy`](crate::inquiry::Privacy)) and for what is masked
//! in all that is published ([`publish`](crate::publish)).

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::domain::{has_registry, registrable};
use crate::findings::Reader;
use crate::knowledge::{DomainKind, Knowledge};
use crate::mail::carried::quoted_domains;
use crate::mail::received::Trust;
use crate::mail::{Field, Hop, Mail, Mailbox};

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
    /// The addresses among those of `people` that no sender can have made up.
    pub delivered: Vec<String>,
}

/// Who has to do with a mail, for all that is published of it.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    /// Who received it.
    pub recipient: Recipient,
    /// Who sent it, as one who only hands another one on.
    pub sender: Recipient,
    /// Domains that its senders and links have registered, but for the recipient's own.
    pub foreign: Vec<String>,
    /// Where it leads by what it quotes, and by nothing else.
    pub quoted: Vec<String>,
}

impl Parties {
    /// Of a mail and what its reader told.
    #[must_use]
    pub fn of(mail: &Mail<'_>, knowledge: &Knowledge, reader: &Reader) -> Self {
        let recipient = Recipient::of(mail, knowledge, reader, &[]);
        let others = Others::of(mail, &recipient);
        let foreign = others.linked.into_iter().chain(others.sending).filter(|domain| has_registry(domain));
        Self {
            recipient,
            sender: Recipient::sender(mail, knowledge),
            foreign: foreign.collect(),
            quoted: quoted_domains(mail),
        }
    }
}

impl Recipient {
    /// Of what his servers wrote into the mail, what the reader told, names of own servers, and the recipients that the mail names.
    #[must_use]
    pub fn of(mail: &Mail<'_>, knowledge: &Knowledge, reader: &Reader, trusted: &[String]) -> Self {
        let mut recipient = Self::default();
        recipient.domains.extend(reader.organisation.iter().cloned());
        recipient.servers(mail, trusted, knowledge);
        let told = reader.addresses.iter().filter_map(|(_, address)| domain_of(address));
        recipient.domains.extend(told.filter(|domain| !is_open(domain, knowledge)));
        let (seen, claimed): (Vec<&Hop>, Vec<&Hop>) =
            mail.hops.iter().partition(|hop| hop.trust == Trust::Observed);
        for address in seen.iter().filter_map(|hop| hop.recipient.as_deref()) {
            recipient.person(Some(address), None, knowledge);
            recipient.delivered.push(address.to_owned());
        }
        let named = mail.recipients.iter().filter(|named| !writes_to_himself(mail, named));
        let (delivered, told): (Vec<&Mailbox>, Vec<&Mailbox>) =
            named.partition(|named| is_delivery(mail, named));
        for named in delivered {
            recipient.person(named.address.as_deref(), named.display_name.as_deref(), knowledge);
            recipient.delivered.extend(named.address.clone());
        }
        // Without a line of his servers the first whom the mail names is the likeliest, and in doubt he is protected.
        let first = told.first().filter(|_| seen.is_empty()).copied();
        if let Some(first) = first {
            recipient.person(first.address.as_deref(), first.display_name.as_deref(), knowledge);
        }
        // Only now it is known what the claims agree with.
        let others = Others::of(mail, &recipient);
        for named in told.iter().skip(usize::from(first.is_some())) {
            recipient.claim(named.address.as_deref(), named.display_name.as_deref(), &others, knowledge);
        }
        for address in claimed.iter().filter_map(|hop| hop.recipient.as_deref()) {
            recipient.claim(Some(address), None, &others, knowledge);
        }
        for (_, address) in &reader.addresses {
            recipient.add(Some(address), None);
            recipient.delivered.push(address.clone());
        }
        recipient.domains.sort_unstable();
        recipient.domains.dedup();
        recipient
    }

    /// Of whoever sent a mail, as one who only hands another one on: himself, his domains and the servers that it came by.
    #[must_use]
    pub fn sender(mail: &Mail<'_>, knowledge: &Knowledge) -> Self {
        let mut sender = Self::default();
        for one in senders(mail) {
            sender.person(one.address.as_deref(), one.display_name.as_deref(), knowledge);
        }
        for hop in &mail.hops {
            let names = [hop.helo.as_deref(), hop.reverse_dns.as_deref(), hop.by.as_deref()];
            names.into_iter().flatten().for_each(|name| sender.server(name, false, knowledge));
            sender.addresses.extend(hop.ip.filter(is_somewhere));
            sender.queue_ids.extend(hop.id.clone());
        }
        sender
    }

    /// One whom the sender himself named: where others own the domain, the name would only hide them.
    pub(crate) fn claim(
        &mut self,
        address: Option<&str>,
        name: Option<&str>,
        others: &Others,
        knowledge: &Knowledge,
    ) {
        if address.and_then(domain_of).is_some_and(|domain| others.own(&domain, address)) {
            self.add(address, name);
        } else {
            self.person(address, name, knowledge);
        }
    }

    /// One more, and the domain of his address.
    pub(crate) fn person(&mut self, address: Option<&str>, name: Option<&str>, knowledge: &Knowledge) {
        self.domains.extend(address.and_then(domain_of).filter(|domain| !is_open(domain, knowledge)));
        self.add(address, name);
    }

    fn add(&mut self, address: Option<&str>, name: Option<&str>) {
        let person = Person { address: address.map(str::to_owned), name: name.map(str::to_owned) };
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
        self.addresses.extend(behind().filter_map(|hop: &Hop| hop.ip).filter(is_somewhere));
        self.queue_ids.extend(own().filter_map(|hop| hop.id.clone()));
    }

    /// `wrote`: he wrote the name himself, so that its domain is his too where it can be anybody's own.
    fn server(&mut self, name: &str, wrote: bool, knowledge: &Knowledge) {
        let name = name.trim_matches(['<', '>', '.', '[', ']', '(', ')']).to_ascii_lowercase();
        let is_name = name.contains('.') || wrote && names_a_machine(&name);
        if !is_name || name.parse::<IpAddr>().is_ok() || is_open(&name, knowledge) {
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

/// Who has domains of his own in a mail, whoever it names as its recipient: its senders, and whoever its links lead to.
#[derive(Debug, Default)]
pub(crate) struct Others {
    /// Registrable domains of links.
    linked: BTreeSet<String>,
    /// Registrable domains of senders.
    sending: BTreeSet<String>,
    /// The same where a server of the recipient found them proven, and where it found them forged.
    proven: BTreeSet<String>,
    forged: BTreeSet<String>,
    /// The authors' addresses.
    authors: Vec<String>,
}

impl Others {
    /// In a mail; what is known to be the recipient's own is nobody else's, though its links lead there and its sender bears it.
    pub(crate) fn of(mail: &Mail<'_>, recipient: &Recipient) -> Self {
        let own = recipient.domains.iter().chain(&recipient.servers);
        let own: BTreeSet<&str> = own.map(|name| whole(name)).collect();
        let foreign =
            |domain: &Option<String>| domain.clone().filter(|domain| !own.contains(domain.as_str()));
        let results = mail.authentication.results.iter().filter(|result| result.trusted);
        let found = |is: fn(&str) -> bool| {
            let found = results.clone().filter(|result| is(&result.result.to_ascii_lowercase()));
            found.filter_map(|result| Some(whole(result.domain.as_deref()?).to_owned())).collect()
        };
        Self {
            linked: mail.links.iter().filter_map(|link| foreign(&link.registrable_domain)).collect(),
            sending: senders(mail).filter_map(|sender| foreign(&sender.registrable_domain)).collect(),
            proven: found(|result| result == "pass"),
            forged: found(|result| matches!(result, "fail" | "softfail")),
            authors: mail.authors.iter().filter_map(|author| author.address.clone()).collect(),
        }
    }

    /// Whom links lead to.
    pub(crate) fn linked(domains: &[String]) -> Self {
        Self { linked: domains.iter().cloned().collect(), ..Self::default() }
    }

    /// Whether a domain is a sender's or a link's. A sender who bears the recipient's own address, or whom his server found forged, has
    /// borrowed the domain from him.
    fn own(&self, domain: &str, address: Option<&str>) -> bool {
        let domain = whole(domain);
        let is_author = |address| self.authors.iter().any(|author| author.eq_ignore_ascii_case(address));
        let is_borrowed = address.is_some_and(is_author) || self.forged.contains(domain);
        self.linked.contains(domain)
            || self.sending.contains(domain) && (self.proven.contains(domain) || !is_borrowed)
    }

    /// Whether somebody registered this domain, and sends from it or is linked to.
    pub(crate) fn registered(&self, domain: &str) -> bool {
        has_registry(domain) && (self.linked.contains(domain) || self.sending.contains(domain))
    }
}

fn senders<'m>(mail: &'m Mail<'_>) -> impl Iterator<Item = &'m Mailbox> {
    mail.authors.iter().chain(&mail.sender).chain(&mail.reply_to).chain(&mail.envelope_from)
}

fn whole(domain: &str) -> &str {
    registrable(domain).unwrap_or(domain)
}

fn domain_of(address: &str) -> Option<String> {
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim_matches(['>', '.']).to_ascii_lowercase();
    (!domain.is_empty()).then_some(domain)
}

fn is_somewhere(ip: &IpAddr) -> bool {
    !ip.is_loopback() && !ip.is_unspecified()
}

/// The name of a machine in a home or an office, which has no domain: no word that all machines are called by.
fn names_a_machine(name: &str) -> bool {
    const SHORTEST: usize = 4;
    const ANYBODYS: [&str; 9] =
        ["localhost", "mail", "mailhost", "mailserver", "server", "smtp", "unknown", "postfix", "exchange"];
    name.chars().count() >= SHORTEST && !ANYBODYS.contains(&name)
}

/// A server of the recipient wrote the field: it stands above the oldest line of theirs, where a sender's fields do not come.
fn is_delivery(mail: &Mail<'_>, recipient: &Mailbox) -> bool {
    const NAMES: [&str; 11] = [
        "Delivered-To",
        "X-Original-To",
        "Envelope-To",
        "X-Envelope-To",
        "X-Delivered-To",
        "X-Rcpt-To",
        "X-Forwarded-To",
        "X-Apparently-To",
        "X-Real-To",
        "X-Receiver",
        "Original-Recipient",
    ];
    let Some(oldest) = mail.hops.iter().find(|hop| hop.trust == Trust::Observed) else { return false };
    let at = recipient.span.start;
    let holds = |field: &&Field<'_>| field.span.start <= at && at < field.span.end;
    at < oldest.span.start
        && mail.fields.iter().find(holds).is_some_and(|field| NAMES.iter().any(|name| field.is(name)))
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
