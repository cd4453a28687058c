//! Whom and what a case names that must not be published.

use std::net::IpAddr;

use super::Release;
use super::marks;
use super::private;
use super::registrant;
use super::spared::Spared;
use super::told;
use crate::case::{AddressRecord, Case, Dissection, MailRecord, Responsibility};
use crate::domain::registrable;
use crate::inquiry::is_mark;
use crate::knowledge::domains::is_within;
use crate::mail::carried::CarriedAs;
use crate::recipient::{Person, Recipient};

/// In how many links marks are sought that may stand elsewhere too.
const MARKED_LINKS: usize = 200;

/// A shorter label of a domain is a word or an abbreviation of many.
const LABEL: usize = 6;
/// Labels that are nobody's name, the one for examples (RFC 2606) among them.
const COMMON_LABELS: [&str; 8] =
    ["company", "example", "family", "hosting", "internet", "network", "online", "website"];

/// A text that must not be published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secret {
    /// `local@domain`.
    Address(String),
    /// The name of a person, as a word of its own.
    Name(String),
    /// A domain and all hosts in it.
    Domain(String),
    /// One host, not its domain.
    Host(String),
    /// The address of a machine.
    Machine(IpAddr),
    /// What the operator named or the mail tells the reader, whatever it is, as a word of its own.
    Given(String),
    /// What a program made to know a mail or a reader by: as it stands.
    Id(String),
}

impl Secret {
    /// What an entry of the operator's list is: an address, a domain, or else a name or a number; none for an empty one.
    pub(super) fn of(entry: &str) -> Option<Self> {
        let entry = entry.trim();
        let is_domain = !entry.contains(char::is_whitespace) && registrable(entry).is_some();
        match entry {
            "" => None,
            _ if entry.contains('@') => Some(Self::Address(entry.to_lowercase())),
            _ if is_domain => Some(Self::Domain(entry.trim_matches('.').to_lowercase())),
            _ => Some(entry.parse().map_or_else(|_| Self::Given(entry.to_owned()), Self::Machine)),
        }
    }
}

/// What a case names.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// What is masked.
    pub(super) secrets: Vec<Secret>,
    /// Domains of whom the mail imitates: readable.
    pub(super) official: Vec<String>,
    /// Names that are no secret, lower case, one a line.
    pub(super) known: String,
    /// Domains that senders and links have registered: no name and no number hides their labels.
    pub(super) foreign: Vec<String>,
    /// Whoever received one of the mails.
    readers: Vec<Person>,
}

impl Named {
    /// In a case and the mails that it carries.
    pub(super) fn in_case(case: &Case, release: &Release) -> Self {
        let mut named = Self::default();
        let told =
            release.hidden.iter().chain(release.own.iter().filter(|_| release.audience.hides_own_hosts()));
        named.secrets.extend(told.filter_map(|text| Secret::of(text)));
        named.gather(&case.dissection);
        named.take(&case.dissection, false, release);
        named.known = named.known.to_lowercase();
        named.hear(&case.dissection, release);
        named.secrets.sort();
        named.secrets.dedup();
        named.spare(release);
        named
    }

    fn gather(&mut self, dissection: &Dissection) {
        self.readers.extend(dissection.mail.recipient.people.iter().cloned());
        dissection.inner.iter().for_each(|inner| self.gather(&inner.dissection));
    }

    /// Leaves out names that are somebody else's domain, and the domains that are masked themselves or by the operator's list.
    fn spare(&mut self, release: &Release) {
        self.foreign.sort_unstable();
        self.foreign.dedup();
        let told: Vec<String> = release.hidden.iter().map(|text| text.trim().to_lowercase()).collect();
        let is_told =
            |domain: &str| told.iter().any(|text| !text.is_empty() && domain.contains(text.as_str()));
        let secrets = &self.secrets;
        self.foreign.retain(|domain| {
            secrets.binary_search(&Secret::Domain(domain.clone())).is_err() && !is_told(domain)
        });
        let spared = Spared::new(&self.foreign);
        let is_domain = |name: &str| !name.contains('@') && spared.stand_in(name);
        self.secrets.retain(|secret| !matches!(secret, Secret::Name(name) if is_domain(name)));
    }

    fn take(&mut self, dissection: &Dissection, is_returned: bool, release: &Release) {
        let mail = &dissection.mail;
        for person in &mail.recipient.people {
            self.person(person.address.as_deref(), person.name.as_deref());
        }
        self.senders(dissection, is_returned, release);
        // The reader's own organisation is no brand that all know.
        let is_brand = |name: &Option<String>| name.as_deref() != Some("recipient");
        if let Some(impersonation) = dissection.impersonation.as_ref().filter(|whom| is_brand(&whom.brand)) {
            self.official.extend(impersonation.official_domains.iter().cloned());
            let names = [Some(&impersonation.name), impersonation.brand.as_ref()].into_iter().flatten();
            names.chain(&impersonation.official_domains).for_each(|name| self.known(name));
        }
        if release.audience.hides_own_hosts() {
            self.own_hosts(&mail.recipient);
            self.own_users(mail);
        }
        if release.audience.hides_marks() {
            self.ids(mail);
        }
        if release.hide_bystanders {
            self.bystanders(dissection);
        }
        for inner in &dissection.inner {
            self.take(&inner.dissection, inner.carried_as == CarriedAs::Returned, release);
        }
    }

    /// Senders are told of, but for people: whoever hands a mail on, whoever writes one that nobody accuses, and a reader whose address
    /// was borrowed, so that the mail came back to him (`is_returned`).
    fn senders(&mut self, dissection: &Dissection, is_returned: bool, release: &Release) {
        let mail = &dissection.mail;
        let is_accused = dissection.verdict.class.is_unwanted();
        let is_private = release.audience.hides_marks() && !is_accused && private::writes(mail);
        if dissection.hands_on() && release.audience.hides_own_hosts() {
            // Where the mail leads that he shows is what others must be warned of, though he bears its name.
            let led = dissection.inner.iter().flat_map(|inner| &inner.dissection.mail.links);
            let led = led.filter_map(|link| link.registrable_domain.as_deref());
            let led: Vec<&str> = led.chain(mail.quoted.iter().map(String::as_str)).collect();
            self.hosts_of(&mail.carrier, &led);
        }
        if !dissection.hands_on() {
            self.foreign.extend(mail.foreign.iter().cloned());
        }
        let is_person = |sender: &&AddressRecord| {
            dissection.hands_on() || is_private || is_returned && private::is_one_of(&self.readers, sender)
        };
        let (mut people, others): (Vec<_>, Vec<_>) = senders(mail).partition(is_person);
        // Not told of otherwise: a mailing program writes the reader into it (VERP).
        people.extend(mail.envelope_from.iter().filter(is_person));
        for sender in people {
            self.person(sender.address.as_deref(), sender.display_name.as_deref());
        }
        let names =
            others.into_iter().flat_map(|sender| [&sender.domain, &sender.display_name, &sender.address]);
        // “Shinozaki Works IT Support” speaks to whoever works there.
        let own: Vec<&str> = mail.recipient.domains.iter().filter_map(|domain| own_label(domain)).collect();
        let wears_own =
            |name: &str| own.iter().any(|label| name.to_lowercase().replace(' ', "-").contains(label));
        let names: Vec<&String> =
            names.flatten().filter(|name| !private::names(&self.readers, name) && !wears_own(name)).collect();
        names.into_iter().for_each(|name| self.known(name));
    }

    fn known(&mut self, name: &str) {
        self.known.push_str(name);
        self.known.push('\n');
    }

    fn person(&mut self, address: Option<&str>, name: Option<&str>) {
        self.secrets.extend(address.map(|address| Secret::Address(address.to_owned())));
        self.secrets.extend(name.map(|name| Secret::Name(name.trim().to_owned())));
    }

    fn own_hosts(&mut self, own: &Recipient) {
        self.hosts_of(own, &[]);
    }

    /// Somebody's domains and machines, but for those below the domains `open`.
    fn hosts_of(&mut self, own: &Recipient, open: &[&str]) {
        let domain = |name: &String| registrable(name).unwrap_or(name).to_owned();
        let is_closed = |name: &&String| !open.contains(&domain(name).as_str());
        self.secrets.extend(own.domains.iter().filter(is_closed).map(domain).map(Secret::Domain));
        self.secrets.extend(own.servers.iter().filter(is_closed).cloned().map(Secret::Host));
        self.secrets.extend(own.addresses.iter().copied().map(Secret::Machine));
        self.secrets.extend(own.queue_ids.iter().cloned().map(Secret::Id));
    }

    fn own_users(&mut self, mail: &MailRecord) {
        let senders: Vec<&str> = senders(mail).filter_map(|sender| sender.address.as_deref()).collect();
        let users = mail.hops.iter().filter_map(|hop| hop.authenticated_user.as_deref());
        let others = users.filter(|user| user.contains('@') && !senders.contains(user));
        self.secrets.extend(others.map(|user| Secret::Address(user.to_owned())));
    }

    /// What programs made to know this mail by: the local part of Message-ID, queue ids, and the labels of links' hosts that look made
    /// for one reader. Labels are judged as before a question to the outside: the host is what others must be warned of.
    fn ids(&mut self, mail: &MailRecord) {
        let id = mail
            .message_id
            .as_ref()
            .map(|id| id.value.rsplit_once('@').map_or(id.value.as_str(), |(id, _)| id));
        self.secrets.extend(id.map(|id| Secret::Id(id.to_owned())));
        self.secrets.extend(mail.hops.iter().filter_map(|hop| hop.id.clone()).map(Secret::Id));
        let hosts =
            mail.links.iter().filter_map(|link| link.host.as_deref().zip(link.registrable_domain.as_deref()));
        for (host, domain) in hosts {
            let labels =
                host.strip_suffix(domain).unwrap_or_default().split('.').filter(|label| is_mark(label));
            self.secrets.extend(labels.map(|label| Secret::Id(label.to_owned())));
        }
        let links = mail.links.iter().take(MARKED_LINKS);
        self.secrets.extend(links.flat_map(|link| marks::of_link(&link.url)).map(Secret::Id));
    }

    /// Whoever was abused and has nothing to do with the mail: the owner of a forged sender's domain, and of a hacked site. A brand that
    /// is imitated is known to all anyway.
    fn bystanders(&mut self, dissection: &Dissection) {
        let responsible = &dissection.verdict.responsible;
        let forged = responsible.who.as_ref().filter(|_| responsible.kind == Responsibility::ForgedBystander);
        let hosts = forged.into_iter().chain(&responsible.hacked_site).cloned();
        let strangers = hosts.filter(|host| !self.official.iter().any(|own| is_within(host, own)));
        let strangers: Vec<Secret> =
            strangers.map(|host| Secret::Domain(registrable(&host).unwrap_or(&host).to_owned())).collect();
        self.secrets.extend(strangers);
    }

    /// Whom the texts greet, and the numbers that they tell him; for the public also people who have registered a domain.
    fn hear(&mut self, dissection: &Dissection, release: &Release) {
        let mail = &dissection.mail;
        for text in mail.subject.iter().map(String::as_str).chain([mail.text.as_str()]) {
            self.secrets.extend(told::names(text, &self.known).into_iter().map(Secret::Name));
            self.secrets.extend(told::numbers(text).into_iter().map(Secret::Given));
        }
        if release.audience.hides_marks() {
            let people = registrant::people(dissection, &self.known).map(str::to_owned);
            self.secrets.extend(people.map(Secret::Given));
        }
        dissection.inner.iter().for_each(|inner| self.hear(&inner.dissection, release));
    }
}

/// The label of a domain by which its organisation is known.
pub(super) fn own_label(domain: &str) -> Option<&str> {
    let label = registrable(domain).unwrap_or(domain).split('.').next()?;
    (label.len() >= LABEL && !COMMON_LABELS.contains(&label)).then_some(label)
}

pub(super) fn senders(mail: &MailRecord) -> impl Iterator<Item = &AddressRecord> {
    mail.from.iter().chain(&mail.authors).chain(&mail.sender).chain(&mail.reply_to)
}
