//! Addresses that no visit may reach, by the plain client and by the browser, with a server that must hear nothing.

use std::net::{IpAddr, UdpSocket};

use super::*;

const ATTACKS: &str = include_str!("attacks.txt");

/// An attack: kind, URL, and what its names are resolved to.
struct Attack {
    kind: &'static str,
    url: String,
    names: Vec<(String, Vec<IpAddr>)>,
}

fn attacks(port: u16) -> Vec<Attack> {
    let own = own_address().map_or("127.0.0.1".to_owned(), |ip| ip.to_string());
    let lines = ATTACKS.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let read = |line: &'static str| {
        let mut columns = line.split('\t');
        let (kind, url) = (columns.next().expect("a kind"), columns.next().expect("a URL"));
        let names = columns.map(|column| {
            let (name, addresses) = column.split_once('=').expect("a name and addresses");
            (name.to_owned(), addresses.split(',').map(|ip| ip.parse().expect("an address")).collect())
        });
        let url = url.replace("{port}", &port.to_string()).replace("{own}", &own);
        Attack { kind, url, names: names.collect() }
    };
    lines.map(read).collect()
}

fn urls(port: u16) -> Vec<String> {
    attacks(port).into_iter().map(|attack| attack.url).collect()
}

/// An address of this machine beside loopback, as routing tells it; nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    socket.connect(("192.0.2.1", 9)).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_loopback())
}

/// A visitor who knows the names of the attacks; ports are no hindrance but where they are the attack.
fn attacked(canary: &Server, servers: &[&Server]) -> Visitor {
    let mut visitor = visitor(servers, &["www.shop.example"]);
    visitor.guard.ports.push(canary.port);
    visitor.guard.names.extend(attacks(canary.port).into_iter().flat_map(|attack| attack.names));
    visitor
}

#[test]
fn there_are_enough_of_each_kind() {
    let all = attacks(1);
    let mut kinds: Vec<&str> = all.iter().map(|attack| attack.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert!(all.len() >= 60 && kinds.len() >= 20, "{} of {kinds:?}", all.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plain_client_reaches_none() {
    let canary = Server::start_on_all(|_| page("<title>canary</title>")).await;
    let mut visitor = attacked(&canary, &[]);
    visitor.pool = None;
    for Attack { kind, url, .. } in attacks(canary.port) {
        let visit = seen(&visitor, &url, Profile::JapaneseDesktop).await;
        assert!(visit.end == VisitEnd::Refused && !visit.refused.is_empty(), "{kind} {url}: {visit:#?}");
        assert!(visit.contacts.is_empty() && visit.page.is_none(), "{kind} {url}: {visit:#?}");
    }
    assert!(canary.all().is_empty(), "{:?}", canary.all());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_reaches_none() {
    let canary = Server::start_on_all(|_| page("canary")).await;
    let (urls, targets) = (urls(canary.port), urls(canary.port));
    let server = Server::start(move |request| {
        let place: usize = request.path().trim_start_matches('/').parse().unwrap_or(0);
        let head = format!("HTTP/1.1 302 Found\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n", targets[place]);
        head.as_str().into()
    })
    .await;
    let mut visitor = attacked(&canary, &[&server]);
    visitor.pool = None;
    for (place, target) in urls.iter().enumerate() {
        let url = format!("http://www.shop.example:{}/{place}", server.port);
        let visit = seen(&visitor, &url, Profile::JapaneseMobile).await;
        assert_eq!(visit.steps[0].status, Some(302), "{target}: {visit:#?}");
        assert!(visit.page.is_none_or(|page| page.text.is_empty()), "{target}");
    }
    assert!(canary.all().is_empty(), "{:?}", canary.all());
}

/// Tries every address in every way that pages have.
const ATTACKER: &str = include_str!("attacker.html");

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_reaches_none() {
    let canary = Server::start_on_all(|_| page("canary")).await;
    let mut refused = 0;
    // A few at a time, for a visit has a bound on its requests.
    for some in urls(canary.port).chunks(36) {
        let list = serde_json::to_string(some).expect("strings");
        let html = ATTACKER
            .replace("LIST", &list)
            .replace("PORT", &canary.port.to_string())
            .replace("WORDS", &"words ".repeat(30));
        let server = Server::start(move |_| page(&html)).await;
        // WebRTC would ask by datagrams.
        let udp = UdpSocket::bind(("127.0.0.1", canary.port)).expect("a port for datagrams");
        udp.set_nonblocking(true).expect("a socket");
        let mut visitor = attacked(&canary, &[&server]);
        // Its connections never come to rest.
        visitor.settings.patience = Duration::from_secs(12);
        let url = format!("http://www.shop.example:{}/", server.port);
        let visit = seen(&visitor, &url, Profile::JapaneseDesktop).await;
        assert_eq!(visit.page.as_ref().map(|page| page.title.as_str()), Some("attacker"), "{visit:#?}");
        refused += visit.refused.len();
        assert!(udp.recv(&mut [0; 100]).is_err(), "a datagram came");
    }
    assert!(refused > 50, "{refused}");
    assert!(canary.all().is_empty(), "{:?}", canary.all());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_is_led_to_none() {
    let canary = Server::start_on_all(|_| page("canary")).await;
    let targets: Vec<String> = urls(canary.port).into_iter().step_by(11).collect();
    let pages = targets.clone();
    let server = Server::start(move |request| {
        let place: usize = request.path().trim_start_matches('/').parse().unwrap_or(0);
        page(&format!("<script>location.href={:?}</script>", pages[place % pages.len()]))
    })
    .await;
    let visitor = attacked(&canary, &[&server]);
    for (place, target) in targets.iter().enumerate() {
        let url = format!("http://www.shop.example:{}/{place}", server.port);
        let visit = seen(&visitor, &url, Profile::JapaneseMobile).await;
        assert!(visit.page.is_none_or(|page| !page.text.contains("canary")), "{target}");
    }
    assert!(canary.all().is_empty(), "{:?}", canary.all());
}

#[tokio::test]
async fn a_name_that_is_partly_inner_is_dialled_outside_alone() {
    let server = Server::start(|_| page("x")).await;
    let mut visitor = visitor(&[&server], &[]);
    let mixed = ["10.0.0.1", "127.0.0.1"].map(|ip| ip.parse().expect("an address")).to_vec();
    visitor.guard.names.insert("mixed.example".to_owned(), mixed);
    let judged = visitor.guard.judge("mixed.example", server.port).await.expect("one is allowed");
    assert_eq!((judged.addresses, judged.struck_out), (vec![SocketAddr::new(LOOPBACK, server.port)], true));
    let neighbour = visitor.guard.judge("mixed.example", server.port ^ 1).await;
    assert_eq!(neighbour, Err(Barred::InnerAddress));
}

#[tokio::test]
async fn public_addresses_may_be_reached() {
    let visitor = visitor(&[], &[]);
    let public =
        ["203.0.113.1", "[2001:4860::8888]", "[64:ff9b::203.0.113.9]", "[2002:cb00:7109::1]", "198.51.100.9"];
    for host in public {
        assert!(visitor.guard.judge(host, 443).await.is_ok(), "{host}");
        assert_eq!(visitor.guard.judge(host, 22).await, Err(Barred::Port), "{host}");
    }
}
