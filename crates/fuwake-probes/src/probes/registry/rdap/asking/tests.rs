//! Against servers on this machine, some of which misbehave.

use std::fs;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::probes::dns::Dns;
use crate::world::{Dialer, Settings};

/// Answers each request by its path; `{base}` in a body stands for the server's own address.
async fn server(answer: fn(&str) -> (u16, String)) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let base = format!("http://{}/", listener.local_addr().expect("an address"));
    let own = base.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let own = own.clone();
            tokio::spawn(async move {
                let mut head = vec![0; 4_096];
                let length = stream.read(&mut head).await.unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..length]).into_owned();
                let path = head.split(' ').nth(1).unwrap_or_default();
                if path.ends_with("/slow.com") {
                    tokio::time::sleep(Duration::from_secs(30)).await;
                }
                let (status, body) = answer(path);
                let body = body.replace("{base}", &own);
                let more = if (300..400).contains(&status) {
                    format!("location: {body}\r\n")
                } else {
                    String::new()
                };
                let answer = format!(
                    "HTTP/1.1 {status} X\r\n{more}content-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                let _ = stream.write_all(answer.as_bytes()).await;
            });
        }
    });
    base
}

fn rdap(base: &str) -> Rdap {
    let settings = Settings { resolvers: vec![([127, 0, 0, 1], 9).into()], ..Settings::default() };
    let manners = Arc::new(Manners::new());
    let dns = Arc::new(Dns::new(&settings, Arc::clone(&manners)).expect("a resolver"));
    let http = Http::new(&settings, Dialer::to_loopback(&settings, dns)).expect("a client");
    Rdap::with_bootstrap(&format!("{base}bootstrap/"), http, manners, None)
}

fn services() -> String {
    json!({"services": [[["com", "192.0.2.0/24", "2001:db8::/32", "64496-64511"], ["{base}rdap/"]]]})
        .to_string()
}

fn domain(more: &Value) -> String {
    let mut object = json!({"objectClassName": "domain", "ldhName": "EXAMPLE.COM"});
    for (name, value) in more.as_object().into_iter().flatten() {
        object[name] = value.clone();
    }
    object.to_string()
}

fn answers(path: &str) -> (u16, String) {
    let redirect = |path: &str| (302, path.to_owned());
    let domain_answer = match path.strip_prefix("/rdap/domain/") {
        Some("example.com") => (
            200,
            domain(
                &json!({"events": [{"eventAction": "registration", "eventDate": "2001-03-26T01:02:03Z"}]}),
            ),
        ),
        Some("none.com") => (404, String::new()),
        Some("said-none.com") => (404, json!({"errorCode": 404, "title": "Not Found"}).to_string()),
        Some("gateway.com") => (404, json!({"errorCode": 503, "title": "backend down"}).to_string()),
        Some("json.com") => (404, json!({"message": "no route"}).to_string()),
        Some("page.com") => (404, "<html>Not Found</html>".to_owned()),
        Some("limit.com") => (429, String::new()),
        Some("down.com") => (503, String::new()),
        Some("bad.com") => (200, "{\"objectClassName\": ".to_owned()),
        Some("empty.com") => (200, String::new()),
        Some("other.com") => (200, domain(&json!({}))),
        Some("deep.com") => (200, "[".repeat(100_000)),
        Some("long.com") => (200, "1".repeat(5 << 20)),
        Some("loop.com") => redirect("{base}rdap/domain/loop.com"),
        Some("inner.com") => redirect("http://10.0.0.1/rdap/domain/inner.com"),
        _ => (500, String::new()),
    };
    match path {
        _ if path.starts_with("/bootstrap/") => (200, services()),
        "/rdap/ip/192.0.2.7" => (200, json!({"objectClassName": "ip network", "startAddress": "192.0.2.0", "endAddress": "192.0.2.255", "name": "EXAMPLE", "country": "JP"}).to_string()),
        "/rdap/ip/192.0.2.8" => (200, json!({"startAddress": "0.0.0.0", "endAddress": "255.255.255.255"}).to_string()),
        "/rdap/ip/2001:db8::1" => redirect("{base}rdap/moved"),
        "/rdap/moved" => (200, json!({"startAddress": "2001:db8::", "endAddress": "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "cidr0_cidrs": [{"v6prefix": "2001:db8::", "length": 32}]}).to_string()),
        "/rdap/autnum/64500" => (200, json!({"objectClassName": "autnum", "startAutnum": 64500, "endAutnum": 64500, "name": "EXAMPLE-AS"}).to_string()),
        _ => domain_answer,
    }
}

fn told(miss: Miss) -> String {
    match miss {
        Miss::Failed(fault, source) => format!("{source}: {fault}"),
        Miss::NotAsked(why, source) => format!("{source} not asked: {why}"),
    }
}

#[tokio::test]
async fn domains_found_and_not() {
    let rdap = rdap(&server(answers).await);
    let said = rdap.registration("example.com").await.expect("an answer").expect("a server");
    let found = said.found.expect("a registration");
    assert_eq!(found.registered.as_deref(), Some("2001-03-26T01:02:03Z"));
    assert_eq!(said.source, "rdap 127.0.0.1");
    for none in ["none.com", "said-none.com"] {
        let said = rdap.registration(none).await.expect("an answer").expect("a server");
        assert_eq!(said.found, None, "{none}");
    }
    assert_eq!(rdap.registration("example.jp").await, Ok(None), "no RDAP there");
}

#[tokio::test]
async fn faults_are_no_absence() {
    let rdap = rdap(&server(answers).await);
    for (domain, fault) in [
        ("page.com", "garbled: HTTP 404"),
        ("gateway.com", "garbled: HTTP 404"),
        ("json.com", "garbled: HTTP 404"),
        ("down.com", "server failed: HTTP 503"),
        ("bad.com", "garbled: RDAP"),
        ("empty.com", "garbled: RDAP"),
        ("other.com", "garbled: RDAP: no such domain"),
        ("deep.com", "garbled: RDAP"),
        ("long.com", "answer too long"),
        ("loop.com", "garbled: redirects"),
        ("inner.com", "garbled: redirects"),
        // The last: after it the server is left alone.
        ("limit.com", "rate-limited"),
        ("example.com", "rate-limited"),
    ] {
        let miss = rdap.registration(domain).await.expect_err(domain);
        assert_eq!(told(miss), format!("rdap 127.0.0.1: {fault}"), "{domain}");
    }
}

#[tokio::test]
async fn addresses_and_numbers() {
    let rdap = rdap(&server(answers).await);
    let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
    let network = rdap.network(ip("192.0.2.7")).await.expect("an answer").and_then(|said| said.found);
    assert_eq!(network.expect("a network").range, "192.0.2.0 - 192.0.2.255");
    let moved = rdap.network(ip("2001:db8::1")).await.expect("an answer").and_then(|said| said.found);
    assert_eq!(moved.expect("a network").range, "2001:db8::/32");
    assert!(rdap.network(ip("192.0.2.8")).await.is_err(), "the whole space is nobody's block");
    let system = rdap.autonomous_system(64500).await.expect("an answer").and_then(|said| said.found);
    assert_eq!(system.expect("a system").name.as_deref(), Some("EXAMPLE-AS"));
    assert_eq!(rdap.autonomous_system(1).await, Ok(None));
}

#[tokio::test]
async fn without_a_bootstrap_nothing_is_known() {
    let rdap = rdap("http://127.0.0.1:9/");
    let miss = rdap.registration("example.com").await.expect_err("nobody listens");
    assert_eq!(miss, Miss::Failed(Fault::Unreachable, "rdap data.iana.org".to_owned()));
}

#[tokio::test]
async fn a_slow_registry_leaves_time_for_another_way() {
    let mut rdap = rdap(&server(answers).await);
    rdap.share = Duration::from_millis(300);
    let miss = rdap.registration("slow.com").await.expect_err("too slow");
    assert_eq!(told(miss), "rdap: time-out");
}

#[tokio::test]
async fn the_bootstrap_is_kept_on_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = server(answers).await;
    for base in [base.as_str(), "http://127.0.0.1:9/"] {
        let mut rdap = rdap(base);
        rdap.bootstrap = Bootstrap::new(&format!("{base}bootstrap/"), Some(folder.path().to_owned()));
        let kept = rdap.bootstrap.for_domain("example.com", &rdap.http, &rdap.manners).await;
        assert!(kept.is_ok_and(|server| server.is_some()), "{base}");
    }
}

#[test]
fn a_registrar_is_not_asked_on_the_domain_itself() {
    let url = |text: &str| Url::parse(text).expect("an address");
    let is = |text| is_registrars(&url(text), "rdap.registry.example", "example.com");
    assert!(is("https://rdap.registrar.example/domain/example.com"));
    assert!(is("https://notexample.com/domain/example.com"));
    for no in [
        "https://rdap.example.com/x",
        "https://EXAMPLE.com/x",
        "https://192.0.2.1/x",
        "https://rdap.registry.example/x",
        "ftp://a.example/x",
    ] {
        assert!(!is(no), "{no}");
    }
}

#[tokio::test]
async fn a_silent_server_costs_its_time_alone() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let base = format!("http://{}/", listener.local_addr().expect("an address"));
    let rdap = rdap(&base);
    tokio::time::pause();
    let asking = timeout(Duration::from_secs(60), rdap.registration("example.com"));
    let miss = asking.await.expect("it ends").expect_err("nobody speaks");
    assert!(matches!(miss, Miss::Failed(Fault::TimeOut, _)));
    drop(listener);
}

/// The answers of registries beside this file, each read as what its name says: kind, server, what was asked.
#[test]
fn recorded_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/probes/registry/rdap/samples");
    let json = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(folder.join(name)).expect(name)).expect(name)
    };
    let expected = json("expected.json");
    let expected = expected.as_object().expect("an object");
    assert_eq!(
        expected.len() + 1,
        fs::read_dir(&folder).expect("a folder").count(),
        "each has its expectation"
    );
    for (name, expected) in expected {
        assert_eq!(&outcome(name, &json(name)), expected, "{name}");
    }
}

fn outcome(name: &str, answer: &Value) -> Value {
    let words: Vec<&str> = name.trim_end_matches(".json").split(' ').collect();
    let asked = words[2].replace('_', ":");
    match words[0] {
        "domain" => {
            json!({"found": object::registration(answer, &asked), "related": object::related(answer)})
        }
        "network" => json!({"found": object::network(answer, asked.parse().expect("an address"))}),
        _ => json!({"found": object::autonomous_system(answer, asked.parse().expect("a number"))}),
    }
}
