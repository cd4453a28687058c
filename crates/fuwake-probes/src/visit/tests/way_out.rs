//! The way out of a visit: it ends with the visit whatever servers do, counts both ways, is for no other user, and goes through an
//! operator's proxy by the addresses that were judged.

use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use super::*;
use crate::visit::egress::Egress;

const SHORT: Duration = Duration::from_secs(5);

/// A tunnel to a server that takes connections and never reads, filled until nothing more goes in.
async fn stuck(most: u64) -> (Egress, TcpStream, usize) {
    let deaf = TcpListener::bind((LOOPBACK, 0)).await.expect("a port");
    let address = deaf.local_addr().expect("an address");
    let mut visitor = visitor(&[], &[]);
    visitor.guard.servers.push(address);
    let egress = Egress::open(visitor.guard.clone(), most).await.expect("a way out");
    let way: SocketAddr = egress.url().trim_start_matches("http://").parse().expect("an address");
    let mut tunnel = TcpStream::connect(way).await.expect("a connection");
    let ask = format!("CONNECT {address} HTTP/1.1\r\nhost: {address}\r\n\r\n");
    tunnel.write_all(ask.as_bytes()).await.expect("a request");
    let mut answer = [0; 1_000];
    let length = tunnel.read(&mut answer).await.expect("an answer");
    assert!(answer[..length].starts_with(b"HTTP/1.1 200"));
    tokio::spawn(async move {
        let _held = deaf.accept().await;
        std::future::pending::<()>().await;
    });
    let (mut written, piece) = (0, [b'x'; 65_536]);
    while let Ok(Ok(length)) = timeout(Duration::from_millis(500), tunnel.write(&piece)).await {
        written += length;
    }
    (egress, tunnel, written)
}

#[tokio::test]
async fn a_server_that_never_reads_holds_nothing_up() {
    let (egress, mut tunnel, written) = stuck(u64::MAX).await;
    assert!(written > 0 && !egress.traffic().is_full());
    drop(egress);
    let mut rest = Vec::new();
    let ended = timeout(SHORT, tunnel.read_to_end(&mut rest)).await;
    assert!(ended.is_ok(), "the tunnel is cut");
}

#[tokio::test]
async fn what_goes_out_counts() {
    let (egress, ..) = stuck(10_000).await;
    assert!(egress.traffic().is_full());
    assert_eq!(egress.traffic().bytes(), 0, "nothing came");
}

/// Whoever else has an account here gets no answer. Only root can try.
#[tokio::test]
async fn another_user_gets_no_answer() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let server = Server::start(|_| page("x")).await;
    let visitor = visitor(&[&server], &["www.shop.example"]);
    let egress = Egress::open(visitor.guard.clone(), u64::MAX).await.expect("a way out");
    let way = egress.url().trim_start_matches("http://").replace(':', "/");
    let request = format!(
        "GET http://www.shop.example:{}/ HTTP/1.1\\r\\nhost: x\\r\\nconnection: close\\r\\n\\r\\n",
        server.port
    );
    let script = format!("exec 3<>/dev/tcp/{way}; printf '{request}' >&3; cat <&3");
    let ask = async |user: u32| {
        let mut command = Command::new("bash");
        command.args(["-c", &script]).uid(user).gid(user);
        let asked = tokio::task::spawn_blocking(move || command.output().expect("bash"));
        String::from_utf8_lossy(&asked.await.expect("an end").stdout).into_owned()
    };
    assert_eq!(ask(12_345).await, "");
    assert!(server.all().is_empty() && egress.traffic().contacts().is_empty());
    let own = chromium::user().expect("a browser's user");
    assert!(ask(own).await.starts_with("HTTP/1.1 200"), "its browser may");
}

/// An operator's proxy (CONNECT alone) that tells what it was asked for; every server is this one.
async fn operators_proxy(server: u16) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((LOOPBACK, 0)).await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let told = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let told = Arc::clone(&told);
            tokio::spawn(async move {
                let mut head = [0; 2_000];
                let length = client.read(&mut head).await.unwrap_or(0);
                let line =
                    String::from_utf8_lossy(&head[..length]).lines().next().unwrap_or_default().to_owned();
                told.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                let mut server = TcpStream::connect((LOOPBACK, server)).await.expect("the server");
                let _ = client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                let _ = copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    (url, asked)
}

#[tokio::test(flavor = "multi_thread")]
async fn through_an_operators_proxy_go_judged_addresses_alone() {
    let server = Server::start(|_| {
        page("<p>pictures of others<img src=http://10.0.0.1/a><img src=http://inner.example/b><img src=http://[::1]/c>")
    })
    .await;
    let (proxy, asked) = operators_proxy(server.port).await;
    let mut visitor = visitor_through(Some(proxy), &[], &[]);
    let names = [("www.shop.example", "203.0.113.5"), ("inner.example", "192.168.0.1")];
    visitor.guard.names =
        names.map(|(name, ip)| (name.to_owned(), vec![ip.parse().expect("an address")])).into();
    for url in ["http://www.shop.example/", "http://[2001:4860::8888]/", "http://198.51.100.9/"] {
        let visit = seen(&visitor, url, Profile::JapaneseDesktop).await;
        assert_eq!((visit.end, visit.refused.len()), (VisitEnd::Shown, 3), "{url}: {visit:#?}");
    }
    for url in
        ["http://192.168.0.1/", "http://inner.example/", "http://127.0.0.1/", "http://[::ffff:10.0.0.1]/"]
    {
        assert_eq!(seen(&visitor, url, Profile::JapaneseDesktop).await.end, VisitEnd::Refused, "{url}");
    }
    let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
    asked.sort();
    asked.dedup();
    let expected = ["198.51.100.9:80", "203.0.113.5:80", "[2001:4860::8888]:80"];
    assert_eq!(asked, expected.map(|server| format!("CONNECT {server} HTTP/1.1")));
}
