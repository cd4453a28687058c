//! The Abuse Reporting Format (RFC 5965) with the fields of RFC 6650 and the redaction of RFC 6590: a draft to each desk.

use std::fmt::Write as _;
use std::net::IpAddr;

use fuwake_core::indicators::{Desk, Duty, Indicators, Masked, Matter};
use fuwake_core::verdict::Class;

use super::message::{Part, message};
use super::{File, Nothing, Request, letters};

pub(super) fn reports(request: Request<'_>) -> Result<Vec<File>, Nothing> {
    let reporter = request.reporter.ok_or(Nothing::NoReporter)?;
    let indicators = request.indicators;
    if indicators.desks.is_empty() {
        return Err(Nothing::NoDesk);
    }
    let files = indicators.desks.iter().enumerate().map(|(at, desk)| {
        let letter = letters::to(desk, indicators, reporter);
        let parts = [
            Part::text(&letter.text),
            Part::lines("message/feedback-report", &feedback(desk, indicators)),
            Part::mail(&indicators.mail, "mail.eml"),
        ];
        let kind = "multipart/report; report-type=feedback-report";
        let bytes = message(reporter, &desk.address, &letter.subject, kind, &parts);
        File { name: format!("report-{}.eml", at + 1), bytes, to: Some(desk.address.clone()) }
    });
    Ok(files.collect())
}

/// RFC 5965 section 3.
fn feedback(desk: &Desk, indicators: &Indicators) -> String {
    let kind = match indicators.verdict.class {
        Class::Phishing | Class::Fraud => "fraud",
        Class::Malware => "virus",
        _ => "abuse",
    };
    let mail = &indicators.mail;
    let mut text = format!(
        "Feedback-Type: {kind}\nUser-Agent: {}/{}\nVersion: 1\n",
        indicators.tool.name, indicators.tool.version
    );
    let path = mail.envelope_from.as_ref().and_then(|path| path.address.as_ref());
    if let Some(path) = path.filter(|path| path.is_whole() && is_plain(path)) {
        let _ = writeln!(text, "Original-Mail-From: <{path}>");
    }
    if let Some(date) = mail.received.as_deref().and_then(super::rfc5322) {
        let _ = writeln!(text, "Arrival-Date: {date}");
    }
    if let Some(ip) = mail.origin {
        let _ = writeln!(text, "Source-IP: {ip}");
    }
    let mut domains: Vec<&Masked> = Vec::new();
    let is_domain = |matter: &&Matter| {
        matches!(matter.duty, Duty::Hosting | Duty::Registrar)
            && matter.about.as_str().parse::<IpAddr>().is_err()
    };
    for matter in desk.matters.iter().filter(is_domain).filter(|matter| is_plain(&matter.about)) {
        if !domains.contains(&&matter.about) {
            domains.push(&matter.about);
            let _ = writeln!(text, "Reported-Domain: {}", matter.about);
        }
    }
    let mut urls: Vec<&Masked> = desk.matters.iter().flat_map(|matter| &matter.urls).collect();
    urls.sort_unstable();
    urls.dedup();
    for url in urls.into_iter().filter(|url| is_plain(url)) {
        let _ = writeln!(text, "Reported-URI: {url}");
    }
    let mailboxes = desk.matters.iter().filter(|matter| matter.duty == Duty::Mailbox);
    for mailbox in mailboxes.map(|matter| &matter.about).filter(|about| is_plain(about)) {
        let _ = writeln!(text, "Reported-URI: mailto:{mailbox}");
    }
    text
}

/// Printable ASCII without blanks that fits into a line.
fn is_plain(text: &Masked) -> bool {
    text.as_str().bytes().all(|byte| byte.is_ascii_graphic()) && text.as_str().len() < 900
}
