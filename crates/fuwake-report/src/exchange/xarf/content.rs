//! Pages: `content/phishing`, `content/fraud`, `content/malware`.

use fuwake_core::case::{LandingKind, Language};
use fuwake_core::indicators::{AddressFacts, HostFacts, Indicators, LandingFacts, Masked, Matter};
use fuwake_core::verdict::Class;
use serde_json::{Map, Value, json};

use super::{evidence_item, letters, mail, without_empty};

/// Findings that tell what kind of fraud it is, as the schema calls it. The first that the mail has counts.
const FRAUDS: [(&str, &str); 23] = [
    ("crypto-investment-lure", "cryptocurrency"),
    ("wallet-lure", "cryptocurrency"),
    ("fake-balance-lure", "cryptocurrency"),
    ("sextortion-threat", "cryptocurrency"),
    ("advance-fee-story", "advance_fee"),
    ("loan-offer", "advance_fee"),
    ("prize-or-survey-lure", "lottery"),
    ("survey-for-reward", "lottery"),
    ("free-gift-lure", "lottery"),
    ("voucher-lure", "lottery"),
    ("romance-opener", "romance"),
    ("dating-offer", "romance"),
    ("job-or-task-offer", "employment"),
    ("side-job-lure", "employment"),
    ("fake-shop-lure", "shopping"),
    ("deep-discount-lure", "shopping"),
    ("counterfeit-shop-in-a-brands-name", "shopping"),
    ("security-software-alarm", "tech_support"),
    ("call-back-lure", "tech_support"),
    ("court-or-police-notice", "government_impersonation"),
    ("tax-or-seizure-threat", "government_impersonation"),
    ("stock-tip", "investment"),
    ("money-making-offer", "investment"),
];

pub(super) fn report(indicators: &Indicators, matter: &Matter) -> Option<Map<String, Value>> {
    let url = matter.urls.first()?;
    let landing = letters::landing(indicators, url);
    let host = indicators.hosts.iter().find(|host| Some(host.name.as_str()) == host_of(url));
    let address = matter.ip.and_then(|ip| indicators.addresses.iter().find(|known| known.ip == ip));
    let brand = landing.and_then(|landing| landing.wears.as_ref()).or(indicators.brand.as_ref());
    let seen = landing.and_then(|landing| landing.seen.as_deref());
    let mut report = without_empty(json!({
        "category": "content",
        "timestamp": seen.or(indicators.mail.received.as_deref()).unwrap_or(&indicators.seen),
        "evidence_source": if seen.is_some() { "crawler" } else { "user_report" },
        "url": url.as_str(),
        "domain": host_of(url).filter(|host| is_plain_domain(host)),
        "target_brand": brand.map(|brand| brand.name_in(Language::En).as_str()),
        "verified_at": seen,
        "verification_method": if seen.is_some() { "automated_crawler" } else { "user_report" },
        "evidence": evidence(matter, indicators),
    }));
    report.extend(kind(indicators, landing));
    report.extend(registration(host));
    report.extend(place(address));
    Some(report)
}

/// The type with what it has of its own: what the page was seen to do goes before what the mail is.
fn kind(indicators: &Indicators, landing: Option<&LandingFacts>) -> Map<String, Value> {
    let hands_over = landing
        .is_some_and(|landing| matches!(landing.kind, LandingKind::MalwareDownload | LandingKind::Download));
    let asks = landing.is_some_and(|landing| !landing.asks_for.is_empty());
    match indicators.verdict.class {
        Class::Malware if !asks => malware(hands_over),
        _ if hands_over => malware(true),
        Class::Fraud if !asks => fraud(indicators),
        _ => phishing(indicators, landing),
    }
}

fn phishing(indicators: &Indicators, landing: Option<&LandingFacts>) -> Map<String, Value> {
    let brand = landing.and_then(|landing| landing.wears.as_ref()).or(indicators.brand.as_ref());
    without_empty(json!({
        "type": "phishing",
        "cloned_site": brand.and_then(|brand| brand.domains.first()).map(|domain| format!("https://{domain}/")),
        "credential_fields": landing.map(|landing| &landing.asks_for).filter(|asked| !asked.is_empty()),
        "redirect_chain": landing.map(|landing| way(landing.steps.iter().map(|step| &step.url))),
        "submission_url": landing.and_then(|landing| landing.form_target.as_ref()).map(Masked::as_str),
        "detection_evasion": landing.filter(|landing| landing.differs).map(|_| ["user_agent_filtering"]),
    }))
}

fn fraud(indicators: &Indicators) -> Map<String, Value> {
    let found = |id: &str| indicators.verdict.findings.iter().any(|finding| finding.id == id);
    let kind = FRAUDS.iter().find(|(finding, _)| found(finding)).map_or("other", |(_, kind)| kind);
    without_empty(json!({
        "type": "fraud",
        "fraud_type": kind,
        "claimed_entity": indicators.brand.as_ref().map(|brand| brand.name_in(Language::En).as_str()),
    }))
}

/// What a page hands over was not taken, so that nothing is said of the file.
fn malware(hands_over: bool) -> Map<String, Value> {
    without_empty(json!({
        "type": "malware",
        "distribution_method": if hands_over { "direct_download" } else { "social_engineering" },
    }))
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
    let picture = matter.urls.iter().find_map(|url| letters::landing(indicators, url)?.picture.as_ref());
    let picture =
        picture.map(|picture| evidence_item("image/webp", "What a visitor of the page saw", &picture.webp));
    picture.into_iter().chain([mail(indicators)]).collect()
}
