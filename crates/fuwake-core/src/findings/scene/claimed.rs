//! Whether the sender is who the mail says that it is; what several findings of impersonation share.

use super::{organisation, own_links};
use crate::domain::registrable;
use crate::findings::{Alignment, Scene};
use crate::impersonation::{Claim, Place};
use crate::knowledge::domains::is_within;
use crate::knowledge::{Brand, DomainKind};
use crate::mail::html::HtmlFacts;
use crate::mail::{Body, Link};
use crate::span::{Because, Span};

impl<'a> Scene<'a> {
    /// The brands that the mail presents itself as, the clearest first.
    pub(in crate::findings) fn presented(&self) -> impl Iterator<Item = (&Claim, &'a Brand)> {
        let brands = self.knowledge.brands();
        self.claims.iter().filter(|claim| claim.is_clear()).map(|claim| (claim, &brands[claim.brand]))
    }

    /// The brand that the mail presents itself as although the From address is not that brand's. Silent for mailing lists, for
    /// answers and forwards (their subjects and texts are somebody else's), and where one of the brands named is the sender's own.
    pub(in crate::findings) fn impersonated(&self) -> Option<(&Claim, &'a Brand)> {
        if self.is_open_platform() {
            return None;
        }
        let second_hand = self.answers || self.is_carrier() || self.is_list_mail();
        let mut presented = self
            .presented()
            .filter(|(claim, _)| !second_hand || claim.stands_in(Place::DisplayName))
            .filter(|(claim, brand)| !self.only_names(claim, brand));
        let (claim, brand) = presented.next()?;
        let domain = self.from_domain();
        let own = domain.is_some_and(|domain| {
            std::iter::once((claim, brand)).chain(presented).any(|(_, brand)| {
                self.is_of(domain, brand)
                    || self.is_sister_site(domain, brand)
                    || self.is_providers_office(brand)
            })
        });
        (!own).then_some((claim, brand))
    }

    /// The brand that the mail poses as: by name, or under its genuine domain where a trusted server recorded that it is forged.
    pub(in crate::findings) fn posed_as(&self) -> Option<&'a Brand> {
        let forged = || {
            let domain = self.from_domain().filter(|domain| !self.is_anybodys(domain))?;
            (self.alignment == Alignment::Failed && !self.is_list_mail())
                .then(|| self.knowledge.owner(domain))?
        };
        self.impersonated().map(|(_, brand)| brand).or_else(forged)
    }

    /// A company's own authenticated address; whoever else is named there is its customer or its subject.
    fn is_open_platform(&self) -> bool {
        self.alignment == Alignment::Aligned
            && self.from_owner().is_some()
            && self.from_domain().is_some_and(|domain| !self.is_anybodys(domain))
    }

    /// Anybody can have an address or a page there.
    pub(crate) fn is_anybodys(&self, domain: &str) -> bool {
        matches!(
            self.knowledge.kind(domain),
            Some(DomainKind::FreeMail | DomainKind::InternetProvider | DomainKind::FreeHosting)
        )
    }

    /// A domain of free mail: what lies under it is its customers'.
    pub(crate) fn is_mailbox_domain(&self, domain: &str) -> bool {
        self.knowledge.kind(domain) == Some(DomainKind::FreeMail)
    }

    /// The name is one that the sender may bear or speak of by right, and all links stay at the sender: the topic of a mail that does
    /// not lure; or an everyday word, or a program that runs on anybody's machine, where nothing is said that frauds say.
    fn only_names(&self, claim: &Claim, brand: &Brand) -> bool {
        let places = [Place::Subject, Place::Text];
        let is_topic = !claim.own_voice && claim.places.iter().all(|place| places.contains(place));
        let is_anybodys = !claim.by_full_name || brand.self_hosted;
        (is_topic && !self.lures() || is_anybodys && !self.speaks_as_frauds()) && own_links::all(self)
            || self.is_persons_name(claim)
            || self.bears_a_longer_name(claim, brand)
    }

    /// An everyday word alone as the name on a private address, of which nothing else in the mail speaks: a given or a family name
    /// (みずほ, Chase).
    pub(in crate::findings) fn is_persons_name(&self, claim: &Claim) -> bool {
        claim.places == [Place::DisplayName]
            && !claim.by_full_name
            && self.from_domain().is_some_and(|domain| organisation::gives_addresses_away(self, domain))
            && !self.speaks_as_frauds()
    }

    /// An office of the access provider, under the domain where its customers have addresses too: `info@provider.ne.jp`.
    pub(in crate::findings) fn is_providers_office(&self, brand: &Brand) -> bool {
        let own = |domain| brand.domains.iter().any(|own| registrable(own) == Some(domain));
        self.office_domain().is_some_and(own)
    }

    /// The access provider's domain, where the sender's address is that of an office.
    fn office_domain(&self) -> Option<&'a str> {
        const OFFICES: [&str; 8] =
            ["info", "mitteilung", "news", "no-reply", "noreply", "rechnung", "service", "support"];
        let local = self.from()?.local_part().unwrap_or_default().to_ascii_lowercase();
        let domain = self.from_domain()?;
        let provider = self.knowledge.kind(domain) == Some(DomainKind::InternetProvider);
        let office = OFFICES.iter().any(|office| local.contains(office));
        (provider && office && self.alignment != Alignment::Failed).then_some(domain)
    }

    /// The brand whose address the mail comes from, by right or not: its own domain, or an office of an access provider.
    pub(in crate::findings) fn sender_brand(&self) -> Option<&'a Brand> {
        let office = || {
            self.office_domain()?;
            self.knowledge.brands().iter().find(|brand| self.is_providers_office(brand))
        };
        let company = self.from_domain().filter(|domain| !self.is_anybodys(domain));
        company.and_then(|_| self.from_owner()).or_else(office)
    }

    /// Whether a host is the brand's or that of the house it belongs to: they share a registrable domain, or the registry puts both
    /// into one group. A redirector leads anywhere, so that it is the brand's only in mail under the brand's own name.
    pub(in crate::findings) fn is_of(&self, host: &str, brand: &Brand) -> bool {
        let owner = self.knowledge.owner(host);
        self.belongs(host, brand)
            || registrable(host).is_some_and(|own| brand.domains.iter().any(|domain| is_within(domain, own)))
                && self.is_nobodys_page(host)
            || owner.is_some_and(|owner| are_sisters(owner, brand) && self.is_nobodys_page(host))
            || brand.redirectors.iter().any(|own| is_within(host, own))
                && self.from_owner().is_some_and(|owner| owner.id == brand.id || are_sisters(owner, brand))
    }

    /// No customer has an address or a page there; of an access provider's domain, customers write from the domain itself, and only
    /// the provider gives names below it.
    fn is_nobodys_page(&self, host: &str) -> bool {
        let below_provider = self.knowledge.kind(host) == Some(DomainKind::InternetProvider)
            && registrable(host) != Some(host);
        below_provider || !self.is_anybodys(host)
    }

    /// The brand's own label under another country's suffix, proved by authentication: a site that the registry does not know.
    fn is_sister_site(&self, domain: &str, brand: &Brand) -> bool {
        const ANYBODYS: [&str; 16] =
            ["cc", "cf", "cn", "co", "ga", "gq", "in", "io", "la", "me", "ml", "pw", "ru", "tk", "to", "ws"];
        let Some((label, suffix)) = registrable(domain).and_then(|own| own.split_once('.')) else {
            return false;
        };
        let country = suffix.rsplit('.').next().is_some_and(|top| top.len() == 2 && !ANYBODYS.contains(&top));
        let labelled = self.knowledge.brands_with_label(label).any(|known| known.id == brand.id);
        country && labelled && self.alignment == Alignment::Aligned
    }

    /// The links that lead to a host, without what a mail service or a gateway put around the true target.
    pub(in crate::findings) fn targets(&self) -> impl Iterator<Item = (&'a Link, &'a str)> {
        self.web_links()
            .filter(|link| matches!(link.wrapper, None | Some("shortener")))
            .filter_map(|link| Some((link, link.host.as_deref()?)))
    }

    /// The mail's own pages, also those that another alternative stands for, but no attached ones.
    pub(in crate::findings) fn pages(&self) -> impl Iterator<Item = (&'a Body, &'a HtmlFacts)> {
        let is_attached =
            |body: &Body| !body.displayed && self.mail.attachments.iter().any(|file| file.part == body.part);
        let bodies = self.mail.bodies.iter().filter(move |body| !is_attached(body));
        bodies.filter_map(|body| Some((body, body.html.as_ref()?)))
    }

    /// The beginning of a part's visible text, or the header block where nothing of it is visible.
    pub(in crate::findings) fn whole_part(&self, body: &Body) -> Because {
        if body.text.is_empty() {
            return self.mail.header.into();
        }
        Because::Text { part: body.part.clone(), text: Span::new(0, body.text.chars().take(80).count()) }
    }

    /// Hosts that links lead to and that no registered brand and no mail service owns, each once with its first link; bounded.
    pub(in crate::findings) fn foreign_hosts(&self) -> Vec<(&'a Link, &'a str)> {
        let mut hosts: Vec<(&Link, &str)> = Vec::new();
        for (link, host) in self.targets() {
            let known = hosts.iter().any(|(_, known)| *known == host);
            if !known && self.knowledge.owner(host).is_none() && self.knowledge.mail_service(host).is_none() {
                hosts.push((link, host));
            }
            if hosts.len() == 40 {
                break;
            }
        }
        hosts
    }

    /// The mail goes out through a company that sends for others: by its envelope or by the machine it came from.
    pub(in crate::findings) fn is_sent_by_service(&self) -> bool {
        let envelope = self.mail.envelope_from.as_ref().and_then(|envelope| envelope.domain.as_deref());
        let hop = self.mail.origin.as_ref().and_then(|origin| self.mail.hops.get(origin.hop));
        let host = hop.and_then(|hop| hop.reverse_dns.as_deref().or(hop.helo.as_deref()));
        [envelope, host].into_iter().flatten().any(|host| self.knowledge.mail_service(host).is_some())
    }
}

/// Two companies of one house.
pub(in crate::findings) fn are_sisters(one: &Brand, other: &Brand) -> bool {
    !one.group.is_empty() && one.group == other.group
}
