//! Lists that are asked by DNS (RFC 5782).

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use fuwake_core::evidence::{Answer, Data, RecordType, Reputation, Subject, reverse_name};
use moka::future::Cache;

use super::tools::categories;
use super::{About, ReputationService, Said, Tools};
use crate::probes::dns::Dns;
use crate::world::Fault;

/// How long a list that answered is believed to answer.
const ANSWERING: Duration = Duration::from_secs(3_600);

/// What an address in a list's answer means.
pub(super) enum Code {
    /// Listed, and why; whether that is a warning.
    Listed { category: &'static str, warns: bool },
    /// Several reasons at once, one a bit.
    Bits(&'static [(u8, &'static str, bool)]),
    /// The list does not answer this resolver or this question.
    Refused,
    /// Not in the list's published table.
    Unknown,
}

/// A list that is asked by DNS.
pub(super) struct Blocklist {
    about: &'static About,
    /// The names end in it.
    zone: String,
    /// A name in it that is always listed (RFC 5782 section 5), without the zone.
    test_point: &'static str,
    /// The list's table of answers.
    meaning: fn(Ipv4Addr) -> Code,
    /// Where a person can look.
    page: fn(&str) -> String,
    answering: Cache<(), ()>,
}

impl std::fmt::Debug for Blocklist {
    /// The zone may hold a key.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Blocklist").field("test_point", &self.test_point).finish_non_exhaustive()
    }
}

impl Blocklist {
    pub(super) fn new(
        about: &'static About,
        zone: impl Into<String>,
        test_point: &'static str,
        meaning: fn(Ipv4Addr) -> Code,
        page: fn(&str) -> String,
    ) -> Self {
        let answering = Cache::builder().max_capacity(1).time_to_live(ANSWERING).build();
        Self { about, zone: zone.into(), test_point, meaning, page, answering }
    }

    async fn look_up(&self, tools: &Tools, subject: &Subject) -> Result<Said, Fault> {
        let Some(name) = name_of(subject) else { return Err(Fault::Garbled("name".to_owned())) };
        // A list that gives strangers no answer says of everything that it is not listed: only one that lists its own test point is
        // believed to know nothing.
        let asking = self.codes(tools, &name);
        let (codes, answering) = tokio::join!(asking, self.is_answering(tools));
        match codes? {
            Some(codes) => self.read(&codes, subject).map(Said::Listed),
            None => answering.map(|()| Said::NotListed),
        }
    }

    async fn is_answering(&self, tools: &Tools) -> Result<(), Fault> {
        let testing = async {
            let codes = self.codes(tools, self.test_point).await?;
            let codes = codes.ok_or_else(|| Fault::Refused("test point not listed".to_owned()))?;
            codes.iter().try_for_each(|code| self.check(*code))
        };
        self.answering.try_get_with((), testing).await.map_err(|fault| Fault::clone(&fault))
    }

    /// The addresses at a name of the list, asked for as the list wants to be asked; none where there is no such name.
    async fn codes(&self, tools: &Tools, name: &str) -> Result<Option<Vec<Ipv4Addr>>, Fault> {
        tools.manners.ask(self.about.id, self.about.rule, || self.resolve(&tools.dns, name)).await
    }

    async fn resolve(&self, dns: &Arc<Dns>, name: &str) -> Result<Option<Vec<Ipv4Addr>>, Fault> {
        let reply = dns.ask(&format!("{name}.{}", self.zone), RecordType::A).await;
        match reply.answer {
            Answer::Found { data: Data::Records(found) } => {
                Ok(Some(found.records.iter().filter_map(|text| text.parse().ok()).collect()))
            }
            Answer::Absent { .. } => Ok(None),
            Answer::Failed { why } => Err(failed(&why)),
            _ => Err(Fault::Unreachable),
        }
    }

    /// Whether an answer is one that a list gives: anything outside 127.0.0.0/8 comes from a resolver that invents names (RFC 5782
    /// section 2.1).
    fn check(&self, code: Ipv4Addr) -> Result<(), Fault> {
        match (self.meaning)(code) {
            Code::Refused => Err(Fault::Refused(code.to_string())),
            _ if !code.is_loopback() => Err(Fault::Garbled("outside 127.0.0.0/8".to_owned())),
            _ => Ok(()),
        }
    }

    fn read(&self, codes: &[Ipv4Addr], subject: &Subject) -> Result<Reputation, Fault> {
        codes.iter().try_for_each(|code| self.check(*code))?;
        let (mut names, mut warns) = (Vec::new(), false);
        for &code in codes {
            match (self.meaning)(code) {
                Code::Listed { category, warns: warning } => {
                    names.push(category);
                    warns |= warning;
                }
                Code::Bits(bits) => {
                    let set = bits.iter().filter(|(bit, ..)| code.octets()[3] & bit != 0);
                    set.for_each(|(_, category, warning)| {
                        names.push(category);
                        warns |= warning;
                    });
                }
                Code::Refused | Code::Unknown => {}
            }
        }
        let answers: Vec<String> = codes.iter().map(Ipv4Addr::to_string).collect();
        Ok(Reputation {
            warns,
            categories: categories(names),
            text: Some(answers.join(" ")),
            link: Some((self.page)(&subject.text())),
            picture: None,
        })
    }
}

impl ReputationService for Blocklist {
    fn ask<'a>(&'a self, tools: &'a Tools, subject: &'a Subject) -> BoxFuture<'a, Result<Said, Fault>> {
        self.look_up(tools, subject).boxed()
    }
}

/// Addresses stand backwards (RFC 5782 sections 2.1 and 2.4), domains as they are.
fn name_of(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Address(ip) => {
            let name = reverse_name(*ip);
            let bare = name.strip_suffix(".in-addr.arpa").or_else(|| name.strip_suffix(".ip6.arpa"));
            bare.map(str::to_owned)
        }
        Subject::Domain(domain) => Some(domain.clone()),
        Subject::Url(_) => None,
    }
}

/// The resolver's own fault, as the DNS probe words it.
fn failed(why: &str) -> Fault {
    match why {
        "time-out" => Fault::TimeOut,
        "unreachable" => Fault::Unreachable,
        _ => match why.split_once(": ") {
            Some(("refused", code)) => Fault::Refused(code.to_owned()),
            Some(("server failed", code)) => Fault::ServerFailed(code.to_owned()),
            _ => Fault::Garbled("DNS".to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::net::UdpSocket;

    use super::super::testing::{domain, listed, tools};
    use super::super::{spamhaus, surbl, uribl};
    use super::*;

    /// A DNS server that knows some names; NXDOMAIN for all others.
    async fn resolver(known: Vec<(&'static str, Ipv4Addr)>) -> SocketAddr {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = socket.local_addr().expect("an address");
        tokio::spawn(async move {
            let mut packet = [0; 1_500];
            while let Ok((length, peer)) = socket.recv_from(&mut packet).await {
                let _ = socket.send_to(&answer(&packet[..length], &known), peer).await;
            }
        });
        address
    }

    /// One answer (RFC 1035 section 4.1).
    fn answer(query: &[u8], known: &[(&str, Ipv4Addr)]) -> Vec<u8> {
        let (mut name, mut at) = (Vec::new(), 12);
        while query[at] != 0 {
            let end = at + 1 + usize::from(query[at]);
            name.push(String::from_utf8_lossy(&query[at + 1..end]).to_lowercase());
            at = end;
        }
        let name = name.join(".");
        let found: Vec<Ipv4Addr> =
            known.iter().filter(|(one, _)| *one == name).map(|(_, code)| *code).collect();
        let status = if found.is_empty() { 3 } else { 0 };
        let count = u8::try_from(found.len()).expect("few");
        let denied = u8::from(found.is_empty());
        let mut packet = [&query[..2], &[0x81, 0x80 | status, 0, 1, 0, count, 0, denied, 0, 0]].concat();
        packet.extend(&query[12..at + 5]);
        if found.is_empty() {
            // The root's SOA, all names and numbers nought.
            packet.extend([0, 0, 6, 0, 1, 0, 0, 0, 60, 0, 22]);
            packet.extend([0; 22]);
        }
        for code in found {
            packet.extend([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
            packet.extend(code.octets());
        }
        packet
    }

    async fn ask(
        service: Box<dyn ReputationService>,
        subject: &Subject,
        known: &[(&'static str, Ipv4Addr)],
    ) -> Result<Said, Fault> {
        service.ask(&tools(resolver(known.to_vec()).await, None), subject).await
    }

    const ZEN_TEST: (&str, Ipv4Addr) = ("2.0.0.127.zen.spamhaus.org", Ipv4Addr::new(127, 0, 0, 2));

    #[tokio::test]
    async fn codes_are_read_by_the_lists_tables() {
        let ip = Subject::Address([192, 0, 2, 7].into());
        let name = "7.2.0.192.zen.spamhaus.org";
        let found = listed(
            ask(
                spamhaus::zen(None),
                &ip,
                &[(name, Ipv4Addr::new(127, 0, 0, 4)), (name, Ipv4Addr::new(127, 0, 0, 10))],
            )
            .await,
        );
        assert_eq!((found.warns, found.categories), (true, vec!["PBL".to_owned(), "XBL".to_owned()]));
        assert_eq!(found.text.as_deref(), Some("127.0.0.10 127.0.0.4"));
        let found = listed(ask(spamhaus::zen(None), &ip, &[(name, Ipv4Addr::new(127, 0, 0, 10))]).await);
        assert!(!found.warns, "an access line is not bad by itself");
        let both = listed(
            ask(
                surbl::set_up(None),
                &domain("example.com"),
                &[("example.com.multi.surbl.org", Ipv4Addr::new(127, 0, 0, 80))],
            )
            .await,
        );
        assert_eq!((both.warns, both.categories), (true, vec!["abuse".to_owned(), "malware".to_owned()]));
        let grey = listed(
            ask(
                uribl::set_up(None),
                &domain("example.com"),
                &[("example.com.multi.uribl.com", Ipv4Addr::new(127, 0, 0, 4))],
            )
            .await,
        );
        assert_eq!((grey.warns, grey.categories), (false, vec!["grey".to_owned()]));
    }

    #[tokio::test]
    async fn only_a_list_that_answers_says_that_something_is_not_listed() {
        let ip = Subject::Address([192, 0, 2, 7].into());
        assert_eq!(ask(spamhaus::zen(None), &ip, &[ZEN_TEST]).await, Ok(Said::NotListed));
        let silent = ask(spamhaus::zen(None), &ip, &[]).await;
        assert_eq!(silent, Err(Fault::Refused("test point not listed".to_owned())));
        let six = Subject::Address("2001:db8::1".parse().expect("an address"));
        assert_eq!(ask(spamhaus::zen(None), &six, &[ZEN_TEST]).await, Ok(Said::NotListed));
    }

    #[tokio::test]
    async fn a_list_that_refuses_is_a_failure() {
        const BLOCKED: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 1);
        const PUBLIC: Ipv4Addr = Ipv4Addr::new(127, 255, 255, 254);
        let ip = Subject::Address([192, 0, 2, 7].into());
        let refused = |code: Ipv4Addr| Err(Fault::Refused(code.to_string()));
        let known = &[("7.2.0.192.zen.spamhaus.org", PUBLIC)];
        assert_eq!(ask(spamhaus::zen(None), &ip, known).await, refused(PUBLIC));
        let known = &[("example.com.multi.surbl.org", BLOCKED)];
        assert_eq!(ask(surbl::set_up(None), &domain("example.com"), known).await, refused(BLOCKED));
        let known = &[("example.com.multi.uribl.com", BLOCKED)];
        assert_eq!(ask(uribl::set_up(None), &domain("example.com"), known).await, refused(BLOCKED));
        let known = &[("7.2.0.192.zen.spamhaus.org", Ipv4Addr::new(203, 0, 113, 1))];
        let invented = ask(spamhaus::zen(None), &ip, known).await;
        assert_eq!(invented, Err(Fault::Garbled("outside 127.0.0.0/8".to_owned())));
        let nobody = tools(([127, 0, 0, 1], 9).into(), None);
        assert!(spamhaus::zen(None).ask(&nobody, &ip).await.is_err());
    }
}
