//! What Japan's two offices for such mails are handed: a draft with what they ask for, the mail as an attachment. What they ask for
//! stands in `data/` of this crate, each with where and when it was read.

use std::fmt::Write as _;

use fuwake_core::case::Language;
use fuwake_core::indicators::{Indicators, Masked, Standing};
use serde::Deserialize;

use super::message::{Part, message};
use super::{File, Nothing, Request, letters};

/// An office.
#[cfg_attr(not(test), expect(dead_code, reason = "where and when it was read is for whoever keeps the data"))]
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    name: Name,
    /// Where it takes mails.
    address: String,
    /// Classes of mails that it takes.
    takes: Vec<String>,
    /// The page that says so.
    source: String,
    /// When that was read.
    read: String,
    /// With `{subject}`.
    subject: String,
    /// The first sentence.
    opening: String,
}

#[cfg_attr(not(test), expect(dead_code, reason = "the offices are written to in Japanese"))]
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    ja: String,
    en: String,
}

/// How many links stand in the text itself.
const SHOWN: usize = 40;

const COUNCIL: &str = include_str!("../../data/antiphishing-council.toml");
const CENTER: &str = include_str!("../../data/anti-spam-center.toml");

pub(super) fn council(request: Request<'_>) -> Result<Vec<File>, Nothing> {
    draft(request, "antiphishing-council.eml", COUNCIL)
}

pub(super) fn center(request: Request<'_>) -> Result<Vec<File>, Nothing> {
    draft(request, "anti-spam-center.eml", CENTER)
}

fn draft(request: Request<'_>, name: &str, data: &str) -> Result<Vec<File>, Nothing> {
    let reporter = request.reporter.ok_or(Nothing::NoReporter)?;
    let indicators = request.indicators;
    let office: Office = toml::from_str(data).map_err(|_| Nothing::NotTaken)?;
    if !office.takes.iter().any(|class| class == indicators.verdict.class.name()) {
        return Err(Nothing::NotTaken);
    }
    let subject = indicators.mail.subject.as_ref().map_or("（件名なし）", Masked::as_str);
    let mut parts = vec![Part::text(&text(&office, indicators)), Part::mail(&indicators.mail, "mail.eml")];
    let links: String = links(indicators).iter().map(|link| format!("{link}\n")).collect();
    if !links.is_empty() {
        parts.push(Part::file("text/plain; charset=utf-8", "urls.txt", links.into_bytes()));
    }
    let harmful = indicators.landings.iter().filter(|landing| landing.standing == Standing::Attacker);
    let picture = harmful.filter_map(|landing| landing.picture.as_ref()).next();
    parts.extend(picture.map(|picture| Part::file("image/webp", "page.webp", picture.webp.clone())));
    let subject = office.subject.replace("{subject}", subject);
    let bytes = message(reporter, &office.address, &subject, "multipart/mixed", &parts);
    Ok(vec![File { name: name.to_owned(), bytes, to: Some(office.address) }])
}

/// Title, sender, time and what it is about: what the offices ask for where a mail cannot be forwarded; and the links.
fn text(office: &Office, indicators: &Indicators) -> String {
    let mail = &indicators.mail;
    let mut text = format!("{} 御中\n\n{}\n\n", office.name.ja, office.opening);
    let from = mail.from.as_ref();
    let name = from.and_then(|from| from.name.as_ref()).map_or("", Masked::as_str);
    let address = from.and_then(|from| from.address.as_ref()).map_or("", Masked::as_str);
    let facts = [
        ("件名", mail.subject.as_ref().map_or("", Masked::as_str).to_owned()),
        ("差出人", format!("{name} <{}>", letters::broken(address))),
        ("送信日時", time(mail.date.as_deref())),
        ("受信日時", time(mail.received.as_deref())),
        ("送信元のIPアドレス", mail.origin.map(|ip| ip.to_string()).unwrap_or_default()),
        (
            "かたられた組織",
            indicators
                .brand
                .as_ref()
                .map_or_else(String::new, |brand| brand.name_in(Language::Ja).to_string()),
        ),
    ];
    for (label, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(text, "{label}: {value}");
    }
    let links = links(indicators);
    if !links.is_empty() {
        text.push_str("誘導先のURL（そのままの形を urls.txt に添付します）:\n");
    }
    for link in links.iter().take(SHOWN) {
        let _ = writeln!(text, "  {}", letters::broken(link.as_str()));
    }
    text.push_str("\n受信した人の名前とアドレスは伏せてあります。添付したメールの写しも同じように伏せたもので、ヘッダーは送信側に関わる項目だけ、添付ファイルは名前・大きさ・SHA-256 だけを残しています。元のメールが必要な場合は、ご連絡ください。\n");
    text
}

fn time(utc: Option<&str>) -> String {
    utc.map(|utc| letters::moment(utc, true)).unwrap_or_default()
}

/// The links that do harm.
fn links(indicators: &Indicators) -> Vec<&Masked> {
    let harmful = indicators.links.iter().filter(|link| link.standing == Standing::Attacker);
    harmful.map(|link| &link.url).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_offices_ask_for_is_sourced_and_dated() {
        for data in [COUNCIL, CENTER] {
            let office: Office = toml::from_str(data).expect("well-formed data");
            assert!(office.source.starts_with("https://") && office.read.len() == 10, "{}", office.name.en);
            assert!(office.address.contains('@') && office.subject.contains("{subject}"));
        }
    }
}
