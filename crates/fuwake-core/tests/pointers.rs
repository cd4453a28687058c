//! Every pointer leads to what its finding says.

use std::sync::LazyLock;

use fuwake_core::case::{Dissection, Language, Setting, conclude};
use fuwake_core::evidence::Ledger;
use fuwake_core::findings::{Judge, Reader};
use fuwake_core::inquiry::Privacy;
use fuwake_core::knowledge::Knowledge;
use fuwake_core::mail::{RawMail, Trusted, dissect};
use fuwake_core::span::Because;
use proptest::prelude::*;

fn judged(mail: &str) -> Dissection {
    static KNOWLEDGE: LazyLock<Knowledge> =
        LazyLock::new(|| Knowledge::embedded().expect("the build embeds it"));
    let (judge, reader) = (Judge::new(&KNOWLEDGE), Reader::default());
    let setting = Setting {
        judge: &judge,
        reader: &reader,
        language: Language::En,
        reach: None,
        fingerprint: false,
        privacy: &Privacy::default(),
    };
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
    assert!(lured("Auto-renewed. Amount debited: 100. Call our helpline."));
}

/// Pieces of mails: names, lures, links with and without a text, parts, damaged ones among them.
const PIECES: [&str; 12] = [
    "三井住友カードをご利用のお客様、アカウントを停止します。",
    "<p>アカウントを停止します</p><a href=\"https://www.example.net/\"><img src=\"cid:x\"></a>",
    "<form action=\"https://a.example.net/\"><input type=password></form>",
    "\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
    "\r\n--b\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n",
    "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Amazon <a@example.com>\r\n\r\n24時間以内に https://192.0.2.1/",
    "\r\n--b\r\nContent-Type: application/zip; name=\"a.pdf.exe\"\r\n\r\nMZ",
    "---------- Forwarded message ---------\r\nFrom: a@example.com\r\nSubject: x\r\n\r\n",
    "> アカウントを停止します\r\n",
    "https://xn--80ak6aa92e.example/?u=taro%40example.jp ",
    "𝐀𝐦𝐚𝐳𝐨𝐧 Аmazon ｈｔｔｐ\u{200b} ",
    "\r\n",
];

/// Every pointer lies within what it points into and holds something.
fn assert_pointers(dissection: &Dissection) {
    for finding in &dissection.findings {
        assert!(!finding.because.is_empty(), "{} rests on nothing", finding.id);
        for ground in &finding.because {
            let (span, length) = match &ground.because {
                Because::Bytes { bytes } => (*bytes, usize::try_from(dissection.mail.size).expect("small")),
                Because::Text { part, text } => {
                    let own =
                        dissection.mail.parts.iter().find(|own| own.part == *part).expect("a text part");
                    let shown = own.text.as_deref().unwrap_or(&dissection.mail.text);
                    (*text, shown.chars().count())
                }
                Because::Evidence { .. } => continue,
            };
            assert!(span.start < span.end && span.end <= length, "{}: {span:?} of {length}", finding.id);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn pointers_lie_within_what_they_point_into(pieces in prop::collection::vec(0..PIECES.len(), 0..8), html: bool) {
        let head = "From: Amazon <a@example.com>\r\nTo: taro@example.jp\r\nSubject: Re: [Amazon] 重要\r\n";
        let kind = if html { "text/html; charset=utf-8" } else { "multipart/mixed; boundary=b" };
        let body: String = pieces.into_iter().map(|piece| PIECES[piece]).collect();
        assert_pointers(&judged(&format!("{head}Content-Type: {kind}\r\n\r\n{body}")));
    }
}
