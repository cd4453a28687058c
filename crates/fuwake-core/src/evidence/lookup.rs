//! What a ledger says of a name or an address: found, not there, or not known.

use std::net::IpAddr;

use super::earlier::{EarlierCases, Shared};
use super::visit::Visit;
use super::{
    Absence, Answer, Authenticity, Data, Evidence, Ledger, Network, Place, Question, RecordType, Records,
    Registration, Reputation, Subject,
};

/// A fact as the ledger has it. A failure is never innocence: only [`Fact::Absent`] says that there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fact<'l, T> {
    /// It is there.
    Found(T, &'l Evidence),
    /// Who was asked says that there is none.
    Absent(Absence, &'l Evidence),
    /// Not asked, or no answer.
    Unknown,
}

impl<'l, T> Fact<'l, T> {
    /// What was found.
    pub fn found(self) -> Option<(T, &'l Evidence)> {
        match self {
            Self::Found(value, evidence) => Some((value, evidence)),
            Self::Absent(..) | Self::Unknown => None,
        }
    }

    /// The evidence that there is none.
    pub fn absent(self) -> Option<(Absence, &'l Evidence)> {
        match self {
            Self::Absent(why, evidence) => Some((why, evidence)),
            Self::Found(..) | Self::Unknown => None,
        }
    }
}

impl Ledger {
    fn fact<'l, T>(&'l self, question: &Question, pick: impl FnOnce(&'l Data) -> Option<T>) -> Fact<'l, T> {
        let Some(evidence) = self.answer(question) else { return Fact::Unknown };
        match &evidence.answer {
            Answer::Found { data } => pick(data).map_or(Fact::Unknown, |value| Fact::Found(value, evidence)),
            Answer::Absent { why } => Fact::Absent(*why, evidence),
            Answer::Failed { .. } | Answer::NotAsked { .. } => Fact::Unknown,
        }
    }

    /// The records of a type at a name.
    #[must_use]
    pub fn records(&self, name: &str, record: RecordType) -> Fact<'_, &Records> {
        let question = Question::Dns { name: name.to_owned(), record };
        self.fact(&question, |data| if let Data::Records(records) = data { Some(records) } else { None })
    }

    /// All addresses of a name, IPv4 first.
    #[must_use]
    pub fn addresses(&self, name: &str) -> Vec<(IpAddr, &Evidence)> {
        let found = [RecordType::A, RecordType::Aaaa].map(|record| self.records(name, record).found());
        let parse = |text: &String| text.parse().ok();
        found
            .into_iter()
            .flatten()
            .flat_map(|(records, evidence)| {
                records.records.iter().filter_map(parse).map(move |ip| (ip, evidence))
            })
            .collect()
    }

    /// What visits saw, with the evidence.
    pub fn visits(&self) -> impl Iterator<Item = (&Visit, &Evidence)> {
        self.iter().filter_map(|evidence| match &evidence.answer {
            Answer::Found { data: Data::Visit(visit) } => Some((&**visit, evidence)),
            _ => None,
        })
    }

    /// All addresses of a name: as the DNS has them, then as visits found them.
    #[must_use]
    pub fn all_addresses(&self, name: &str) -> Vec<IpAddr> {
        let mut addresses: Vec<IpAddr> = self.addresses(name).into_iter().map(|(ip, _)| ip).collect();
        let steps = self.visits().flat_map(|(visit, _)| &visit.steps);
        for ip in steps.filter(|step| step.is_at(name)).filter_map(|step| step.ip) {
            if !addresses.contains(&ip) {
                addresses.push(ip);
            }
        }
        addresses
    }

    /// The reverse names of an address, whether or not they lead back to it.
    #[must_use]
    pub fn reverse_names(&self, ip: IpAddr) -> Fact<'_, &Records> {
        self.records(&reverse_name(ip), RecordType::Ptr)
    }

    /// The reverse name that leads back to its address (forward-confirmed), with the evidence of both ways.
    #[must_use]
    pub fn confirmed_name(&self, ip: IpAddr) -> Option<(&str, [&Evidence; 2])> {
        let (names, reverse) = self.reverse_names(ip).found()?;
        names.records.iter().find_map(|name| {
            let mut addresses = self.addresses(name).into_iter();
            let (_, forward) = addresses.find(|(address, _)| address.to_canonical() == ip.to_canonical())?;
            Some((name.as_str(), [reverse, forward]))
        })
    }

    /// A registrable domain's registration.
    #[must_use]
    pub fn registration(&self, domain: &str) -> Fact<'_, &Registration> {
        let question = Question::Registration { domain: domain.to_owned() };
        self.fact(&question, |data| if let Data::Registration(found) = data { Some(found) } else { None })
    }

    /// The block that an address lies in.
    #[must_use]
    pub fn network(&self, ip: IpAddr) -> Fact<'_, &Network> {
        let question = Question::Network { ip };
        self.fact(&question, |data| if let Data::Network(found) = data { Some(found) } else { None })
    }

    /// Where the tables put an address.
    #[must_use]
    pub fn place(&self, ip: IpAddr) -> Fact<'_, &Place> {
        let question = Question::Place { ip };
        self.fact(&question, |data| if let Data::Place(found) = data { Some(found) } else { None })
    }

    /// What is said of an address, a domain or a link: by which service, and the words.
    pub fn reputations(&self, about: &Subject) -> impl Iterator<Item = (&str, &Reputation, &Evidence)> {
        self.iter().filter_map(move |evidence| match (&evidence.question, &evidence.answer) {
            (
                Question::Reputation { service, subject, .. },
                Answer::Found { data: Data::Reputation(reputation) },
            ) if subject == about => Some((service.as_str(), reputation, evidence)),
            _ => None,
        })
    }

    /// The earlier cases that share something with the mail.
    pub fn earlier_cases(&self) -> impl Iterator<Item = (&Shared, &EarlierCases, &Evidence)> {
        self.iter().filter_map(|evidence| match (&evidence.question, &evidence.answer) {
            (Question::EarlierCases { shared, .. }, Answer::Found { data: Data::EarlierCases(found) }) => {
                Some((shared, found, evidence))
            }
            _ => None,
        })
    }

    /// What today's DNS says of a message's authenticity.
    #[must_use]
    pub fn authenticity(&self) -> Option<(&Authenticity, &Evidence)> {
        self.iter().find_map(|evidence| match &evidence.answer {
            Answer::Found { data: Data::Authenticity(found) } => Some((&**found, evidence)),
            _ => None,
        })
    }
}

/// The name in `in-addr.arpa` (RFC 1035 section 3.5) or `ip6.arpa` (RFC 3596 section 2.5) that an address's names stand at.
#[must_use]
pub fn reverse_name(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(ip) => {
            let nibbles = ip.octets().into_iter().rev().map(|octet| {
                let (low, high) = (octet & 15, octet >> 4);
                format!("{low:x}.{high:x}.")
            });
            nibbles.collect::<String>() + "ip6.arpa"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dns(name: &str, record: RecordType, answer: Answer) -> Evidence {
        let question = Question::Dns { name: name.to_owned(), record };
        Evidence { id: question.id(), question, answer, source: "dns".into(), asked_at: None }
    }

    fn found(records: &[&str]) -> Answer {
        let records = records.iter().map(|&record| record.to_owned()).collect();
        Answer::Found { data: Data::Records(Records { records, alias_of: None, ttl: 60 }) }
    }

    #[test]
    fn reverse_names_are_those_of_the_standards() {
        assert_eq!(reverse_name([192, 0, 2, 7].into()), "7.2.0.192.in-addr.arpa");
        let ip: IpAddr = "2001:db8::1".parse().expect("an address");
        let zeros = "0.".repeat(23);
        assert_eq!(reverse_name(ip), format!("1.{zeros}8.b.d.0.1.0.0.2.ip6.arpa"));
    }

    #[test]
    fn a_reverse_name_counts_once_it_leads_back() {
        let ip: IpAddr = [192, 0, 2, 7].into();
        let mut ledger = Ledger::default();
        ledger.record(dns(&reverse_name(ip), RecordType::Ptr, found(&["mail.example.jp"])));
        assert_eq!(ledger.confirmed_name(ip), None);
        ledger.record(dns("mail.example.jp", RecordType::A, found(&["192.0.2.9", "192.0.2.7"])));
        assert_eq!(ledger.confirmed_name(ip).map(|(name, _)| name), Some("mail.example.jp"));
    }

    #[test]
    fn a_failure_is_not_an_absence() {
        let mut ledger = Ledger::default();
        let why = "SERVFAIL".to_owned();
        ledger.record(dns("example.jp", RecordType::Mx, Answer::Failed { why }));
        assert_eq!(ledger.records("example.jp", RecordType::Mx), Fact::Unknown);
        ledger.record(dns("example.jp", RecordType::Mx, Answer::Absent { why: Absence::NoSuchName }));
        let absent = ledger.records("example.jp", RecordType::Mx).absent();
        assert_eq!(absent.map(|(why, _)| why), Some(Absence::NoSuchName));
    }
}
