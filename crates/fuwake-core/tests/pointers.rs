//! Every pointer leads to what its finding says.

use fuwake_core::case::{Dissection, Language, Setting, conclude};
use fuwake_core::evidence::Ledger;
use fuwake_core::findings::{Judge, Reader};
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::{RawMail, Trusted, dissect};

fn judged(mail: &str) -> Dissection {
    let knowledge = Knowledge::embedded().expect("the build embeds it");
    let (judge, reader) = (Judge::new(&knowledge), Reader::default());
    let setting = Setting { judge: &judge, reader: &reader, language: Language::En, reach: None };
    let raw = RawMail { bytes: mail.as_bytes(), size: mail.len() as u64, sha256: [0; 32] };
    conclude(dissect(raw, &Trusted::default()), &Ledger::default(), Vec::new(), setting)
}

const TWO_TEXTS: &str = "From: a@example.com\r\nSubject: two texts\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nはじめの文です。\r\n\
    --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>次の文です。</p><p>ご確認いただけない場合、アカウントを停止します。</p>\r\n--b--\r\n";

#[test]
fn wording_in_a_second_part_is_pointed_at_there() {
    let dissection = judged(TWO_TEXTS);
    assert_eq!(dissection.mail.text_part, None, "two texts are shown");
    let finding = dissection.findings.iter().find(|finding| finding.id == "account-suspension-threat");
    let ground = &finding.expect("the phrase is there").because[0];
    let json = serde_json::to_value(ground).expect("a pointer is JSON");
    assert_eq!(json["part"], "2");
    assert_eq!(json["excerpt"], "アカウントを停止");
    let part = dissection.mail.parts.iter().find(|part| part.part == "2").expect("the second part");
    let text: Vec<char> = part.text.as_deref().expect("its text is given").chars().collect();
    let at =
        |index: usize| usize::try_from(json["text"][index].as_u64().expect("a position")).expect("small");
    assert_eq!(text[at(0)..at(1)].iter().collect::<String>(), "アカウントを停止");
}

#[test]
fn one_hint_twice_is_no_two_hints() {
    let mail = |text: &str| format!("From: a@example.com\r\nSubject: invoice\r\n\r\n{text}\r\n");
    let lured =
        |text: &str| judged(&mail(text)).findings.iter().any(|finding| finding.id == "call-back-lure");
    assert!(!lured("Our invoice for May is attached."));
    assert!(lured("You were charged for the renewal, see the helpline."));
}
