//! Who is told of what, and as what: every mail of the corpus that harms or annoys, as if the registries had named the networks.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

mod examined;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::path::Path;

use data_encoding::HEXLOWER;
use fuwake_core::case::Language;
use fuwake_core::evidence::{Data, Network, Question, Registration};
use fuwake_core::indicators::{Duty, Indicators};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::{RawMail, Trusted, dissect};
use fuwake_core::publish::{Audience, indicators};
use fuwake_core::verdict::Class;
use fuwake_report::exchange::{Exchange, File, Reporter, Request};
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::Duration;
use time::format_description::well_known::Rfc3339;
use world::answered;

fn network(ip: IpAddr) -> (Question, Data) {
    let abuse = Some("abuse@sending.example.net".to_owned());
    (
        Question::Network { ip },
        Data::Network(Network { range: format!("{ip}/32"), abuse, ..Network::default() }),
    )
}

/// The indicators of a mail whose sending network is known, and whose links' domains are new.
fn case(bytes: &[u8], knowledge: &Knowledge) -> Indicators {
    let raw = RawMail { bytes, size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() };
    let mail = dissect(raw, &Trusted::default());
    let mut known: Vec<(Question, Data)> = mail.origin.iter().map(|origin| network(origin.ip)).collect();
    let domains: BTreeSet<&str> =
        mail.links.iter().filter_map(|link| link.registrable_domain.as_deref()).collect();
    let new = mail.date.as_ref().and_then(|date| (date.at - Duration::days(20)).format(&Rfc3339).ok());
    known.extend(domains.into_iter().map(|domain| {
        let (domain, abuse) = (domain.to_owned(), Some("abuse@registrar.example.net".to_owned()));
        let registered = new.clone();
        let registration =
            Registration { domain: domain.clone(), abuse, registered, ..Registration::default() };
        (Question::Registration { domain }, Data::Registration(registration))
    }));
    let case = examined::case(bytes, (&answered(known), &BTreeMap::new()), knowledge, Language::En);
    indicators(&case, bytes, &Audience::AbuseDesk.into(), knowledge, Language::En)
}

fn files(indicators: &Indicators, kind: &str) -> Vec<File> {
    let reporter =
        Reporter { organisation: "Example CSIRT".to_owned(), address: "csirt@ryozen.example".to_owned() };
    let request = Request { indicators, reporter: Some(&reporter) };
    Exchange::named(kind).expect("a kind").files(request).unwrap_or_default()
}

/// Its reports, each of which follows its schema.
fn reports(indicators: &Indicators) -> Vec<Value> {
    let files = files(indicators, "xarf").into_iter().filter(|file| file.name.ends_with(".json"));
    files
        .map(|file| {
            let text = String::from_utf8(file.bytes).expect("UTF-8");
            let result = xarf::parse(&text).expect("JSON");
            assert!(result.errors.is_empty(), "{}: {:?}\n{text}", file.name, result.errors);
            serde_json::from_str(&text).expect("JSON")
        })
        .collect()
}

fn kinds(reports: &[Value]) -> BTreeSet<String> {
    let kind = |report: &Value| format!("{}/{}", report["category"], report["type"]).replace('"', "");
    reports.iter().map(kind).collect()
}

#[test]
fn every_class_is_reported_as_what_it_is() {
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut told: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut number = 0;
    for entry in std::fs::read_dir(corpus).expect("a corpus").map(|entry| entry.expect("an entry")) {
        let Ok(bytes) = std::fs::read(entry.path().join("mail.eml")) else { continue };
        let made = case(&bytes, &knowledge);
        let reports = reports(&made);
        number += reports.len();
        let hunted = matches!(made.verdict.class, Class::Phishing | Class::Fraud | Class::Malware);
        let spam = made.verdict.class == Class::Spam;
        assert!(hunted || spam || made.desks.is_empty(), "{}", entry.path().display());
        assert!(
            !spam
                || made
                    .desks
                    .iter()
                    .flat_map(|desk| &desk.matters)
                    .all(|matter| matter.duty == Duty::Sending)
        );
        told.entry(made.verdict.class.name()).or_default().extend(kinds(&reports));
    }
    assert!(number > 100, "{number} reports");
    let of = |class: &str| told.get(class).cloned().unwrap_or_default();
    for (class, kind) in [
        ("phishing", "content/phishing"),
        ("fraud", "content/fraud"),
        ("phishing", "messaging/spam"),
        ("fraud", "messaging/spam"),
        ("malware", "messaging/spam"),
    ] {
        assert!(of(class).contains(kind), "{class}: {:?}", of(class));
    }
    assert_eq!(of("spam").into_iter().collect::<Vec<_>>(), ["messaging/spam"]);
    assert!(of("legitimate").is_empty() && of("undetermined").is_empty(), "{told:?}");
}

/// An advance fee: nothing to click on, and the answers go to a mailbox that anybody can have.
const FEE: &str = "Return-Path: <office@fund-office.example.net>\r\n\
    Delivered-To: hanako.sato@sato-shoten.co.jp\r\n\
    Received: from mail.fund-office.example.net (unknown [203.0.113.77]:50123)\r\n\
    \tby mx01.sato-shoten.co.jp (Postfix) with ESMTP id 4XyZ12\r\n\
    \tfor <hanako.sato@sato-shoten.co.jp>; Thu, 19 Nov 2026 09:12:45 +0900\r\n\
    Date: Thu, 19 Nov 2026 08:12:40 +0900\r\n\
    From: Barrister John Smith <office@fund-office.example.net>\r\n\
    Reply-To: <barrister.smith.drop@gmail.com>\r\n\
    To: undisclosed-recipients:;\r\n\
    Subject: Inheritance fund of your late relative\r\n\
    Message-ID: <1@fund-office.example.net>\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\n\r\n\
    Dear beneficiary, I am Barrister John Smith. My late client died without a next of kin and left\r\n\
    the sum of USD 10.5 million in a bank. I seek your consent to present you as the next of kin so\r\n\
    that the fund can be transferred to your bank account. This transaction is confidential. Reply\r\n\
    with your full name, address, telephone number and bank details. You will be given 40% of the\r\n\
    total sum.\r\n";

/// A program to be fetched from a name that was made for it.
const PROGRAM: &str = "Return-Path: <billing@invoice-viewer-update.shop>\r\n\
    Delivered-To: hanako.sato@sato-shoten.co.jp\r\n\
    Received: from mail.invoice-viewer-update.shop (unknown [203.0.113.77])\r\n\
    \tby mx01.sato-shoten.co.jp (Postfix) with ESMTP id 4XyZ12\r\n\
    \tfor <hanako.sato@sato-shoten.co.jp>; Thu, 19 Nov 2026 09:12:45 +0900\r\n\
    Date: Thu, 19 Nov 2026 08:12:40 +0900\r\n\
    From: Billing <billing@invoice-viewer-update.shop>\r\n\
    To: hanako.sato@sato-shoten.co.jp\r\n\
    Subject: Invoice 20391, please download and run the viewer\r\n\
    Message-ID: <1@invoice-viewer-update.shop>\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\
    Content-Type: text/html; charset=utf-8\r\n\r\n\
    <p>Dear hanako.sato, your invoice is ready. Download and open the file:</p>\
    <p><a href=\"https://files.invoice-viewer-update.shop/invoice_viewer.exe\">invoice_viewer.exe</a></p>\r\n\
    --x\r\nContent-Type: application/octet-stream\r\n\
    Content-Disposition: attachment; filename=\"invoice.pdf.exe\"\r\n\r\nMZ\r\n--x--\r\n";

#[test]
fn who_sold_the_name_of_a_program_is_told_of_malware() {
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let made = case(PROGRAM.as_bytes(), &knowledge);
    assert_eq!(made.verdict.class, Class::Malware, "{:?}", made.verdict);
    let reports = reports(&made);
    assert!(kinds(&reports).contains("content/malware"), "{:?}", kinds(&reports));
    let page = reports.iter().find(|report| report["category"] == "content").expect("a report of the page");
    assert_eq!(page["url"], "https://files.invoice-viewer-update.shop/invoice_viewer.exe");
    assert!(page["file_hashes"].is_null(), "the file was not taken");
}

#[test]
fn the_copy_of_a_mail_is_a_mail_without_its_files() {
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let letter = files(&case(PROGRAM.as_bytes(), &knowledge), "arf").pop().expect("a letter");
    let copy = carried(&letter.bytes).pop().expect("a mail as attachment");
    let raw = RawMail { bytes: &copy, size: copy.len() as u64, sha256: Sha256::digest(&copy).into() };
    let copy = dissect(raw, &Trusted::default());
    assert_eq!(copy.origin.as_ref().map(|origin| origin.ip.to_string()).as_deref(), Some("203.0.113.77"));
    assert_eq!(copy.message_id.map(|id| id.value).as_deref(), Some("1@invoice-viewer-update.shop"));
    assert!(copy.links.iter().any(|link| link.url.ends_with("/invoice_viewer.exe")), "{:?}", copy.links);
    let kinds: Vec<&str> = copy.bodies.iter().map(|body| body.media_type.as_str()).collect();
    assert_eq!(kinds, ["text/html", "text/plain"], "the file is told of in words");
    let told = &copy.bodies[1].text;
    assert!(
        told.contains("Name: invoice.pdf.exe") && told.contains(&HEXLOWER.encode(&Sha256::digest(b"MZ"))),
        "{told}"
    );
    assert!(
        copy.attachments.is_empty() && !copy.text.contains("hanako") && copy.text.contains("***"),
        "{}",
        copy.text
    );
}

/// The mails that a message carries.
fn carried(bytes: &[u8]) -> Vec<Vec<u8>> {
    let raw = RawMail { bytes, size: bytes.len() as u64, sha256: Sha256::digest(bytes).into() };
    dissect(raw, &Trusted::default()).carried.into_iter().map(|carried| carried.bytes.to_vec()).collect()
}

#[test]
fn who_gave_the_mailbox_for_answers_is_told() {
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let made = case(FEE.as_bytes(), &knowledge);
    assert_eq!(made.verdict.class, Class::Fraud, "{:?}", made.verdict);
    let told: Vec<(&str, Duty)> = made
        .desks
        .iter()
        .flat_map(|desk| desk.matters.iter().map(|matter| (desk.address.as_str(), matter.duty)))
        .collect();
    assert_eq!(told, [("abuse@sending.example.net", Duty::Sending), ("abuse@gmail.com", Duty::Mailbox)]);
    let reports = reports(&made);
    assert_eq!(reports[0]["source_identifier"], "203.0.113.77");
    assert_eq!(reports[0]["source_port"], 50_123, "as the server wrote it");
    assert_eq!(reports[1]["source_identifier"], "barrister.smith.drop@gmail.com");
    assert_eq!(reports[1]["smtp_from"], "office@fund-office.example.net");
    let letter = files(&made, "arf").pop().expect("a letter");
    let text = String::from_utf8_lossy(&letter.bytes).into_owned();
    assert!(text.contains("Reported-URI: mailto:barrister.smith.drop@gmail.com"), "{text}");
    for file in files(&made, "xarf").iter().chain(&files(&made, "arf")) {
        assert!(!String::from_utf8_lossy(&file.bytes).contains("hanako"), "{}", file.name);
    }
}
