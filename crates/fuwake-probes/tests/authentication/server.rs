//! A name server on the loopback that answers from a case's zone.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CNAME, MX, PTR, SOA, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// Records by name, each as `TYPE data`; strings of a TXT are parted by `|`. `SERVFAIL` alone stands for all types that the name has
/// no record of, `TYPE SERVFAIL` for one.
pub(crate) type Zone = BTreeMap<String, Vec<String>>;

/// Runs until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub(crate) async fn start(zone: Zone) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
        let address = socket.local_addr().expect("an address");
        let zone: Zone =
            zone.into_iter().map(|(name, records)| (name.to_ascii_lowercase(), records)).collect();
        let task = tokio::spawn(serve(socket, Arc::new(zone)));
        Self { address, task }
    }
}

async fn serve(socket: UdpSocket, zone: Arc<Zone>) {
    let mut buffer = [0; 4096];
    while let Ok((length, peer)) = socket.recv_from(&mut buffer).await {
        let query = Message::from_vec(&buffer[..length]).expect("a query");
        let answer = answer(&zone, query).to_vec().expect("an answer");
        socket.send_to(&answer, peer).await.expect("sent");
    }
}

fn answer(zone: &Zone, query: Message) -> Message {
    let asked = query.queries[0].clone();
    let mut response = query.into_response();
    response.additionals.clear();
    let mut name = asked.name().clone();
    for _ in 0..8 {
        let text = plain(&name);
        let Some(records) = zone.get(&text) else {
            let parent = format!(".{text}");
            if !zone.keys().any(|known| known.ends_with(&parent)) {
                response.metadata.response_code = ResponseCode::NXDomain;
            }
            break;
        };
        let kind = asked.query_type();
        let found: Vec<Record> = records.iter().filter_map(|text| record(&name, text, kind)).collect();
        let fails = |text: &String| text == "SERVFAIL" || *text == format!("{kind} SERVFAIL");
        if found.is_empty() && records.iter().any(fails) {
            response.metadata.response_code = ResponseCode::ServFail;
            return response;
        }
        let alias = found.iter().find_map(|record| match &record.data {
            RData::CNAME(target) => Some(target.0.clone()),
            _ => None,
        });
        response.add_answers(found);
        match alias {
            Some(target) => name = target,
            None => break,
        }
    }
    if response.answers.is_empty() {
        let root = Name::root();
        let soa = RData::SOA(SOA::new(root.clone(), root.clone(), 1, 3600, 600, 86_400, 60));
        response.add_authority(Record::from_rdata(root, 60, soa));
    }
    response
}

/// Lower case, without the last dot, nothing escaped.
fn plain(name: &Name) -> String {
    let labels: Vec<String> =
        name.iter().map(|label| String::from_utf8_lossy(label).to_lowercase()).collect();
    labels.join(".")
}

/// A name of any printable characters.
fn full(text: &str) -> Option<Name> {
    let labels = text.split('.').filter(|label| !label.is_empty()).map(str::as_bytes);
    let mut name = Name::from_labels(labels).ok()?;
    name.set_fqdn(true);
    Some(name)
}

fn record(owner: &Name, text: &str, asked: RecordType) -> Option<Record> {
    let (kind, data) = text.split_once(' ').unwrap_or((text, ""));
    let target = || full(data);
    let is_asked = kind == asked.to_string() || kind == "CNAME";
    if data == "SERVFAIL" || !is_asked {
        return None;
    }
    let data = match kind {
        "A" => RData::A(A(data.parse().ok()?)),
        "AAAA" => RData::AAAA(AAAA(data.parse().ok()?)),
        "CNAME" => RData::CNAME(CNAME(target()?)),
        "PTR" => RData::PTR(PTR(target()?)),
        "MX" => {
            let (preference, exchange) = data.split_once(' ').unwrap_or((data, ""));
            RData::MX(MX::new(preference.parse().ok()?, full(exchange)?))
        }
        "TXT" => {
            let strings = data.split('|').flat_map(|string| string.as_bytes().chunks(255));
            let strings: Vec<&[u8]> = strings.collect();
            RData::TXT(TXT::from_bytes(if strings.is_empty() { vec![b""] } else { strings }))
        }
        _ => return None,
    };
    Some(Record::from_rdata(owner.clone(), 300, data))
}
