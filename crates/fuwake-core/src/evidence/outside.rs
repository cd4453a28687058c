//! What the outside world answers: names, registrations, networks, places, reputations, authentication.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// A type of DNS record (RFC 1035 section 3.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the types are named as the DNS names them")]
pub enum RecordType {
    A,
    Aaaa,
    Caa,
    Cname,
    Mx,
    Ns,
    Ptr,
    Soa,
    Txt,
}

impl RecordType {
    /// As zone files write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Caa => "CAA",
            Self::Cname => "CNAME",
            Self::Mx => "MX",
            Self::Ns => "NS",
            Self::Ptr => "PTR",
            Self::Soa => "SOA",
            Self::Txt => "TXT",
        }
    }
}

/// The records of one type at a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    /// Their data as zone files write it (RFC 1035 section 5.1), sorted: addresses as text, names in lower case without the last
    /// dot, TXT strings joined (RFC 7208 section 3.3).
    pub records: Vec<String>,
    /// The name that they stand at, where an alias (CNAME) led there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias_of: Option<String>,
    /// How long they may be kept, in seconds.
    pub ttl: u32,
}

/// A domain's registration, by RDAP (RFC 9083) or WHOIS (RFC 3912).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Registration {
    /// The domain that is registered.
    pub domain: String,
    /// Who sold it.
    pub registrar: Option<String>,
    /// Since when, RFC 3339.
    pub registered: Option<String>,
    /// When it was last changed, RFC 3339.
    pub changed: Option<String>,
    /// Until when, RFC 3339.
    pub expires: Option<String>,
    /// Its states, as the registry words them.
    pub status: Vec<String>,
    /// Its name servers, lower case, sorted.
    pub name_servers: Vec<String>,
    /// The registrant's organisation, or his name where the registry shows one.
    pub registrant: Option<String>,
    /// Whether the registry calls him an organisation (`kind`, RFC 6350 section 6.1.4); none where it tells nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_organisation: Option<bool>,
    /// The registrant's country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Where abuse is to be reported.
    pub abuse: Option<String>,
}

/// A block of addresses and who holds it, by RDAP or WHOIS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Network {
    /// First and last address, or CIDR, as the registry writes it.
    pub range: String,
    /// The block's name.
    pub name: Option<String>,
    /// Its holder.
    pub holder: Option<String>,
    /// The holder's country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Where abuse is to be reported.
    pub abuse: Option<String>,
    /// Since when, RFC 3339.
    pub registered: Option<String>,
}

/// An autonomous system (RFC 1930) and who holds it, by RDAP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AutonomousSystem {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: Option<String>,
    /// Its holder.
    pub holder: Option<String>,
    /// The holder's country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Where abuse is to be reported.
    pub abuse: Option<String>,
}

/// Where a table puts an address. A table's word, never a fact: tables age, and disagree with each other.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The region's name as the table has it.
    pub region: Option<String>,
    /// The city's name as the table has it.
    pub city: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How far off the place may be by the table's own word, in kilometres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius: Option<u16>,
    /// The number of the network that announces the address.
    pub system: Option<u32>,
    /// The holder of that network.
    pub system_holder: Option<String>,
    /// The tables, each with the date that it was built, as `name YYYY-MM-DD`.
    pub tables: Vec<String>,
}

/// What a reputation is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// An address.
    Address(IpAddr),
    /// A host name or domain.
    Domain(String),
    /// A link, without what could name the recipient.
    Url(String),
}

impl Subject {
    /// As text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Address(ip) => ip.to_string(),
            Self::Domain(text) | Self::Url(text) => text.clone(),
        }
    }
}

/// A look that a person took.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Sighting {
    /// Who.
    pub by: String,
    /// When, RFC 3339.
    pub at: String,
}

/// What a service, or a person who looked there, says of an address, a domain or a link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reputation {
    /// Whether it warns of it. A service that knows it and does not warn is no warning; one that does not know it answers `Absent`.
    pub warns: bool,
    /// What it is listed as, in the service's own words.
    pub categories: Vec<String>,
    /// What is told beside, in the service's or the person's own words.
    pub text: Option<String>,
    /// Where a person can see it.
    pub link: Option<String>,
    /// A picture of it, by its SHA-256 in the blob store.
    pub picture: Option<String>,
}

/// A result of a method of authentication (RFC 8601 section 2.7): `pass`, `fail`, `softfail`, `neutral`, `policy`, `none`,
/// `temperror`, `permerror`; `not-judged` where a part of the message that it needs is not there, or not asked about ([`WITHHELD`]).
pub type MethodOutcome = String;

/// Why a result is `not-judged`: a name that has to be asked for could tell who the recipient is.
pub const WITHHELD: &str = "not asked about: the name could tell who the recipient is";

/// SPF (RFC 7208) of one identity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spf {
    /// `mfrom` or `helo`.
    pub identity: String,
    /// The domain that was asked.
    pub domain: String,
    /// The result.
    pub result: MethodOutcome,
    /// The record, where there is one.
    pub record: Option<String>,
    /// The term that decided it, as the record writes it: `-all`, `include:_spf.example.com`, `redirect=example.net`.
    pub mechanism: Option<String>,
    /// Where that term leads to another record: the terms that decided it there, each as `domain: term`, outermost first.
    pub through: Vec<String>,
    /// The domain's own explanation of a failure (RFC 7208 section 6.2): the sender's words.
    pub explanation: Option<String>,
    /// Why there is no clear result.
    pub why: Option<String>,
}

/// One DKIM signature (RFC 6376).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dkim {
    /// `d=`.
    pub domain: String,
    /// `s=`.
    pub selector: String,
    /// `i=`, where it is given.
    pub identity: Option<String>,
    /// `a=`.
    pub algorithm: String,
    /// The result.
    pub result: MethodOutcome,
    /// Why it failed.
    pub why: Option<String>,
    /// Octets of the body that `l=` leaves unsigned: anybody can have added them.
    pub unsigned: u64,
    /// The key says that its domain is testing DKIM (`t=y`).
    pub testing: bool,
}

/// DMARC (RFC 9989, formerly RFC 7489) of the From domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dmarc {
    /// The From domain.
    pub domain: String,
    /// Its organizational domain (RFC 9989 section 4.10.2).
    pub organizational_domain: Option<String>,
    /// The domain that the policy stands at.
    pub policy_domain: Option<String>,
    /// The result.
    pub result: MethodOutcome,
    /// The policy for this From domain: `none`, `quarantine`, `reject`.
    pub policy: Option<String>,
    /// The domain is testing its policy (`t=y`).
    pub testing: bool,
    /// SPF passed for a domain aligned with From.
    pub spf_aligned: bool,
    /// A DKIM signature passed for a domain aligned with From.
    pub dkim_aligned: bool,
    /// The record, where there is one.
    pub record: Option<String>,
    /// Why there is no result.
    pub why: Option<String>,
}

/// The chain of those who handled a message and vouch for what they saw (ARC, RFC 8617).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arc {
    /// The chain's result.
    pub result: MethodOutcome,
    /// `d=` of each seal, oldest first.
    pub sealers: Vec<String>,
    /// Why it failed.
    pub why: Option<String>,
}

/// What today's DNS says of a message's authenticity. The mail may be older than the records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Authenticity {
    /// SPF of the envelope's sender, else of HELO; none where the client's address is not known.
    pub spf: Option<Spf>,
    /// DKIM, one entry a signature, top to bottom.
    pub dkim: Vec<Dkim>,
    /// DMARC; none without a From domain.
    pub dmarc: Option<Dmarc>,
    /// ARC, where there is a chain.
    pub arc: Option<Arc>,
    /// The evidence of the DNS questions that this rests on, by id.
    pub asked: Vec<String>,
}
