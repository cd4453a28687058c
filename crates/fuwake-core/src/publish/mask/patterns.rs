//! The forms in which secrets are sought.

use super::kind::Kind;
use crate::publish::secret::{Secret, own_label};
use crate::publish::told::{ANYBODY, is_kanji};
use crate::spellings::{WORDS_TOO, Words, is_office};

/// The patterns of a mask while they are gathered.
pub(super) struct Patterns<'k> {
    known: &'k str,
    pub(super) patterns: Vec<(String, Kind)>,
    pub(super) people: Words,
    pub(super) hosts: Words,
}

impl<'k> Patterns<'k> {
    /// Of all secrets; words in `known` are none.
    pub(super) fn of(secrets: &[Secret], known: &'k str) -> Self {
        let mut all = Self { known, patterns: Vec::new(), people: Words::default(), hosts: Words::default() };
        secrets.iter().for_each(|secret| all.secret(secret));
        // Thousands of addresses have the same halves, and an automaton keeps each copy at many places.
        all.patterns.sort_unstable();
        all.patterns.dedup();
        all
    }

    fn secret(&mut self, secret: &Secret) {
        match secret {
            Secret::Address(address) => self.address(address),
            Secret::Name(name) => self.name(name),
            Secret::Given(text) => {
                self.add(text.clone(), Kind::Other);
                self.people.add(text);
            }
            Secret::Id(id) if id.len() >= ID => self.add(id.clone(), Kind::Other),
            Secret::Id(_) => {}
            Secret::Domain(domain) => {
                self.add(domain.clone(), Kind::Domain);
                self.add(domain.replace('.', "-"), Kind::Other);
                self.add(domain.chars().rev().collect(), Kind::Other);
                self.hosts.add(domain);
                self.organisation(domain);
                // The form that people read (RFC 5890 section 2.3.2.1).
                let (unicode, _) = idna::domain_to_unicode(domain);
                if unicode != *domain {
                    self.hosts.add(&unicode);
                    self.add(unicode, Kind::Domain);
                }
            }
            Secret::Host(host) => {
                self.add(host.clone(), Kind::Domain);
                self.hosts.add(host);
            }
            Secret::Machine(address) => {
                let address = address.to_canonical().to_string();
                if address.contains('.') {
                    self.add(address.replace('.', "-"), Kind::Other);
                }
                self.add(address, Kind::Other);
            }
        }
    }

    /// What a domain is called, which is mostly what its organisation is: `shinozaki-works` of `shinozaki-works.example`.
    fn organisation(&mut self, domain: &str) {
        let Some(label) = own_label(domain).filter(|label| self.is_telling(label)) else { return };
        for form in [label.to_owned(), label.replace('-', ""), label.replace('-', " ")] {
            self.people.add(&form);
            self.add(form, Kind::Name);
        }
    }

    fn add(&mut self, pattern: String, kind: Kind) {
        if !pattern.is_empty() {
            self.patterns.push((pattern, kind));
        }
    }

    /// A name, its words, and what of a Japanese name may be the surname.
    fn name(&mut self, name: &str) {
        if name.contains('@') {
            self.people.add(name);
        }
        let words = name.split_whitespace().collect::<Vec<_>>();
        let joined = words.concat();
        let reversed: String = words.iter().rev().copied().collect();
        for form in [name, &joined, &reversed].into_iter().chain(words.iter().copied()) {
            if !self.is_telling(form) {
                continue;
            }
            if WORDS_TOO.contains(&form.to_lowercase().as_str()) {
                self.add(form.to_owned(), Kind::NameOrWord);
            } else {
                self.add(form.to_owned(), Kind::Name);
                self.people.add(form);
            }
        }
        if let [one, other] = words[..]
            && self.is_telling(one)
        {
            self.add(format!("{other} {one}"), Kind::Name);
        }
        let length = joined.chars().count();
        if words.len() == 1
            && (3..=6).contains(&length)
            && joined.chars().all(is_kanji)
            && self.is_telling(&joined)
        {
            for surname in 1..length.min(4) {
                let (surname, given): (String, String) =
                    (joined.chars().take(surname).collect(), joined.chars().skip(surname).collect());
                self.add(format!("{surname} {given}"), Kind::Name);
                self.add(surname, Kind::Surname);
            }
        }
    }

    fn address(&mut self, address: &str) {
        let Some((local, domain)) = address.rsplit_once('@').filter(|(local, _)| !local.is_empty()) else {
            return;
        };
        self.add(address.to_owned(), Kind::Address);
        self.add(address.replace(['@', '.', '_', '+'], "-"), Kind::Other);
        self.add(format!("{local}@"), Kind::Local);
        for at in ["%40", "%2540", "&#64;", "=40", "[at]", " [at] ", "(at)", " (at) "] {
            self.add(format!("{local}{at}{domain}"), Kind::Other);
            self.add(format!("{local}{at}"), Kind::Local);
        }
        self.people.add(address);
        // A quoted local part (RFC 5321 section 4.1.2) may be a name with blanks.
        let local = local.trim_matches('"');
        if local.contains(' ') {
            self.name(local);
        }
        // What stands behind a plus sign only sorts the mail (RFC 5233).
        let plain = local.split('+').next().unwrap_or(local);
        for local in [local, plain] {
            self.people.add(&format!("{local}@{domain}"));
            if self.is_telling(local) {
                self.add(local.to_owned(), Kind::Name);
                self.people.add(local);
            }
        }
        let halves: Vec<&str> = plain.split(['.', '_', '-']).collect();
        if let [one, other] = halves[..]
            && one.len() > 1
            && other.len() > 1
        {
            for (one, other) in [(one, other), (other, one)] {
                let name = format!("{one} {other}");
                if self.is_telling(&name) {
                    self.people.add(&name);
                    self.add(name, Kind::Name);
                }
            }
        }
        for half in halves {
            let half = half.trim_matches(|c: char| c.is_ascii_digit());
            if half.len() >= 3 && half.is_ascii() && !is_known(&half.to_lowercase(), self.known) {
                self.add(half.to_owned(), Kind::Half);
            }
        }
    }

    /// Whether a word tells who somebody is, so that it is masked wherever it stands.
    fn is_telling(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let enough = if word.is_ascii() { 4 } else { 2 };
        word.chars().count() >= enough
            && !is_office(&lower)
            && !ANYBODY.contains(&lower.as_str())
            && !["様", "さま", "各位"].iter().any(|form| word.ends_with(form))
            && !is_known(&lower, self.known)
            && !word.chars().all(|character| character.is_ascii_digit())
    }
}

/// Shorter ids are words and numbers that stand anywhere.
const ID: usize = 6;

/// Whether a word, lower case, stands in what is no secret: Latin letters as a word of their own.
pub(super) fn is_known(word: &str, known: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    known.match_indices(word).any(|(at, _)| {
        let (before, after) =
            (known.get(..at).unwrap_or_default(), known.get(at + word.len()..).unwrap_or_default());
        !word.is_ascii() || !joins(before.chars().next_back()) && !joins(after.chars().next())
    })
}
