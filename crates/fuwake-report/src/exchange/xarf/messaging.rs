//! Where mail comes from, and where answers are to go: `messaging/spam`, for whatever nobody asked for.

use fuwake_core::indicators::{Indicators, Mailbox, Masked, Matter};
use serde_json::{Map, Value, json};

use super::{mail, without_empty};

/// The port of SMTP (RFC 5321 section 4.5.4.2): the schema wants one of the sender, which hardly any server records; its own example says
/// this one.
const SMTP: u16 = 25;
/// How many links are named.
const LINKS: usize = 20;

/// None where no address of a sender may be told: the schema wants one.
pub(super) fn report(indicators: &Indicators, matter: &Matter) -> Option<Map<String, Value>> {
    let letter = &indicators.mail;
    let from = address(letter.envelope_from.as_ref()).or_else(|| address(letter.from.as_ref()))?;
    let name = letter.from.as_ref().and_then(|from| from.name.as_ref());
    let links: Vec<&str> = indicators.links.iter().map(|link| link.url.as_str()).take(LINKS).collect();
    let language = letter.languages.first().filter(|language| language.len() == 2);
    Some(without_empty(json!({
        "category": "messaging",
        "type": "spam",
        "evidence_source": "user_complaint",
        "protocol": "smtp",
        "smtp_from": from,
        "source_port": matter.ip.and_then(|ip| recorded_port(indicators, &ip.to_string())).unwrap_or(SMTP),
        "subject": letter.subject.as_ref().map(|subject| head(subject, 500)),
        "sender_name": name.map(|name| head(name, 200)),
        "message_id": letter.message_id.as_ref().filter(|id| id.is_whole()).map(|id| head(id, 198)).map(|id| format!("<{id}>")),
        "user_agent": letter.mailer.as_ref().map(|mailer| head(mailer, 200)),
        "language": language,
        "spam_indicators": (!links.is_empty()).then(|| json!({ "suspicious_links": links })),
        "evidence": [mail(indicators)],
    })))
}

fn address(mailbox: Option<&Mailbox>) -> Option<&str> {
    let address = mailbox?.address.as_ref().filter(|address| address.is_whole())?.as_str();
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic()) && address.matches('@').count() == 1;
    plain.then_some(address)
}

fn head(text: &Masked, most: usize) -> String {
    text.as_str().chars().take(most).collect()
}

/// Some servers write the client's port behind its address: `[192.0.2.1]:50123`, `([192.0.2.1] port=50123)`.
fn recorded_port(indicators: &Indicators, ip: &str) -> Option<u16> {
    indicators.mail.received_lines().find_map(|line| {
        let (_, behind) = line.as_str().split_once(ip)?;
        let behind = behind.strip_prefix(']').unwrap_or(behind);
        let behind = behind.strip_prefix(':').or_else(|| behind.trim_start().strip_prefix("port="))?;
        let digits = behind.split(|sign: char| !sign.is_ascii_digit()).next()?;
        digits.parse().ok().filter(|port| *port > 0)
    })
}
