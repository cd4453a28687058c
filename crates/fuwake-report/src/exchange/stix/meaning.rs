//! What follows: what may be looked for, where it stands, and what it belongs to.

use fuwake_core::case::LandingKind;
use fuwake_core::indicators::{Indicators, LandingFacts, Standing};
use fuwake_core::verdict::Class;
use serde_json::{Value, json};

use super::super::blocklist::{Kind, entries};
use super::super::ids;
use super::bundle::{Bundle, time};
use super::seen::Seen;
use super::{key, pattern};

pub(super) fn add(bundle: &mut Bundle<'_>, indicators: &Indicators, seen: &Seen) {
    let technique = technique(bundle, indicators);
    let brand = brand(bundle, indicators);
    if let (Some(technique), Some(brand)) = (&technique, &brand) {
        bundle.relate(technique, "targets", brand);
    }
    let places: Vec<String> =
        indicators.landings.iter().filter_map(|landing| place(bundle, landing, seen, indicators)).collect();
    let campaign = campaign(bundle, indicators);
    if let Some(campaign) = &campaign {
        for (kind, target) in [("uses", &technique), ("targets", &brand)] {
            target.iter().for_each(|target| drop(bundle.relate(campaign, kind, target)));
        }
        places.iter().for_each(|place| drop(bundle.relate(campaign, "uses", place)));
    }
    let marks = marks(bundle, indicators, seen);
    for mark in &marks {
        for means in technique.iter().chain(&campaign) {
            bundle.relate(mark, "indicates", means);
        }
    }
    report(
        bundle,
        indicators,
        seen,
        marks.into_iter().chain(places).chain(technique).chain(campaign).chain(brand),
    );
}

/// MITRE ATT&CK T1566 where the mail does harm.
fn technique(bundle: &mut Bundle<'_>, indicators: &Indicators) -> Option<String> {
    let (name, id) = match indicators.verdict.class {
        Class::Phishing => ("Spearphishing Link", "T1566.002"),
        Class::Malware => ("Spearphishing Attachment", "T1566.001"),
        Class::Fraud => ("Phishing", "T1566"),
        _ => return None,
    };
    let reference = json!([{ "source_name": "mitre-attack", "external_id": id }]);
    let properties = json!({ "name": name, "external_references": reference });
    Some(bundle.domain_object("attack-pattern", ids::stix("attack-pattern", &[id]), properties))
}

/// Whom the mail imitates: the one who is harmed.
fn brand(bundle: &mut Bundle<'_>, indicators: &Indicators) -> Option<String> {
    let brand = indicators.brand.as_ref()?;
    let id = ids::stix("identity", &["brand", brand.id.as_deref().unwrap_or(brand.name.as_str())]);
    let properties = json!({ "name": brand.name.as_str(), "identity_class": "organization" });
    Some(bundle.domain_object("identity", id, properties))
}

/// A page that does harm, and what it consists of.
fn place(
    bundle: &mut Bundle<'_>,
    landing: &LandingFacts,
    seen: &Seen,
    indicators: &Indicators,
) -> Option<String> {
    if landing.standing != Standing::Attacker {
        return None;
    }
    let last = landing.steps.last()?;
    let kind = match landing.kind {
        LandingKind::MalwareDownload | LandingKind::Download => "hosting-malware",
        _ => "phishing",
    };
    let id = ids::stix("infrastructure", &[&indicators.mail.sha256, last.url.as_str()]);
    let host = last.url.as_str().split('/').nth(2).unwrap_or_default();
    let when = landing.seen.as_deref().map(time);
    let properties = json!({
        "name": format!("{kind} at {host}"),
        "infrastructure_types": [kind],
        "first_seen": when,
        "last_seen": when,
    });
    let place = bundle.domain_object("infrastructure", id, properties);
    let steps = landing.steps.iter().filter_map(|step| seen.urls.get(step.url.as_str()));
    let target = landing.form_target.as_ref().and_then(|target| seen.urls.get(target.as_str()));
    let ip = last.ip.and_then(|ip| seen.addresses.get(&ip.to_canonical()));
    let certificate = seen.certificates.get(last.url.as_str());
    let name = seen.hosts.get(host);
    for part in steps.chain(target).chain(ip).chain(certificate).chain(name) {
        bundle.relate(&place, "consists-of", part);
    }
    Some(place)
}

fn campaign(bundle: &mut Bundle<'_>, indicators: &Indicators) -> Option<String> {
    let campaign = indicators.campaign.as_ref()?;
    let fingerprint = campaign.fingerprint.as_str();
    let whom = indicators.brand.as_ref().map_or(indicators.verdict.class.name(), |brand| brand.name.as_str());
    let id = ids::stix("campaign", &[fingerprint]);
    let short = id.get("campaign--".len()..).and_then(|id| id.get(..8)).unwrap_or_default();
    let properties = json!({
        "name": format!("{whom} {short}"),
        "description": format!("Fingerprint of its mails: {fingerprint}"),
        "first_seen": indicators.mail.received.as_deref().map(|_| time(indicators.first_seen())),
    });
    Some(bundle.domain_object("campaign", id, properties))
}

/// What may be looked for: what the attacker holds, and nothing of a genuine site's.
fn marks(bundle: &mut Bundle<'_>, indicators: &Indicators, seen: &Seen) -> Vec<String> {
    let mut marks = Vec::new();
    for entry in entries(indicators) {
        let value = entry.value.as_str();
        let pattern = match entry.kind {
            Kind::Domain | Kind::Host => pattern::equals("domain-name:value", value),
            Kind::Url => pattern::equals("url:value", value),
            Kind::UrlPrefix => pattern::begins("url:value", value),
            Kind::File => pattern::equals("file:hashes.'SHA-256'", value),
        };
        marks.push(mark(bundle, indicators, seen, value, &pattern));
    }
    let senders = indicators.mail.from.iter().chain(&indicators.mail.reply_to);
    for sender in senders.filter(|sender| sender.standing == Standing::Attacker) {
        let address = sender.address.as_ref().filter(|address| address.is_whole());
        let address =
            address.map(|address| (address.as_str(), pattern::equals("email-addr:value", address.as_str())));
        marks.extend(address.map(|(name, pattern)| mark(bundle, indicators, seen, name, &pattern)));
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

fn mark(bundle: &mut Bundle<'_>, indicators: &Indicators, seen: &Seen, name: &str, pattern: &str) -> String {
    let id = ids::stix("indicator", &[&indicators.mail.sha256, pattern]);
    let sure = indicators.verdict.score * indicators.verdict.confidence * 100.0;
    let properties = json!({
        "name": name,
        "description": indicators.verdict.summary.as_str(),
        "pattern": pattern,
        "pattern_type": "stix",
        "pattern_version": "2.1",
        "valid_from": time(&indicators.seen),
        "indicator_types": ["malicious-activity"],
        "confidence": sure.clamp(0.0, 100.0).round() as u8,
    });
    let mark = bundle.domain_object("indicator", id, properties);
    bundle.relate(&mark, "based-on", &seen.look);
    mark
}

/// The case as one thing.
fn report(
    bundle: &mut Bundle<'_>,
    indicators: &Indicators,
    seen: &Seen,
    meant: impl Iterator<Item = String>,
) {
    let refs: Vec<Value> = [seen.look.clone()].into_iter().chain(meant).map(Value::String).collect();
    let subject = indicators.mail.subject.as_ref().map_or("(no subject)", |subject| subject.as_str());
    let properties = json!({
        "name": format!("{}: {subject}", indicators.verdict.class.name()),
        "description": indicators.verdict.summary.as_str(),
        "lang": indicators.language.tag(),
        "published": time(&indicators.seen),
        "report_types": ["observed-data"],
        "object_refs": refs,
    });
    bundle.domain_object("report", ids::stix("report", &key(indicators, "report")), properties);
}
