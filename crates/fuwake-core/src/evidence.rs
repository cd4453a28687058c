//! Questions to the outside, their answers, and the ledger that remembers both.

pub mod contents;
pub mod earlier;
mod lookup;
mod outside;
pub mod visit;

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use contents::{Act, ActKind, Contents, FileKind, FileLink, Lead, Member};
pub use lookup::{Fact, reverse_name};
pub use outside::{
    Arc, Authenticity, AutonomousSystem, Dkim, Dmarc, MethodOutcome, Network, Place, RecordType, Records,
    Registration, Reputation, Sighting, Spf, Subject, WITHHELD,
};

/// How far a question goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// Answered on this machine.
    Local,
    /// Third parties are asked, never the sender's web servers.
    Passive,
    /// The links are visited, in a sandbox.
    Active,
}

/// A name under which a mail comes (RFC 8601 section 2.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// The author's domain.
    From,
    /// The envelope's sender.
    EnvelopeFrom,
    /// What the client called itself.
    Helo,
}

/// A question. None of them, DNS included, may carry the recipient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Question {
    /// What an archive holds.
    ArchiveListing {
        /// The archive, as an attachment names it.
        sha256: String,
    },
    /// What the files in an archive show and do that need a decoder.
    ArchiveContents {
        /// The archive, as an attachment names it.
        sha256: String,
        /// What may be its password, likeliest first: words that the mail gives for one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        passwords: Vec<String>,
    },
    /// What a file shows and does that needs a decoder.
    FileContents {
        /// The file, as an attachment names it.
        sha256: String,
        /// The decoder.
        #[serde(rename = "file")]
        kind: FileKind,
    },
    /// The RFC 5322 message that an Outlook .msg file stands for.
    OutlookMessage {
        /// The file, as an attachment names it.
        sha256: String,
    },
    /// Where tables on this machine put an address.
    Place {
        /// The address.
        ip: IpAddr,
    },
    /// Which earlier cases, kept on this machine, share something with a mail.
    EarlierCases {
        /// The mail, which is none of them.
        mail: String,
        /// What they share.
        shared: earlier::Shared,
    },
    /// The records of a type at a name.
    Dns {
        /// The name, lower case, without the last dot.
        name: String,
        /// The type.
        record: RecordType,
    },
    /// Whether a domain is registered, and what the registry tells of it.
    Registration {
        /// The registrable domain.
        domain: String,
    },
    /// The block that an address lies in, and who holds it.
    Network {
        /// The address.
        ip: IpAddr,
    },
    /// Who holds an autonomous system.
    AutonomousSystem {
        /// Its number.
        number: u32,
    },
    /// What a service knows of an address, a domain or a link.
    Reputation {
        /// The service's id.
        service: String,
        /// What it is asked about.
        subject: Subject,
        /// Where a person looked: who, and when. What two people saw, or one saw twice, is evidence each.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Sighting>,
    },
    /// SPF, DKIM, DMARC and ARC of the message as of now.
    Authenticity {
        /// The message.
        sha256: String,
        /// The address that handed it over.
        client: Option<IpAddr>,
        /// How that machine introduced itself.
        helo: Option<String>,
        /// The envelope's sender, without what could name the recipient.
        envelope_from: Option<String>,
        /// The domains of the From addresses, in their order, each once.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        from: Vec<String>,
        /// When the recipient's server took it, RFC 3339: signatures that expired since were good then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received: Option<String>,
        /// What is not asked about, for it names the recipient or looks like a mark for him: left out above.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        withheld: Vec<Identity>,
    },
    /// What stands behind a link.
    Visit {
        /// The link, with decoys where it names the recipient.
        url: String,
        /// As whom.
        profile: visit::Profile,
        /// Whether marked, made-up values are filled into its form to see where they would go.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        probe_form: bool,
        /// For the second time, to see whether what differed between visitors differs again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
}

impl Question {
    /// How far it goes.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        match self {
            Self::ArchiveListing { .. }
            | Self::ArchiveContents { .. }
            | Self::FileContents { .. }
            | Self::OutlookMessage { .. }
            | Self::Place { .. }
            | Self::EarlierCases { .. } => Reach::Local,
            Self::Dns { .. }
            | Self::Registration { .. }
            | Self::Network { .. }
            | Self::AutonomousSystem { .. }
            | Self::Reputation { .. }
            | Self::Authenticity { .. } => Reach::Passive,
            Self::Visit { .. } => Reach::Active,
        }
    }

    /// The blob it is about.
    #[must_use]
    pub fn blob(&self) -> Option<&str> {
        match self {
            Self::ArchiveListing { sha256 }
            | Self::ArchiveContents { sha256, .. }
            | Self::FileContents { sha256, .. }
            | Self::OutlookMessage { sha256 }
            | Self::Authenticity { sha256, .. } => Some(sha256),
            Self::Place { .. }
            | Self::EarlierCases { .. }
            | Self::Dns { .. }
            | Self::Registration { .. }
            | Self::Network { .. }
            | Self::AutonomousSystem { .. }
            | Self::Reputation { .. }
            | Self::Visit { .. } => None,
        }
    }

    /// Whether it is about a name: asks the DNS, a registry or a service for it.
    #[must_use]
    pub fn is_about(&self, host: &str) -> bool {
        match self {
            Self::Dns { name, .. } => name == host,
            Self::Registration { domain } => domain == host,
            Self::Reputation { subject: Subject::Domain(domain), .. } => domain == host,
            Self::Reputation { subject: Subject::Url(link), .. } | Self::Visit { url: link, .. } => {
                url::Url::parse(link).is_ok_and(|url| url.host_str() == Some(host))
            }
            _ => false,
        }
    }

    /// The id of its evidence: the head of the SHA-256 of its JSON form, so that the same question has the same id everywhere.
    #[must_use]
    pub fn id(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        data_encoding::HEXLOWER.encode(&Sha256::digest(json)[..8])
    }
}

/// An answer. Only `Absent` may support that something is not there; a failure is never innocence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
#[expect(clippy::large_enum_variant, reason = "nearly every answer is one that was found")]
pub enum Answer {
    /// It is there.
    Found {
        /// What was found.
        data: Data,
    },
    /// Who was asked says that there is none.
    Absent {
        /// In which way.
        why: Absence,
    },
    /// It was tried, and did not work.
    Failed {
        /// Why, for a person.
        why: String,
    },
    /// It was not tried.
    NotAsked {
        /// `budget`, `not-recorded`, or what is missing on this machine.
        why: String,
    },
}

impl Answer {
    /// Whoever was asked knew it: something is there, or is not.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        matches!(self, Self::Found { .. } | Self::Absent { .. })
    }

    /// The files that it made, by their SHA-256 in the blob store.
    #[must_use]
    pub fn files(&self) -> Vec<&str> {
        match self {
            Self::Found { data: Data::Message { sha256 } } => vec![sha256],
            Self::Found { data: Data::Visit(visit) } => visit.files(),
            Self::Found { data: Data::Reputation(reputation) } => {
                reputation.picture.iter().map(String::as_str).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// In which way something is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Absence {
    /// The name does not exist (NXDOMAIN, RFC 8020).
    NoSuchName,
    /// The name exists, but has no such record (RFC 2308 section 2.2).
    NoData,
    /// The registry does not know it.
    NotRegistered,
    /// The service, or the table, does not list it.
    NotListed,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Data {
    /// What an archive holds.
    ArchiveListing {
        /// Its entries, those of archives inside it too, in stored order.
        entries: Vec<ArchiveEntry>,
        /// A bound was met: there is more.
        truncated: bool,
    },
    /// What the files in an archive show and do.
    ArchiveContents {
        /// The password that opened it, where it needs one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<String>,
        /// The files that a decoder read and those that the password opened, in stored order.
        members: Vec<Member>,
        /// A bound was met or a file could not be unpacked: there is more.
        truncated: bool,
    },
    /// What a file shows and does.
    FileContents {
        /// All that was read.
        contents: Contents,
    },
    /// A message in the blob store.
    Message {
        /// Its blob.
        sha256: String,
    },
    /// Records of the DNS.
    Records(Records),
    /// A domain's registration.
    Registration(Registration),
    /// A block of addresses.
    Network(Network),
    /// An autonomous system.
    AutonomousSystem(AutonomousSystem),
    /// Where an address is.
    Place(Place),
    /// Earlier cases that share something with the mail.
    EarlierCases(earlier::EarlierCases),
    /// What is said of an address, a domain or a link.
    Reputation(Reputation),
    /// SPF, DKIM, DMARC and ARC.
    Authenticity(Box<Authenticity>),
    /// A visit of a link.
    Visit(Box<visit::Visit>),
}

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveEntry {
    /// Its name as stored, decoded; `outer.zip/inner.js` inside an archive in an archive.
    pub name: String,
    /// Its unpacked size in bytes, as the archive says.
    pub size: u64,
    /// It needs a password.
    pub encrypted: bool,
}

/// A question, its answer, who gave it and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// [`Question::id`].
    pub id: String,
    /// The question.
    pub question: Question,
    /// The answer.
    pub answer: Answer,
    /// Who answered: the probe's name, a server, a person.
    pub source: String,
    /// When, RFC 3339; none for a local answer, which does not depend on the time.
    pub asked_at: Option<String>,
}

/// All evidence of a case, by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    entries: BTreeMap<String, Evidence>,
}

impl Ledger {
    /// Adds evidence; the newer replaces the older of the same question.
    pub fn record(&mut self, evidence: Evidence) {
        self.entries.insert(evidence.id.clone(), evidence);
    }

    /// The answer to a question.
    #[must_use]
    pub fn answer(&self, question: &Question) -> Option<&Evidence> {
        self.entries.get(&question.id())
    }

    /// All evidence, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Evidence> {
        self.entries.values()
    }

    /// How many questions were answered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
