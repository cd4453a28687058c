//! Pages behind links in every format and both languages: what a visit saw is told, framed and harmless.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

use std::path::Path;

use data_encoding::HEXLOWER;
use fuwake_core::case::{
    BrandWorn, Case, Cloaking, Dissection, Input, LandingKind, LandingRecord, Language, SCHEMA, Setting,
    Tool, conclude,
};
use fuwake_core::evidence::visit::{
    Certificate, Contact, Download, Field, Form, Icon, Page, Pictures, Profile, Refused, Step, StepKind,
    Visit, VisitEnd,
};
use fuwake_core::evidence::{Answer, Data, Evidence, Ledger, Question};
use fuwake_core::findings::{Judge, Reader};
use fuwake_core::inquiry::Privacy;
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::{RawMail, Trusted, dissect};
use fuwake_core::publish::{Audience, publish};
use fuwake_report::{Format, Layout, render};
use sha2::{Digest, Sha256};

const LANGUAGES: [(Language, &str); 2] = [(Language::Ja, "ja"), (Language::En, "en")];
const MOBILE: &[u8] = include_bytes!("pictures/mobile.webp");
const DESKTOP: &[u8] = include_bytes!("pictures/desktop.webp");
const BROWSER: &str = "Chromium 156.0.8078.79";
const AT: &str = "2026-11-20T03:04:05Z";
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

fn step(kind: StepKind, url: &str, status: u16, ip: &str) -> Step {
    Step {
        url: url.to_owned(),
        kind,
        status: Some(status),
        ip: ip.parse().ok(),
        at: Some(AT.to_owned()),
        ..Step::default()
    }
}

fn certified(step: Step, issuer: &str, from: &str) -> Step {
    let certificate = Certificate {
        subject: "CN=example".to_owned(),
        issuer: issuer.to_owned(),
        names: vec!["*.example-login.shop".to_owned()],
        from: Some(from.to_owned()),
        until: Some("2027-02-15T00:00:00Z".to_owned()),
        is_trusted: true,
    };
    Step { certificate: Some(certificate), ..step }
}

fn field(kind: &str, name: &str, label: &str, value: Option<&str>) -> Field {
    let [kind, name, label] = [kind, name, label].map(str::to_owned);
    Field { kind, name, label, autocomplete: None, value: value.map(str::to_owned) }
}

fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn pictures(small: &[u8]) -> Pictures {
    Pictures { small: Some(sha256(small)), ..Pictures::default() }
}

/// Four steps over three domains to a log-in that wears a brand.
fn fake() -> Visit {
    let landing =
        "https://card-example.member.example-login.shop/portal/webmail.php?id=taro.decoy@decoy.example.org";
    Visit {
        browser: Some(BROWSER.to_owned()),
        steps: vec![
            step(
                StepKind::Link,
                "http://go.tracker.example.org/c/81?u=taro.decoy@decoy.example.org",
                302,
                "198.51.100.70",
            ),
            certified(
                step(
                    StepKind::Redirect,
                    "https://capecodbaseballorgtrackerwwwbtnewsorkrshopbannerhitssponsord101.example.net/r",
                    200,
                    "198.51.100.71",
                ),
                "R11, Let's Encrypt, US",
                "2026-09-01T00:00:00Z",
            ),
            certified(
                step(StepKind::MetaRefresh, "https://member.example-login.shop/", 200, "198.51.100.77"),
                "R11, Let's Encrypt, US",
                "2026-11-17T00:00:00Z",
            ),
            certified(
                step(StepKind::Script, landing, 200, "198.51.100.77"),
                "R11, Let's Encrypt, US",
                "2026-11-17T00:00:00Z",
            ),
        ],
        page: Some(Page {
            url: landing.to_owned(),
            media_type: "text/html".to_owned(),
            title: "会員カード ログイン".to_owned(),
            language: Some("ja".to_owned()),
            text: "会員カード\nメールアドレス\nパスワード\nログイン\n言語".to_owned(),
            forms: vec![Form {
                action: Some("https://collect.example.top/next.php".to_owned()),
                method: "post".to_owned(),
                by_script: false,
                fields: vec![
                    field("email", "user", "メールアドレス", Some("taro.decoy@decoy.example.org")),
                    field("password", "pass", "パスワード", None),
                    field("hidden", "token", "", Some("x")),
                    field("submit", "", "ログイン", None),
                ],
            }],
            icon: Some(Icon {
                url: "https://www.card.example.com/favicon.ico".into(),
                mmh3: -1_234_567,
                sha256: String::new(),
            }),
            resources: vec!["www.card.example.com".to_owned(), "cdn.example.net".to_owned()],
            saved_from: Some("https://www.card.example.com/login".to_owned()),
            dead_controls: vec!["言語".to_owned()],
            ..Page::default()
        }),
        pictures: pictures(MOBILE),
        contacts: vec![
            Contact { host: "cdn.example.net".into(), addresses: Vec::new(), requests: 3 },
            Contact { host: "go.tracker.example.org".into(), addresses: Vec::new(), requests: 1 },
        ],
        refused: vec![Refused { target: "http://192.168.0.1:80/".into(), why: "inner-address".into() }],
        cookies: vec!["PHPSESSID".to_owned()],
        requests: 14,
        bytes: 482_113,
        ..Visit::default()
    }
}

/// Text that wants to act, in every place that a page can fill.
fn hostile() -> Visit {
    let attack = format!(
        "<script>alert(1)</script><img src=x onerror=alert(2)> [p](https://example-login.shop) ![p](x) @octocat #1 \
         | a | b | \u{202e}gnp.exe\u{200b}\u{1b}[2J\u{9b}\u{7} `x` {RECIPIENT} {{{{ site }}}}"
    );
    let lines = format!("{attack}\n# heading\n\n```\n</article>{attack}");
    let url =
        format!("https://example-login.shop/a?u={RECIPIENT}&t=9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c#\"><script>");
    Visit {
        browser: Some(attack.clone()),
        steps: vec![Step {
            fault: Some(attack.clone()),
            ..certified(step(StepKind::Link, &url, 200, "203.0.113.9"), &attack, AT)
        }],
        page: Some(Page {
            url,
            title: attack.clone(),
            text: lines.clone(),
            forms: vec![Form {
                action: Some("javascript:alert(1)//example-login.shop".to_owned()),
                method: "post".to_owned(),
                by_script: true,
                fields: vec![
                    field(&attack, &attack, &lines, Some(&attack)),
                    field("text", RECIPIENT, "", Some(RECIPIENT)),
                ],
            }],
            resources: vec![attack.clone()],
            saved_from: Some(lines.clone()),
            dead_controls: vec![lines.clone()],
            ..Page::default()
        }),
        contacts: vec![Contact { host: attack.clone(), addresses: Vec::new(), requests: 1 }],
        refused: vec![Refused { target: attack.clone(), why: attack.clone() }],
        cookies: vec![attack.clone(), RECIPIENT.to_owned()],
        dialogs: vec![lines.clone()],
        windows: vec![lines.clone()],
        downloads: vec![Download { url: attack.clone(), name: attack.clone() }],
        bounds: vec![attack],
        pictures: pictures(MOBILE),
        requests: 1,
        ..Visit::default()
    }
}

fn gone() -> Visit {
    let url = "https://old.example-login.shop/verify";
    Visit {
        browser: None,
        steps: vec![Step {
            url: url.to_owned(),
            fault: Some("net::ERR_NAME_NOT_RESOLVED".to_owned()),
            at: Some(AT.to_owned()),
            ..Step::default()
        }],
        end: VisitEnd::NoSuchName,
        requests: 1,
        ..Visit::default()
    }
}

fn genuine() -> Visit {
    let url = "https://www.card.example.com/sec_error";
    Visit {
        browser: Some(BROWSER.to_owned()),
        steps: vec![
            step(StepKind::Link, "https://www.card.example.com/no-such-page", 302, "198.51.100.82"),
            certified(
                step(StepKind::Redirect, url, 404, "198.51.100.82"),
                "DigiCert",
                "2026-01-10T00:00:00Z",
            ),
        ],
        page: Some(Page {
            url: url.into(),
            title: "会員カード エラー".into(),
            text: "ページがありません".into(),
            ..Page::default()
        }),
        pictures: pictures(DESKTOP),
        requests: 4,
        bytes: 20_480,
        ..Visit::default()
    }
}

fn evidence(url: &str, profile: Profile, answer: Answer) -> Evidence {
    let question = Question::Visit { url: url.to_owned(), profile, probe_form: false, again: false };
    Evidence {
        id: question.id(),
        question,
        answer,
        source: "visit".to_owned(),
        asked_at: Some(AT.to_owned()),
    }
}

fn found(visit: Visit) -> Answer {
    Answer::Found { data: Data::Visit(Box::new(visit)) }
}

struct Told {
    record: LandingRecord,
    evidence: Vec<Evidence>,
}

fn told(url: &str, kind: LandingKind, answers: Vec<(Profile, Answer)>) -> Told {
    let evidence: Vec<Evidence> =
        answers.into_iter().map(|(profile, answer)| evidence(url, profile, answer)).collect();
    let record = LandingRecord {
        url: url.to_owned(),
        links: Vec::new(),
        decoyed: false,
        lost_to_decoys: false,
        kind,
        brand: None,
        is_brands_own: false,
        final_url: None,
        final_host: None,
        asks_for: Vec::new(),
        form_target: None,
        kinds: vec![kind; evidence.len()],
        visits: evidence.iter().map(|evidence| evidence.id.clone()).collect(),
        differs: false,
        cloaking: None,
        again: Vec::new(),
        is_led_away: false,
        known_login: None,
        pictures_missing: false,
    };
    Told { record, evidence }
}

fn brand() -> Option<BrandWorn> {
    let official_domains = vec!["card.example.com".to_owned()];
    Some(BrandWorn { id: "example-card".to_owned(), name: "会員カード".to_owned(), official_domains })
}

const LINK: &str = "http://go.tracker.example.org/c/81?u=taro.decoy@decoy.example.org";

fn told_fake(profiles: Vec<(Profile, Answer)>, differs: bool) -> Told {
    let mut told = told(LINK, LandingKind::FakeLogin, profiles);
    told.record.links = vec![0];
    told.record.decoyed = true;
    told.record.brand = brand();
    told.record.asks_for = vec!["password", "card"];
    told.record.form_target = Some("https://collect.example.top/next.php".to_owned());
    told.record.differs = differs;
    told
}

/// A chain to a fake, a page that is gone, and a genuine error page.
fn visited() -> Vec<Told> {
    let hung = Answer::Failed { why: "hung".to_owned() };
    let gone = told(
        "https://old.example-login.shop/verify",
        LandingKind::Dead,
        vec![(Profile::JapaneseMobile, found(gone()))],
    );
    let mut genuine = told(
        "https://www.card.example.com/no-such-page",
        LandingKind::GenuineErrorPage,
        vec![(Profile::JapaneseDesktop, found(genuine()))],
    );
    genuine.record.brand = brand();
    genuine.record.is_brands_own = true;
    let fake =
        told_fake(vec![(Profile::JapaneseMobile, found(fake())), (Profile::JapaneseDesktop, hung)], false);
    vec![fake, gone, genuine]
}

/// The telephone sees the fake, the desk computer another page.
fn cloaked() -> Vec<Told> {
    let elsewhere = Visit {
        browser: Some(BROWSER.to_owned()),
        steps: vec![
            step(StepKind::Link, LINK, 302, "198.51.100.70"),
            step(StepKind::Redirect, "https://www.example.org/", 200, "198.51.100.99"),
        ],
        page: Some(Page {
            url: "https://www.example.org/".into(),
            title: "Example".into(),
            text: "Nothing here".into(),
            ..Page::default()
        }),
        pictures: pictures(DESKTOP),
        requests: 2,
        bytes: 1_024,
        ..Visit::default()
    };
    let answers =
        vec![(Profile::JapaneseMobile, found(fake())), (Profile::JapaneseDesktop, found(elsewhere))];
    let mut told = told_fake(answers, true);
    told.record.kinds = vec![LandingKind::FakeLogin, LandingKind::Page];
    told.record.cloaking = Some(Cloaking::Seen);
    vec![told]
}

fn hostile_page() -> Vec<Told> {
    let url = format!("https://example-login.shop/a?u={RECIPIENT}");
    let mut told = told(&url, LandingKind::CredentialForm, vec![(Profile::JapaneseMobile, found(hostile()))]);
    told.record.form_target =
        Some(format!("https://x\u{202e}\u{1b}[2J<script>.example-login.shop/{RECIPIENT}"));
    vec![told]
}

fn case(told: Vec<Told>, language: Language) -> Case {
    let data = toml::from_str(include_str!("knowledge.toml")).expect("well-formed data");
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
            for steering in ['\u{202e}', '\u{200b}', '\u{9b}', '\u{7}'] {
                assert!(!output.contains(steering), "{name} holds {}", u32::from(steering));
            }
            match format.name {
                "html" => html_is_inert(&name, &output),
                "markdown" => markdown_is_inert(&name, &output),
                _ => text_is_inert(&name, &output),
            }
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
    let url = format!("https://go.tracker.example.org/c/81?u={RECIPIENT}");
    let mut told = told(&url, LandingKind::FakeLogin, vec![(Profile::JapaneseMobile, found(fake()))]);
    told.record.links = vec![0];
    let report = publish(&case(vec![told], Language::En), &Audience::Operator.into(), Language::En);
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

fn html_is_inert(name: &str, page: &str) {
    for forbidden in [
        "<script",
        "<img src=x",
        "<iframe",
        "<form",
        " onerror=alert(2)>",
        "style=\"",
        "javascript:",
        "\u{1b}",
    ] {
        assert!(!page.contains(forbidden), "{name} holds {forbidden}");
    }
    assert_eq!(page.matches("</article>").count(), 1, "{name}");
}

fn markdown_is_inert(name: &str, page: &str) {
    assert!(!page.contains('\u{1b}'), "{name}");
    for line in page.lines() {
        let prose: String = line.split('`').step_by(2).collect();
        for tag in prose.split('<').skip(1) {
            let own = ["b>", "/b>", "br>", "sup>", "/sup>", "sub>", "/sub>", "code>", "/code>", "!-- -->"];
            assert!(own.iter().any(|own| tag.starts_with(own)) || line.contains('`'), "{name}: {line}");
        }
    }
    for forbidden in ["@octocat #1", "\n| a | b |", "\n# heading", "\n```\n", "{{ site }}"] {
        assert!(!page.contains(forbidden), "{name} holds {forbidden}");
    }
}

fn text_is_inert(name: &str, page: &str) {
    for sequence in page.split('\u{1b}').skip(1) {
        let parameters = sequence
            .strip_prefix('[')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';'));
        assert!(parameters.is_some_and(|rest| rest.starts_with('m')), "{name}: {sequence:?}");
    }
}
