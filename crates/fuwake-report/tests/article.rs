//! Articles on the shared cases: their prose, their front matter in the hands of real parsers, what an author wrote, and that nothing in
//! them acts or tells who received the mail.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

mod examined;

use std::collections::BTreeMap;
use std::path::Path;

use fuwake_core::case::Language;
use fuwake_core::evidence::Ledger;
use fuwake_core::knowledge::Knowledge;
use fuwake_core::publish::{Beside, Release, article, indicators};
use fuwake_core::report::Article;
use fuwake_report::{File, Site, write};
use saphyr::{LoadableYamlNode as _, Yaml};

const LANGUAGES: [Language; 2] = [Language::Ja, Language::En];
const SITES: [Site; 5] = [Site::Any, Site::Hugo, Site::Jekyll, Site::WordPress, Site::Zola];
const CASES: [&str; 5] = ["addressed", "bare", "forwarded", "genuine", "hostile"];
/// Subjects that try to end what they stand in.
const SUBJECTS: [&str; 9] = [
    "a\" b: c",
    "---",
    "+++\\\"",
    "]]> & <title>",
    "{{ config }} {% raw %}",
    "\\u0041\\",
    "# - * > | ' `",
    "「件名」: 『終わり』",
    "=?utf-8?B?YQotLS0KdGl0bGU6IHgKKysrCmI=?=",
];

fn written(bytes: &[u8], knowledge: &Knowledge, language: Language, beside: &Beside) -> Article {
    let case = examined::case(bytes, (&Ledger::default(), &BTreeMap::new()), knowledge, language);
    article(&case, knowledge, &Release::default(), language, beside)
}

fn mail(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    std::fs::read(folder.join(name).with_extension("eml")).expect("a case")
}

fn small() -> Knowledge {
    let data = toml::from_str(include_str!("knowledge.toml")).expect("well-formed data");
    Knowledge::new(data).expect("sound knowledge")
}

fn everything() -> Knowledge {
    Knowledge::embedded().expect("sound knowledge")
}

fn text(file: &File) -> String {
    String::from_utf8(file.bytes.clone()).expect("text")
}

/// The Markdown, the page, and whatever else is text, of an article for a site.
fn texts(article: &Article, site: Site) -> Vec<(String, String)> {
    let files = write(article, site, &|_| None);
    let texts = files.iter().filter(|file| !file.name.ends_with(".webp"));
    texts.map(|file| (file.name.clone(), text(file))).collect()
}

/// Writes an article where `cargo xtask validate` has others read it.
fn for_validators(kind: &str, article: &Article, site: Site) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("articles").join(kind).join(&article.front.slug);
    for file in write(article, site, &|_| None) {
        let path = folder.join(&file.name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &file.bytes).expect("written");
    }
}

#[test]
fn the_shared_cases_as_articles() {
    let knowledge = small();
    for name in CASES {
        for language in LANGUAGES {
            let article = written(&mail(name), &knowledge, language, &Beside::default());
            for (kind, site) in [("page", Site::Any), ("hugo", Site::Hugo), ("jekyll", Site::Jekyll)] {
                for_validators(kind, &article, site);
            }
            let files = texts(&article, Site::Any);
            insta::assert_snapshot!(format!("{name}-{}", files[0].0), files[0].1);
        }
    }
}

#[test]
fn front_matter_survives_every_subject() {
    let knowledge = small();
    for subject in SUBJECTS {
        let mail =
            format!("From: \"{}\" <a@example.net>\r\nSubject: {subject}\r\n\r\nx\r\n", "x: \\\"y\\\" ---");
        for language in LANGUAGES {
            let article = written(mail.as_bytes(), &knowledge, language, &Beside::default());
            let title = article.front.title.as_str().replace('<', "＜").replace('>', "＞");
            for site in [Site::Any, Site::Hugo, Site::Jekyll] {
                let (_, text) = texts(&article, site).swap_remove(0);
                let front =
                    text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("YAML").0;
                let read = Yaml::load_from_str(front).expect(front);
                assert_eq!(read[0]["title"].as_str(), Some(title.as_str()), "{front}");
            }
            let (_, text) = texts(&article, Site::Zola).swap_remove(0);
            let front =
                text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).expect("TOML").0;
            let read: toml::Table = toml::from_str(front).expect(front);
            assert_eq!(read["title"].as_str(), Some(title.as_str()), "{front}");
        }
    }
}

/// WordPress runs `[name …]` in a post; XML and YAML hold no noncharacters.
#[test]
fn an_export_runs_no_shortcode_and_can_be_read() {
    let mail = "From: [video src=x] <a@example.net>\r\nSubject: [gallery ids=1] \u{fffe}]]>\r\n\
        Content-Type: text/html; charset=utf-8\r\n\r\n<a href='https://example.com/'>[audio]</a>\r\n";
    let knowledge = small();
    for language in LANGUAGES {
        let article = written(mail.as_bytes(), &knowledge, language, &Beside::default());
        let export = texts(&article, Site::WordPress);
        let (_, export) = export.iter().find(|(name, _)| name.ends_with(".xml")).expect("an export");
        let content =
            export.split("<![CDATA[").nth(1).and_then(|rest| rest.split("]]>").next()).expect("content");
        assert!(content.contains("gallery ids=1") && !content.contains(['[', ']']), "{content}");
        let excerpt = export.split("<excerpt:encoded>").nth(1).and_then(|rest| rest.split('<').next());
        assert!(excerpt.is_some_and(|excerpt| !excerpt.contains('[')), "{export}");
        // WordPress' importer reads its first element without asking whether there is one.
        assert!(export.contains("<wp:base_site_url></wp:base_site_url>"), "{export}");
        for site in SITES {
            assert!(texts(&article, site).iter().all(|(_, text)| !text.contains('\u{fffe}')), "{site:?}");
        }
    }
}

#[test]
fn a_mail_that_lacks_what_others_have_is_told_in_whole_sentences() {
    let knowledge = small();
    let bare = written(
        b"Received: by mx.example.jp; Tue, 14 Oct 2025 09:12:45 +0900\r\n\r\nx\r\n",
        &knowledge,
        Language::En,
        &Beside::default(),
    );
    let (_, text) = texts(&bare, Site::Any).swap_remove(0);
    assert!(text.contains("a mail without a subject came from a sender who does not give a name"), "{text}");
    assert!(!text.contains("from ,") && !text.contains("“a mail without a subject”."), "{text}");
}

/// A forward in the text that tells no date, inside a mail of its own.
#[test]
fn a_mail_without_a_date_is_told_in_whole_sentences() {
    const FORWARD: &str = "Received: from pc.example.com ([192.0.2.7]) by mx.example.jp with ESMTP;\r\n\
        \x20Tue, 14 Oct 2025 09:12:45 +0900\r\nFrom: Taro <taro@example.com>\r\nTo: desk@example.jp\r\n\
        Subject: Fwd: Account\r\nDate: Tue, 14 Oct 2025 09:12:40 +0900\r\n\r\n\
        Is this real?\r\n\r\n---------- Forwarded message ---------\r\n\
        From: Amazon <support@example-login.shop>\r\nSubject: Account suspended\r\n\r\n\
        Your account is suspended. Log in within 24 hours: https://www.example-login.shop/amazon/login\r\n";
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    for (language, told) in [
        (
            Language::Ja,
            "「Amazon」という差出人名で、『Account suspended』という件名のメールが届きました。いつ届いたのかは分かりません。このメールは、別のメール",
        ),
        (
            Language::En,
            "A mail came from somebody who signs as “Amazon”. Its subject: “Account suspended”. When it came is not known. It came inside another mail.",
        ),
    ] {
        let article = written(FORWARD.as_bytes(), &knowledge, language, &Beside::default());
        let (_, text) = texts(&article, Site::Any).swap_remove(0);
        assert!(text.contains(told), "{text}");
    }
}

/// A law is cited where something in the case points at its country, and nowhere else.
#[test]
fn laws_are_those_of_whom_the_mail_imitates() {
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let told = |name: &str, body: &str| {
        let mail = format!(
            "Received: from a.login-update.shop (unknown [203.0.113.28]) by mx.example.org with ESMTP for <a@example.org>;\r\n\
             \x20Tue, 14 Oct 2025 09:12:45 +0200\r\nFrom: {name} <x@login-update.shop>\r\nTo: a@example.org\r\n\
             Subject: {name}\r\nDate: Tue, 14 Oct 2025 09:12:40 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}"
        );
        let article = written(mail.as_bytes(), &knowledge, Language::En, &Beside::default());
        texts(&article, Site::Any).swap_remove(0).1
    };
    let lure = |name: &str| {
        format!(
            "Dear customer, your {name} account is suspended. Verify your account, enter your credit card number and password \
             within 24 hours: https://{}.login-update.shop/verify\r\n",
            name.to_lowercase().replace(' ', "-")
        )
    };
    let [eu, gb, kr] = ["Directive (EU) 2019/713", "Fraud Act 2006", "Network Act of the Republic of Korea"];
    let german = told("Deutsche Bank", &lure("Deutsche Bank"));
    assert!(german.contains(eu) && !german.contains(gb) && !german.contains(kr), "{german}");
    let british = told("Barclays", &lure("Barclays"));
    assert!(british.contains(gb) && !british.contains(eu) && !british.contains(kr), "{british}");
    let korean = told(
        "Netflix",
        "고객님의 Netflix 계정이 정지되었습니다. 24시간 이내에 아래 링크에서 결제 정보를 확인해 주십시오. \
         https://netflix.login-update.shop/verify\r\n",
    );
    assert!(korean.contains(kr) && !korean.contains(eu) && !korean.contains(gb), "{korean}");
}

/// The last hours of the year 9999 have no time in UTC.
#[test]
fn no_date_stops_publishing() {
    let knowledge = small();
    for date in [
        "Fri, 31 Dec 9999 23:59:59 -1200",
        "Thu, 1 Jan 1970 00:00:00 +1400",
        "Sat, 1 Jan 0000 00:00:00 +1400",
    ] {
        let mail = format!(
            "Received: from a.example.net (a.example.net [192.0.2.1]) by mx.example.jp; {date}\r\n\
             From: <a@example.net>\r\nDate: {date}\r\nSubject: x\r\n\r\nhttps://example.com/\r\n"
        );
        let case =
            examined::case(mail.as_bytes(), (&Ledger::default(), &BTreeMap::new()), &knowledge, Language::Ja);
        let known = indicators(&case, mail.as_bytes(), &Release::default(), &knowledge, Language::Ja);
        assert!(!known.seen.is_empty(), "{date}");
        let _ = article(&case, &knowledge, &Release::default(), Language::Ja, &Beside::default());
    }
}

#[test]
fn nothing_acts_and_nobody_is_told() {
    const PEOPLE: &[&str] =
        &["hanako.sato", "taro.yamada", "jiro.suzuki", "csirt@", "佐藤花子", "/home/somebody"];
    let knowledge = everything();
    let notes = Some("hanako.sato さんへ <script>alert(1)</script> taro.yamada@example.jp\n".to_owned());
    let beside = Beside { notes, pictures: vec!["mail.ja.webp".into()] };
    for name in CASES {
        for (language, site) in LANGUAGES.into_iter().flat_map(|language| SITES.map(|site| (language, site)))
        {
            let article = written(&mail(name), &knowledge, language, &beside);
            for (file, text) in texts(&article, site) {
                for forbidden in ["<script", "<iframe", "onerror=alert(2)>", "\u{202e}", "\u{1b}"] {
                    assert!(!text.contains(forbidden), "{name} {file} holds {forbidden}");
                }
                let body = text.split("\n---\n").nth(1).unwrap_or_default();
                let braces = file.ends_with(".md") && (body.contains("{{") || body.contains("{%"));
                assert!(!braces, "{name} {file} holds braces of a template");
                let content =
                    text.split_once("<content:encoded><![CDATA[").map_or("", |(_, content)| content);
                let content = content.split_once("]]></content:encoded>").map_or("", |(content, _)| content);
                assert!(!content.contains('['), "{name} {file} holds a bracket of a shortcode");
                assert_eq!(content.is_empty(), !file.ends_with(".xml"), "{file}");
                // The remarks of the author's own are masked where the mail names the same people.
                let named = PEOPLE.iter().filter(|_| name != "bare" && name != "genuine");
                for person in named.filter(|person| !article_of_other(name, person)) {
                    assert!(!text.to_lowercase().contains(person), "{name} {file} names {person}");
                }
            }
        }
    }
}

/// The remarks name people whom this case does not know.
fn article_of_other(case: &str, person: &str) -> bool {
    let known = String::from_utf8_lossy(&mail(case)).to_lowercase();
    !known.contains(person)
}

#[test]
fn what_an_author_wrote_between_the_marks_stays() {
    let knowledge = small();
    let article = written(&mail("addressed"), &knowledge, Language::Ja, &Beside::default());
    let first = texts(&article, Site::Any);
    let edited = |name: &str| {
        let (_, text) = first.iter().find(|(known, _)| known == name)?;
        Some(text.replace(
            "<!-- fuwake:remarks path -->\n",
            "<!-- fuwake:remarks path -->\nわが家では*初めて*見ました。\n",
        ))
    };
    let second = write(&article, Site::Any, &edited);
    for file in second.iter().take(2) {
        assert_eq!(Some(text(file)), edited(&file.name), "{}", file.name);
    }
}

#[test]
fn those_whom_nothing_speaks_against_are_not_accused() {
    let knowledge = everything();
    for name in ["genuine", "bare"] {
        let article = written(&mail(name), &knowledge, Language::Ja, &Beside::default());
        let text = texts(&article, Site::Any).swap_remove(0).1;
        for accusing in ["詐欺とみられます", "罰則", "入力してしまった", "偶然とは考えにくく"]
        {
            assert!(!text.contains(accusing), "{name}: {accusing}");
        }
    }
}
