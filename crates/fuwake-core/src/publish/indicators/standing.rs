//! Whose names and links are: what may be blocked, and who must not suffer for it.

use std::net::IpAddr;

use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use url::Url;

use crate::case::{Dissection, LandingKind, LandingRecord, Responsibility};
use crate::domain::{has_registry, is_reserved, registrable};
use crate::evidence::Ledger;
use crate::imitation::homoglyph;
use crate::indicators::Standing;
use crate::inquiry::visits::is_brands;
use crate::knowledge::domains::is_within;
use crate::knowledge::{DomainKind, Knowledge};
use crate::verdict::Class;

/// A domain that stood so long when the mail came was not made for it.
const OLD: Duration = Duration::days(365);
/// Shorter names are words and abbreviations that many have (`visa`, `card`).
const LONG_NAME: usize = 5;
/// What those who want log-ins put beside a name.
const LOG_IN: [&str; 52] = [
    "account",
    "accounts",
    "alert",
    "app",
    "auth",
    "bank",
    "card",
    "center",
    "check",
    "cloud",
    "co",
    "com",
    "confirm",
    "confirmation",
    "customer",
    "help",
    "home",
    "id",
    "info",
    "japan",
    "jp",
    "kakunin",
    "koushin",
    "login",
    "logon",
    "mail",
    "member",
    "members",
    "my",
    "net",
    "ninsho",
    "online",
    "page",
    "pay",
    "payment",
    "portal",
    "safe",
    "secure",
    "security",
    "service",
    "services",
    "shinsei",
    "signin",
    "support",
    "toroku",
    "update",
    "user",
    "verification",
    "verify",
    "web",
    "www",
    "xyz",
];
/// How far the clocks of a registry and of a mail may disagree.
const SLACK: Duration = Duration::days(2);

/// What decides whose something is.
pub(super) struct Whose<'c> {
    pub(super) mail: &'c Dissection,
    pub(super) knowledge: &'c Knowledge,
    pub(super) ledger: &'c Ledger,
    received: Option<OffsetDateTime>,
    /// Domains of whom the mail or its pages imitate.
    official: Vec<&'c str>,
    /// Links that harm whoever trusts them, and the hosts where the harm is done.
    harmful: Vec<&'c str>,
}

impl<'c> Whose<'c> {
    pub(super) fn new(mail: &'c Dissection, knowledge: &'c Knowledge, ledger: &'c Ledger) -> Self {
        let received = mail.mail.hops.iter().rev().find_map(|hop| hop.at.as_deref());
        let received = received.or(mail.mail.date.as_deref());
        let imitated = mail.impersonation.iter().flat_map(|whom| &whom.official_domains);
        let worn = mail.landing.iter().filter_map(|landing| landing.brand.as_ref());
        let official = imitated.chain(worn.flat_map(|brand| &brand.official_domains)).map(String::as_str);
        let harm = mail.landing.iter().filter(|landing| is_harmful(mail, landing));
        let harmful = harm.flat_map(|landing| {
            // The mail's own link, too: with decoys it was asked for as another one.
            let own = landing.links.iter().filter_map(|at| mail.mail.links.get(*at)).map(|link| &link.url);
            [Some(&landing.url), landing.final_url.as_ref(), landing.form_target.as_ref()]
                .into_iter()
                .flatten()
                .chain(own)
        });
        Self {
            mail,
            knowledge,
            ledger,
            received: received.and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok()),
            official: official.collect(),
            harmful: harmful.map(String::as_str).collect(),
        }
    }

    /// Whose a name is.
    pub(super) fn host(&self, name: &str) -> Standing {
        if self.is_genuine(name) {
            return Standing::Genuine;
        }
        if self.is_shared(name) {
            return Standing::Shared;
        }
        if self.is_bystanders(name) {
            return Standing::Bystander;
        }
        if is_reserved(name) {
            return Standing::Unclear;
        }
        if self.is_hunted() && (self.is_made_for_it(name) || self.is_given_name(name) && self.does_harm(name))
        {
            return Standing::Attacker;
        }
        Standing::Unclear
    }

    /// Whose what stands at a link is.
    pub(super) fn link(&self, link: &str) -> Standing {
        let url = Url::parse(link).ok();
        let Some(host) = url.as_ref().and_then(Url::host_str) else { return Standing::Unclear };
        let standing = self.host(host);
        let is_harmful = self.harmful.contains(&link) || self.hacked() == Some(host);
        match standing {
            Standing::Genuine | Standing::Attacker => standing,
            _ if is_harmful && self.is_hunted() => Standing::Attacker,
            _ => standing,
        }
    }

    /// The whole registrable domain is the attacker's: it is registered, and was made for such mails.
    pub(super) fn holds_domain(&self, name: &str) -> bool {
        registrable(name).is_some_and(|domain| {
            has_registry(domain) && self.host(domain) == Standing::Attacker && self.is_made_for_it(domain)
        })
    }

    /// Whose an address is.
    pub(super) fn address(&self, ip: IpAddr) -> Standing {
        let named = self.mail.hosts.iter().filter(|host| host.addresses.contains(&ip));
        let named: Vec<Standing> =
            named.filter_map(|host| host.name.as_deref()).map(|name| self.host(name)).collect();
        let is_origin = self
            .mail
            .mail
            .origin
            .as_ref()
            .is_some_and(|origin| origin.ip.to_canonical() == ip.to_canonical());
        let own =
            is_origin && self.mail.verdict.responsible.kind == Responsibility::OwnServer && self.is_hunted();
        match () {
            () if named.contains(&Standing::Genuine) => Standing::Genuine,
            () if named.contains(&Standing::Shared) => Standing::Shared,
            () if own => Standing::Attacker,
            () => Standing::Unclear,
        }
    }

    /// A site of whom the mail imitates, or of another known company.
    fn is_genuine(&self, name: &str) -> bool {
        self.is_imitated(name) || is_brands(name, self.knowledge)
    }

    /// A domain of whom the mail or its pages imitate.
    pub(super) fn is_imitated(&self, name: &str) -> bool {
        self.official.iter().any(|own| is_within(name, own))
    }

    /// Whether the mail does harm, so that somebody has to be stopped: neither advertising nor an exercise.
    pub(super) fn is_hunted(&self) -> bool {
        matches!(self.mail.verdict.class, Class::Phishing | Class::Fraud | Class::Malware)
    }

    fn is_shared(&self, name: &str) -> bool {
        let kind = self.knowledge.kind(name);
        let anybodys = matches!(
            kind,
            Some(
                DomainKind::Shortener
                    | DomainKind::FreeMail
                    | DomainKind::InternetProvider
                    | DomainKind::AliasService
            )
        );
        let company =
            self.knowledge.mail_service(name).is_some() || self.knowledge.hosting_provider(name).is_some();
        let given = self.is_given_name(name);
        anybodys
            || self.knowledge.is_bucket(name)
            || self.knowledge.is_platform(name)
            || (company || kind.is_some() || self.knowledge.is_app_host(name)) && !given
            || !has_registry(name) && registrable(name).is_none()
    }

    /// A name that a service gives to one customer: below a free host, not the service's own.
    fn is_given_name(&self, name: &str) -> bool {
        let gives = matches!(
            self.knowledge.kind(name),
            Some(DomainKind::FreeHosting | DomainKind::DynamicDns | DomainKind::TenantDefault)
        ) || self.knowledge.is_app_host(name);
        gives
            && self
                .knowledge
                .platform_root(name)
                .is_some_and(|root| root != name && !name.starts_with("www."))
    }

    fn hacked(&self) -> Option<&'c str> {
        self.mail.verdict.responsible.hacked_site.as_deref()
    }

    fn is_bystanders(&self, name: &str) -> bool {
        let responsible = &self.mail.verdict.responsible;
        let forged =
            (responsible.kind == Responsibility::ForgedBystander).then_some(responsible.who.as_deref());
        let victims = [self.hacked(), forged.flatten()];
        victims.into_iter().flatten().any(|victim| {
            let victim = registrable(victim).unwrap_or(victim);
            is_within(name, victim)
        })
    }

    /// Registered shortly before the mail, or called after whom it imitates; not where it is known to be old: an old site is taken over
    /// more often than kept for years.
    fn is_made_for_it(&self, name: &str) -> bool {
        let Some(domain) = registrable(name) else { return false };
        if self.is_old(domain) || !has_registry(domain) {
            return false;
        }
        self.is_young(domain) || self.is_called_after_brand(domain)
    }

    fn age(&self, domain: &str) -> Option<Duration> {
        let (found, _) = self.ledger.registration(domain).found()?;
        let since = OffsetDateTime::parse(found.registered.as_deref()?, &Rfc3339).ok()?;
        Some(self.received? - since)
    }

    /// A name that was registered after the mail is somebody else's by now, as far as one can tell.
    fn is_young(&self, domain: &str) -> bool {
        self.age(domain).is_some_and(|age| age < OLD && age > -SLACK)
    }

    fn is_old(&self, domain: &str) -> bool {
        self.age(domain).is_some_and(|age| age >= OLD || age <= -SLACK)
    }

    /// The registered name is that of an imitated company with the words of a log-in around it (`example-login.shop`), or looks like it
    /// letter by letter. A firm that only shares a word with it (`example-gardens.com`) is another one; so is whoever stands under a suffix
    /// whose registry asks who he is, or has the very name under another suffix.
    fn is_called_after_brand(&self, domain: &str) -> bool {
        let label = domain.split('.').next().unwrap_or_default();
        if is_vetted(domain) {
            return false;
        }
        let first = |own: &'c str| registrable(own).unwrap_or(own).split('.').next();
        let names = self.official.iter().filter_map(|own| first(own)).filter(|own| own.len() >= LONG_NAME);
        names.into_iter().any(|name| is_around(name, label))
            || homoglyph(self.knowledge, domain)
                .is_some_and(|found| found.brand.all_domains().any(|own| self.is_imitated(own)))
    }

    fn does_harm(&self, name: &str) -> bool {
        let at = |link: &&str| Url::parse(link).is_ok_and(|url| url.host_str() == Some(name));
        // Below a service's name whoever likes has a label of his own: there the bare name is enough.
        let label = name.split('.').next().unwrap_or_default();
        let is_bare = self.official.iter().any(|own| {
            registrable(own).unwrap_or(own).split('.').next().is_some_and(|own| own.len() > 2 && own == label)
        });
        self.harmful.iter().any(at) || is_bare || self.is_called_after_brand(name)
    }
}

/// The name, and around it nothing but words of a log-in and numbers, with hyphens or without.
fn is_around(name: &str, label: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_matches(|letter: char| letter.is_ascii_digit());
        word.is_empty() || LOG_IN.contains(&word)
    };
    let mut words: Vec<&str> = label.split('-').filter(|word| !word.is_empty()).collect();
    let Some(at) = words.iter().position(|word| word.starts_with(name) || word.ends_with(name)) else {
        return false;
    };
    let joined = words[at].strip_prefix(name).or_else(|| words[at].strip_suffix(name)).unwrap_or_default();
    words[at] = joined;
    words.retain(|word| !word.is_empty());
    !words.is_empty() && words.into_iter().all(is_word)
}

/// Under a suffix that is given to organisations alone, after a look at who they are: JPRS' organisational types, schools, authorities.
fn is_vetted(domain: &str) -> bool {
    const BELOW: [&str; 12] = [
        "ac.jp", "ad.jp", "co.jp", "ed.jp", "go.jp", "gr.jp", "lg.jp", "ne.jp", "or.jp", "edu", "gov", "mil",
    ];
    BELOW.iter().any(|suffix| is_within(domain, suffix))
}

/// A page that harms whoever trusts the mail: it wears a name that is not its own, or hands over a program.
fn is_harmful(mail: &Dissection, landing: &LandingRecord) -> bool {
    let wears = landing.brand.is_some() && !landing.is_brands_own;
    match landing.kind {
        LandingKind::FakeLogin | LandingKind::MalwareDownload => true,
        LandingKind::CredentialForm | LandingKind::PaymentForm => {
            wears || mail.verdict.class == Class::Phishing
        }
        _ => false,
    }
}
