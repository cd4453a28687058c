//! A mail server reports on a mail that it could not deliver: a report of RFC 3464, or an older one with the returned mail inside.
//! What is wrong with that one is judged by itself.

use super::{Scene, Sign, delivery};
use crate::mail::Field;
use crate::mail::carried::CarriedAs;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let automatic =
        mail.list.auto_submitted.is_some() || delivery::has_null_sender(scene) || is_daemon(scene);
    let returned = mail.carried.iter().find(|carried| carried.how != CarriedAs::OutlookMessage);
    let report = mail.fields.iter().find(|field| is_report(field));
    let sign = returned.map(|carried| Sign::at(carried.span)).or_else(|| report.map(Sign::at))?;
    (automatic && !scene.lures()).then_some(sign)
}

/// The whole mail is declared a delivery report, or another report in its form.
fn is_report(field: &Field<'_>) -> bool {
    field.is("content-type") && field.value.trim_ascii().to_ascii_lowercase().starts_with(b"multipart/report")
}

fn is_daemon(scene: &Scene<'_>) -> bool {
    let local = scene.from().and_then(|author| author.local_part()).unwrap_or_default().to_ascii_lowercase();
    ["mailer-daemon", "postmaster", "mail-daemon"].contains(&local.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn a_servers_report() {
        let mail = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.jp\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nNot delivered.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.jp\n\n--b\nContent-Type: message/rfc822\n\nFrom: taro@example.jp\nSubject: Saturday\n\nHello\n--b--\n";
        assert!(fires("delivery-report", mail, ""));
        assert!(!fires(
            "delivery-report",
            "From: MAILER-DAEMON@mx.example.jp\nSubject: Mail waits\n\nLog in.\n",
            ""
        ));
    }

    #[test]
    fn a_lure_in_the_form_of_a_report_an_answer_or_a_list() {
        let lure = "Return-Path: <>\nFrom: a@example.com\nSubject: Re: x\nIn-Reply-To: <1@example.jp>\nList-Id: <a.example.org>\nList-Post: <mailto:a@example.org>\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nアカウントを停止します。24時間以内に https://www.example.net/x を開いてください。\n--b--\n";
        for id in ["delivery-report", "reply-in-thread", "list-mail"] {
            assert!(!fires(id, lure, ""), "{id}");
            assert!(fires(id, &lure.replace("https://www.example.net/x", ""), ""), "{id}");
        }
    }
}
