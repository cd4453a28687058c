//! The guard of visits, attacked in the lab: canaries listen on loopback, at inner addresses of the namespace and at this machine's own
//! address, all of which would answer; nothing of what a mail's links and pages try may reach one.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::Place;
use super::namespace::run as call;
use super::program::{dissect, evidence};
use super::rebinder;
use super::world::Domain;

/// The attacks, which the visitor's own tests try too: kind, URL, and what names in it resolve to.
const ATTACKS: &str = "crates/fuwake-probes/src/visit/tests/attacks.txt";
/// A page that tries every address of `LIST` in every way that pages have.
const PAGE: &str = "crates/fuwake-probes/src/visit/tests/attacker.html";
/// The attacker's server.
const HOST: &str = "www.attacker.top";
const ATTACKER: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 66);
/// An address that looks public and is this machine's own.
const OWN: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 7);
/// Where canaries listen at every address.
const PORT: u16 = 8080;
/// Networks that are made to lead to this machine.
const INNER: [&str; 6] =
    ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "168.63.129.16/32"];
/// Attacks of one page: a visit has a bound on its requests.
const EACH: usize = 20;

/// The domains of the attack.
pub(super) fn domains() -> anyhow::Result<Vec<Domain>> {
    let list = std::fs::read_to_string(crate::root().join(ATTACKS)).context(ATTACKS)?;
    let mut records = Vec::new();
    for (name, ips) in
        lines(&list).flat_map(|line| line.split('\t').skip(2)).filter_map(|names| names.split_once('='))
    {
        for ip in ips.split(',') {
            records.push(format!("{name}. {} {ip}", if ip.contains(':') { "AAAA" } else { "A" }));
        }
    }
    let domain = |name: &str, records| Domain {
        name: name.to_owned(),
        name_servers: vec![format!("ns1.{name}")],
        records,
        registration: None,
    };
    Ok(vec![
        domain("rebind.example", records),
        domain("attacker.top", vec![format!("www A {ATTACKER}"), format!("dns A {}", rebinder::SERVER)]),
        Domain { name_servers: vec!["dns.attacker.top".to_owned()], ..domain(rebinder::DOMAIN, Vec::new()) },
    ])
}

fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The network of the attacker's server, which may be visited.
pub(super) fn allowed() -> String {
    format!("{ATTACKER}/32")
}

/// Attacks by the plain client and by the browser.
pub(super) fn run(place: &Place) -> anyhow::Result<()> {
    let list = std::fs::read_to_string(crate::root().join(ATTACKS))?;
    let targets: Vec<String> = lines(&list)
        .filter_map(|line| line.split('\t').nth(1))
        .map(|url| url.replace("{port}", &PORT.to_string()).replace("{own}", &OWN.to_string()))
        .collect();
    let page = std::fs::read_to_string(crate::root().join(PAGE)).context(PAGE)?;
    let canaries = Heard::default();
    stand(&canaries)?;
    let attacker = Heard::default();
    let answers = targets.clone();
    listen(SocketAddr::from((ATTACKER, 80)), &attacker, move |path| answer(path, &answers, &page))?;
    let rebound = rebinder::stand(ATTACKER)?;
    for ip in ["127.0.0.1", "10.53.0.9", "169.254.169.254", &OWN.to_string(), "[::1]"] {
        TcpStream::connect(format!("{ip}:{PORT}")).with_context(|| format!("no canary at {ip}"))?;
    }
    thread::sleep(Duration::from_millis(200));
    ensure!(canaries.take().len() >= 5, "a canary does not hear");
    println!("\n{:<36} {:>7} {:>9} {:>8} {:>9}", "guard", "attacks", "requests", "refused", "canaries");
    let numbers = || 0..targets.len();
    let direct = targets.iter().filter(|url| url.starts_with("http")).cloned();
    let redirects = numbers().map(|number| format!("http://{HOST}/r/{number}"));
    let pages = numbers().step_by(EACH).map(|first| format!("http://{HOST}/page/{first}"));
    let led = numbers().step_by(11).map(|number| format!("http://{HOST}/script/{number}"));
    let plain = "browser = \"/nonexistent\"\n";
    let mut wrong = Vec::new();
    let names = rebinder::links();
    let runs: [(&str, &str, usize, Vec<String>); 5] = [
        ("links and redirects, plain client", plain, targets.len(), direct.chain(redirects).collect()),
        ("pages, browser", "", targets.len(), pages.collect()),
        ("scripts that lead on, browser", "", targets.len().div_ceil(11), led.collect()),
        ("names that change, plain client", plain, names.len(), names.clone()),
        ("names that change, browser", "", names.len(), names.clone()),
    ];
    for (name, settings, attacks, links) in runs {
        let found = attack(place, settings, &links)?;
        let refused: usize =
            visits(&found).map(|visit| visit["refused"].as_array().map_or(0, Vec::len)).sum();
        let (heard, reached) = (attacker.take(), canaries.take());
        println!("{name:<36} {attacks:>7} {:>9} {refused:>8} {:>9}", heard.len(), reached.len());
        wrong.extend(reached.into_iter().map(|request| format!("{name}: a canary heard {request:?}")));
        let own = links.iter().filter(|link| link.contains(HOST));
        let paths: BTreeSet<&str> = heard.iter().filter_map(|request| request.split(' ').nth(1)).collect();
        let missed = own.filter(|link| !paths.iter().any(|path| link.ends_with(path))).count();
        if missed > 0 || refused == 0 {
            wrong.push(format!("{name}: {missed} links were not visited, {refused} addresses refused"));
        }
    }
    let [first, second] = rebound.counts();
    println!("names that change were asked for {first} times outside, {second} times inside");
    ensure!(first > 0 && second > 0, "no name changed under a visit");
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// Canaries: at every address on the ports that only they use, and where others listen too, at addresses of their own.
fn stand(canaries: &Heard) -> anyhow::Result<()> {
    call("ip", &["addr", "add", &format!("{OWN}/32"), "dev", "lo"])?;
    for network in INNER {
        call("ip", &["route", "add", "local", network, "dev", "lo"])?;
    }
    let deaf =
        |_: &str| "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\ncanary".to_owned();
    for port in [PORT, 8443] {
        listen(SocketAddr::from(([0_u16; 8], port)), canaries, deaf)?;
    }
    let alone = [
        "127.0.0.1",
        "127.0.0.2",
        "[::1]",
        "10.53.0.9",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
    ];
    let own = OWN.to_string();
    for ip in alone.into_iter().chain([own.as_str()]) {
        for port in [22, 25, 80, 443] {
            listen(format!("{ip}:{port}").parse()?, canaries, deaf)?;
        }
    }
    Ok(())
}

/// What the attacker's server says: `/r/N` redirects to an attack, `/script/N` leads there by a script, `/page/N` tries twenty.
fn answer(path: &str, targets: &[String], page: &str) -> String {
    let mut steps = path.trim_start_matches('/').split('/');
    let (kind, number) = (steps.next().unwrap_or_default(), steps.next().and_then(|step| step.parse().ok()));
    let number: usize = number.unwrap_or_default();
    let target = targets.get(number).map_or("/", String::as_str);
    let html = match kind {
        "r" => {
            return format!(
                "HTTP/1.1 302 Found\r\nlocation: {target}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
        }
        "script" => format!("<script>location.href={}</script>", Value::from(target)),
        "again" => return rebinder::redirect(number),
        "changes" => rebinder::page(number),
        "page" => {
            let some = targets.iter().skip(number).take(EACH).cloned();
            let redirected =
                (number..targets.len()).take(EACH).map(|number| format!("http://{HOST}/r/{number}"));
            let list: Vec<String> = some.chain(redirected).collect();
            page.replace("LIST", &Value::from(list).to_string())
                .replace("PORT", &PORT.to_string())
                .replace("WORDS", &"words ".repeat(30))
        }
        _ => String::new(),
    };
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{html}",
        html.len()
    )
}

/// A mail with all these links, visited.
fn attack(place: &Place, settings: &str, links: &[String]) -> anyhow::Result<Vec<Value>> {
    let mut mail = "From: a@attacker.top\r\nTo: taro@example.jp\r\nSubject: links\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".to_owned();
    for link in links {
        writeln!(mail, "<p><a href=\"{link}\">link</a></p>\r")?;
    }
    let mail: PathBuf = place.write("attack.eml", mail)?;
    let config = format!(
        "[ask]\nquestions = 3000\nseconds = 240\n\n[visit]\nlinks = 1000\nseconds = 8\nallow = [\"{}\"]\n{settings}",
        allowed()
    );
    let config = place.write("attack.toml", config)?;
    let how = [
        "--reach",
        "active",
        "--visit-as",
        "japanese-desktop",
        "--format",
        "jsonl",
        "--config",
        &config.to_string_lossy(),
    ];
    dissect(place, &how, [mail.as_path()])?.cases()
}

fn visits(cases: &[Value]) -> impl Iterator<Item = &Value> {
    let all = cases.iter().flat_map(|case| evidence(case).into_values());
    all.filter(|evidence| evidence["question"]["kind"] == "visit").map(|evidence| &evidence["answer"]["data"])
}

/// What a server heard, request by request.
#[derive(Clone, Debug, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn add(&self, request: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Listens until the lab ends; a connection that says nothing is heard too.
fn listen(
    address: SocketAddr,
    heard: &Heard,
    answer: impl Fn(&str) -> String + Clone + Send + 'static,
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(address).with_context(|| format!("cannot listen at {address}"))?;
    let heard = heard.clone();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (heard, answer) = (heard.clone(), answer.clone());
            thread::spawn(move || serve(stream, &heard, answer));
        }
    });
    Ok(())
}

fn serve(mut stream: TcpStream, heard: &Heard, answer: impl Fn(&str) -> String) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let mut request = [0; 4_096];
    let length = stream.read(&mut request).unwrap_or_default();
    let request = String::from_utf8_lossy(request.get(..length).unwrap_or_default()).into_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    heard.add(request.lines().next().unwrap_or_default().to_owned());
    let _ = stream.write_all(answer(&path).as_bytes());
}
