//! Who can act, as the registries name them. A genuine site and whom the mail imitates are never complained of; nobody is written to
//! at an address below the attacker's own name.

use std::collections::BTreeMap;
use std::net::IpAddr;

use url::Url;

use super::Maker;
use crate::domain::{normalise, registrable};
use crate::indicators::{Desk, Duty, HostFacts, LinkFacts, Masked, Matter, Standing};
use crate::knowledge::DomainKind;
use crate::knowledge::domains::is_within;
use crate::verdict::Class;

/// How many are told.
const MOST: usize = 12;
/// Of how many mailboxes their providers are told.
const MAILBOXES: usize = 3;
/// How many pages are named to one.
const PAGES: usize = 20;

pub(super) fn desks(maker: &Maker<'_>, hosts: &[HostFacts], links: &[LinkFacts]) -> Vec<Desk> {
    let mut told = Told { maker, hosts, found: BTreeMap::new(), order: Vec::new() };
    if !maker.whose.is_hunted() {
        // Of advertising nobody but the network that sent it is told.
        if maker.mail.verdict.class == Class::Spam {
            told.sending();
        }
        return told.list();
    }
    let harmful: Vec<&LinkFacts> = links.iter().filter(|link| link.standing == Standing::Attacker).collect();
    for link in &harmful {
        told.hosting(link);
    }
    for host in hosts.iter().filter(|host| host.standing == Standing::Attacker && host.holds_domain) {
        told.registrar(host, &harmful);
    }
    told.sending();
    told.mailboxes();
    told.list()
}

/// Desks by address, in the order in which they can do most.
struct Told<'m, 'c> {
    maker: &'m Maker<'c>,
    hosts: &'m [HostFacts],
    found: BTreeMap<String, Desk>,
    order: Vec<String>,
}

impl Told<'_, '_> {
    /// The network in which a page stands.
    fn hosting(&mut self, link: &LinkFacts) {
        let url = Url::parse(link.url.as_str()).ok();
        let literal: Option<IpAddr> = url.as_ref().and_then(|url| url.host_str()?.parse().ok());
        let host = self.hosts.iter().find(|host| Some(&host.name) == link.host.as_ref());
        let ip = literal.or_else(|| host.and_then(|host| host.addresses.first().copied()));
        let Some(ip) = ip.map(|ip| ip.to_canonical()) else { return };
        let about = link.host.clone().unwrap_or_else(|| self.maker.text(&ip.to_string()));
        let standing = host.map_or(link.standing, |host| host.standing);
        self.network(
            ip,
            Matter { duty: Duty::Hosting, about, ip: Some(ip), urls: vec![link.url.clone()], standing },
        );
    }

    /// The network that the mail came from: not where its sender may be somebody who only hands a mail on.
    fn sending(&mut self) {
        let Some(ip) = self.maker.origin().filter(|_| !self.maker.mail.hands_on()) else { return };
        let standing = self.maker.whose.address(ip);
        let about = self.maker.text(&ip.to_string());
        if standing != Standing::Genuine {
            self.network(ip, Matter { duty: Duty::Sending, about, ip: Some(ip), urls: Vec::new(), standing });
        }
    }

    /// Who gave the mailboxes at which the answers of victims are awaited: a provider of mail for anybody, whose desk has the address that
    /// RFC 2142 section 2 sets aside for it.
    fn mailboxes(&mut self) {
        for mailbox in self.maker.mail.mail.reply_to.iter().take(MAILBOXES) {
            let Some((address, domain)) = mailbox.address.as_deref().zip(mailbox.domain.as_deref()) else {
                continue;
            };
            let Some(domain) = normalise(domain) else { continue };
            let about = self.maker.text(address);
            let is_open = self.maker.whose.knowledge.kind(&domain) == Some(DomainKind::FreeMail);
            if !is_open || !about.is_whole() {
                continue;
            }
            let own = registrable(&domain).unwrap_or(&domain);
            let (desk, japanese) = (format!("abuse@{own}"), is_within(own, "jp"));
            let matter =
                Matter { duty: Duty::Mailbox, about, ip: None, urls: Vec::new(), standing: Standing::Shared };
            self.add(Some(&desk), own, japanese, matter);
        }
    }

    fn network(&mut self, ip: IpAddr, matter: Matter) {
        let Some((network, _)) = self.maker.ledger.network(ip).found() else { return };
        let who = network.holder.as_deref().or(network.name.as_deref()).unwrap_or_default();
        let japanese = network.country.as_deref() == Some("JP");
        self.add(network.abuse.as_deref(), who, japanese, matter);
    }

    fn registrar(&mut self, host: &HostFacts, harmful: &[&LinkFacts]) {
        let Some((found, _)) = self.maker.ledger.registration(host.domain.as_str()).found() else { return };
        let below = |link: &&&LinkFacts| {
            link.host.as_ref().is_some_and(|name| is_within(name.as_str(), host.domain.as_str()))
        };
        let urls: Vec<Masked> = harmful.iter().filter(below).map(|link| link.url.clone()).collect();
        let matter = Matter {
            duty: Duty::Registrar,
            about: host.domain.clone(),
            ip: None,
            urls,
            standing: host.standing,
        };
        let japanese = is_within(host.domain.as_str(), "jp");
        self.add(found.abuse.as_deref(), found.registrar.as_deref().unwrap_or_default(), japanese, matter);
    }

    fn add(&mut self, address: Option<&str>, who: &str, japanese: bool, matter: Matter) {
        // Nobody can act about what he is not told.
        let address = address.filter(|_| matter.about.is_whole()).and_then(|address| self.usable(address));
        let Some(address) = address else { return };
        if !self.found.contains_key(&address) {
            self.order.push(address.clone());
        }
        let is_japanese = japanese || is_within(domain_of(&address), "jp");
        let desk = self.found.entry(address.clone()).or_insert_with(|| Desk {
            address,
            who: self.maker.text(who),
            matters: Vec::new(),
            is_japanese: false,
        });
        desk.is_japanese |= is_japanese;
        let same = |known: &&mut Matter| {
            known.duty == matter.duty
                && (known.about == matter.about || known.ip.is_some() && known.ip == matter.ip)
        };
        match desk.matters.iter_mut().find(same) {
            Some(known) => {
                let new = matter.urls.into_iter().filter(|url| !known.urls.contains(url)).collect::<Vec<_>>();
                known.urls.extend(new);
                known.urls.truncate(PAGES);
            }
            None => desk.matters.push(matter),
        }
    }

    /// An address that mail can be sent to, of nobody who is behind the mail, whom it imitates, or who received it.
    fn usable(&self, address: &str) -> Option<String> {
        let address = address.trim().to_ascii_lowercase();
        let (local, domain) = address.split_once('@')?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(&byte);
        let normal = normalise(domain).filter(|normal| normal == domain)?;
        let of_attacker = self.hosts.iter().any(|host| {
            host.standing == Standing::Attacker
                && registrable(&normal).is_some_and(|own| Some(own) == registrable(host.name.as_str()))
        });
        let imitated = self.maker.whose.is_imitated(&normal) || self.is_recipients(&address, &normal);
        let fine = !local.is_empty()
            && local.len() <= 64
            && local.bytes().all(plain)
            && registrable(&normal).is_some();
        (fine && !of_attacker && !imitated).then_some(address)
    }

    /// The recipient is told nothing of his own mail, and a registry's word must not tell others where he is.
    fn is_recipients(&self, address: &str, domain: &str) -> bool {
        let own = &self.maker.mail.mail.recipient.domains;
        own.iter().any(|own| is_within(domain, own)) || !self.maker.text(address).is_whole()
    }

    fn list(mut self) -> Vec<Desk> {
        let desks = self.order.iter().filter_map(|address| self.found.remove(address));
        desks.take(MOST).collect()
    }
}

fn domain_of(address: &str) -> &str {
    address.rsplit('@').next().unwrap_or_default()
}
