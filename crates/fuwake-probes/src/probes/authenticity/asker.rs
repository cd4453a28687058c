//! The DNS questions of one evaluation: asked through the world's own cache and manners, and remembered as evidence.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use fuwake_core::domain::is_set_aside;
use fuwake_core::evidence::{Absence, Answer, Data, Evidence, RecordType, reverse_name};
use fuwake_core::inquiry::Privacy;

use crate::world::World;

/// What the DNS told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The records.
    Records(Vec<String>),
    /// There is none.
    Nothing(Absence),
    /// No answer, and why.
    Unknown(String),
    /// It is not asked about.
    Withheld,
}

/// Asks for one evaluation.
pub(super) struct Asker<'w> {
    world: &'w World,
    privacy: &'w Privacy,
    asked: Mutex<BTreeMap<String, Evidence>>,
}

impl<'w> Asker<'w> {
    /// Has asked nothing yet.
    pub(super) fn new(world: &'w World, privacy: &'w Privacy) -> Self {
        Self { world, privacy, asked: Mutex::default() }
    }

    /// The records of a type at a name. A name that cannot stand in the DNS has none, and is not asked about.
    pub(super) async fn ask(&self, name: &str, record: RecordType) -> Told {
        let Some(name) = askable(name) else { return Told::Nothing(Absence::NoSuchName) };
        if !self.privacy.may_ask(&name) {
            return Told::Withheld;
        }
        self.records(name, record).await
    }

    /// Whether a domain that a signer names can be asked about: it names nobody, and looks like no mark.
    pub(super) fn is_nobodys(&self, domain: &str) -> bool {
        self.privacy.host(domain).as_deref() == Some(domain)
    }

    /// The names of the client's address.
    pub(super) async fn names(&self, ip: IpAddr) -> Told {
        self.records(reverse_name(ip), RecordType::Ptr).await
    }

    async fn records(&self, name: String, record: RecordType) -> Told {
        // In a box: records lead to records, and what waits for them must fit a thread's stack.
        let Some(evidence) = Box::pin(self.world.records(&name, record)).await else {
            return Told::Unknown(format!("{name} {}: not asked", record.name()));
        };
        let told = match &evidence.answer {
            Answer::Found { data: Data::Records(records) } => Told::Records(records.records.clone()),
            Answer::Absent { why } => Told::Nothing(*why),
            Answer::Failed { why } | Answer::NotAsked { why } => {
                Told::Unknown(format!("{name} {}: {why}", record.name()))
            }
            Answer::Found { .. } => Told::Unknown(format!("{name} {}: no records", record.name())),
        };
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(evidence.id.clone(), evidence);
        told
    }

    /// Everything that was asked, by id.
    pub(super) fn asked(self) -> Vec<Evidence> {
        self.asked.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
    }
}

/// The name in lower case and ASCII, without the last dot.
fn askable(name: &str) -> Option<String> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let name = if name.is_ascii() { name.to_ascii_lowercase() } else { idna::domain_to_ascii(name).ok()? };
    (is_domain(&name) && !is_set_aside(&name)).then_some(name)
}

/// Two labels or more, none empty or longer than 63 octets, 253 in all (RFC 1035 section 2.3.4), of characters that can be
/// printed; no address in brackets.
pub(super) fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && label.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    };
    let is_literal = name.starts_with('[') && name.ends_with(']');
    name.len() <= 253 && name.contains('.') && !is_literal && name.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_public_dns_are_asked_about() {
        assert_eq!(askable("_SPF.Example.com.").as_deref(), Some("_spf.example.com"));
        assert_eq!(askable("日本.example.jp").as_deref(), Some("xn--wgv71a.example.jp"));
        for name in [
            "",
            ".",
            "example",
            "a..example.com",
            "printer.local",
            "x.home.arpa",
            "1.0.0.10.in-addr.arpa",
            "[192.0.2.1]",
        ] {
            assert_eq!(askable(name), None, "{name}");
        }
        assert_eq!(askable(&format!("{}.example.com", "a".repeat(64))), None);
    }
}
