//! What others may block or look for: links of which nothing was made for one reader or made up for a visit, and of nobody else's things.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

mod examined;
mod world;

use std::collections::BTreeMap;

use fuwake_core::case::Language;
use fuwake_core::evidence::visit::{Field, Form, Page, Profile, Step, StepKind, Visit};
use fuwake_core::evidence::{Data, Ledger, Question, Registration};
use fuwake_core::indicators::Indicators;
use fuwake_core::knowledge::Knowledge;
use fuwake_core::publish::{Audience, Release, indicators};
use fuwake_report::exchange::{Exchange, Reporter, Request};
use world::{AT, answered};

/// A link of a mail to hanako.sato@sato-shoten.co.jp, what it was asked for as, and where that led.
struct Way {
    link: &'static str,
    asked: &'static str,
    end: &'static str,
}

/// A fake of Amazon behind a way.
fn case(way: &Way, release: &Release) -> Indicators {
    let mail = format!(
        "Return-Path: <bounce@amazon-kakunin.shop>\r\n\
         Delivered-To: hanako.sato@sato-shoten.co.jp\r\n\
         Received: from mail.amazon-kakunin.shop (unknown [203.0.113.77])\r\n\
         \tby mx01.sato-shoten.co.jp (Postfix) with ESMTP id 4XyZ12\r\n\
         \tfor <hanako.sato@sato-shoten.co.jp>; Thu, 19 Nov 2026 09:12:45 +0900\r\n\
         Date: Thu, 19 Nov 2026 08:12:40 +0900\r\n\
         From: Amazon <support@amazon-kakunin.shop>\r\n\
         To: hanako.sato@sato-shoten.co.jp\r\n\
         Subject: =?utf-8?B?QW1hem9u44Ki44Kr44Km44Oz44OI44KS5YGc5q2i44GX44G+44GX44Gf?=\r\n\
         Message-ID: <1@amazon-kakunin.shop>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n\
         <p>Amazonアカウントの利用を停止しました。24時間以内にパスワードを確認してください。</p>\
         <p><a href=\"{}\">確認する</a></p>\r\n",
        way.link
    );
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let case = examined::case(mail.as_bytes(), (&world(way), &BTreeMap::new()), &knowledge, Language::En);
    indicators(&case, mail.as_bytes(), release, &knowledge, Language::En)
}

fn world(way: &Way) -> Ledger {
    let step = |kind, url: &str| Step {
        url: url.to_owned(),
        kind,
        status: Some(200),
        at: Some(AT.to_owned()),
        ..Step::default()
    };
    let field = |kind: &str, label: &str| Field {
        kind: kind.to_owned(),
        name: kind.to_owned(),
        label: label.to_owned(),
        ..Field::default()
    };
    let page = Page {
        url: way.end.to_owned(),
        media_type: "text/html".to_owned(),
        title: "Amazonサインイン".to_owned(),
        language: Some("ja".to_owned()),
        text: "Amazon サインイン\nEメールまたは携帯電話番号\nパスワード\nログイン".to_owned(),
        forms: vec![Form {
            action: Some(way.end.to_owned()),
            method: "post".to_owned(),
            by_script: false,
            fields: vec![field("email", "メールアドレス"), field("password", "パスワード")],
        }],
        ..Page::default()
    };
    let mut steps = vec![step(StepKind::Link, way.asked)];
    if way.asked != way.end {
        steps.push(step(StepKind::Redirect, way.end));
    }
    let visit = Visit { browser: Some("Chromium".to_owned()), steps, page: Some(page), ..Visit::default() };
    let asked = Question::Visit {
        url: way.asked.to_owned(),
        profile: Profile::JapaneseMobile,
        probe_form: false,
        again: false,
    };
    let registered = |domain: &str, since: &str| {
        let (domain, registered) = (domain.to_owned(), Some(since.to_owned()));
        let registration = Registration { domain: domain.clone(), registered, ..Registration::default() };
        (Question::Registration { domain }, Data::Registration(registration))
    };
    let known = [
        (asked, Data::Visit(Box::new(visit))),
        registered("amazon-kakunin.shop", "2026-11-15T00:00:00Z"),
        registered("hana-shop.jp", "2009-04-01T00:00:00Z"),
        registered("hana-amazon.co.jp", "2009-04-01T00:00:00Z"),
    ];
    answered(known)
}

fn files(indicators: &Indicators) -> Vec<(String, String)> {
    let reporter =
        Reporter { organisation: "Example CSIRT".to_owned(), address: "csirt@ryozen.example".to_owned() };
    let request = Request { indicators, reporter: Some(&reporter) };
    let files = Exchange::ALL.iter().flat_map(|exchange| exchange.files(request).unwrap_or_default());
    files.map(|file| (file.name, String::from_utf8_lossy(&file.bytes).into_owned())).collect()
}

/// Kinds and values of the CSV.
fn listed(indicators: &Indicators) -> Vec<String> {
    let files = files(indicators);
    let (_, csv) = files.iter().find(|(name, _)| name == "indicators.csv").expect("a list");
    let cells = csv.lines().skip(1).map(|line| line.split("\",\"").take(2).collect::<Vec<_>>().join(" "));
    cells.map(|cells| cells.trim_matches('"').to_owned()).collect()
}

const OWN: &str = "domain amazon-kakunin.shop";

#[test]
fn nothing_made_up_and_nothing_personal_stands_in_any_format() {
    let way = Way {
        link: "https://amazon-kakunin.shop/c/81?u=hanako.sato@sato-shoten.co.jp&v=2",
        asked: "https://amazon-kakunin.shop/c/81?u=wqzxkb.vdzj@kdhgwplx.example.jp&v=2",
        end: "https://amazon-kakunin.shop/in/index.php?m=d3F6eGtiLnZkempAa2RoZ3dwbHguZXhhbXBsZS5qcA==",
    };
    let secrets = ["wqzxkb", "kdhgwplx", "d3F6eGtiLnZk", "hanako", "sato-shoten", "aGFuYWtvLnNhdG9"];
    for audience in Audience::ALL {
        let made = case(&way, &audience.into());
        for (name, text) in files(&made) {
            for secret in
                secrets.iter().filter(|secret| **secret != "sato-shoten" || audience != Audience::Operator)
            {
                assert!(!text.contains(secret), "{audience:?} {name}: {secret}\n{text}");
            }
        }
        let expected = [
            OWN,
            "url-prefix https://amazon-kakunin.shop/c/81?u=",
            "url-prefix https://amazon-kakunin.shop/in/index.php?m=",
        ];
        assert_eq!(listed(&made), expected, "{audience:?}");
    }
}

#[test]
fn a_cut_link_is_told_from_a_whole_one_in_every_format() {
    let way = Way {
        link: "https://amazon-kakunin.shop/c/81?u=hanako.sato@sato-shoten.co.jp",
        asked: "https://amazon-kakunin.shop/c/81?u=wqzxkb.vdzj@kdhgwplx.example.jp",
        end: "https://amazon-kakunin.shop/in/index.php",
    };
    let files: BTreeMap<String, String> = files(&case(&way, &Audience::Public.into())).into_iter().collect();
    let stix = &files["stix.json"];
    assert!(stix.contains("[url:value LIKE 'https://amazon-kakunin.shop/c/81?u=%']"), "{stix}");
    assert!(stix.contains("[url:value = 'https://amazon-kakunin.shop/in/index.php']"), "{stix}");
    let event: serde_json::Value = serde_json::from_str(&files["misp.json"]).expect("JSON");
    let objects = event["Event"]["Object"].as_array().expect("objects");
    let urls = objects.iter().filter(|object| object["name"] == "url").map(|object| &object["Attribute"][0]);
    let told: Vec<(&str, bool, bool)> = urls
        .map(|url| {
            (url["value"].as_str().unwrap_or_default(), url["to_ids"] == true, url["comment"].is_string())
        })
        .collect();
    assert!(told.contains(&("https://amazon-kakunin.shop/c/81?u=", true, true)), "{told:?}");
    assert!(told.contains(&("https://amazon-kakunin.shop/in/index.php", true, false)), "{told:?}");
}

#[test]
fn marks_are_cut_and_what_a_page_is_found_by_stays() {
    for (link, expected) in [
        // A mark in the path of the attacker's own site.
        ("https://amazon-kakunin.shop/t/8f3a9c2b7d1e/in", "url-prefix https://amazon-kakunin.shop/t/"),
        ("https://amazon-kakunin.shop/in?id=4829174821", "url-prefix https://amazon-kakunin.shop/in?id="),
        (
            "https://amazon-kakunin.shop/in#hanako.sato@sato-shoten.co.jp",
            "url-prefix https://amazon-kakunin.shop/in",
        ),
        ("https://amazon.co.jp@amazon-kakunin.shop/in", "url https://amazon-kakunin.shop/in"),
        // A page at a service that anybody can use: its number is the page's.
        (
            "https://firebasestorage.googleapis.com/v0/b/k7x2p9q4.appspot.com/o/in.html",
            "url https://firebasestorage.googleapis.com/v0/b/k7x2p9q4.appspot.com/o/in.html",
        ),
        (
            "https://storage.googleapis.com/k7x2p9q4/in.html#hanako.sato@sato-shoten.co.jp",
            "url-prefix https://storage.googleapis.com/k7x2p9q4/in.html",
        ),
        ("https://bit.ly/3xYzAbC9", "url https://bit.ly/3xYzAbC9"),
    ] {
        let made = case(&Way { link, asked: link, end: link }, &Audience::PeerAnalyst.into());
        let listed = listed(&made);
        assert!(listed.iter().any(|entry| entry == expected), "{link}: {listed:?}");
        assert!(listed.iter().all(|entry| entry == OWN || entry == expected), "{link}: {listed:?}");
    }
}

#[test]
fn nobody_elses_things_are_listed() {
    for link in [
        // The site that is imitated, shared services' own pages, names for examples and for use inside, and whatever begins like others'.
        "https://www.amazon.co.jp/ap/signin",
        "https://bit.ly/",
        "https://storage.googleapis.com/",
        "https://storage.googleapis.com/?u=hanako.sato@sato-shoten.co.jp",
        "https://login.example.com/in",
        "https://pc7.local/in",
        "http://192.168.0.1/in",
        "https://hanako-sato.sato-shoten.co.jp.wakaranai-site.com/in",
        "https://wakaranai-site.com/8f3a9c2b7d1e/in",
    ] {
        let made = case(&Way { link, asked: link, end: link }, &Audience::PeerAnalyst.into());
        let listed = listed(&made);
        assert!(listed.iter().all(|entry| entry == OWN), "{link}: {listed:?}");
    }
}

#[test]
fn whoever_only_shares_a_word_with_the_imitated_is_not_blocked() {
    for (link, name) in [
        ("https://amazon-river-tours.com/in", None),
        ("https://www.amazon-support.co.jp/in", None),
        ("https://amazon.de.com/in", None),
        ("https://notamazon.com/in", None),
        ("https://amazon-support.shop/in", Some("domain amazon-support.shop")),
        ("https://amazonlogin2.xyz/in", Some("domain amazonlogin2.xyz")),
        ("https://www.secure-amazon-jp.top/in", Some("domain secure-amazon-jp.top")),
        ("https://amazon.web.app/in", Some("hostname amazon.web.app")),
    ] {
        let made = case(&Way { link, asked: link, end: link }, &Audience::PeerAnalyst.into());
        let names = listed(&made);
        let names =
            names.iter().map(String::as_str).filter(|entry| !entry.starts_with("url") && *entry != OWN);
        assert_eq!(names.collect::<Vec<_>>(), name.into_iter().collect::<Vec<_>>(), "{link}");
    }
}

#[test]
fn a_site_that_was_broken_into_is_listed_by_its_page_alone() {
    let link = "https://www.hana-shop.jp/wp-content/plugins/amz/login.php";
    let way = Way { link, asked: link, end: link };
    let made = case(&way, &Audience::Public.into());
    let listed_openly = listed(&made);
    assert!(
        listed_openly.iter().all(|entry| !entry.ends_with(" hana-shop.jp") && !entry.contains("hostname"))
    );
    assert!(listed_openly.contains(&format!("url {link}")), "{listed_openly:?}");
    let hiding = Release { hide_bystanders: true, ..Audience::Public.into() };
    for (name, text) in files(&case(&way, &hiding)) {
        assert!(!text.contains("hana-shop"), "{name}: {text}");
    }
    // Nor is it less of a bystander where its name ends like that of the imitated.
    let link = "https://hana-amazon.co.jp/wp-content/plugins/amz/login.php";
    for (name, text) in files(&case(&Way { link, asked: link, end: link }, &hiding)) {
        assert!(!text.contains("hana-amazon"), "{name}: {text}");
    }
}
