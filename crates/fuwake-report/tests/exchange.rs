//! The same cases in every format for machines, and one that the world was asked about: nothing of the recipient leaks, nothing genuine
//! is accused.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

mod examined;
mod world;

use std::net::IpAddr;
use std::path::Path;

use data_encoding::HEXLOWER;
use fuwake_core::case::Language;
use fuwake_core::evidence::visit::{
    Certificate, Field, Form, Page, Pictures, Profile, Step, StepKind, Visit,
};
use fuwake_core::evidence::{Data, Ledger, Network, Place, Question, RecordType, Records, Registration};
use fuwake_core::indicators::{Indicators, Standing};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::publish::{Audience, indicators};
use fuwake_report::exchange::{Exchange, File, Reporter, Request};
use sha2::{Digest, Sha256};
use world::{AT, answered};

const PICTURE: &[u8] = include_bytes!("pictures/mobile.webp");
const RECIPIENT: &str = "hanako.sato@mail.example.jp";

/// A fake of the small knowledge's brand behind a redirector of a firm that knows nothing of it, beside a link to the genuine site.
const MAIL: &str = "Return-Path: <bounce@example-login.shop>\r\n\
    Delivered-To: hanako.sato@mail.example.jp\r\n\
    Received: from mail.example-login.shop (unknown [203.0.113.77])\r\n\
    \tby mx01.mail.example.jp (Postfix) with ESMTP id 4XyZ12\r\n\
    \tfor <hanako.sato@mail.example.jp>; Thu, 19 Nov 2026 09:12:45 +0900\r\n\
    Date: Thu, 19 Nov 2026 08:12:40 +0900\r\n\
    From: =?utf-8?B?5Lya5ZOh44Kr44O844OJ5LqL5YuZ5bGA?= <support@example-login.shop>\r\n\
    To: hanako.sato@mail.example.jp\r\n\
    Subject: =?utf-8?B?44CQ6YeN6KaB44CR44Kr44O844OJ44Gu44GU5Yip55So56K66KqN?=\r\n\
    Message-ID: <1@example-login.shop>\r\n\
    X-Tracking: hanako.sato@mail.example.jp\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: text/html; charset=utf-8\r\n\r\n\
    <p>hanako.sato様、会員カードの利用を停止しました。24時間以内に確認してください。</p>\
    <p><a href=\"https://go.tracker.example.org/c/81?u=hanako.sato@mail.example.jp\">確認する</a></p>\
    <p><a href=\"https://www.card.example.com/about\">会員カードについて</a></p>\r\n";

const LINK: &str = "https://go.tracker.example.org/c/81?u=taro.decoy@decoy.example.org";
const FAKE: &str = "https://card-example.member.example-login.shop/portal/login.php";

fn step(kind: StepKind, url: &str, ip: &str) -> Step {
    let certificate = Certificate {
        subject: "CN=example".to_owned(),
        issuer: "R11, Let's Encrypt, US".to_owned(),
        names: Vec::new(),
        from: Some("2026-11-17T00:00:00Z".to_owned()),
        until: Some("2027-02-15T00:00:00Z".to_owned()),
        is_trusted: true,
    };
    Step {
        url: url.to_owned(),
        kind,
        status: Some(200),
        ip: ip.parse().ok(),
        certificate: Some(certificate),
        at: Some(AT.to_owned()),
        ..Step::default()
    }
}

fn field(kind: &str, name: &str, label: &str) -> Field {
    let [kind, name, label] = [kind, name, label].map(str::to_owned);
    Field { kind, name, label, ..Field::default() }
}

fn visit() -> Visit {
    let form = Form {
        action: Some("https://collect.example-login.shop/next.php".to_owned()),
        method: "post".to_owned(),
        by_script: false,
        fields: vec![field("email", "user", "メールアドレス"), field("password", "pass", "パスワード")],
    };
    let page = Page {
        url: FAKE.to_owned(),
        media_type: "text/html".to_owned(),
        title: "会員カード ログイン".to_owned(),
        language: Some("ja".to_owned()),
        text: "会員カード 会員ログイン\nメールアドレス\nパスワード\nログイン".to_owned(),
        forms: vec![form],
        ..Page::default()
    };
    Visit {
        browser: Some("Chromium 156.0.8078.79".to_owned()),
        steps: vec![
            step(StepKind::Link, LINK, "198.51.100.70"),
            step(StepKind::Redirect, FAKE, "198.51.100.77"),
        ],
        page: Some(page),
        pictures: Pictures { small: Some(sha256(PICTURE)), ..Pictures::default() },
        requests: 3,
        bytes: 9_000,
        ..Visit::default()
    }
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn records(name: &str, ip: &str) -> (Question, Data) {
    let question = Question::Dns { name: name.to_owned(), record: RecordType::A };
    (question, Data::Records(Records { records: vec![ip.to_owned()], alias_of: None, ttl: 60 }))
}

fn network(ip: &str, holder: &str, country: &str, abuse: &str) -> (Question, Data) {
    let ip: IpAddr = ip.parse().expect("an address");
    let network = Network {
        range: format!("{ip}/24"),
        holder: Some(holder.to_owned()),
        country: Some(country.to_owned()),
        abuse: Some(abuse.to_owned()),
        ..Network::default()
    };
    (Question::Network { ip }, Data::Network(network))
}

fn registration(domain: &str, since: &str, abuse: &str) -> (Question, Data) {
    let registration = Registration {
        domain: domain.to_owned(),
        registrar: Some("Example Registrar, Inc.".to_owned()),
        registered: Some(since.to_owned()),
        name_servers: vec!["ns1.example.net".to_owned()],
        abuse: Some(abuse.to_owned()),
        ..Registration::default()
    };
    (Question::Registration { domain: domain.to_owned() }, Data::Registration(registration))
}

fn world() -> Ledger {
    let place = Place {
        country: Some("JP".to_owned()),
        system: Some(64_500),
        system_holder: Some("Example Hosting K.K.".to_owned()),
        ..Place::default()
    };
    let visit_of = Question::Visit {
        url: LINK.to_owned(),
        profile: Profile::JapaneseMobile,
        probe_form: false,
        again: false,
    };
    let known = [
        records("card-example.member.example-login.shop", "198.51.100.77"),
        records("collect.example-login.shop", "198.51.100.77"),
        records("go.tracker.example.org", "198.51.100.70"),
        records("www.card.example.com", "198.51.100.82"),
        network("203.0.113.77", "Example Rental GmbH", "DE", "abuse@rental.example.net"),
        network("198.51.100.77", "Example Hosting K.K.", "JP", "abuse@hosting.example.co.jp"),
        network("198.51.100.70", "Tracker Firm's Host", "US", "abuse@tracker-host.example.net"),
        network("198.51.100.82", "Genuine Card's Host", "JP", "abuse@card.example.com"),
        registration("example-login.shop", "2026-11-15T00:00:00Z", "Abuse@Registrar.example.net"),
        registration("example.org", "1995-08-31T00:00:00Z", "abuse@old-registrar.example.net"),
        registration("example.com", "1995-08-14T00:00:00Z", "abuse@genuine-registrar.example.net"),
        (Question::Place { ip: [198, 51, 100, 77].into() }, Data::Place(place)),
        (visit_of, Data::Visit(Box::new(visit()))),
    ];
    answered(known)
}

fn knowledge() -> Knowledge {
    let data = toml::from_str(include_str!("knowledge.toml")).expect("well-formed data");
    Knowledge::new(data).expect("sound knowledge")
}

fn made(
    bytes: &[u8],
    ledger: &Ledger,
    knowledge: &Knowledge,
    audience: Audience,
    language: Language,
) -> Indicators {
    let files = [(sha256(PICTURE), PICTURE.to_vec())].into();
    let case = examined::case(bytes, (ledger, &files), knowledge, language);
    indicators(&case, bytes, &audience.into(), knowledge, language)
}

/// Names and mails: those beside this file, and one that the world was asked about.
fn cases() -> Vec<(String, Vec<u8>, Ledger)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<_> = files
        .map(|file| {
            let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&file).expect("a file"), Ledger::default())
        })
        .collect();
    cases.push(("world".to_owned(), MAIL.as_bytes().to_vec(), world()));
    cases.sort_by(|one, other| one.0.cmp(&other.0));
    cases
}

fn reporter() -> Reporter {
    Reporter { organisation: "霊山大学 CSIRT".to_owned(), address: "csirt@ryozen.example".to_owned() }
}

/// Every file of a case; what has nothing to hand over gives none.
fn files(indicators: &Indicators) -> Vec<File> {
    let request = Request { indicators, reporter: Some(&reporter()) };
    Exchange::ALL.iter().flat_map(|exchange| exchange.files(request).unwrap_or_default()).collect()
}

#[test]
fn the_same_cases_in_every_format() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exchange");
    let knowledge = knowledge();
    for (name, bytes, ledger) in cases() {
        // For the validators of `cargo xtask validate`.
        let folder = folder.join(&name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let audience = if name == "world" { Audience::AbuseDesk } else { Audience::Public };
        let made = made(&bytes, &ledger, &knowledge, audience, Language::Ja);
        for file in files(&made) {
            std::fs::write(folder.join(&file.name), &file.bytes).expect("written");
            insta::assert_snapshot!(format!("{name}-{}", file.name), readable(&file));
        }
    }
}

/// A file with its pictures left out and its encoded parts decoded.
fn readable(file: &File) -> String {
    let text =
        String::from_utf8_lossy(&file.bytes).replace(&data_encoding::BASE64.encode(PICTURE), "(picture)");
    let text = text.replace("\r\n", "\n");
    let mut pieces = text.split("Content-Transfer-Encoding: base64\n\n");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find("\n\n").or_else(|| piece.find("\n--")).unwrap_or(piece.len());
        let (coded, rest) = piece.split_at(end);
        let bytes = data_encoding::BASE64.decode(coded.replace('\n', "").as_bytes()).expect("base64");
        let shown =
            String::from_utf8(bytes).unwrap_or_else(|error| format!("({} bytes)", error.as_bytes().len()));
        out.push_str(&format!("(base64)\n\n{}{rest}", shown.replace("\r\n", "\n")));
    }
    out
}

#[test]
fn every_draft_follows_its_schema() {
    let made = made(MAIL.as_bytes(), &world(), &knowledge(), Audience::AbuseDesk, Language::Ja);
    let files = files(&made);
    let reports = files.iter().filter(|file| file.name.starts_with("xarf-") && file.name.ends_with(".json"));
    let mut number = 0;
    for file in reports {
        let result = xarf::parse(&String::from_utf8_lossy(&file.bytes)).expect("JSON");
        assert!(result.errors.is_empty(), "{}: {:?}", file.name, result.errors);
        number += 1;
    }
    assert_eq!(number, 4, "a page at two networks, its domain, and the network that sent the mail");
    let mut names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), files.len(), "no file takes another's place");
}

#[test]
fn nobody_is_named_as_reporter_by_chance() {
    let made = made(MAIL.as_bytes(), &world(), &knowledge(), Audience::AbuseDesk, Language::Ja);
    let request = Request { indicators: &made, reporter: None };
    for exchange in Exchange::ALL {
        assert_eq!(exchange.files(request).is_err(), exchange.is_handed_in, "{exchange:?}");
    }
}

#[test]
fn whose_everything_is() {
    let made = made(MAIL.as_bytes(), &world(), &knowledge(), Audience::AbuseDesk, Language::En);
    let standing =
        |name: &str| made.hosts.iter().find(|host| host.name.as_str() == name).map(|host| host.standing);
    assert_eq!(standing("card-example.member.example-login.shop"), Some(Standing::Attacker));
    assert_eq!(standing("collect.example-login.shop"), Some(Standing::Attacker));
    assert_eq!(standing("go.tracker.example.org"), Some(Standing::Unclear));
    assert_eq!(standing("www.card.example.com"), Some(Standing::Genuine));
    let told: Vec<&str> = made.desks.iter().map(|desk| desk.address.as_str()).collect();
    let expected = [
        "abuse@tracker-host.example.net",
        "abuse@hosting.example.co.jp",
        "abuse@registrar.example.net",
        "abuse@rental.example.net",
    ];
    assert_eq!(told, expected);
}

#[test]
fn nothing_of_the_recipient_leaks_and_nothing_genuine_is_accused() {
    let knowledge = knowledge();
    for audience in Audience::ALL {
        for (name, bytes, ledger) in cases() {
            for language in [Language::Ja, Language::En] {
                let made = made(&bytes, &ledger, &knowledge, audience, language);
                for file in files(&made) {
                    let text = readable(&file).to_lowercase();
                    for secret in [RECIPIENT, "hanako.sato", "taro.yamada", "jiro.suzuki", "佐藤花子"] {
                        assert!(!text.contains(secret), "{name} {}: {secret}", file.name);
                    }
                    let accuses = matches!(file.name.as_str(), "rpz.zone" | "hosts.txt" | "indicators.csv");
                    assert!(!accuses || !text.contains("card.example.com"), "{name} {}", file.name);
                    assert_ne!(file.to.as_deref(), Some("abuse@card.example.com"));
                }
            }
        }
    }
}
