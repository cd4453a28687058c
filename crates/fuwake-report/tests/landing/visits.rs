//! What visits saw: a chain to a fake, a page that is gone, a genuine one, a cloaked one and a hostile one.

use data_encoding::HEXLOWER;
use fuwake_core::case::{BrandWorn, Cloaking, LandingKind, LandingRecord};
use fuwake_core::evidence::visit::{
    Certificate, Contact, Download, Field, Form, Icon, Page, Pictures, Profile, Refused, Step, StepKind,
    Visit, VisitEnd,
};
use fuwake_core::evidence::{Answer, Data, Evidence, Question};
use sha2::{Digest, Sha256};

use crate::RECIPIENT;

pub(crate) const MOBILE: &[u8] = include_bytes!("../pictures/mobile.webp");
pub(crate) const DESKTOP: &[u8] = include_bytes!("../pictures/desktop.webp");
const AT: &str = "2026-11-20T03:04:05Z";
const BROWSER: &str = "Chromium 156.0.8078.79";

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

pub(crate) fn sha256(bytes: &[u8]) -> String {
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

pub(crate) struct Told {
    pub(crate) record: LandingRecord,
    pub(crate) evidence: Vec<Evidence>,
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
pub(crate) fn visited() -> Vec<Told> {
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
pub(crate) fn cloaked() -> Vec<Told> {
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

pub(crate) fn hostile_page() -> Vec<Told> {
    let url = format!("https://example-login.shop/a?u={RECIPIENT}");
    let mut told = told(&url, LandingKind::CredentialForm, vec![(Profile::JapaneseMobile, found(hostile()))]);
    told.record.form_target =
        Some(format!("https://x\u{202e}\u{1b}[2J<script>.example-login.shop/{RECIPIENT}"));
    vec![told]
}

/// The fake, asked for with the recipient's own address in the link.
pub(crate) fn undecoyed() -> Vec<Told> {
    let url = format!("https://go.tracker.example.org/c/81?u={RECIPIENT}");
    let mut told = told(&url, LandingKind::FakeLogin, vec![(Profile::JapaneseMobile, found(fake()))]);
    told.record.links = vec![0];
    vec![told]
}
