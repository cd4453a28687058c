//! Against recorded answers and servers on this machine.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::super::read_any;
use super::*;
use crate::probes::dns::Dns;
use crate::world::Settings;

/// The answers of registries beside this file, each read as what its name says: `domain` or `network`, the server, what was asked.
/// The Japanese ones come over the line in the encodings that JPRS and JPNIC use.
#[test]
fn recorded_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/probes/registry/whois/samples");
    let expected: Value =
        serde_json::from_slice(&fs::read(folder.join("expected.json")).expect("what is expected"))
            .expect("JSON");
    let mut read = serde_json::Map::new();
    for (name, _) in expected.as_object().expect("an object") {
        let bytes = fs::read(folder.join(name)).expect(name);
        read.insert(name.clone(), outcome(name, &bytes));
    }
    let files = fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(read.len() + 1, files, "each answer has its expectation");
    for (name, outcome) in &read {
        assert_eq!(outcome, &expected[name], "{name}: {outcome}");
    }
}

/// `domain whois.example.net example.net.txt`: kind, server and question stand in the file's name; a `+` tells variants apart.
fn outcome(name: &str, bytes: &[u8]) -> Value {
    let stem = name.strip_suffix(".txt").expect("a text");
    let words: Vec<&str> = stem.split(' ').collect();
    let (kind, server, asked) = (words[0], words[1], words[2]);
    let asked = asked.split('+').next().expect("a question");
    let answer = text::decode(bytes, server);
    if kind == "domain" {
        match domain::read(&answer, server, asked) {
            Ok(Some((found, registrars))) => json!({"found": found, "registrar's server": registrars}),
            Ok(None) => json!("absent"),
            Err(fault) => json!(fault.to_string()),
        }
    } else {
        let fields = Fields::read(&answer);
        match network::read(&fields, &answer, server, asked.replace('_', ":").parse().expect("an address")) {
            Ok(found) => json!({"found": found, "referral": network::referral(&fields)}),
            Err(fault) => json!({"fault": fault.to_string(), "referral": network::referral(&fields)}),
        }
    }
}

/// What a server of a test does with a question.
#[derive(Clone, Copy)]
enum Does {
    Says(&'static str),
    Nothing,
    NeverEnds,
    Breaks(&'static str),
}

/// IANA on 127.0.0.1, the servers that it names on the addresses behind, all on one port.
async fn servers(behave: fn(u8, &str) -> Does) -> Whois {
    let first = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let port = first.local_addr().expect("an address").port();
    let mut listeners = vec![(1, first)];
    for last in 2..5 {
        listeners.push((
            last,
            TcpListener::bind((std::net::Ipv4Addr::new(127, 0, 0, last), port)).await.expect("the same port"),
        ));
    }
    for (last, listener) in listeners {
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut question = [0; 300];
                let length = stream.read(&mut question).await.unwrap_or(0);
                match behave(last, String::from_utf8_lossy(&question[..length]).trim()) {
                    Does::Says(text) => {
                        let _ = stream.write_all(text.as_bytes()).await;
                    }
                    Does::Breaks(text) => {
                        let _ = stream.write_all(text.as_bytes()).await;
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        let _ = stream.set_zero_linger();
                    }
                    Does::Nothing => tokio::time::sleep(Duration::from_secs(3_600)).await,
                    Does::NeverEnds => while stream.write_all(&[b'x'; 4_096]).await.is_ok() {},
                }
            }
        });
    }
    let settings = Settings { resolvers: vec![([127, 0, 0, 1], 9).into()], ..Settings::default() };
    whois(&settings, port)
}

fn whois(settings: &Settings, port: u16) -> Whois {
    let manners = Arc::new(Manners::new());
    let dns = Arc::new(Dns::new(settings, Arc::clone(&manners)).expect("a resolver"));
    Whois::at("127.0.0.1", port, Dialer::to_loopback(settings, dns), manners)
}

fn world(server: u8, question: &str) -> Does {
    match (server, question) {
        (1, "com") => Does::Says("domain: COM\n\nwhois: 127.0.0.2\n"),
        (1, "net") => Does::Says("domain: NET\n\nwhois: 10.0.0.1\n"),
        (1, "zz") => Does::Says("domain: ZZ\nstatus: ACTIVE\n"),
        (1, "192.0.2.7") => Does::Says("refer: 127.0.0.3\n"),
        (2, "example.com") => {
            Does::Says("Domain Name: EXAMPLE.COM\nRegistrar: Example\nRegistrar WHOIS Server: 127.0.0.4\n")
        }
        (4, "example.com") => {
            Does::Says("Domain Name: EXAMPLE.COM\nRegistrar: Example\nRegistrant Organization: Xample\n")
        }
        (2, "half.com") => {
            Does::Says("Domain Name: half.com\nRegistrar: Example\nRegistrar WHOIS Server: 127.0.0.4\n")
        }
        (2, "other.com") => Does::Says("Domain Name: another.com\nRegistrar: Example\n"),
        (2, "none.com") => Does::Says("No match for domain \"NONE.COM\".\n"),
        (2, "limit.com") => Does::Says("WHOIS LIMIT EXCEEDED - SEE WWW.EXAMPLE.ORG/WHOIS FOR DETAILS\n"),
        (2, "slow.com") => Does::Nothing,
        (2, "cut.com") => Does::Breaks("Domain Name: CUT.COM\nRegistrar: Example\n"),
        (2, "cutnone.com") => Does::Breaks("No match for domain \"CUTNONE.COM\".\n"),
        (2, "endless.com") => Does::NeverEnds,
        (3, "192.0.2.7") => {
            Does::Says("NetRange: 192.0.0.0 - 192.255.255.255\nReferralServer: whois://127.0.0.4\n")
        }
        (4, "192.0.2.7") => {
            Does::Says("inetnum: 192.0.2.0 - 192.0.2.255\nnetname: X\n\nReferralServer: whois://127.0.0.3\n")
        }
        _ => Does::Says(""),
    }
}

fn told<T: std::fmt::Debug>(said: Result<Said<T>, Miss>) -> String {
    match said {
        Ok(said) => format!("{}: {}", said.source, if said.found.is_some() { "found" } else { "absent" }),
        Err(Miss::Failed(fault, source)) => format!("{source}: {fault}"),
        Err(Miss::NotAsked(why, source)) => format!("{source} not asked: {why}"),
    }
}

#[tokio::test]
async fn a_reset_leaves_an_answer_in_part_and_no_absence() {
    let whois = servers(world).await;
    let said = whois.registration("cut.com").await.expect("an answer");
    assert!(said.found.is_some() && !said.is_whole, "{said:?}");
    let none = whois.registration("cutnone.com").await;
    assert!(matches!(none, Err(Miss::Failed(..))), "{none:?}");
}

#[tokio::test]
async fn referrals_lead_to_the_registrar() {
    let whois = servers(world).await;
    let said = whois.registration("example.com").await.expect("an answer");
    assert_eq!(said.source, "whois 127.0.0.2, 127.0.0.4");
    assert_eq!(said.found.and_then(|found| found.registrant).as_deref(), Some("Xample"));
    let half = whois.registration("half.com").await.expect("an answer");
    assert_eq!(
        (half.source.as_str(), half.is_whole),
        ("whois 127.0.0.2", false),
        "the registrar says nothing"
    );
    let network = whois.network([192, 0, 2, 7].into()).await.expect("an answer");
    assert_eq!(network.source, "whois 127.0.0.4", "and not back again");
}

#[tokio::test]
async fn faults_are_no_absence() {
    let whois = servers(world).await;
    for (domain, expected) in [
        ("none.com", "whois 127.0.0.2: garbled: WHOIS"), // the sentence of a server that is not known for it
        ("other.com", "whois 127.0.0.2: garbled: WHOIS"),
        ("empty.com", "whois 127.0.0.2: garbled: WHOIS"),
        ("endless.com", "whois 127.0.0.2: answer too long"),
        ("example.net", "whois 10.0.0.1: unreachable"),
        ("example.zz", "whois 127.0.0.1 not asked: no-registry"),
        ("example.yy", "whois 127.0.0.1: garbled: WHOIS"),
    ] {
        assert_eq!(told(whois.registration(domain).await), expected, "{domain}");
    }
    assert_eq!(told(whois.network([198, 51, 100, 7].into()).await), "whois 127.0.0.1: garbled: WHOIS");
    for limited in ["limit.com", "example.com"] {
        assert_eq!(told(whois.registration(limited).await), "whois 127.0.0.2: rate-limited", "{limited}");
    }
    let whois = servers(world).await;
    tokio::time::pause();
    assert_eq!(told(whois.registration("slow.com").await), "whois 127.0.0.2: time-out");
}

#[tokio::test]
async fn nothing_goes_around_a_proxy() {
    let proxy = |address: &str| Settings {
        resolvers: vec![([127, 0, 0, 1], 9).into()],
        proxy: Some(address.to_owned()),
        ..Settings::default()
    };
    let https = whois(&proxy("https://proxy.example:3128"), 9);
    assert_eq!(told(https.registration("example.com").await), "whois not asked: proxy");
    let dead = whois(&proxy("socks5h://127.0.0.1:9"), 9);
    assert_eq!(told(dead.registration("example.com").await), "whois 127.0.0.1: unreachable");
}

proptest! {
    /// Any bytes of any server are read without harm.
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600), server in "whois\\.(jprs\\.jp|kr|cn|example\\.net)") {
        read_any(&bytes, &server, "example.jp", [192, 0, 2, 7].into());
    }

    /// A registration is only found where the domain itself is named, and its values keep to their bounds.
    #[test]
    fn any_fields(lines in proptest::collection::vec("(Domain Name|\\[Registrant\\]|Created|nserver|Status|\\t|x{90})(: |   |)[ -~。あ]{0,400}", 0..30)) {
        let answer = lines.join("\n");
        if let Ok(Some((found, _))) = domain::read(&answer, "whois.example.net", "example.jp") {
            prop_assert!(answer.to_ascii_lowercase().contains("example.jp"));
            prop_assert!(found.registrant.is_none_or(|name| name.chars().count() <= 300));
            prop_assert!(found.name_servers.len() <= 20 && found.status.len() <= 20);
        }
    }
}
