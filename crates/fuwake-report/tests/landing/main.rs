//! Pages behind links in every format and both languages: what a visit saw is told, framed and harmless.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

#[path = "../inert/mod.rs"]
mod inert;
mod visits;

use std::path::Path;

use fuwake_core::case::{Case, Dissection, Input, Language, SCHEMA, Setting, Tool, conclude};
use fuwake_core::evidence::Ledger;
use fuwake_core::findings::{Judge, Reader};
use fuwake_core::inquiry::Privacy;
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::{RawMail, Trusted, dissect};
use fuwake_core::publish::{Audience, publish};
use fuwake_report::{Format, Layout, render};
use sha2::{Digest, Sha256};

use visits::{DESKTOP, MOBILE, Told, cloaked, hostile_page, sha256, undecoyed, visited};

const LANGUAGES: [(Language, &str); 2] = [(Language::Ja, "ja"), (Language::En, "en")];
const RECIPIENT: &str = "hanako.sato@mail.example.jp";

const MAIL: &str = "Delivered-To: hanako.sato@mail.example.jp\r\n\
    Received: from mail.example-login.shop (unknown [203.0.113.77]) by mx01.mail.example.jp with ESMTP id 1; Thu, 19 Nov 2026 09:12:45 +0900\r\n\
    Date: Thu, 19 Nov 2026 08:12:40 +0900\r\n\
    From: =?utf-8?B?5Lya5ZOh44Kr44O844OJ5LqL5YuZ5bGA?= <support@member-card.example.net>\r\n\
    To: hanako.sato@mail.example.jp\r\n\
    Subject: =?utf-8?B?44CQ6YeN6KaB44CR44Kr44O844OJ44Gu44GU5Yip55So56K66KqN?=\r\n\
    Message-ID: <1@example-login.shop>\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: text/html; charset=utf-8\r\n\r\n\
    <p>会員カードのご利用を制限しました。24時間以内に確認してください。</p>\
    <p><a href=\"https://go.tracker.example.org/c/81?u=hanako.sato@mail.example.jp\">確認する</a></p>\
    <p><a href=\"https://old.example-login.shop/verify\">古いページ</a></p>\
    <p><a href=\"https://www.card.example.com/no-such-page\">公式サイト</a></p>\r\n";

fn case(told: Vec<Told>, language: Language) -> Case {
    let data = toml::from_str(include_str!("../knowledge.toml")).expect("well-formed data");
    let knowledge = Knowledge::new(data).expect("sound knowledge");
    let judge = Judge::new(&knowledge);
    let raw =
        RawMail { bytes: MAIL.as_bytes(), size: MAIL.len() as u64, sha256: Sha256::digest(MAIL).into() };
    let mut ledger = Ledger::default();
    told.iter().flat_map(|told| &told.evidence).for_each(|evidence| ledger.record(evidence.clone()));
    let setting = Setting {
        judge: &judge,
        reader: &Reader::default(),
        language,
        reach: None,
        fingerprint: false,
        privacy: &Privacy::default(),
    };
    let files = [MOBILE, DESKTOP].map(|bytes| (sha256(bytes), bytes.to_vec())).into();
    let mail = dissect(raw, &Trusted::default());
    let dissection = conclude(mail, &ledger, Vec::new(), setting).with_pictures(&files);
    // What a page is, is judged elsewhere.
    let landing = told.into_iter().map(|told| told.record).collect();
    let dissection = Dissection { landing, ..dissection };
    let input = Input { path: "mail.eml".into(), member: None };
    Case { schema: SCHEMA, input, tool: Tool::new("2026-01-01"), dissection }
}

fn cases() -> [(&'static str, Vec<Told>); 3] {
    [("visited", visited()), ("cloaked", cloaked()), ("hostile-page", hostile_page())]
}

fn outputs(audience: Audience) -> Vec<(String, Format, String)> {
    let mut outputs = Vec::new();
    for (language, tag) in LANGUAGES {
        for (name, told) in cases() {
            let report = publish(&case(told, language), &audience.into(), language);
            for format in Format::ALL {
                let output = render(&report, *format, Layout::default());
                outputs.push((format!("{name}-{tag}.{}", format.extension), *format, output));
            }
        }
    }
    outputs
}

/// What stands between two marks, without them.
fn between<'o>(output: &'o str, start: &str, end: &str) -> &'o str {
    let tail = output.split_once(start).map_or(output, |(_, tail)| tail);
    tail.split_once(end).map_or(tail, |(head, _)| head)
}

/// What a page tells of the pages behind links.
fn section<'o>(name: &str, format: Format, output: &'o str) -> &'o str {
    let (start, end) = match (format.name, name.contains("-ja")) {
        ("html", _) => ("-landing\">", "</section>"),
        ("markdown", true) => ("### リンク先のページ", "\n### "),
        ("markdown", false) => ("### The page behind the link", "\n### "),
        (_, true) => ("▌ リンク先のページ", "▌ "),
        (_, false) => ("▌ The page behind the link", "▌ "),
    };
    between(output, start, end)
}

#[test]
fn pages_behind_links_in_every_format() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, format, output) in outputs(Audience::Public) {
        // For a look in a browser.
        std::fs::write(folder.join(&name), &output).expect("written");
        let mut section = section(&name, format, &output).to_owned();
        for (picture, place) in [(MOBILE, "MOBILE"), (DESKTOP, "DESKTOP")] {
            section = section.replace(&data_encoding::BASE64.encode(picture), place);
        }
        insta::assert_snapshot!(name, section);
    }
}

#[test]
fn pictures_stand_in_the_page_and_nothing_else_may_be_loaded() {
    for (name, format, output) in outputs(Audience::Public) {
        if format.name != "html" {
            assert!(!output.contains("data:image"), "{name}");
            continue;
        }
        let pictured = output.contains("<img ");
        assert_eq!(output.contains(" img-src data:;"), pictured, "{name}");
        assert_eq!(pictured, !name.starts_with("hostile"), "{name}");
        for picture in output.split("<img ").skip(1) {
            assert!(picture.starts_with("src=\"data:image/webp;base64,UklGR"), "{name}");
            let alt = between(picture, "alt=\"", "\"");
            assert!(alt.contains("会員カード") || alt.contains("Example"), "{name}: {alt}");
        }
    }
}

#[test]
fn a_fake_is_framed_as_one_in_every_format() {
    for (name, _, output) in outputs(Audience::Public) {
        let frame = if name.contains("-ja") {
            "偽のページです。何も入力しないでください"
        } else {
            "Fake – do not enter anything"
        };
        assert_eq!(output.contains(frame), !name.starts_with("hostile"), "{name}");
    }
}

#[test]
fn nothing_of_a_page_acts_or_names_the_recipient() {
    for audience in [Audience::Public, Audience::Operator] {
        for (name, format, output) in outputs(audience) {
            assert!(!output.to_lowercase().contains("hanako.sato"), "{name} names the recipient");
            inert::check(&name, format, &output);
        }
    }
}

#[test]
fn each_visitor_is_framed_by_what_he_saw() {
    let report = publish(&case(cloaked(), Language::Ja), &Audience::Public.into(), Language::Ja);
    let page = render(&report, Format::named("html").expect("a format"), Layout::default());
    // Above and below the picture.
    assert_eq!(page.matches("class=\"frame\"").count(), 4);
    assert_eq!(page.matches("偽のページです。何も入力しないでください</p>").count(), 2);
    assert_eq!(page.matches("<span class=\"stamp\"").count(), 1);
}

#[test]
fn a_picture_that_may_show_the_recipient_is_left_out() {
    let report = publish(&case(undecoyed(), Language::En), &Audience::Operator.into(), Language::En);
    let page = render(&report, Format::named("html").expect("a format"), Layout::default());
    assert!(!page.contains("<img ") && page.contains("because it may show who received the mail"));
    assert!(page.contains("The server now knows who received it"));
}

#[test]
fn no_link_can_be_followed() {
    for (name, format, output) in outputs(Audience::Public) {
        let section = section(&name, format, &output).replace("http://www.w3.org/2000/svg", "");
        for forbidden in ["http://", "https://", "javascript:", "example-login.shop"] {
            assert!(!section.contains(forbidden), "{name} holds {forbidden}");
        }
    }
}

#[test]
fn marks_made_for_a_reader_and_own_domains_are_masked_in_public() {
    for (name, _, output) in outputs(Audience::Public) {
        assert!(!output.contains("9f8a7b6c5d4e3f2a"), "{name}");
        assert!(!output.contains("mail.example.jp") && !output.contains("mail[.]example[.]jp"), "{name}");
    }
}
