//! What the world answered about the names and addresses of a mail, for the findings that use it. What was not asked or not answered
//! is nothing here: a failure is neither innocence nor guilt.

use std::net::IpAddr;

use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

use super::{Alignment, Scene, delivery, organisation};
use crate::evidence::{
    Absence, Answer, Authenticity, Data, Dkim, Dmarc, Evidence, Ledger, Network, Question, Reach, RecordType,
    Registration, Reputation, Subject,
};
use crate::findings::{Sign, Value};
use crate::inquiry::service_name;
use crate::knowledge::schema::Bilingual;
use crate::mail::received::Trust;
use crate::mail::{Hop, Link, Mailbox};
use crate::span::Because;

/// A name that was registered not long before.
pub(in crate::findings) const NEW: Duration = Duration::days(30);

/// How long what the DNS says today may be held against a mail: records change when a sender moves to another service.
const CURRENT: Duration = Duration::days(365);

/// A mail whose names and addresses the world was asked about.
#[derive(Clone, Copy)]
pub(crate) struct World<'s, 'a> {
    pub(crate) scene: &'s Scene<'a>,
    pub(crate) ledger: &'a Ledger,
}

impl<'s, 'a> World<'s, 'a> {
    /// None where nobody outside was asked, so that the findings cost nothing then.
    pub(crate) fn of(scene: &'s Scene<'a>) -> Option<Self> {
        let outside = |evidence: &Evidence| evidence.question.reach() > Reach::Local;
        scene.ledger.iter().any(outside).then_some(Self { scene, ledger: scene.ledger })
    }

    /// When the recipient's servers took the mail, else when it says that it was written.
    pub(crate) fn received(self) -> Option<OffsetDateTime> {
        let own = self.scene.mail.hops.iter().rev().filter(|hop| hop.trust == Trust::Observed);
        own.filter_map(|hop| hop.at).next().or_else(|| {
            // Its writer sets the Date: nobody was asked about a mail before it came.
            let asked = self.ledger.iter().filter_map(|evidence| day(evidence.asked_at.as_deref()?));
            Some(asked.fold(self.scene.mail.date.as_ref()?.at, OffsetDateTime::min))
        })
    }

    /// How long after the mail's receipt an answer was given.
    fn later(self, evidence: &Evidence) -> Option<Duration> {
        Some(day(evidence.asked_at.as_deref()?)? - self.received()?)
    }

    /// The same in words: names and records change, so the reader must know how old the mail was.
    pub(crate) fn asked(self, evidence: &Evidence) -> Value {
        let days = self.later(evidence).map(Duration::whole_days);
        let (ja, en) = match days {
            None => ("時期不明".to_owned(), "at an unknown time after it".to_owned()),
            Some(..=1) => ("受信して間もない時点".to_owned(), "soon after the mail was received".to_owned()),
            Some(days @ 2..=60) => {
                (format!("受信から{days}日後"), format!("{days} days after the mail was received"))
            }
            Some(days @ 61..=730) => (
                format!("受信から約{}か月後", days / 30),
                format!("about {} months after the mail was received", days / 30),
            ),
            Some(days) => (
                format!("受信から約{}年後", days / 365),
                format!("about {} years after the mail was received", days / 365),
            ),
        };
        Value::Name(Bilingual { ja, en })
    }

    /// The answer is near enough to the mail's receipt to say how things stood then.
    pub(crate) fn is_current(self, evidence: &Evidence) -> bool {
        self.later(evidence).is_none_or(|later| later < CURRENT)
    }

    /// The registry's word that nobody holds a domain; nothing where the DNS knows its servers all the same.
    pub(crate) fn unregistered(self, domain: &str) -> Option<&'a Evidence> {
        let (why, evidence) = self.ledger.registration(domain).absent()?;
        let lives = self.ledger.records(domain, RecordType::Ns).found().is_some();
        (why == Absence::NotRegistered && !lives).then_some(evidence)
    }

    /// A domain's registration and how long it stood when the mail was received; negative where it is younger than the mail.
    pub(crate) fn age(self, domain: &str) -> Option<(Duration, &'a Registration, &'a Evidence)> {
        let (registration, evidence) = self.ledger.registration(domain).found()?;
        let since = day(registration.registered.as_deref()?)?;
        Some((self.received()? - since, registration, evidence))
    }

    /// The registration of a domain that was new when the mail was received.
    pub(crate) fn newly_registered(self, domain: &str) -> Option<(i64, &'a Registration, &'a Evidence)> {
        let (age, registration, evidence) = self.age(domain)?;
        // Registries name the day or the minute, in their own zone.
        let fresh = age < NEW && age > -Duration::DAY;
        fresh.then(|| (age.whole_days().max(0), registration, evidence))
    }

    /// A trusted server recorded a pass for the domain: it was in use then, whatever became of it.
    pub(crate) fn was_seen(self, domain: &str) -> bool {
        let mut results = self.scene.mail.authentication.results.iter();
        results.any(|result| {
            result.trusted
                && result.result == "pass"
                && result.domain.as_deref().is_some_and(|passed| organisation::of(passed) == domain)
        })
    }

    /// The state of a domain that was taken out of the DNS (RFC 8056: `client hold`, `server hold`; in EPP without the blank), where
    /// the answer is near enough to the mail.
    pub(crate) fn suspended(self, domain: &str) -> Option<(&'a str, &'a Evidence)> {
        let (registration, evidence) = self.ledger.registration(domain).found()?;
        let held = |status: &&String| {
            let plain: String = status.chars().filter(char::is_ascii_alphabetic).collect();
            ["clienthold", "serverhold"].iter().any(|hold| plain.eq_ignore_ascii_case(hold))
        };
        let status = registration.status.iter().find(held).filter(|_| self.is_current(evidence))?;
        Some((status, evidence))
    }

    /// A trusted server recorded a result of the method on arrival.
    pub(crate) fn recorded(self, method: &str) -> bool {
        let clear = ["pass", "fail", "softfail", "neutral", "none"];
        let mut results = self.scene.mail.authentication.results.iter();
        results.any(|result| {
            result.trusted && result.method == method && clear.contains(&result.result.as_str())
        })
    }

    /// DMARC failed by the DNS of now, and neither what was recorded on arrival nor the mail's way or age speaks against believing it.
    pub(crate) fn dmarc_fails(self) -> Option<(&'a Dmarc, &'a Evidence)> {
        let (authenticity, evidence) = self.authenticity()?;
        let dmarc = authenticity.dmarc.as_ref().filter(|dmarc| dmarc.result == "fail")?;
        let judged = authenticity.spf.as_ref().is_some_and(|spf| spf.result != "not-judged");
        let silent = self.recorded("dmarc") || self.is_proven() || !self.is_current(evidence);
        self.origin().filter(|_| judged && !silent)?;
        Some((dmarc, evidence))
    }

    /// A signature of the From domain, over all of the text, that holds by the key of now; none where it was recorded on arrival how
    /// the domain stood.
    pub(crate) fn signed_now(self) -> Option<(&'a Dkim, &'a Evidence)> {
        let own = self.scene.from()?.registrable_domain.as_deref()?;
        let (authenticity, evidence) = self.authenticity()?;
        let passed = authenticity.dmarc.as_ref().is_some_and(|dmarc| dmarc.dkim_aligned);
        let mut signatures = authenticity.dkim.iter();
        let whole = signatures.find(|dkim| {
            dkim.result == "pass"
                && dkim.unsigned == 0
                && !dkim.testing
                && organisation::of(&dkim.domain) == own
        })?;
        (passed && self.scene.alignment == Alignment::Unknown && self.scene.mail.authors.len() == 1)
            .then_some((whole, evidence))
    }

    /// SPF, DKIM and DMARC as of now.
    pub(crate) fn authenticity(self) -> Option<(&'a Authenticity, &'a Evidence)> {
        self.ledger.authenticity()
    }

    /// The From domain is proved: a trusted server recorded it, or a signature of the domain holds today.
    pub(crate) fn is_proven(self) -> bool {
        let signed = || self.authenticity()?.0.dmarc.as_ref().map(|dmarc| dmarc.dkim_aligned);
        self.scene.alignment == Alignment::Aligned || signed() == Some(true)
    }

    /// The machine that handed the mail over, where it is the sender's: nobody passed the mail on, and nobody logged in there, so
    /// that the address is a customer's line.
    pub(crate) fn origin(self) -> Option<(IpAddr, &'a Hop)> {
        let hop = delivery::entry(self.scene)?;
        let ip = self.scene.mail.origin.as_ref()?.ip.to_canonical();
        (!hop.authenticated && !delivery::was_passed_on(self.scene)).then_some((ip, hop))
    }

    /// The name of the origin that leads back to its address: as looked up, else as the receiving server saw it.
    pub(crate) fn origin_name(self, ip: IpAddr, hop: &'a Hop) -> Option<&'a str> {
        let confirmed = self.ledger.confirmed_name(ip).map(|(name, _)| name);
        confirmed.or_else(|| hop.confirmed_name())
    }

    /// A company that sends mail for others stands between the sender and the reader.
    pub(crate) fn is_sent_by_service(self, ip: IpAddr, hop: &'a Hop) -> bool {
        let service = |name| self.scene.knowledge.mail_service(name).is_some();
        self.origin_name(ip, hop).is_some_and(service) || self.scene.is_sent_by_service()
    }

    /// Whether a name's addresses are all known, and none of them is this one; with the evidence.
    pub(crate) fn leads_elsewhere(self, name: &str, ip: IpAddr) -> Option<&'a Evidence> {
        let addresses = self.ledger.addresses(name);
        let record = if ip.is_ipv4() { RecordType::A } else { RecordType::Aaaa };
        let same_kind = self.ledger.records(name, record).found();
        let here = addresses.iter().any(|(address, _)| is_near(address.to_canonical(), ip));
        same_kind.filter(|_| !here).map(|(_, evidence)| evidence)
    }

    /// Who holds the network of an address.
    pub(crate) fn network(self, ip: IpAddr) -> Option<(&'a Network, &'a Evidence)> {
        self.ledger.network(ip).found()
    }

    /// The country of an address by the registry and, where tables know it, by them; none where they disagree.
    pub(crate) fn country(self, ip: IpAddr) -> Option<(&'a str, &'a Evidence)> {
        let registered =
            self.network(ip).and_then(|(network, evidence)| Some((network.country.as_deref()?, evidence)));
        let located = self
            .ledger
            .place(ip)
            .found()
            .and_then(|(place, evidence)| Some((place.country.as_deref()?, evidence)));
        match (registered, located) {
            (Some(one), Some(other)) => one.0.eq_ignore_ascii_case(other.0).then_some(other),
            (one, other) => other.or(one),
        }
    }

    /// Links to hosts of no known company, each registrable domain once.
    pub(crate) fn link_domains(self) -> Vec<(&'a Link, &'a str, &'a str)> {
        let mut seen: Vec<(&Link, &str, &str)> = Vec::new();
        for (link, host) in self.scene.foreign_hosts() {
            let Some(domain) = crate::domain::registrable(host) else { continue };
            if !seen.iter().any(|(_, _, known)| *known == domain) {
                seen.push((link, host, domain));
            }
        }
        seen
    }

    /// The author's registrable domain, where it is not one that anybody can have an address at, nor a known company's.
    pub(crate) fn own_domain(self) -> Option<&'a str> {
        let domain = self.scene.from()?.registrable_domain.as_deref()?;
        let knowledge = self.scene.knowledge;
        (knowledge.kind(domain).is_none() && knowledge.owner(domain).is_none()).then_some(domain)
    }

    /// What services and people warn of, of what `is_meant`.
    pub(crate) fn warnings(
        self,
        is_meant: impl Fn(&Subject) -> bool + 'a,
    ) -> impl Iterator<Item = (&'a str, &'a Reputation, &'a Evidence)> {
        self.ledger.iter().filter_map(move |evidence| match (&evidence.question, &evidence.answer) {
            (
                Question::Reputation { service, subject, .. },
                Answer::Found { data: Data::Reputation(reputation) },
            ) if reputation.warns && is_meant(subject) => Some((service.as_str(), reputation, evidence)),
            _ => None,
        })
    }

    /// The sign that somebody warns of what `is_meant`, at `place`: who, in which words, and who told it.
    pub(crate) fn warned(
        self,
        place: impl Into<Because>,
        is_meant: impl Fn(&Subject) -> bool + 'a,
    ) -> Option<Sign> {
        let mut sign = Sign::at(place);
        let mut services: Vec<&str> = Vec::new();
        let mut words: Vec<&str> = Vec::new();
        for (service, reputation, evidence) in self.warnings(is_meant).take(8) {
            sign = sign.and(evidence);
            services.push(service_name(service));
            words.extend(
                reputation.categories.iter().map(String::as_str).chain(reputation.text.as_deref()).take(2),
            );
        }
        services.sort_unstable();
        services.dedup();
        words.dedup();
        let known = !services.is_empty();
        let words = if words.is_empty() { "-".to_owned() } else { words.join(", ") };
        known.then(|| sign.with("services", services.join(", ")).with("words", words))
    }
}

/// A registered name of a mailbox.
pub(in crate::findings) fn domain_of(mailbox: &Mailbox) -> Option<&str> {
    mailbox.registrable_domain.as_deref()
}

/// A mailbox's domain that nobody holds: answers go nowhere, and whoever wrote the address knew it.
pub(in crate::findings) fn not_registered(scene: &Scene<'_>, mailbox: &Mailbox) -> Option<Sign> {
    let world = World::of(scene)?;
    let domain = domain_of(mailbox)?;
    let evidence = world.unregistered(domain).filter(|_| !world.was_seen(domain))?;
    Some(Sign::at(mailbox).and(evidence).with("domain", domain).with("asked", world.asked(evidence)))
}

/// A mailbox's domain that was registered just before the mail was received.
pub(in crate::findings) fn newly_registered(scene: &Scene<'_>, mailbox: &Mailbox) -> Option<Sign> {
    let world = World::of(scene)?;
    let domain = domain_of(mailbox)?;
    let (days, _, evidence) = world.newly_registered(domain)?;
    Some(Sign::at(mailbox).and(evidence).with("domain", domain).with("age", age(days)))
}

/// How long before the mail's receipt something happened, in words.
pub(in crate::findings) fn age(days: i64) -> Value {
    let (ja, en) = match days {
        ..=0 => ("メールを受け取った当日".to_owned(), "on the day the mail was received".to_owned()),
        1 => ("メールを受け取る前日".to_owned(), "on the day before the mail was received".to_owned()),
        _ => (format!("メールを受け取る{days}日前"), format!("{days} days before the mail was received")),
    };
    Value::Name(Bilingual { ja, en })
}

/// The same address, or one beside it: of one farm of machines.
pub(in crate::findings) fn is_near(one: IpAddr, other: IpAddr) -> bool {
    match (one, other) {
        (IpAddr::V4(one), IpAddr::V4(other)) => one.octets()[..3] == other.octets()[..3],
        (IpAddr::V6(one), IpAddr::V6(other)) => one.segments()[..4] == other.segments()[..4],
        _ => false,
    }
}

/// A time as answers write it.
pub(in crate::findings) fn day(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

impl From<&Evidence> for Because {
    fn from(evidence: &Evidence) -> Self {
        Self::Evidence { evidence: evidence.id.clone() }
    }
}
