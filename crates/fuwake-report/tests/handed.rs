//! Who hands a mail on, gets it back or writes one that nobody accuses is not named; who sends a phish cannot hide his domain.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "the tests make the cases that they publish"
)]

mod examined;

use std::collections::BTreeMap;

use fuwake_core::case::Language;
use fuwake_core::evidence::Ledger;
use fuwake_core::knowledge::Knowledge;
use fuwake_core::publish::{Audience, Beside, Release, article, indicators, publish};
use fuwake_report::{Format, Layout, Site, render, write};

const PHISH: &str = "いつも「えきねっと」をお使いいただきありがとうございます。\r\n\
    私たちは、あなたの会員情報に誤りがあることをお知らせします。\r\n\
    サービスの利用を続けるには、24時間以内に下のリンクから情報を更新してください。\r\n\
    https://www.eki-net.login-update.shop/\r\n";
const SIGNED: &str = "詐欺でしょうか。\r\n-- \r\n鈴木商事株式会社 総務部 鈴木一郎\r\nTEL 03-1234-9876\r\nhttps://www.suzuki-shoji.co.jp/\r\n";
const FORWARDER: &str = "Received: from mail.suzuki-shoji.co.jp (mail.suzuki-shoji.co.jp [198.51.100.7])\r\n\
    \tby mx.csirt.example.jp (Postfix) with ESMTP id ZZ11YY22 for <abuse@csirt.example.jp>;\r\n\
    \tFri, 18 Mar 2022 10:00:00 +0900\r\n\
    From: 鈴木 一郎 <ichiro.suzuki@suzuki-shoji.co.jp>\r\nTo: <abuse@csirt.example.jp>\r\n\
    Message-ID: <AA11BB22@mail.suzuki-shoji.co.jp>\r\nMIME-Version: 1.0\r\n";
const TELLING: [&str; 7] =
    ["鈴木", "ichiro", "suzuki-shoji", "03-1234", "198.51.100.7", "csirt.example.jp", "AA11BB22"];

fn plain(text: &str) -> String {
    format!("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}")
}

fn sent(head: &str) -> String {
    format!(
        "Received: from mail.login-update.shop (unknown [203.0.113.28])\r\n\
         \tby mx.recipient.co.jp (Postfix) with ESMTP id 4KJq7W0Zk2 for <hanako.sato@recipient.co.jp>;\r\n\
         \tThu, 17 Mar 2022 22:50:48 +0900\r\n{head}MIME-Version: 1.0\r\nSubject: 「えきねっと」ご利用を一時停止しました\r\n{}",
        plain(PHISH)
    )
}

fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}\r\n")).collect()
}

/// All that is published of a mail, as one text.
fn published(mail: &str, audience: Audience) -> String {
    let knowledge = Knowledge::embedded().expect("sound knowledge");
    let mut all = String::new();
    for language in [Language::Ja, Language::En] {
        let release = Release::from(audience);
        let case =
            examined::case(mail.as_bytes(), (&Ledger::default(), &BTreeMap::new()), &knowledge, language);
        let report = publish(&case, &release, language);
        for format in Format::ALL {
            all += &render(&report, *format, Layout::default());
        }
        let article = article(&case, &knowledge, &release, language, &Beside::default());
        for file in write(&article, Site::Any, &|_| None) {
            all += &String::from_utf8_lossy(&file.bytes);
        }
        let known = indicators(&case, mail.as_bytes(), &release, &knowledge, language);
        all += &serde_json::to_string(&known).expect("no keys but strings");
    }
    all.replace("\\[.\\]", ".").replace("[.]", ".")
}

#[test]
fn whoever_hands_a_phish_on_is_not_named() {
    let subject = |subject: &str| format!("Subject: {subject}\r\n");
    let attached = |cover: &str| {
        format!(
            "{FORWARDER}Subject: 不審なメール\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{}\r\n--b\r\n\
             Content-Type: message/rfc822\r\n\r\n{}\r\n--b--\r\n",
            plain(cover),
            sent("From: えきねっと <x@login-update.shop>\r\nTo: <ichiro.suzuki@suzuki-shoji.co.jp>\r\n")
        )
    };
    let header = "> From: えきねっと <x@login-update.shop>\r\n> Date: Thu, 17 Mar 2022 22:50:48 +0900\r\n> Subject: 「えきねっと」ご利用を一時停止しました\r\n>\r\n";
    for mail in [
        format!(
            "{FORWARDER}{}{}",
            subject("Fw: ご利用を一時停止しました"),
            plain(&(SIGNED.to_owned() + &quoted(PHISH)))
        ),
        format!("{FORWARDER}{}{}", subject("これは"), plain(&(SIGNED.to_owned() + &quoted(PHISH)))),
        format!("{FORWARDER}{}{}", subject("転送："), plain(&(quoted(PHISH) + SIGNED))),
        format!("{FORWARDER}{}{}", subject("これは"), plain(&(SIGNED.to_owned() + header + &quoted(PHISH)))),
        attached(SIGNED),
        attached(&(SIGNED.to_owned() + PHISH)),
    ] {
        for audience in [Audience::Public, Audience::AbuseDesk, Audience::PeerAnalyst] {
            let all = published(&mail, audience);
            for word in TELLING {
                let at = all.find(word);
                assert_eq!(at, None, "{word} for {} in\n{mail}", audience.name());
            }
            assert!(
                all.contains("www.eki-net.login-update.shop"),
                "the article is about the mail inside\n{mail}"
            );
        }
        let own = published(&mail, Audience::Operator);
        assert!(
            !own.contains("ichiro.suzuki") && own.contains("suzuki-shoji"),
            "the operator may read hosts"
        );
    }
}

#[test]
fn whoever_gets_a_mail_back_that_he_never_sent_is_not_named() {
    let returned = sent("From: 佐藤 花子 <hanako.sato@recipient.co.jp>\r\nTo: <other@example.net>\r\n");
    let mail = format!(
        "Received: from mx.example.net (mx.example.net [192.0.2.9])\r\n\tby mx.recipient.co.jp with ESMTP id 1\r\n\
         \tfor <hanako.sato@recipient.co.jp>; Fri, 18 Mar 2022 10:00:00 +0900\r\n\
         From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\r\nTo: <hanako.sato@recipient.co.jp>\r\n\
         Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n{}\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n--b\r\n\
         Content-Type: message/rfc822\r\n\r\n{returned}\r\n--b--\r\n",
        plain("This is the mail system. Your message could not be delivered.\r\n")
    );
    let all = published(&mail, Audience::Public);
    for word in ["佐藤", "花子", "hanako", "recipient.co.jp"] {
        assert!(!all.contains(word), "{word}");
    }
    assert!(all.contains("www.eki-net.login-update.shop"));
}

#[test]
fn a_sender_hides_no_domain_of_his_own_and_shows_no_readers_name() {
    for head in [
        "To: <hanako.sato@recipient.co.jp>\r\nCc: info@login-update.shop\r\n",
        "To: <hanako.sato@recipient.co.jp>\r\nDelivered-To: x@www.eki-net.login-update.shop\r\n",
        "Received: from a by b for <x@login-update.shop>; Thu, 17 Mar 2022 22:50:00 +0900\r\nTo: <hanako.sato@recipient.co.jp>\r\n",
        "To: \"login-update\" <hanako.sato@recipient.co.jp>\r\n",
        "To: \"www.eki-net.login-update.shop\" <hanako.sato@recipient.co.jp>\r\n",
        "To: 佐藤 花子 <hanako.sato@recipient.co.jp>\r\nSubject: 会員番号：login-update2022\r\n",
    ] {
        let all = published(&sent(&format!("From: 佐藤花子 <x@sender.example>\r\n{head}")), Audience::Public);
        assert!(all.contains("www.eki-net.login-update.shop"), "{head}");
        assert!(!all.contains("hanako.sato") && !all.contains("recipient.co.jp"), "{head}");
        assert!(!head.contains("佐藤") || !all.contains("佐藤") && !all.contains("花子"), "{head}");
    }
}

#[test]
fn machines_without_a_domain_are_the_recipients() {
    let mail = sent("From: x@login-update.shop\r\n").replace("mx.recipient.co.jp", "sato-nas");
    let all = published(&mail, Audience::Public);
    assert!(!all.contains("sato-nas"));
}

#[test]
fn people_whom_nobody_accuses_are_not_named() {
    let mail = |from: &str| {
        format!(
            "Received: from a.example.net (a.example.net [192.0.2.7]) by mx.recipient.co.jp for <hanako.sato@recipient.co.jp>;\r\n\
             \tFri, 18 Mar 2022 10:00:00 +0900\r\nFrom: {from}\r\nTo: <hanako.sato@recipient.co.jp>\r\n\
             Subject: Lunch on Friday?\r\n{}",
            plain("Shall we have lunch on Friday? Best, Tanaka\r\n")
        )
    };
    let shown = |from: &str, word: &str| published(&mail(from), Audience::Public).contains(word);
    assert!(!shown("Tanaka <tanaka@friend.example.net>", "anaka"));
    assert!(!shown("t4711 <jiro.tanaka@gmail.com>", "jiro.tanaka"));
    assert!(shown("Ryozen Support <desk@ryozen.example.net>", "desk@ryozen.example.net"));
}
