use std::fmt::Write as _;

use super::*;
use crate::evidence::{Data, Evidence, Identity, RecordType, Records, reverse_name};
use crate::findings::Reader;
use crate::findings::testing::knowledge;
use crate::mail::{RawMail, Trusted, dissect};

const RECEIVED: &str = "Received: from out.example.com (unknown [203.0.113.9]) by mx.victim-corp.co.jp with ESMTP for \
                        <taro.yamada@victim-corp.co.jp>; Sun, 22 Nov 2026 10:00:00 +0900\n";

fn scope() -> Scope {
    let service = Service { id: "list".to_owned(), addresses: true, domains: true, urls: true };
    Scope { reach: Reach::Passive, services: vec![service], ..Scope::default() }
}

fn raised_after(mail: &str, ledger: &Ledger) -> Vec<Question> {
    let raw = RawMail { bytes: mail.as_bytes(), size: 0, sha256: [0; 32] };
    let (reader, trusted) = (Reader::default(), Trusted::default());
    let mail = dissect(raw, &trusted);
    let privacy = Privacy::of(&mail, Circle { knowledge: knowledge(), reader: &reader, trusted: &trusted });
    next_questions(&mail, ledger, knowledge(), &scope(), &privacy)
}

fn raised(mail: &str) -> Vec<Question> {
    raised_after(mail, &Ledger::default())
}

fn linking(hosts: impl Iterator<Item = String>) -> String {
    let mut mail = format!("{RECEIVED}From: <info@example.com>\nContent-Type: text/html\n\n");
    for host in hosts {
        let _ = writeln!(mail, "<a href=\"https://{host}/\">{host}</a>");
    }
    mail
}

fn a(host: &str) -> Question {
    Question::Dns { name: host.to_owned(), record: RecordType::A }
}

#[test]
fn every_link_is_asked_about_and_unknown_ones_first() {
    let decoys = ["www.amazon.co.jp", "www.apple.com", "www.rakuten.co.jp"].map(str::to_owned);
    let many = (0..40).map(|n| format!("decoy{n}.example.org"));
    let last = ["login.the-real-one.xyz".to_owned()];
    let questions = raised(&linking(decoys.into_iter().chain(many).chain(last)));
    let at = |host: &str| questions.iter().position(|question| *question == a(host));
    assert!(at("login.the-real-one.xyz").expect("asked") < at("www.amazon.co.jp").expect("asked"));
    assert!((0..40).all(|n| at(&format!("decoy{n}.example.org")).is_some()));
}

#[test]
fn what_matters_most_is_asked_first() {
    let questions = raised(&linking((0..12).map(|n| format!("a.link{n}.com"))));
    assert!(matches!(questions.first(), Some(Question::Authenticity { .. })), "{:?}", questions.first());
    let reputation = |question: &Question| matches!(question, Question::Reputation { .. });
    let first = questions.iter().position(reputation).expect("a service is asked");
    assert!(questions[..first].contains(&a("a.link11.com")));
    assert!(questions[first..].iter().all(reputation));
}

#[test]
fn nothing_inside_is_asked_about() {
    let hosts = [
        "printer.home.arpa",
        "1.0.0.10.in-addr.arpa",
        "facebookcorewwwi.onion",
        "[64:ff9b::a00:1]",
        "198.18.0.1",
    ];
    let nothing = raised(&linking(std::iter::empty()));
    let all = raised(&linking(hosts.map(str::to_owned).into_iter()));
    let more: Vec<&Question> = all.iter().filter(|question| !nothing.contains(question)).collect();
    assert!(more.is_empty(), "{more:?}");
}

#[test]
fn a_reverse_name_that_names_the_recipient_is_not_asked_about() {
    let ip = "203.0.113.9".parse().expect("an address");
    let question = Question::Dns { name: reverse_name(ip), record: RecordType::Ptr };
    let names = ["taro-yamada.example.org", "out.example.com", "x.victim-corp.co.jp"].map(str::to_owned);
    let records = Records { records: names.to_vec(), alias_of: None, ttl: 300 };
    let mut ledger = Ledger::default();
    let answer = Answer::Found { data: Data::Records(records) };
    ledger.record(Evidence { id: question.id(), question, answer, source: "dns".to_owned(), asked_at: None });
    let questions = raised_after(&linking(std::iter::empty()), &ledger);
    assert!(questions.contains(&a("out.example.com")));
    assert!(!questions.contains(&a("taro-yamada.example.org")));
    assert!(!questions.contains(&a("x.victim-corp.co.jp")));
}

#[test]
fn what_is_withheld_of_the_sender_is_said() {
    let asked = |mail: &str| {
        raised(mail).into_iter().find_map(|question| match question {
            Question::Authenticity { envelope_from, from, withheld, .. } => {
                Some((envelope_from, from, withheld))
            }
            _ => None,
        })
    };
    let all = [Identity::From, Identity::EnvelopeFrom];
    let own = asked(&format!(
        "{RECEIVED}Return-Path: <x@taro-yamada.example.com>\nFrom: <boss@victim-corp.co.jp>\n\n"
    ));
    assert_eq!(own, Some((None, Vec::new(), all.to_vec())));
    let verp = "x-taro.yamada=victim-corp.co.jp@example.com";
    let kept = asked(&format!("{RECEIVED}Return-Path: <{verp}>\nFrom: <info@example.com>\n\n"));
    let (sender, from) = ("postmaster@example.com".to_owned(), "example.com".to_owned());
    assert_eq!(kept, Some((Some(sender), vec![from], Vec::new())));
}
