//! What of a mail the world can be asked about: names and addresses, and what they are to the mail.

use std::collections::HashSet;
use std::net::IpAddr;

use serde::Serialize;

use super::privacy::Privacy;
use crate::domain::{is_public_name, normalise, registrable};
use crate::evidence::{Ledger, Subject};
use crate::knowledge::{DomainKind, Knowledge};
use crate::mail::link::Source;
use crate::mail::received::Trust;
use crate::mail::{Mail, Mailbox};

pub(crate) use crate::mail::trust::is_public;

/// What a name or an address is to the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// It handed the mail over: the origin.
    Origin,
    /// The domain of From.
    From,
    /// The domain of the envelope's sender.
    EnvelopeFrom,
    /// The domain of Reply-To.
    ReplyTo,
    /// A link leads there.
    Link,
    /// A visit of a link came there: a step of its way, or where a form's entries go.
    Landing,
    /// The origin called itself by it.
    Helo,
    /// Asked for by name: `fuwake host`.
    Asked,
}

impl Role {
    /// What the interface calls it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::From => "from-domain",
            Self::EnvelopeFrom => "envelope-domain",
            Self::ReplyTo => "reply-domain",
            Self::Link => "link-host",
            Self::Landing => "landing-host",
            Self::Helo => "helo",
            Self::Asked => "asked",
        }
    }
}

/// A name, ready to be asked about: nothing in it names the recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Lower case, IDN as A-labels.
    pub name: String,
    /// Its registrable domain.
    pub domain: String,
    /// What it is to the mail, in order, without repetitions.
    pub roles: Vec<Role>,
    /// It belongs to a registered brand or to a company that gives names or addresses to anybody: its registration tells nothing of
    /// the mail.
    pub is_known: bool,
}

/// Names and addresses of a mail, in the order in which they matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observables {
    /// Names.
    pub hosts: Vec<Host>,
    /// Addresses that stand in the mail itself: the origin's, and links' without a name.
    pub addresses: Vec<(IpAddr, Role)>,
    /// Servers that passed the mail on after the origin: only tables on this machine are asked about them.
    pub relays: Vec<IpAddr>,
    /// Links without anything that could name the recipient, as far as reputations are asked for by link.
    pub urls: Vec<String>,
    /// Names were left out or cut, for they could tell who the recipient is.
    pub are_cut: bool,
    /// Links to be visited, as somebody gave them.
    pub links: Vec<String>,
}

/// How many names that visits came to are asked about.
const LANDING_HOSTS: usize = 12;

impl Observables {
    /// Those of a mail.
    #[must_use]
    pub fn of(mail: &Mail<'_>, knowledge: &Knowledge, privacy: &Privacy) -> Self {
        let mut found = Self::default();
        if let Some(origin) = &mail.origin {
            found.add_address(origin.ip, Role::Origin);
            // Each line of the path was written by the server that the next one names: the recipient's own are not looked up.
            let legs = mail.hops.windows(2).skip(origin.hop);
            let relays = legs.take_while(|leg| leg[0].trust != Trust::Observed).filter_map(|leg| leg[1].ip);
            found.relays = relays.map(|ip| ip.to_canonical()).filter(|ip| is_public(*ip)).collect();
        }
        let senders = [
            (mail.authors.first(), Role::From),
            (mail.envelope_from.as_ref(), Role::EnvelopeFrom),
            (mail.reply_to.first(), Role::ReplyTo),
        ];
        for (mailbox, role) in senders {
            if let Some(domain) = mailbox.and_then(|mailbox: &Mailbox| mailbox.domain.as_deref()) {
                found.add_host(domain, role, privacy, knowledge);
            }
        }
        found.add_links(mail, privacy, knowledge);
        let helo = mail
            .origin
            .as_ref()
            .and_then(|origin| mail.hops.get(origin.hop))
            .and_then(|hop| hop.helo.as_deref());
        if let Some(helo) = helo {
            found.add_host(helo, Role::Helo, privacy, knowledge);
        }
        found
    }

    /// One name.
    #[must_use]
    pub fn of_host(name: &str, knowledge: &Knowledge) -> Self {
        let mut found = Self::default();
        found.add_host(name, Role::Asked, &Privacy::default(), knowledge);
        found
    }

    /// One address.
    #[must_use]
    pub fn of_address(ip: IpAddr) -> Self {
        let mut found = Self::default();
        found.add_address(ip, Role::Asked);
        found
    }

    /// One link: its host, and the link without what may be a mark for somebody.
    #[must_use]
    pub fn of_url(url: &str, knowledge: &Knowledge) -> Self {
        let parsed = url::Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let mut found = match parsed.as_ref().and_then(url::Url::host) {
            Some(url::Host::Domain(name)) => Self::of_host(name, knowledge),
            Some(url::Host::Ipv4(ip)) => Self::of_address(ip.into()),
            Some(url::Host::Ipv6(ip)) => Self::of_address(ip.into()),
            None => Self::default(),
        };
        if !found.is_empty() {
            found.urls.extend(Privacy::default().url(url));
            found.links.push(url.to_owned());
        }
        found
    }

    /// With the names and addresses that visits came to.
    #[must_use]
    pub fn with_landings(mut self, ledger: &Ledger, knowledge: &Knowledge, privacy: &Privacy) -> Self {
        self.add_landings(ledger, privacy, knowledge);
        self
    }

    /// The steps of each way first, then where its forms and files lead.
    fn add_landings(&mut self, ledger: &Ledger, privacy: &Privacy, knowledge: &Knowledge) {
        let mut hosts: Vec<url::Host> = Vec::new();
        for (visit, _) in ledger.visits() {
            for host in
                visit.way().filter_map(|url| url::Url::parse(url).ok()?.host().map(|host| host.to_owned()))
            {
                if hosts.len() < LANDING_HOSTS && !hosts.contains(&host) {
                    hosts.push(host);
                }
            }
        }
        for host in hosts {
            match host {
                url::Host::Domain(name) => {
                    self.add_host(&name, Role::Landing, privacy, knowledge);
                }
                url::Host::Ipv4(ip) => self.add_address(ip.into(), Role::Landing),
                url::Host::Ipv6(ip) => self.add_address(ip.into(), Role::Landing),
            }
        }
    }

    /// Whether there is nothing that the world can be asked about.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty() && self.addresses.is_empty()
    }

    /// Whether what is said of `subject` is said of one of them, or of an address that the ledger has for one.
    #[must_use]
    pub fn concern(&self, subject: &Subject, ledger: &Ledger) -> bool {
        let is_host = |name: &str| self.hosts.iter().any(|host| host.name == name || host.domain == name);
        let is_address = |ip: IpAddr| {
            let mut named = self.hosts.iter().flat_map(|host| ledger.addresses(&host.name));
            self.addresses.iter().any(|(known, _)| *known == ip) || named.any(|(known, _)| known == ip)
        };
        match subject {
            Subject::Address(ip) => is_address(*ip),
            Subject::Domain(domain) => is_host(domain),
            Subject::Url(url) => match url::Url::parse(url).ok().as_ref().and_then(url::Url::host) {
                Some(url::Host::Domain(name)) => is_host(name),
                Some(url::Host::Ipv4(ip)) => is_address(ip.into()),
                Some(url::Host::Ipv6(ip)) => is_address(ip.into()),
                None => false,
            },
        }
    }

    fn add_links(&mut self, mail: &Mail<'_>, privacy: &Privacy, knowledge: &Knowledge) {
        let followed = |source: Source| !matches!(source, Source::Image | Source::Css);
        let links = mail.links.iter().filter(|link| followed(link.source));
        // Links that tell nothing of the mail come last: a sender can put in as many as he likes.
        let (known, unknown): (Vec<_>, Vec<_>) =
            links.partition(|link| link.host.as_deref().is_some_and(|host| is_known(host, knowledge)));
        let mut seen = HashSet::new();
        for link in unknown.into_iter().chain(known) {
            let Some(host) = link.host.as_deref().filter(|_| seen.insert(link.url.as_str())) else {
                continue;
            };
            match url::Host::parse(host) {
                Ok(url::Host::Ipv4(ip)) => self.add_address(ip.into(), Role::Link),
                Ok(url::Host::Ipv6(ip)) => self.add_address(ip.into(), Role::Link),
                Ok(url::Host::Domain(_)) if self.add_host(host, Role::Link, privacy, knowledge) => {
                    self.urls.extend(privacy.url(&link.url));
                }
                _ => {}
            }
        }
        let mut seen = HashSet::new();
        self.urls.retain(|url| seen.insert(url.clone()));
    }

    /// Whether others can be asked about it.
    fn add_host(&mut self, name: &str, role: Role, privacy: &Privacy, knowledge: &Knowledge) -> bool {
        let Some(whole) = normalise(name).filter(|name| is_public_name(name)) else { return false };
        let name = privacy.host(&whole);
        self.are_cut |= name.as_ref() != Some(&whole);
        let Some(name) = name else { return false };
        let Some(domain) = registrable(&name).map(str::to_owned) else { return false };
        if let Some(known) = self.hosts.iter_mut().find(|host| host.name == name) {
            if !known.roles.contains(&role) {
                known.roles.push(role);
            }
            return true;
        }
        let is_known = is_known(&name, knowledge);
        self.hosts.push(Host { name, domain, roles: vec![role], is_known });
        true
    }

    fn add_address(&mut self, ip: IpAddr, role: Role) {
        let ip = ip.to_canonical();
        if is_public(ip) && !self.addresses.iter().any(|(known, _)| *known == ip) {
            self.addresses.push((ip, role));
        }
    }
}

fn is_known(name: &str, knowledge: &Knowledge) -> bool {
    let gives_away = matches!(
        knowledge.kind(name),
        Some(DomainKind::FreeMail | DomainKind::InternetProvider | DomainKind::Shortener)
    );
    gives_away || knowledge.owner(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{RawMail, Trusted, dissect};

    #[test]
    fn the_recipients_own_servers_are_no_relays() {
        let mail = "Received: from mx.example.jp (mx.example.jp [198.51.100.9]) by in.example.jp; Tue, 9 Jun 2026 08:41:12 +0900\n\
            Received: from out.example.net (out.example.net [198.51.100.8]) by mx.example.jp; Tue, 9 Jun 2026 08:41:11 +0900\n\
            Received: from pc.example.net (pc.example.net [198.51.100.7]) by out.example.net; Tue, 9 Jun 2026 08:41:10 +0900\n\
            From: a@example.net\nTo: b@example.jp\n\nText\n";
        let raw = RawMail { bytes: mail.as_bytes(), size: 0, sha256: [0; 32] };
        let trusted = Trusted { names: vec!["example.jp".to_owned()], ..Trusted::default() };
        let mail = dissect(raw, &trusted);
        let knowledge = Knowledge::embedded().expect("built in");
        let found = Observables::of(&mail, &knowledge, &Privacy::default());
        assert!(!found.relays.contains(&[198, 51, 100, 9].into()), "{found:?}");
    }
}
