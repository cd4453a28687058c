//! What a question to the outside must not carry: the recipient, in any disguise, and the marks that a sender knows him by.
//!
//! Everything that raises a question takes its names and links from here, and whoever makes names on the way (SPF's macros, the keys of
//! signatures) asks here first.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use super::token::is_token;
use super::visits::Planned;
use crate::domain::registrable;
use crate::findings::Reader;
use crate::knowledge::Knowledge;
use crate::mail::{Mail, Trusted};
use crate::recipient::{Others, Recipient};
use crate::spellings::{ROLES, Spellings, Words};

/// How much of a link's path is told, in bytes.
const PATH: usize = 512;
/// So many letters and digits, no plain words, can tell recipients apart.
const TOKEN: usize = 8;
/// So many digits in a row count people.
const NUMBER: usize = 6;

/// Who reads a mail, beside those whom it names.
#[derive(Clone, Copy, Debug)]
pub struct Circle<'a> {
    /// Whose domains anybody can have an address in.
    pub knowledge: &'a Knowledge,
    /// What the reader told of himself.
    pub reader: &'a Reader,
    /// His own servers.
    pub trusted: &'a Trusted,
}

/// Who must not be named.
#[derive(Debug, Default)]
pub struct Privacy {
    /// The recipients' own domains: nobody is asked about them.
    domains: Vec<String>,
    /// What tells by itself who somebody is: addresses, domains of organisations.
    whole: Words,
    /// Local parts and names.
    names: Words,
    /// The first labels of organisations' domains.
    organisations: Words,
    /// Of the addresses those that no sender can have made up.
    delivered: Vec<String>,
    /// Domains that the mail's senders and links have registered: only what is in `delivered` keeps anybody from asking about them.
    others: Others,
    /// Whoever must not be named, by address and name, first whoever received the mail.
    people: Vec<(Option<String>, Option<String>)>,
    /// Who sent the mail: private too for a mail that it carries.
    senders: Vec<(Option<String>, Option<String>)>,
    is_whole: OnceLock<Spellings>,
    is_personal: OnceLock<Spellings>,
    is_any: OnceLock<Spellings>,
    is_delivered: OnceLock<(Spellings, Words)>,
    /// What became of names and links that were cut already: questions are raised anew with every answer.
    cut: Mutex<HashMap<String, Option<String>>>,
    /// The visits that were found to be worth it, and for what.
    pub(super) visits: Mutex<Option<Planned>>,
}

impl Privacy {
    /// Of a mail's recipients and the circle of its readers.
    #[must_use]
    pub fn of(mail: &Mail<'_>, circle: Circle<'_>) -> Self {
        Self::default().with(mail, circle)
    }

    /// Of a mail that another one carries: whoever sent and received that one is private too.
    #[must_use]
    pub fn carried(&self, mail: &Mail<'_>, circle: Circle<'_>) -> Self {
        let mut privacy = Self {
            people: self.people.clone(),
            domains: self.domains.clone(),
            whole: self.whole.clone(),
            names: self.names.clone(),
            organisations: self.organisations.clone(),
            delivered: self.delivered.clone(),
            ..Self::default()
        };
        // Whoever wraps a mail of his own must not hide what it leads to.
        let others = Others::of(mail, &Recipient { domains: self.domains.clone(), ..Recipient::default() });
        let mut carrier = Recipient::default();
        for (address, name) in &self.senders {
            carrier.claim(address.as_deref(), name.as_deref(), &others, circle.knowledge);
        }
        privacy.recipient(&carrier, Some(circle.knowledge));
        privacy.with(mail, circle)
    }

    /// Of a recipient, as a report has him, and domains that others have registered.
    pub(crate) fn about(recipient: &Recipient, foreign: &[String]) -> Self {
        let mut privacy = Self { others: Others::linked(foreign), ..Self::default() };
        privacy.recipient(recipient, None);
        privacy
    }

    fn with(mut self, mail: &Mail<'_>, circle: Circle<'_>) -> Self {
        let knowledge = Some(circle.knowledge);
        let recipient = Recipient::of(mail, circle.knowledge, circle.reader, &circle.trusted.names);
        self.recipient(&recipient, knowledge);
        self.others = Others::of(mail, &Recipient::default());
        let senders = mail.authors.iter().chain(&mail.sender).chain(&mail.envelope_from);
        self.senders.extend(senders.map(|sender| (sender.address.clone(), sender.display_name.clone())));
        self
    }

    fn recipient(&mut self, recipient: &Recipient, knowledge: Option<&Knowledge>) {
        for person in &recipient.people {
            self.person(person.address.as_deref(), person.name.as_deref(), knowledge);
        }
        self.delivered.extend(recipient.delivered.iter().cloned());
        recipient.domains.iter().for_each(|domain| self.organisation(domain, knowledge));
        self.domains.sort_unstable();
        self.domains.dedup();
    }

    fn person(&mut self, address: Option<&str>, name: Option<&str>, knowledge: Option<&Knowledge>) {
        self.people.push((address.map(str::to_owned), name.map(str::to_owned)));
        let tells = |word: &str| tells(&word.trim().to_lowercase(), knowledge);
        if let Some(name) = name.filter(|name| tells(name)) {
            match name.rsplit_once('@') {
                Some(_) => self.whole.add(name),
                None => self.names.add(name),
            }
            let words: Vec<&str> = name.split_whitespace().collect();
            self.names.add(&words.iter().rev().copied().collect::<String>());
        }
        let Some((local, domain)) = address.and_then(|address| address.rsplit_once('@')) else { return };
        let domain = domain.trim_matches(['>', '.']).to_ascii_lowercase();
        // What stands behind a plus sign only sorts the mail (RFC 5233).
        let plain = local.split('+').next().unwrap_or(local);
        for local in [local, plain] {
            self.whole.add(&format!("{local}@{domain}"));
            if tells(local) {
                self.names.add(local);
            }
        }
    }

    fn organisation(&mut self, domain: &str, knowledge: Option<&Knowledge>) {
        let own = registrable(domain).unwrap_or(domain);
        self.domains.push(own.to_owned());
        self.whole.add(domain);
        self.whole.add(own);
        let label = own.split('.').next().unwrap_or_default();
        if label.len() > 3 && tells(label, knowledge) {
            self.organisations.add(label);
        }
    }

    /// Whoever must not be named, by address and name.
    pub(super) fn people(&self) -> impl Iterator<Item = (Option<&str>, Option<&str>)> {
        self.people.iter().map(|(address, name)| (address.as_deref(), name.as_deref()))
    }

    /// Whether a text tells by itself who somebody is, or what he is called.
    pub(super) fn is_told_who(&self, text: &str) -> bool {
        self.personal().are_in(text)
    }

    fn whole(&self) -> &Spellings {
        self.is_whole.get_or_init(|| Spellings::of([&self.whole]))
    }

    fn personal(&self) -> &Spellings {
        self.is_personal.get_or_init(|| Spellings::of([&self.whole, &self.names]))
    }

    fn any(&self) -> &Spellings {
        self.is_any.get_or_init(|| Spellings::of([&self.whole, &self.names, &self.organisations]))
    }

    /// Whether a text names the recipient, in any spelling.
    #[must_use]
    pub fn names(&self, text: &str) -> bool {
        self.any().are_in(text)
    }

    /// Whether a name, its services and selectors included (`_dmarc.`, `s1._domainkey.`), can be asked about: it is not the recipient's
    /// own, and names him nowhere. Marks are not looked for: selectors and what SPF's macros make look like nothing else.
    #[must_use]
    pub fn may_ask(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let domain = registrable(&name).unwrap_or(&name);
        !self.is_told_by(domain) && !self.is_left_of(before(&name, domain), domain)
    }

    /// Whether a name is the recipient's own, or names him.
    pub(crate) fn is_own(&self, name: &str) -> bool {
        self.is_told_by(registrable(name).unwrap_or(name))
    }

    /// The name without labels that carry the recipient or look like a mark for him; none for his own domains.
    #[must_use]
    pub fn host(&self, name: &str) -> Option<String> {
        self.once(name, || self.cut_host(name))
    }

    fn once(&self, text: &str, cut: impl FnOnce() -> Option<String>) -> Option<String> {
        let known = || self.cut.lock().unwrap_or_else(PoisonError::into_inner);
        let remembered = known().get(text).cloned();
        remembered.unwrap_or_else(|| {
            let cut = cut();
            known().insert(text.to_owned(), cut.clone());
            cut
        })
    }

    fn cut_host(&self, name: &str) -> Option<String> {
        let domain = registrable(name).unwrap_or(name);
        if self.is_told_by(domain) {
            return None;
        }
        // Whatever stands left of a mark may be a part of it.
        let is_good = |label: &&str| !label.is_empty() && !is_token(label) && !self.any().are_in(label);
        let mut kept: Vec<&str> = before(name, domain).rsplit('.').take_while(is_good).collect();
        kept.reverse();
        let free = kept.join(".");
        // An address that is spread over the labels leaves nothing of use.
        let is_spread = self.whole().are_in(before(name, domain));
        let is_whole = !free.is_empty() && !is_spread && !self.is_left_of(&free, domain);
        Some(if is_whole { format!("{free}.{domain}") } else { domain.to_owned() })
    }

    /// Whether a registrable domain is the recipient's own or names him. Who shares a word with his organisation's name does not.
    fn is_told_by(&self, domain: &str) -> bool {
        let suffix = psl::suffix(domain.as_bytes());
        let length = suffix.map_or(0, |suffix| suffix.as_bytes().len() + 1);
        let label = domain.get(..domain.len().saturating_sub(length)).unwrap_or(domain);
        // Below the domain of a company that gives names away a name costs nothing: there can be one for every recipient.
        let is_free = suffix.is_some_and(|suffix| suffix.typ() == Some(psl::Type::Private));
        if self.domains.iter().any(|own| own == domain) {
            return true;
        }
        if self.others.registered(domain) && !self.delivered.is_empty() {
            return self.is_delivered_to(label);
        }
        self.names.contains(label) && !self.others.registered(domain)
            || if is_free { self.any().are_in(label) } else { self.whole().are_in(label) }
    }

    /// Whether a label is the local part of an address that the mail was delivered to, or holds the whole address: other names in it the
    /// sender may have chosen to hide a domain of his own.
    fn is_delivered_to(&self, label: &str) -> bool {
        let (whole, locals) = self.is_delivered.get_or_init(|| {
            let (mut whole, mut locals) = (Words::default(), Words::default());
            for address in &self.delivered {
                whole.add(address);
                let local = address.split(['@', '+']).next().unwrap_or_default();
                if self.names.contains(local) {
                    locals.add(local);
                }
            }
            (Spellings::of([&whole]), locals)
        });
        locals.contains(label) || whole.are_in(label)
    }

    /// Whether the labels left of a registrable domain name the recipient, by themselves or together with it.
    fn is_left_of(&self, free: &str, domain: &str) -> bool {
        let label = domain.split('.').next().unwrap_or_default();
        let personal = self.personal();
        self.any().are_in(free)
            || !free.is_empty() && !personal.are_in(label) && personal.are_in(&format!("{free}.{label}"))
    }

    /// The link's scheme, host and first steps of its path, up to the first that may be a mark; none where the host itself cannot be
    /// asked about.
    #[must_use]
    pub fn url(&self, url: &str) -> Option<String> {
        self.once(url, || self.cut_url(url))
    }

    fn cut_url(&self, url: &str) -> Option<String> {
        let parsed = url::Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let host = self.host(parsed.host_str()?)?;
        let free = before(&host, registrable(&host).unwrap_or(&host));
        let steps = parsed.path().split('/').skip(1).take_while(|_| Some(host.as_str()) == parsed.host_str());
        let (mut kept, mut random) = (String::new(), 0);
        for step in steps {
            random += randomness(step);
            let longer = format!("{kept}/{step}");
            let is_mark =
                random >= TOKEN || has_number(step) || step.contains(['@', '%']) || longer.len() > PATH;
            if is_mark || self.any().are_in(step) || self.any().are_in(&format!("{free}{longer}")) {
                break;
            }
            kept = longer;
        }
        let port = parsed.port().map_or_else(String::new, |port| format!(":{port}"));
        let path = if kept.is_empty() { "/" } else { &kept };
        Some(format!("{}://{host}{port}{path}", parsed.scheme()))
    }

    /// An envelope's sender that names nobody: where its local part carries the recipient (VERP) or a mark, `postmaster` stands in its
    /// place, as SPF takes it for a sender without a local part (RFC 7208 section 4.3); none where its domain does.
    #[must_use]
    pub fn sender(&self, address: &str) -> Option<String> {
        let (local, domain) = address.rsplit_once('@')?;
        let domain = domain.to_ascii_lowercase();
        if self.host(&domain).as_deref() != Some(domain.as_str()) {
            return None;
        }
        let marked = self.any().are_in(local) || local.split(['+', '-', '=', '.', '_']).any(is_mark);
        Some(if marked { format!("postmaster@{domain}") } else { address.to_owned() })
    }
}

/// The labels of a name left of a domain above it.
fn before<'n>(name: &'n str, domain: &str) -> &'n str {
    name.strip_suffix(domain).unwrap_or_default().trim_end_matches('.')
}

/// Whether a word, lower case, is a person's: no role's and no brand's.
fn tells(word: &str, knowledge: Option<&Knowledge>) -> bool {
    let is_brand = |knowledge: &Knowledge| knowledge.brands_with_label(word).next().is_some();
    !ROLES.contains(&word) && !knowledge.is_some_and(is_brand)
}

/// How many letters and digits of a path's step can be a mark: digits among them, or small and capital letters mixed.
fn randomness(step: &str) -> usize {
    let has = |is: fn(char) -> bool| step.contains(is);
    let is_random =
        has(|c| c.is_ascii_digit()) || has(|c| c.is_ascii_lowercase()) && has(|c| c.is_ascii_uppercase());
    if is_random { step.chars().filter(char::is_ascii_alphanumeric).count() } else { 0 }
}

fn has_number(step: &str) -> bool {
    step.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= NUMBER)
}

/// Letters and digits as nobody writes them by hand: a number for one recipient. A long word is no mark.
pub(crate) fn is_mark(text: &str) -> bool {
    const SHORTEST: usize = 10;
    let length = text.chars().count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let kinds: Vec<bool> =
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.is_ascii_digit()).collect();
    let changes = kinds.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let is_hex = length >= 16 && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-') && digits > 0;
    let is_number = length >= 9 && digits == length;
    length >= SHORTEST && changes >= 3 || is_hex || is_number || text.contains(['@', '%'])
}
