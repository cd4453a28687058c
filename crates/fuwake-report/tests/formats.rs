//! The same cases in every format and both languages; nothing of the recipient leaks, nothing hostile acts.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

mod examined;
mod inert;

use std::collections::BTreeMap;
use std::path::Path;

use fuwake_core::case::{Case, Language};
use fuwake_core::evidence::{Ledger, Subject};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::publish::{Audience, Release, publish};
use fuwake_report::{Format, Layout, render};

const LANGUAGES: [(Language, &str); 2] = [(Language::Ja, "ja"), (Language::En, "en")];

fn mails() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(file).expect("a file"))
        })
        .collect()
}

fn case(bytes: &[u8], knowledge: &Knowledge, language: Language) -> Case {
    examined::case(bytes, (&Ledger::default(), &BTreeMap::new()), knowledge, language)
}

/// A small knowledge of its own, so that pages change only where formats do.
fn knowledge() -> Knowledge {
    let data = toml::from_str(include_str!("knowledge.toml")).expect("well-formed data");
    Knowledge::new(data).expect("sound knowledge")
}

fn everything() -> Knowledge {
    Knowledge::embedded().expect("sound knowledge")
}

/// Every case in every format and language: (name, format, output).
fn outputs(audience: Audience, knowledge: &Knowledge) -> Vec<(String, Format, String)> {
    let mut outputs = Vec::new();
    for (name, bytes) in mails() {
        for (language, tag) in LANGUAGES {
            let report = publish(&case(&bytes, knowledge, language), &audience.into(), language);
            for format in Format::ALL {
                let output = render(&report, *format, Layout::default());
                outputs.push((format!("{name}-{tag}.{}", format.extension), *format, output));
            }
        }
    }
    outputs
}

#[test]
fn the_same_cases_in_every_format() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, format, output) in outputs(Audience::Public, &knowledge()) {
        // For a look in a browser.
        std::fs::write(folder.join(&name), &output).expect("written");
        // The style is looked at as itself, not in every page.
        let output = match (output.find("<style>"), output.find("</style>")) {
            (Some(start), Some(end)) if format.name == "html" => {
                format!(
                    "{}{}",
                    output.get(..start).unwrap_or_default(),
                    output.get(end..).unwrap_or_default()
                )
            }
            _ => output,
        };
        let hash =
            output.split("style-src '").nth(1).and_then(|tail| tail.split('\'').next()).map(str::to_owned);
        let output = hash.map_or(output.clone(), |hash| output.replace(&hash, "sha256-of-the-style"));
        insta::assert_snapshot!(name, output);
    }
}

#[test]
fn nothing_of_the_recipient_leaks() {
    const PEOPLE: &[&str] =
        &["hanako.sato", "taro.yamada", "jiro.suzuki", "csirt@", "佐藤花子", "鈴木", "/home/somebody"];
    for audience in [Audience::Public, Audience::Operator] {
        for (name, _, output) in outputs(audience, &everything()) {
            let seen = output.to_lowercase();
            for person in PEOPLE {
                assert!(!seen.contains(person), "{name} names {person}");
            }
            for form in encoded("hanako.sato@mail.example.jp") {
                assert!(!output.contains(&form), "{name} holds {form}");
            }
        }
    }
}

/// Whoever listens to a page tells its regions apart by their names (WCAG 2.2, axe's `landmark-unique`).
#[test]
fn regions_of_a_page_have_names_of_their_own() {
    for (name, format, output) in outputs(Audience::Operator, &everything()) {
        if format.name != "html" {
            continue;
        }
        let regions = output.split("role=\"region\" aria-label=\"").skip(1);
        let labels: Vec<&str> = regions.filter_map(|rest| rest.split('"').next()).collect();
        let different: std::collections::BTreeSet<_> = labels.iter().collect();
        assert_eq!(different.len(), labels.len(), "{name}: {labels:?}");
        assert!(!name.starts_with("forwarded") || labels.len() == 2, "{name}: {labels:?}");
    }
}

/// Base64 at the alignments that stand in the case, hexadecimal and percent.
fn encoded(address: &str) -> Vec<String> {
    let inner = |lead: &str| {
        let text = data_encoding::BASE64.encode(format!("{lead}{address}").as_bytes());
        text.chars().skip(4).take(20).collect::<String>()
    };
    let percent = address.bytes().map(|byte| format!("%{byte:02x}")).collect();
    vec![inner(""), inner("a"), inner("ab"), data_encoding::HEXLOWER.encode(address.as_bytes()), percent]
}

#[test]
fn own_domains_are_masked_in_public_only() {
    for (name, _, output) in outputs(Audience::Public, &everything()) {
        assert!(!output.contains("mail.example.jp") && !output.contains("mail[.]example[.]jp"), "{name}");
    }
    let operator = outputs(Audience::Operator, &knowledge());
    assert!(
        operator
            .iter()
            .any(|(name, _, output)| name == "addressed-en.txt"
                && output.contains("mx01[.]mail[.]example[.]jp"))
    );
}

/// A mail with a link to a host.
fn linking_to(host: &str) -> Vec<u8> {
    format!(
        "From: Example Bank <info@example.net>\r\nTo: <hanako.sato@mail.example.jp>\r\n\
         Subject: Your account is suspended\r\nDate: Tue, 14 Jan 2025 21:12:41 +0000\r\n\r\n\
         Confirm your password within 24 hours: https://{host}/login\r\n"
    )
    .into_bytes()
}

/// Every format's output on a mail.
fn rendered(mail: &[u8], release: &Release) -> Vec<String> {
    let knowledge = everything();
    let reports =
        LANGUAGES.map(|(language, _)| publish(&case(mail, &knowledge, language), release, language));
    let render = |report| Format::ALL.iter().map(move |format| render(report, *format, Layout::default()));
    reports.iter().flat_map(render).collect()
}

/// What is looked up elsewhere stands in the address of the link there.
#[test]
fn a_masked_host_is_named_nowhere() {
    let hidden = Release { hidden: vec!["kit-login.shop".to_owned()], ..Audience::Public.into() };
    for output in rendered(&linking_to("www.kit-login.shop"), &hidden) {
        assert!(!output.contains("kit-login"), "{output}");
    }
    for output in rendered(&linking_to("u7f3a9c2b7d1e55aa01.kit-login.shop"), &Audience::Public.into()) {
        assert!(!output.contains("u7f3a9c2b7d1e55aa01") && output.contains("kit-login"), "{output}");
    }
    // A long name alone is no mark: others must be able to recognise the host.
    for output in
        rendered(&linking_to("ballparktrackerwwwshopbanner101.kit-login.shop"), &Audience::Public.into())
    {
        assert!(output.contains("ballparktrackerwwwshopbanner101"), "{output}");
    }
}

#[test]
fn no_link_can_be_followed() {
    for (name, format, output) in outputs(Audience::Public, &everything()) {
        let mut mail_only = output.replace("http://www.w3.org/2000/svg", "");
        for site in fuwake_core::by_hand::SITES {
            let own = site.link(&Subject::Domain(String::new())).expect("it knows domains");
            mail_only = mail_only.replace(&own, "").replace(&own.replace('_', "\\_"), "");
        }
        for line in mail_only.lines().filter(|line| line.contains("example-login")) {
            assert!(!line.contains("http://") && !line.contains("https://"), "{name}: {line}");
            assert!(!line.contains("example-login.shop"), "{name}: {line}");
            assert!(!line.contains("javascript:") && !line.contains("mailto:"), "{name}: {line}");
        }
        for line in output.lines().filter(|_| format.name == "markdown") {
            assert!(!inert::prose(line).replace("\\](", "").contains("](h"), "{name}: {line}");
        }
    }
}

#[test]
fn hostile_text_is_inert() {
    for (name, format, output) in outputs(Audience::Public, &everything()) {
        if format.name == "html" {
            assert!(!output.contains("<img"), "{name}");
        }
        inert::check(&name, format, &output);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 32, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes_give_pages_that_steer_nothing(head in "[ -~\\r\\n]{0,80}", body in proptest::collection::vec(proptest::num::u8::ANY, 0..400)) {
        let mut bytes = format!("To: hanako@example.jp\nSubject: {head}\nContent-Type: text/html; charset=utf-8\n\n").into_bytes();
        bytes.extend(body);
        let knowledge = knowledge();
        let report = publish(&case(&bytes, &knowledge, Language::Ja), &Audience::Public.into(), Language::Ja);
        for format in Format::ALL {
            let page = render(&report, *format, Layout { width: 40 });
            let steering = page.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\u{1b}'));
            proptest::prop_assert_eq!(steering, None);
            proptest::prop_assert_eq!(page.contains('\u{1b}'), format.name == "text");
        }
    }
}
