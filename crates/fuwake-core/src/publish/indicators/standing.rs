//! Whose names and links are: what may be blocked, and who must not suffer for it.

use std::collections::BTreeSet;
use std::net::IpAddr;

use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use url::Url;

use super::lure::Lure;
use crate::case::{Dissection, LandingKind, LandingRecord, LinkRecord, Responsibility};
use crate::domain::{has_registry, is_reserved, registrable};
use crate::evidence::{Answer, Data, Ledger, Question, Subject};
use crate::findings::{is_broken_in, is_made_site};
use crate::imitation::homoglyph;
use crate::indicators::Standing;
use crate::inquiry::visits::is_brands;
use crate::knowledge::domains::is_within;
use crate::knowledge::{DomainKind, Knowledge};
use crate::publish::moment::arrived;
use crate::verdict::Class;

/// A domain that stood so long when the mail came was not made for it.
const OLD: Duration = Duration::days(365);
/// Few stand for so short a time when somebody writes of them.
const FRESH: Duration = Duration::days(30);
/// Domains that one person registers for one deed are registered together.
const TOGETHER: Duration = Duration::days(2);
/// What speaks against a link beside the findings on it, in their measure.
const NEW: f32 = 1.0;
const NAMED: f32 = 2.0;
const HARMED: f32 = 10.0;
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
    /// Where the mail wants its reader to go.
    lure: Option<Lure<'c>>,
}

impl<'c> Whose<'c> {
    pub(super) fn new(mail: &'c Dissection, knowledge: &'c Knowledge, ledger: &'c Ledger) -> Self {
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
        let mut whose = Self {
            mail,
            knowledge,
            ledger,
            received: arrived(mail).and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok()),
            official: official.collect(),
            harmful: harmful.map(String::as_str).collect(),
            lure: None,
        };
        whose.lure = Lure::of(
            mail,
            |host| whose.is_foreign(host),
            |host| whose.is_genuine(host) || whose.is_readers(host),
            |domain| whose.known_against(domain),
        );
        whose
    }

    /// Nobody's whom one knows.
    fn is_foreign(&self, host: &str) -> bool {
        !(self.is_genuine(host) || self.is_shared(host) || is_reserved(host) || self.is_readers(host))
    }

    fn is_readers(&self, host: &str) -> bool {
        self.mail.mail.recipient.domains.iter().any(|own| is_within(host, own))
    }

    fn known_against(&self, domain: &str) -> f32 {
        let is_fresh = self.age(domain).is_some_and(|age| age < FRESH && age > -SLACK);
        let marks = [
            (self.is_harmed(domain) || self.is_warned_of(domain), HARMED),
            (is_fresh, NEW),
            (self.is_called_after_brand(domain), NAMED),
        ];
        marks.into_iter().filter_map(|(is, weight)| is.then_some(weight)).sum()
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
        let is_his = self.is_made_for_it(name)
            || self.is_given_name(name) && self.does_harm(name) && !self.is_made_site(name)
            || self.is_bait(name);
        if self.is_hunted() && is_his { Standing::Attacker } else { Standing::Unclear }
    }

    /// Whose what stands at a link is.
    pub(super) fn link(&self, link: &str) -> Standing {
        let url = Url::parse(link).ok();
        let Some(host) = url.as_ref().and_then(Url::host_str) else { return Standing::Unclear };
        let standing = self.host(host);
        let is_harmful =
            self.harmful.contains(&link) || self.is_page_of_burglar(link, host) || self.is_bait_link(link);
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
        // Whoever only shows a fraud sent it, and is no thief.
        let own = own && !self.mail.hands_on();
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

    /// Registered not long before the mail, or called after whom it imitates, and either the lure or where harm was seen; not where it is
    /// known to be old: an old site is taken over more often than kept for years. Whatever else the mail links to may be anybody's, put
    /// there to have him accused.
    fn is_made_for_it(&self, name: &str) -> bool {
        let Some(domain) = registrable(name) else { return false };
        if self.is_old(domain) || !has_registry(domain) {
            return false;
        }
        let is_called = self.is_called_after_brand(domain);
        let is_it = self.is_lure(domain) || self.is_harmed(domain) || self.is_warned_of(domain);
        match self.is_young(domain) {
            true if self.is_made_site(domain) => is_called,
            true => is_called || is_it || self.is_senders_own(domain) || self.is_kin(domain),
            false => is_called && is_it && !self.is_made_site(domain),
        }
    }

    /// Pages of it lie in the folders of a site's software, of which somebody else is probably the owner.
    fn is_made_site(&self, name: &str) -> bool {
        let links =
            self.mail.mail.links.iter().map(|link| link.url.as_str()).chain(self.harmful.iter().copied());
        let mut inside = links.filter(|link| is_made_site(link));
        inside.any(|link| host_of(link).is_some_and(|host| registrable(&host) == registrable(name)))
    }

    fn is_lure(&self, domain: &str) -> bool {
        self.lure.as_ref().is_some_and(|lure| lure.domain == domain)
    }

    /// A page below it harms whoever trusts it: a visit saw it.
    fn is_harmed(&self, domain: &str) -> bool {
        self.harmful.iter().any(|link| host_of(link).is_some_and(|host| registrable(&host) == Some(domain)))
    }

    /// A service, or a person who looked there, warns of it.
    fn is_warned_of(&self, domain: &str) -> bool {
        self.ledger.iter().any(|evidence| {
            let (Question::Reputation { subject, .. }, Answer::Found { data: Data::Reputation(said) }) =
                (&evidence.question, &evidence.answer)
            else {
                return false;
            };
            let host = match subject {
                Subject::Domain(name) => Some(name.clone()),
                Subject::Url(link) => host_of(link),
                Subject::Address(_) => None,
            };
            said.warns && host.is_some_and(|host| registrable(&host) == Some(domain))
        })
    }

    /// The sender's own, as far as the world confirms it: anybody can write it into From.
    fn is_senders_own(&self, domain: &str) -> bool {
        let responsible = &self.mail.verdict.responsible;
        responsible.kind == Responsibility::OwnServer
            && responsible.who.as_deref().is_some_and(|who| registrable(who) == Some(domain))
    }

    /// Registered together with one that does harm or is the lure, at the same place, and it stands on the same machines or has the same
    /// name servers: any one of these alone, many share who know nothing of each other.
    fn is_kin(&self, domain: &str) -> bool {
        let bad = self.harmful.iter().filter_map(|link| host_of(link));
        let bad = bad.filter_map(|host| registrable(&host).map(str::to_owned));
        let mut bad = bad.chain(self.lure.iter().map(|lure| lure.domain.to_owned()));
        bad.any(|bad| bad != domain && self.are_kin(domain, &bad))
    }

    fn are_kin(&self, one: &str, other: &str) -> bool {
        let registration = |domain| self.ledger.registration(domain).found().map(|(found, _)| found);
        let Some((first, second)) = registration(one).zip(registration(other)) else { return false };
        let Some((age, others)) = self.age(one).zip(self.age(other)) else { return false };
        let servers = !first.name_servers.is_empty() && first.name_servers == second.name_servers;
        let addresses = |domain: &str| -> BTreeSet<IpAddr> {
            let below = self.mail.hosts.iter().filter(|host| host.domain.as_deref() == Some(domain));
            below.flat_map(|host| host.addresses.iter().copied()).collect()
        };
        let together = (age - others).abs() <= TOGETHER;
        let registrar = first.registrar.is_some() && first.registrar == second.registrar;
        together && registrar && (servers || !addresses(one).is_disjoint(&addresses(other)))
    }

    /// Where a mail that is phishing in somebody's name wants its reader to go, though nobody looked there, and nothing tells that the site
    /// is somebody else's who was broken into: this one name, and none beside it.
    fn is_bait(&self, name: &str) -> bool {
        let Some(lure) = self.lure.as_ref().filter(|_| self.is_clear_phishing()) else { return false };
        let at = |link: &&LinkRecord| link.host.as_deref() == Some(name);
        lure.is_marked
            && !lure.is_broken_in
            && lure.links.iter().any(at)
            && !self.is_old(lure.domain)
            && !is_vetted(lure.domain)
            && !self.has_very_name(lure.domain)
    }

    /// The imitated company's name under another suffix, which may be its own.
    fn has_very_name(&self, domain: &str) -> bool {
        let first = |name: &str| registrable(name).unwrap_or(name).split('.').next().map(str::to_owned);
        self.official.iter().any(|own| first(own) == first(domain))
    }

    /// The lure, in a site that was broken into.
    fn is_page_of_burglar(&self, link: &str, host: &str) -> bool {
        let is_lure = registrable(host).is_some_and(|domain| self.is_lure(domain));
        self.hacked() == Some(host) && is_lure && is_broken_in(link)
    }

    /// The page itself, whosever the site is; of a site that was broken into no other page.
    fn is_bait_link(&self, link: &str) -> bool {
        let lure = self.lure.as_ref().filter(|lure| lure.is_marked && self.is_clear_phishing());
        let is_his = |lure: &Lure<'_>| !lure.is_broken_in || is_broken_in(link);
        lure.is_some_and(|lure| is_his(lure) && lure.links.iter().any(|of| of.url == link))
    }

    fn is_clear_phishing(&self) -> bool {
        self.mail.verdict.class == Class::Phishing && self.mail.impersonation.is_some()
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
        let at = |link: &&str| host_of(link).as_deref() == Some(name);
        // Below a service's name whoever likes has a label of his own: there the bare name is enough.
        let label = name.split('.').next().unwrap_or_default();
        let is_bare = self.official.iter().any(|own| {
            registrable(own).unwrap_or(own).split('.').next().is_some_and(|own| own.len() > 2 && own == label)
        });
        let is_lure = registrable(name).is_some_and(|domain| self.is_lure(domain));
        self.harmful.iter().any(at) || is_lure && (is_bare || self.is_called_after_brand(name))
    }
}

fn host_of(link: &str) -> Option<String> {
    Url::parse(link).ok()?.host_str().map(str::to_owned)
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
