//! XARF version 4 (xarf.org), `content/phishing`: a report for each page and whoever can act about it, and a draft that carries it.

use fuwake_core::indicators::{AddressFacts, Desk, Duty, HostFacts, Indicators, Masked, Matter};
use fuwake_core::verdict::Class;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::message::{Part, copy, message};
use super::{File, Nothing, Reporter, Request, ids, letters};

/// The version whose schema the reports follow.
const VERSION: &str = "4.2.0";

pub(super) fn reports(request: Request<'_>) -> Result<Vec<File>, Nothing> {
    let reporter = request.reporter.ok_or(Nothing::NoReporter)?;
    let indicators = request.indicators;
    if !matches!(indicators.verdict.class, Class::Phishing | Class::Fraud) {
        return Err(Nothing::NotTaken);
    }
    let mut files = Vec::new();
    let mut number = 0;
    for desk in &indicators.desks {
        let matters = desk.matters.iter().filter(|matter| matter.duty != Duty::Sending);
        let reports: Vec<String> =
            matters.filter_map(|matter| report(matter, desk, indicators, reporter)).collect();
        if reports.is_empty() {
            continue;
        }
        let (count, letter) = (reports.len(), letters::to(desk, indicators, reporter));
        let mut parts = vec![Part::text(&letter.text)];
        parts.extend(
            reports.iter().map(|json| Part::file("application/json", "xarf.json", json.clone().into_bytes())),
        );
        let bytes = message(reporter, &desk.address, &letter.subject, "multipart/mixed", &parts);
        let to = Some(desk.address.clone());
        files.extend(
            reports
                .into_iter()
                .enumerate()
                .map(|(at, json)| File::text(&format!("xarf-{}.json", number + at + 1), json)),
        );
        let name = format!("xarf-{}.eml", number + 1);
        files.push(File { name, bytes, to });
        number += count;
    }
    if files.is_empty() { Err(Nothing::NoDesk) } else { Ok(files) }
}

fn report(matter: &Matter, desk: &Desk, indicators: &Indicators, reporter: &Reporter) -> Option<String> {
    let url = matter.urls.first()?;
    let landing = letters::landing(indicators, url);
    let sent_by = json!({
        "org": reporter.organisation,
        "contact": reporter.address,
        "domain": reporter.address.rsplit('@').next(),
    });
    let host = indicators.hosts.iter().find(|host| Some(host.name.as_str()) == host_of(url));
    let address = matter.ip.and_then(|ip| indicators.addresses.iter().find(|known| known.ip == ip));
    let brand = landing.and_then(|landing| landing.wears.as_ref()).or(indicators.brand.as_ref());
    let source = matter.ip.map_or_else(|| matter.about.as_str().to_owned(), |ip| ip.to_string());
    let seen = landing.and_then(|landing| landing.seen.as_deref());
    let received = indicators.mail.received.as_deref();
    let mut report = without_empty(json!({
        "xarf_version": VERSION,
        "report_id": ids::of_name("xarf", &[&indicators.mail.sha256, &desk.address, &source, url.as_str()]),
        "timestamp": seen.or(received).unwrap_or(&indicators.seen),
        "reporter": sent_by,
        "sender": sent_by,
        "source_identifier": source,
        "category": "content",
        "type": "phishing",
        "evidence_source": "user_report",
        "url": url.as_str(),
        "domain": host_of(url).filter(|host| is_plain_domain(host)),
        "target_brand": brand.map(|brand| brand.name.as_str()),
        "cloned_site": brand.and_then(|brand| brand.domains.first()).map(|domain| format!("https://{domain}/")),
        "verified_at": seen,
        "verification_method": if seen.is_some() { "automated_crawler" } else { "user_report" },
        "credential_fields": landing.map(|landing| &landing.asks_for).filter(|asked| !asked.is_empty()),
        "redirect_chain": landing.map(|landing| way(landing.steps.iter().map(|step| &step.url))),
        "submission_url": landing.and_then(|landing| landing.form_target.as_ref()).map(Masked::as_str),
        "detection_evasion": landing.filter(|landing| landing.differs).map(|_| ["user_agent_filtering"]),
        "evidence": evidence(matter, indicators),
    }));
    report.extend(registration(host));
    report.extend(place(address));
    Some(super::pretty(&Value::Object(report)))
}

fn way<'m>(steps: impl Iterator<Item = &'m Masked>) -> Vec<&'m str> {
    steps.map(Masked::as_str).collect()
}

/// The host of a link, as it is written there.
fn host_of(url: &Masked) -> Option<&str> {
    let host = url.as_str().split('/').nth(2)?.rsplit('@').next()?;
    host.split([':', '?', '#']).next()
}

/// A domain as the schema wants it: no label with two hyphens in a row, which IDN have.
fn is_plain_domain(host: &str) -> bool {
    let label = |label: &str| {
        let alphanumeric = |piece: &str| {
            !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        label.split('-').all(alphanumeric)
    };
    let top = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(label)
        && top.len() > 1
        && top.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn registration(host: Option<&HostFacts>) -> Map<String, Value> {
    let Some(found) = host.and_then(|host| host.registration.as_ref()) else { return Map::new() };
    let servers: Vec<&str> = found.name_servers.iter().map(Masked::as_str).collect();
    without_empty(json!({
        "registrar": found.registrar.as_ref().map(Masked::as_str),
        "nameservers": (!servers.is_empty()).then_some(servers),
        "whois": without_empty(json!({
            "created_date": found.registered,
            "updated_date": found.changed,
            "expiry_date": found.expires,
        })),
    }))
}

fn place(address: Option<&AddressFacts>) -> Map<String, Value> {
    let Some(address) = address else { return Map::new() };
    let country = address.country.as_deref();
    let is_code = |code: &&str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    without_empty(json!({
        "hosting_provider": address.holder.as_ref().map(Masked::as_str),
        "asn": address.system,
        "country_code": country.filter(is_code),
    }))
}

/// How the page looked, and the mail that leads there.
fn evidence(matter: &Matter, indicators: &Indicators) -> Vec<Value> {
    let item = |kind: &str, what: &str, bytes: &[u8]| {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
        json!({
            "content_type": kind,
            "description": what,
            "payload": data_encoding::BASE64.encode(bytes),
            "hash": format!("sha256:{hash}"),
            "size": bytes.len(),
        })
    };
    let picture = matter.urls.iter().find_map(|url| letters::landing(indicators, url)?.picture.as_ref());
    let picture = picture.map(|picture| item("image/webp", "What a visitor of the page saw", &picture.webp));
    let mail =
        item("message/rfc822", "The mail that leads there; the recipient is masked", &copy(&indicators.mail));
    picture.into_iter().chain([mail]).collect()
}

fn without_empty(value: Value) -> Map<String, Value> {
    let Value::Object(map) = value else { return Map::new() };
    map.into_iter().filter(|(_, value)| !value.is_null()).collect()
}
