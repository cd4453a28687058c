//! Nobody innocent is blocked or complained of: what a mail links to beside its lure, whoever shares a word with the imitated, and the
//! recipient himself. What letters say was seen.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

mod examined;
mod world;

use std::collections::BTreeMap;
use std::net::IpAddr;

use fuwake_core::case::Language;
use fuwake_core::evidence::visit::{Field, Form, Page, Profile, Step, StepKind, Visit};
use fuwake_core::evidence::{
    Data, Network, Question, RecordType, Records, Registration, Reputation, Subject,
};
use fuwake_core::indicators::{Duty, Indicators, Standing};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::publish::{Audience, indicators};
use fuwake_report::exchange::{Exchange, Reporter, Request};
use world::{AT, answered};

const OBSERVED: &str = "Received: from mail.kaiin-jimu.example (unknown [203.0.113.77])\r\n\
    \tby mx01.sato-shoten.co.jp (Postfix) with ESMTP id 4XyZ12\r\n\
    \tfor <hanako.sato@sato-shoten.co.jp>; Thu, 19 Nov 2026 09:12:45 +0900\r\n\
    Date: Thu, 19 Nov 2026 08:12:40 +0900\r\n";

/// A mail to hanako.sato@sato-shoten.co.jp in a brand's name, under the header fields `above`.
fn mail(brand: &str, above: &str, links: &[(&str, &str)]) -> String {
    let links: String =
        links.iter().map(|(url, text)| format!("<p><a href=\"{url}\">{text}</a></p>")).collect();
    format!(
        "{above}From: {brand} <x@kaiin-jimu.example>\r\nTo: hanako.sato@sato-shoten.co.jp\r\n\
         Subject: {brand} account suspended\r\nMessage-ID: <1@kaiin-jimu.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n\
         <p>Your {brand} account has been suspended. Verify your account and password within 24 hours.</p>{links}\r\n"
    )
}

fn registered(domain: &str, since: &str) -> (Question, Data) {
    let registration = Registration {
        domain: domain.to_owned(),
        registrar: Some("Example Registrar".to_owned()),
        registered: Some(since.to_owned()),
        abuse: Some(format!("abuse@{}.registrar.example.net", domain.replace('.', "-"))),
        name_servers: vec!["ns1.example.net".to_owned()],
        ..Registration::default()
    };
    (Question::Registration { domain: domain.to_owned() }, Data::Registration(registration))
}

/// A name at an address in a network whose abuse desk this is.
fn stands(name: &str, ip: &str, abuse: &str) -> [(Question, Data); 2] {
    let address: IpAddr = ip.parse().expect("an address");
    let abuse = Some(abuse.to_owned());
    [
        (
            Question::Dns { name: name.to_owned(), record: RecordType::A },
            Data::Records(Records { records: vec![ip.to_owned()], alias_of: None, ttl: 60 }),
        ),
        (
            Question::Network { ip: address },
            Data::Network(Network { range: format!("{ip}/32"), abuse, ..Network::default() }),
        ),
    ]
}

fn warned(domain: &str) -> (Question, Data) {
    let subject = Subject::Domain(domain.to_owned());
    let question = Question::Reputation { service: "example".to_owned(), subject, seen: None };
    (question, Data::Reputation(Reputation { warns: true, ..Reputation::default() }))
}

/// A page that asks for a password under a title.
fn page(url: &str, title: &str) -> (Question, Data) {
    let field = |kind: &str| Field { kind: kind.to_owned(), name: kind.to_owned(), ..Field::default() };
    let form = Form {
        action: Some(url.to_owned()),
        method: "post".to_owned(),
        by_script: false,
        fields: vec![field("email"), field("password")],
    };
    let page = Page {
        url: url.to_owned(),
        media_type: "text/html".to_owned(),
        title: title.to_owned(),
        text: format!("{title}\nEメールまたは携帯電話番号\nパスワード\nログイン"),
        forms: vec![form],
        ..Page::default()
    };
    let step = Step {
        url: url.to_owned(),
        kind: StepKind::Link,
        status: Some(200),
        at: Some(AT.to_owned()),
        ..Step::default()
    };
    let visit = Visit {
        browser: Some("Chromium".to_owned()),
        steps: vec![step],
        page: Some(page),
        ..Visit::default()
    };
    let question = Question::Visit {
        url: url.to_owned(),
        profile: Profile::JapaneseMobile,
        probe_form: false,
        again: false,
    };
    (question, Data::Visit(Box::new(visit)))
}

fn made(mail: &str, known: Vec<(Question, Data)>) -> Indicators {
    let ledger = answered(known);
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let case = examined::case(mail.as_bytes(), (&ledger, &BTreeMap::new()), &knowledge, Language::Ja);
    indicators(&case, mail.as_bytes(), &Audience::AbuseDesk.into(), &knowledge, Language::Ja)
}

fn files(indicators: &Indicators, kind: &str) -> Vec<String> {
    let reporter =
        Reporter { organisation: "Example CSIRT".to_owned(), address: "csirt@ryozen.example".to_owned() };
    let request = Request { indicators, reporter: Some(&reporter) };
    let files = Exchange::named(kind).expect("a kind").files(request).unwrap_or_default();
    files.into_iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect()
}

/// The words of the letters, one a desk.
fn letters(indicators: &Indicators) -> Vec<String> {
    let letters = files(indicators, "arf");
    letters
        .iter()
        .map(|letter| {
            let subject = letter.lines().find(|line| line.starts_with("Subject:")).unwrap_or_default();
            let text = letter.split("Content-Transfer-Encoding: base64\r\n\r\n").nth(1).unwrap_or_default();
            let text: String = text.split("--").next().unwrap_or_default().split_whitespace().collect();
            let text = data_encoding::BASE64.decode(text.as_bytes()).expect("base64");
            format!("{subject}\n{}", String::from_utf8(text).expect("UTF-8"))
        })
        .collect()
}

/// Kinds and values that may be blocked.
fn listed(indicators: &Indicators) -> Vec<String> {
    let csv = files(indicators, "csv").remove(0);
    let cells = csv.lines().skip(1).map(|line| line.split("\",\"").take(2).collect::<Vec<_>>().join(" "));
    cells.map(|cells| cells.trim_matches('"').to_owned()).collect()
}

fn standing(indicators: &Indicators, name: &str) -> Option<Standing> {
    indicators.hosts.iter().find(|host| host.name.as_str() == name).map(|host| host.standing)
}

#[test]
fn a_young_site_that_is_only_linked_to_is_nobodys_harm() {
    let mail = mail(
        "Amazon",
        OBSERVED,
        &[("https://hana-bakery.net/", "Hana"), ("https://www.kakunin-a.shop/in", "Verify")],
    );
    let known = |more: Vec<(Question, Data)>| {
        let mut known = vec![
            registered("kakunin-a.shop", "2026-11-15T00:00:00+09:00"),
            registered("hana-bakery.net", "2026-05-15T00:00:00Z"),
        ];
        known.extend(stands("www.kakunin-a.shop", "198.51.100.77", "abuse@hosting.example.net"));
        known.extend(stands("hana-bakery.net", "198.51.100.82", "abuse@bakers-host.example.net"));
        known.extend(more);
        known
    };
    let made_ = made(&mail, known(Vec::new()));
    assert_eq!(listed(&made_), ["domain kakunin-a.shop", "url https://www.kakunin-a.shop/in"]);
    assert_eq!(standing(&made_, "hana-bakery.net"), Some(Standing::Unclear));
    let desks: Vec<&str> = made_.desks.iter().map(|desk| desk.address.as_str()).collect();
    assert_eq!(desks, ["abuse@hosting.example.net", "abuse@kakunin-a-shop.registrar.example.net"]);
    // What nobody saw is not said, and the day is the registry's.
    let letters = letters(&made_);
    assert!(
        letters[0].contains("Subject: Linked from a phishing mail: www[.]kakunin-a[.]shop"),
        "{}",
        letters[0]
    );
    assert!(letters[0].contains("Please check what stands there"), "{}", letters[0]);
    assert!(
        letters[1].contains("to which a link in the mail points, was registered through you on 2026-11-15"),
        "{}",
        letters[1]
    );
    assert!(!letters[1].contains("for this purpose"), "{}", letters[1]);
    // It is another matter where harm was seen or somebody warns.
    for more in [page("https://hana-bakery.net/", "Amazonサインイン"), warned("hana-bakery.net")] {
        let made = made(&mail, known(vec![more]));
        assert!(listed(&made).contains(&"domain hana-bakery.net".to_owned()), "{:?}", listed(&made));
    }
}

#[test]
fn what_was_registered_together_with_the_lure_belongs_to_it() {
    let links = [("https://www.kakunin-a.shop/in", "Verify"), ("https://tetsuzuki-b.net/x", "Help")];
    let mail = mail("Amazon", OBSERVED, &links);
    for (since, expected) in
        [("2026-11-15T03:00:00Z", Standing::Attacker), ("2026-10-01T00:00:00Z", Standing::Unclear)]
    {
        let known =
            vec![registered("kakunin-a.shop", "2026-11-15T00:00:00Z"), registered("tetsuzuki-b.net", since)];
        assert_eq!(standing(&made(&mail, known), "tetsuzuki-b.net"), Some(expected), "{since}");
    }
}

#[test]
fn a_clear_lure_is_listed_though_nobody_was_asked() {
    let innocents = [
        ("United Airlines", "https://store.united-arrows.co.jp/"),
        ("United Airlines", "https://www.united-domains.de/"),
        ("Apple", "https://apple-vacations.com/"),
        ("Mercari", "https://mercari-shops.com/"),
        ("LINE", "https://line-works.com/"),
    ];
    for (brand, innocent) in innocents {
        for lure_first in [true, false] {
            let mut links = [("https://kakunin-a.shop/in", "Verify"), (innocent, "a")];
            if !lure_first {
                links.reverse();
            }
            let made = made(&mail(brand, OBSERVED, &links), Vec::new());
            let expected = ["hostname kakunin-a.shop", "url https://kakunin-a.shop/in"];
            assert_eq!(listed(&made), expected, "{brand} {innocent} {lure_first}");
        }
    }
    // Of two alike one may be there to be accused; a page in a folder of somebody's site software is no reason to block the site.
    let alike = [("https://kakunin-a.net/in", "Verify"), ("https://hana-bakery.net/", "Hana")];
    assert_eq!(listed(&made(&mail("Amazon", OBSERVED, &alike), Vec::new())), [""; 0]);
    for page in ["wp-content/a/login.php", "wp-includes/js/x.php"]
        .map(|page| format!("https://www.hana-bakery.net/{page}"))
    {
        let own = ["https://www.hana-bakery.net/", "https://www.hana-bakery.net/about"];
        let inside = [(page.as_str(), "Verify"), (own[0], "Hana"), (own[1], "Help")];
        let made = made(&mail("Amazon", OBSERVED, &inside), Vec::new());
        assert_eq!(listed(&made), [format!("url {page}")], "its page, and nothing that is the firm's");
    }
}

#[test]
fn a_page_made_with_site_software_accuses_nobody() {
    for page in
        ["wp-content/themes/hana/", "wp-content/cache/a/b.html", "wp-admin/", "wp-content/amz/login.php"]
    {
        let page = format!("https://www.hana-bakery.net/{page}");
        for lure in ["https://kakunin-a.net/in", "https://bit.ly/3kakunin", "http://198.18.7.9/in"] {
            let made = made(&mail("Amazon", OBSERVED, &[(lure, "Verify"), (&page, "Hana")]), Vec::new());
            let listed = listed(&made);
            assert!(listed.iter().all(|entry| !entry.contains("hana-bakery")), "{page} {lure}: {listed:?}");
        }
        // What holds more against the other one than that a name stands in it, tells which is the lure.
        let lure = ("https://kakunin-a.shop/in", "Verify");
        let made = made(&mail("Amazon", OBSERVED, &[lure, (&page, "Hana")]), Vec::new());
        assert!(listed(&made).iter().all(|entry| !entry.contains("hana-bakery")), "{page}");
    }
    // The owner's pages alone are no reason to block his site, however their path is written.
    for page in
        ["WP-CONTENT/amz/login.php", "x/%77p-content/amz/login.php", "wp-content/uploads/2024/amz/index.html"]
    {
        let page = format!("https://www.hana-bakery.net/{page}");
        let made = made(&mail("Amazon", OBSERVED, &[(&page, "Verify")]), Vec::new());
        let listed = listed(&made);
        assert!(listed.iter().all(|entry| *entry == format!("url {page}")), "{page}: {listed:?}");
    }
}

#[test]
fn the_recipient_is_not_written_to() {
    let mail = mail("Amazon", OBSERVED, &[("https://www.kakunin-a.shop/in", "Verify")]);
    let mut known = vec![registered("kakunin-a.shop", "2026-11-15T00:00:00Z")];
    known.extend(stands("www.kakunin-a.shop", "198.51.100.77", "hanako.sato@sato-shoten.co.jp"));
    known.extend(stands("mail.kaiin-jimu.example", "203.0.113.77", "noc@net.sato-shoten.co.jp"));
    let made = made(&mail, known);
    let desks: Vec<&str> = made.desks.iter().map(|desk| desk.address.as_str()).collect();
    assert_eq!(desks, ["abuse@kakunin-a-shop.registrar.example.net"]);
}

/// A mail of two texts from 203.0.113.77, whose network has an abuse desk; who is written to about that network.
fn told_of_sender(subject: &str, first: &str, second: &str) -> usize {
    let part = |text: &str| format!("--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");
    let mail = format!(
        "{OBSERVED}From: Amazon <x@kaiin-jimu.example>\r\nTo: hanako.sato@sato-shoten.co.jp\r\nSubject: {subject}\r\n\
         Message-ID: <1@kaiin-jimu.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}{}--b--\r\n",
        part(first),
        part(second)
    );
    let known = stands("mail.kaiin-jimu.example", "203.0.113.77", "abuse@rental.example.net").into();
    let told = made(&mail, known).desks;
    told.iter().filter(|desk| desk.matters.iter().any(|matter| matter.duty == Duty::Sending)).count()
}

#[test]
fn whoever_only_shows_a_fraud_is_not_complained_of() {
    let lure = "Your Amazon account has been suspended.\r\nVerify your account and password within 24 hours:\r\nhttps://www.amazon-kakunin.shop/in";
    let quoted = lure.replace("\r\n", "\r\n> ");
    let shown = format!("Is this real?\r\n\r\n> {quoted}");
    assert_eq!(told_of_sender("Amazon account suspended", &shown, "Taro"), 0);
    let words = "I got this today and cannot tell whether it is real. ".repeat(20);
    assert_eq!(told_of_sender("Re: Amazon account suspended", &shown, "Taro"), 0);
    assert_eq!(told_of_sender("Amazon account suspended", &format!("{words}\r\n\r\n> {quoted}"), "Taro"), 0);
    // Below a text of his own the same hides nobody.
    assert_eq!(told_of_sender("Amazon account suspended", lure, &shown), 1);
}

#[test]
fn the_mail_and_the_page_each_wear_their_own_name_in_the_readers_language() {
    let link = "https://www.kakunin-a.shop/in";
    let mail = mail("えきねっと", OBSERVED, &[(link, "確認する")]);
    let mut known =
        vec![page(link, "Amazonサインイン"), registered("kakunin-a.shop", "2026-11-15T00:00:00Z")];
    known.extend(stands("www.kakunin-a.shop", "198.51.100.77", "abuse@hosting.example.net"));
    let made = made(&mail, known);
    let letter = letters(&made).remove(0);
    assert!(letter.contains("Subject: Phishing page at www[.]kakunin-a[.]shop"), "{letter}");
    assert!(letter.contains("pretends to be from Eki-net (the genuine site is eki-net.com)"), "{letter}");
    assert!(letter.contains("It poses as: Amazon (the genuine site is "), "{letter}");
    assert!(!letter.contains("えきねっと"), "{letter}");
    let report: serde_json::Value = serde_json::from_str(&files(&made, "xarf")[0]).expect("JSON");
    assert_eq!(report["target_brand"], "Amazon", "that of the page");
}

#[test]
fn no_time_of_the_mails_own_making_puts_anything_off() {
    let forged = "Received: from a.example by b.example; Fri, 01 Jan 2094 00:00:00 +0000\r\n\
        Date: Fri, 01 Jan 2094 00:00:00 +0000\r\n";
    let observed = OBSERVED.split("Date:").next().unwrap_or_default();
    let link = [("https://kakunin-a.shop/in", "Verify")];
    let of = |above: &str, known| made(&mail("Amazon", above, &link), known);
    let received = of(&format!("{observed}{forged}"), Vec::new());
    assert_eq!(received.seen, "2026-11-19T00:12:45Z");
    let rpz = files(&received, "rpz").remove(0);
    assert!(rpz.contains(" 2026111900 "), "{rpz}");
    let asked =
        of(&format!("{observed}{forged}"), vec![registered("kakunin-a.shop", "2026-11-15T00:00:00Z")]);
    assert_eq!(asked.seen, AT);
    // Where nothing but the mail tells a time, it is not believed beyond the present.
    let dated = of("Date: Fri, 01 Jan 2094 00:00:00 +0000\r\n", Vec::new()).until("2026-11-22T00:00:00Z");
    assert!(dated.seen.starts_with("2026-11-22") && dated.first_seen() <= dated.seen.as_str());
    for kind in ["stix", "rpz", "csv", "hosts", "misp"] {
        let text = files(&dated, kind).remove(0);
        let text: String = text.lines().filter(|line| !line.contains("\"date\"")).collect();
        let valid = text.split("valid_from").nth(1).unwrap_or_default();
        assert!(!valid.starts_with("\": \"2094") && !text.contains("209401"), "{kind}: {text}");
    }
}
