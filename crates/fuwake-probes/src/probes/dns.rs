//! The DNS, asked through the operator's or the system's resolver.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use fuwake_core::evidence::{Absence, Data, RecordType, Records};
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, RecordType as Wire};

use crate::world::{Fault, Manners, Reply, Rule, Settings, UnusableSettings};

/// One resolver, as large ones bear it; a try includes the resolver's own second try.
const RULE: Rule = Rule { at_once: 64, per_second: 200, time_out: Duration::from_secs(8), retries: 0 };
/// The shortest and longest that an answer is kept, whatever its TTL (RFC 8767 section 4 caps at a week; a day is enough).
const SHORTEST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_secs(86_400);
/// How long an absence is kept where no SOA says it (RFC 2308 section 5).
const ABSENCE: Duration = Duration::from_secs(300);
/// How many records of one answer are kept.
const MOST: usize = 100;
/// How long one record may be, in characters.
const LONG: usize = 4_096;

/// Asks a resolver.
#[derive(Debug)]
pub struct Dns {
    resolver: TokioResolver,
    manners: Arc<Manners>,
}

impl Dns {
    /// Through the resolvers of the settings, else the system's.
    ///
    /// # Errors
    /// The system names none that can be used.
    pub fn new(settings: &Settings, manners: Arc<Manners>) -> Result<Self, UnusableSettings> {
        let unusable = |error: NetError| UnusableSettings::Resolver(error.to_string());
        let provider = TokioRuntimeProvider::default();
        let mut builder = if settings.resolvers.is_empty() {
            TokioResolver::builder(provider).map_err(unusable)?
        } else {
            let servers = settings.resolvers.iter().map(server).collect();
            TokioResolver::builder_with_config(
                ResolverConfig::from_parts(None, Vec::new(), servers),
                provider,
            )
        };
        let options = builder.options_mut();
        options.timeout = Duration::from_secs(3);
        options.attempts = 2;
        // Answers are kept once, with their time, by the world's own cache.
        options.cache_size = 0;
        options.use_hosts_file = ResolveHosts::Never;
        options.edns0 = true;
        Ok(Self { resolver: builder.build().map_err(unusable)?, manners })
    }

    /// The records of a type at a name.
    pub async fn ask(&self, name: &str, record: RecordType) -> Reply {
        match self.lookup(name, record).await {
            Ok(Looked::Found(records)) => {
                let lifetime = Duration::from_secs(records.ttl.into()).clamp(SHORTEST, LONGEST);
                Reply::found(Data::Records(records), "dns", lifetime)
            }
            Ok(Looked::Absent(why, ttl)) => Reply::absent(why, "dns", ttl.clamp(SHORTEST, LONGEST)),
            Err(fault) => Reply::failed(&fault, "dns"),
        }
    }

    async fn lookup(&self, name: &str, record: RecordType) -> Result<Looked, Fault> {
        // Label by label: names that SPF's macros make hold more than a host's letters (RFC 2181 section 11).
        let labels = name.split('.').filter(|label| !label.is_empty()).map(str::as_bytes);
        let full = if name.is_ascii() { Name::from_labels(labels) } else { Name::from_utf8(name) };
        let mut full = full.map_err(|_| Fault::Garbled("name".to_owned()))?;
        // Never completed with a search domain: the name would tell whoever owns that.
        full.set_fqdn(true);
        let wire = wire(record);
        let asked = self
            .manners
            .ask("dns", RULE, || async { read(self.resolver.lookup(full.clone(), wire).await, wire) });
        asked.await
    }
}

enum Looked {
    Found(Records),
    Absent(Absence, Duration),
}

fn server(address: &SocketAddr) -> NameServerConfig {
    let mut connections = vec![ConnectionConfig::udp(), ConnectionConfig::tcp()];
    for connection in &mut connections {
        connection.port = address.port();
    }
    NameServerConfig::new(address.ip(), true, connections)
}

fn read(answer: Result<Lookup, NetError>, wire: Wire) -> Result<Looked, Fault> {
    match answer {
        Ok(lookup) => Ok(records(&lookup, wire)),
        Err(NetError::Dns(DnsError::NoRecordsFound(none))) => match none.response_code {
            // Resolvers that filter say so too, and of names of phishing first: only the zone's own word counts (RFC 2308 section 2.1).
            ResponseCode::NXDomain
                if none.soa.as_ref().is_some_and(|soa| soa.name.zone_of(none.query.name())) =>
            {
                Ok(Looked::Absent(Absence::NoSuchName, ttl(none.negative_ttl)))
            }
            ResponseCode::NXDomain => Err(Fault::Garbled("no such name, no SOA".to_owned())),
            ResponseCode::NoError if none.soa.is_some() => {
                Ok(Looked::Absent(Absence::NoData, ttl(none.negative_ttl)))
            }
            // Without the zone's own word it may as well be a delegation that leads nowhere (RFC 2308 section 2.2).
            ResponseCode::NoError => Err(Fault::Garbled("no data, no SOA".to_owned())),
            code => Err(failure(code)),
        },
        Err(NetError::Dns(DnsError::ResponseCode(code))) => Err(failure(code)),
        Err(NetError::Timeout) => Err(Fault::TimeOut),
        Err(NetError::NoConnections | NetError::Io(_)) => Err(Fault::Unreachable),
        Err(_) => Err(Fault::Garbled("DNS".to_owned())),
    }
}

fn ttl(seconds: Option<u32>) -> Duration {
    seconds.map_or(ABSENCE, |seconds| Duration::from_secs(seconds.into()))
}

fn failure(code: ResponseCode) -> Fault {
    match code {
        ResponseCode::ServFail => Fault::ServerFailed("SERVFAIL".to_owned()),
        ResponseCode::Refused => Fault::Refused("REFUSED".to_owned()),
        ResponseCode::FormErr => Fault::ServerFailed("FORMERR".to_owned()),
        ResponseCode::NotImp => Fault::ServerFailed("NOTIMP".to_owned()),
        code => Fault::ServerFailed(format!("rcode {}", u16::from(code))),
    }
}

/// The records of the type that was asked for; an alias's own record (CNAME) says only where they stand. An alias that leads to
/// nothing is an absence.
fn records(lookup: &Lookup, wire: Wire) -> Looked {
    let answers = lookup.answers().iter().filter(|record| record.record_type() == wire).take(MOST);
    let (mut found, mut ttl, mut owner) = (Vec::new(), u32::MAX, None);
    for record in answers {
        found.extend(text(&record.data).map(|text| text.chars().take(LONG).collect::<String>()));
        ttl = ttl.min(record.ttl);
        owner = Some(bare(&record.name));
    }
    if found.is_empty() {
        return Looked::Absent(Absence::NoData, ABSENCE);
    }
    found.sort_unstable();
    found.dedup();
    let alias_of = owner.filter(|owner| *owner != bare(lookup.query().name()));
    Looked::Found(Records { records: found, alias_of, ttl })
}

/// A record's data as zone files write it, but names without the last dot and strings joined.
fn text(data: &RData) -> Option<String> {
    match data {
        RData::A(ip) => Some(ip.0.to_string()),
        RData::AAAA(ip) => Some(ip.0.to_string()),
        RData::CNAME(name) => Some(bare(&name.0)),
        RData::NS(name) => Some(bare(&name.0)),
        RData::PTR(name) => Some(bare(&name.0)),
        RData::MX(exchange) => Some(format!("{} {}", exchange.preference, bare(&exchange.exchange))),
        RData::TXT(strings) => {
            let joined: Vec<u8> = strings.txt_data.iter().flat_map(|piece| piece.iter().copied()).collect();
            Some(String::from_utf8_lossy(&joined).into_owned())
        }
        RData::SOA(_) | RData::CAA(_) => Some(data.to_string()),
        _ => None,
    }
}

/// Lower case, without the last dot; the root stays a dot.
fn bare(name: &Name) -> String {
    let text = name.to_lowercase().to_string();
    match text.strip_suffix('.') {
        Some(bare) if !bare.is_empty() => bare.to_owned(),
        _ => text,
    }
}

const fn wire(record: RecordType) -> Wire {
    match record {
        RecordType::A => Wire::A,
        RecordType::Aaaa => Wire::AAAA,
        RecordType::Caa => Wire::CAA,
        RecordType::Cname => Wire::CNAME,
        RecordType::Mx => Wire::MX,
        RecordType::Ns => Wire::NS,
        RecordType::Ptr => Wire::PTR,
        RecordType::Soa => Wire::SOA,
        RecordType::Txt => Wire::TXT,
    }
}

#[cfg(test)]
mod tests {
    use fuwake_core::evidence::Answer;
    use hickory_resolver::proto::op::Message;
    use hickory_resolver::proto::rr::Record;
    use hickory_resolver::proto::rr::rdata::{SOA, TXT};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, UdpSocket};

    use super::*;

    const LONG_TEXT: usize = 1_200;

    /// A server whose answer does not fit a datagram: it says so there (TC, RFC 1035 section 4.1.1), and answers whole over TCP, where
    /// `over_tcp` lets it.
    async fn truncating(over_tcp: bool) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let socket = UdpSocket::bind(address).await.expect("the same port");
        tokio::spawn(async move {
            let mut buffer = [0; 4_096];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
                let mut answer = Message::from_vec(&buffer[..length]).expect("a query").into_response();
                answer.metadata.truncation = true;
                let _ = socket.send_to(&answer.to_vec().expect("an answer"), peer).await;
            }
        });
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let Ok(length) = stream.read_u16().await else { continue };
                let mut query = vec![0; length.into()];
                let read = stream.read_exact(&mut query).await.is_ok();
                if !over_tcp || !read {
                    continue;
                }
                let query = Message::from_vec(&query).expect("a query");
                let name = query.queries[0].name().clone();
                let mut answer = query.into_response();
                let piece = "x".repeat(200);
                let text = TXT::new(vec![piece; LONG_TEXT / 200]);
                answer.answers.push(Record::from_rdata(name, 300, RData::TXT(text)));
                let answer = answer.to_vec().expect("an answer");
                let _ = stream.write_u16(answer.len().try_into().expect("short")).await;
                let _ = stream.write_all(&answer).await;
            }
        });
        address
    }

    async fn asked(server: SocketAddr) -> Answer {
        let settings = Settings { resolvers: vec![server], ..Settings::default() };
        let dns = Dns::new(&settings, Arc::new(Manners::new())).expect("a resolver");
        dns.ask("long.example.com", RecordType::Txt).await.answer
    }

    #[tokio::test]
    async fn a_truncated_answer_is_asked_for_again_over_tcp() {
        let answer = asked(truncating(true).await).await;
        let lengths = match &answer {
            Answer::Found { data: Data::Records(found) } => found.records.iter().map(String::len).collect(),
            _ => Vec::new(),
        };
        assert_eq!(lengths, [LONG_TEXT], "{answer:?}");
    }

    #[tokio::test]
    async fn a_truncated_answer_without_tcp_is_a_failure_and_no_absence() {
        let answer = asked(truncating(false).await).await;
        assert!(matches!(answer, Answer::Failed { .. }), "{answer:?}");
    }

    /// A server that knows no name, with the SOA of `zone` where there is one.
    async fn denying(zone: Option<&'static str>) -> SocketAddr {
        let socket = UdpSocket::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = socket.local_addr().expect("an address");
        tokio::spawn(async move {
            let mut buffer = [0; 4_096];
            while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
                let mut answer = Message::from_vec(&buffer[..length]).expect("a query").into_response();
                answer.metadata.response_code = ResponseCode::NXDomain;
                answer.authorities.extend(zone.map(|zone| {
                    let name = Name::from_ascii(zone).expect("a name");
                    let soa = SOA::new(name.clone(), name.clone(), 1, 3_600, 600, 86_400, 300);
                    Record::from_rdata(name, 300, RData::SOA(soa))
                }));
                let _ = socket.send_to(&answer.to_vec().expect("an answer"), peer).await;
            }
        });
        address
    }

    #[tokio::test]
    async fn that_there_is_no_such_name_is_for_its_zone_to_say() {
        let none = Answer::Absent { why: Absence::NoSuchName };
        assert_eq!(asked(denying(Some("com.")).await).await, none);
        for zone in [None, Some("rpz.filter.example.")] {
            let answer = asked(denying(zone).await).await;
            assert!(matches!(answer, Answer::Failed { .. }), "{zone:?}: {answer:?}");
        }
    }
}
