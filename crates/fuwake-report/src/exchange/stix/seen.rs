//! What was seen: cyber-observable objects, and the look in which they were seen.

use std::collections::BTreeMap;
use std::net::IpAddr;

use fuwake_core::indicators::{Indicators, MailFacts, Mailbox, Masked};
use serde_json::{Value, json};

use super::super::ids;
use super::bundle::{Bundle, time};
use super::key;

/// The ids of what was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) all: Vec<String>,
    /// By what they say.
    pub(super) urls: BTreeMap<String, String>,
    pub(super) hosts: BTreeMap<String, String>,
    pub(super) addresses: BTreeMap<IpAddr, String>,
    pub(super) certificates: BTreeMap<String, String>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) mail: String,
    /// The look.
    pub(super) look: String,
}

pub(super) fn add(bundle: &mut Bundle<'_>, indicators: &Indicators) -> Seen {
    let mut seen = Seen::default();
    seen.mail = mail(bundle, &mut seen, &indicators.mail);
    for link in indicators.links.iter().filter(|link| link.url.is_whole()) {
        let url = link.url.as_str();
        let id = bundle.observable("url", &["value"], json!({ "value": url }));
        seen.urls.insert(url.to_owned(), id);
    }
    for host in &indicators.hosts {
        let name = host.name.as_str();
        let id = bundle.observable("domain-name", &["value"], json!({ "value": name }));
        seen.hosts.insert(name.to_owned(), id);
    }
    addresses(bundle, &mut seen, indicators);
    for file in &indicators.files {
        let name = file.name.as_ref().map(Masked::as_str);
        let hashes = json!({ "SHA-256": file.sha256 });
        let properties =
            json!({ "hashes": hashes, "size": file.size, "name": name, "mime_type": file.media_type });
        let id = bundle.observable("file", &["hashes", "name"], properties);
        seen.files.insert(file.sha256.clone(), id);
    }
    certificates(bundle, &mut seen, indicators);
    let maps = [&seen.urls, &seen.hosts, &seen.certificates, &seen.files];
    let ids = maps.into_iter().flat_map(BTreeMap::values).chain(seen.addresses.values());
    seen.all.extend(ids.cloned());
    seen.all.push(seen.mail.clone());
    seen.all.sort_unstable();
    seen.all.dedup();
    seen.look = look(bundle, indicators, &seen.all);
    seen
}

/// STIX 2.1 section 6.6: received lines and body parts as they stand, people masked.
fn mail(bundle: &mut Bundle<'_>, seen: &mut Seen, mail: &MailFacts) -> String {
    let from = mail.from.as_ref().and_then(|from| mailbox(bundle, from));
    let path = mail.envelope_from.as_ref().and_then(|path| mailbox(bundle, path));
    let replies: Vec<String> = mail.reply_to.iter().filter_map(|reply| mailbox(bundle, reply)).collect();
    let reply_texts: Vec<&str> =
        mail.reply_to.iter().filter_map(|reply| reply.address.as_ref().map(Masked::as_str)).collect();
    let more = match reply_texts.as_slice() {
        [] => None,
        [one] => Some(json!({ "Reply-To": one })),
        several => Some(json!({ "Reply-To": several })),
    };
    let lines: Vec<&str> = mail.received_lines().map(Masked::as_str).collect();
    let parts: Vec<Value> = mail
        .parts
        .iter()
        .map(|part| json!({ "content_type": "text/plain; charset=utf-8", "body": part.text.as_str() }))
        .collect();
    let properties = json!({
        "is_multipart": !parts.is_empty(),
        "date": mail.date.as_deref().map(time),
        "from_ref": from,
        "subject": mail.subject.as_ref().map(Masked::as_str),
        "message_id": mail.message_id.as_ref().map(|id| format!("<{id}>")),
        "received_lines": (!lines.is_empty()).then_some(lines),
        "additional_header_fields": more,
        "body_multipart": (!parts.is_empty()).then_some(parts),
    });
    seen.all.extend(from.into_iter().chain(path).chain(replies));
    bundle.observable("email-message", &["from_ref", "subject", "body"], properties)
}

fn mailbox(bundle: &mut Bundle<'_>, mailbox: &Mailbox) -> Option<String> {
    let address = mailbox.address.as_ref().filter(|address| address.is_whole())?;
    let name = mailbox.name.as_ref().map(Masked::as_str);
    let properties = json!({ "value": address.as_str(), "display_name": name });
    Some(bundle.observable("email-addr", &["value"], properties))
}

fn addresses(bundle: &mut Bundle<'_>, seen: &mut Seen, indicators: &Indicators) {
    for address in &indicators.addresses {
        let system = address.system.map(|number| {
            let name = address.system_holder.as_ref().map(Masked::as_str);
            bundle.observable("autonomous-system", &["number"], json!({ "number": number, "name": name }))
        });
        let kind = if address.ip.is_ipv4() { "ipv4-addr" } else { "ipv6-addr" };
        let id = bundle.observable(kind, &["value"], json!({ "value": address.ip.to_string() }));
        seen.addresses.insert(address.ip, id.clone());
        if let Some(system) = system {
            bundle.relate(&id, "belongs-to", &system);
            seen.all.push(system);
        }
    }
    for host in &indicators.hosts {
        let Some(name) = seen.hosts.get(host.name.as_str()) else { continue };
        for ip in host.addresses.iter().filter_map(|ip| seen.addresses.get(&ip.to_canonical())) {
            bundle.relate(name, "resolves-to", ip);
        }
    }
}

fn certificates(bundle: &mut Bundle<'_>, seen: &mut Seen, indicators: &Indicators) {
    let steps = indicators.landings.iter().flat_map(|landing| &landing.steps);
    for (step, certificate) in steps.filter_map(|step| Some((step, step.certificate.as_ref()?))) {
        let properties = json!({
            "issuer": certificate.issuer.as_str(),
            "subject": certificate.subject.as_str(),
            "validity_not_before": certificate.from.as_deref().map(time),
            "validity_not_after": certificate.until.as_deref().map(time),
        });
        let id = bundle.observable("x509-certificate", &["hashes", "serial_number"], properties);
        seen.certificates.insert(step.url.as_str().to_owned(), id);
    }
}

/// STIX 2.1 section 4.14.
fn look(bundle: &mut Bundle<'_>, indicators: &Indicators, all: &[String]) -> String {
    let first = indicators.mail.received.as_deref().filter(|at| *at <= indicators.seen.as_str());
    let properties = json!({
        "first_observed": time(first.unwrap_or(&indicators.seen)),
        "last_observed": time(&indicators.seen),
        "number_observed": 1,
        "object_refs": all,
    });
    let id = ids::stix("observed-data", &key(indicators, "look"));
    bundle.domain_object("observed-data", id, properties)
}
