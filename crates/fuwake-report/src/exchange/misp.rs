//! A MISP event (MISP core format, draft-dulaunoy-misp-core-format): objects of the templates that MISP ships, each with its version.

use fuwake_core::indicators::{
    AddressFacts, FileFacts, HostFacts, Indicators, LandingFacts, LinkFacts, MailFacts, Masked, Standing,
};
use fuwake_core::publish::Audience;
use fuwake_core::verdict::Class;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{Request, ids};

/// A template of MISP's objects: name, category, id, version.
type Template = (&'static str, &'static str, &'static str, &'static str);

const EMAIL: Template = ("email", "network", "a0c666e0-fc65-4be8-b48f-3423d788b552", "19");
const URL: Template = ("url", "network", "60efb77b-40b5-4c46-871b-ed1ed999fce5", "10");
const DOMAIN_IP: Template = ("domain-ip", "network", "43b3b146-77eb-4931-b4cc-b66c60f28734", "11");
const WHOIS: Template = ("whois", "network", "429faea1-34ff-47af-8a00-7c62d3be5a6a", "10");
const FILE: Template = ("file", "file", "688c46fb-5edb-40a3-8273-1af7923e2215", "25");
const ASN: Template = ("asn", "network", "4ec55cc6-9e49-4c64-b794-03c25c1a6587", "6");
/// MISP's template for a screenshot.
const IMAGE: Template = ("image", "file", "ca78ec03-3321-4ed3-9840-9bfd52b91d82", "1");

/// The event as text.
pub(super) fn event(request: Request<'_>) -> String {
    let Request { indicators, reporter } = request;
    let event = Event { indicators, stamp: stamp(&indicators.seen) };
    let organisation = reporter.map_or(indicators.tool.name, |reporter| reporter.organisation.as_str());
    let mut objects = vec![event.email(&indicators.mail)];
    objects.extend(indicators.links.iter().filter_map(|link| event.url(link)));
    objects.extend(indicators.hosts.iter().map(|host| event.domain(host)));
    objects.extend(indicators.hosts.iter().filter_map(|host| event.whois(host)));
    objects.extend(indicators.addresses.iter().filter_map(|address| event.system(address)));
    objects.extend(indicators.files.iter().map(|file| event.file(file)));
    objects.extend(indicators.landings.iter().filter_map(|landing| event.screenshot(landing)));
    objects.sort_by_key(|object| object["uuid"].to_string());
    objects.dedup_by_key(|object| object["uuid"].to_string());
    let subject = indicators.mail.subject.as_ref().map_or("(no subject)", Masked::as_str);
    super::pretty(&json!({ "Event": {
        "uuid": ids::of_name("misp-event", &[&indicators.mail.sha256, indicators.audience.name()]),
        "info": format!("{}: {subject}", indicators.verdict.class.name()),
        "date": indicators.seen.get(..10).unwrap_or("1970-01-01"),
        "timestamp": event.stamp,
        "published": false,
        "analysis": "2",
        "threat_level_id": if indicators.verdict.class.is_unwanted() { "2" } else { "4" },
        // Whoever imports it decides how far it goes; the tag says how far it may.
        "distribution": "0",
        "Orgc": { "name": organisation, "uuid": ids::of_name("organisation", &[organisation]) },
        "Tag": tags(indicators),
        "Object": objects,
    }}))
}

/// Seconds since 1970, as MISP writes times of its own.
fn stamp(utc: &str) -> String {
    OffsetDateTime::parse(utc, &Rfc3339).map_or(0, OffsetDateTime::unix_timestamp).to_string()
}

/// The Traffic Light Protocol, and the class by two taxonomies.
fn tags(indicators: &Indicators) -> Vec<Value> {
    let light = match indicators.audience {
        Audience::Public => "tlp:clear",
        Audience::PeerAnalyst => "tlp:green",
        Audience::AbuseDesk => "tlp:amber",
        Audience::Operator => "tlp:amber+strict",
    };
    let class: &[&str] = match indicators.verdict.class {
        Class::Phishing => &["rsit:fraud=\"phishing\"", "circl:incident-classification=\"phishing\""],
        Class::Fraud => &["rsit:fraud=\"masquerade\"", "circl:incident-classification=\"scam\""],
        Class::Malware => {
            &["rsit:malicious-code=\"malware-distribution\"", "circl:incident-classification=\"malware\""]
        }
        Class::Spam => &["rsit:abusive-content=\"spam\"", "circl:incident-classification=\"spam\""],
        _ => &[],
    };
    [light].iter().chain(class).map(|name| json!({ "name": name })).collect()
}

struct Event<'i> {
    indicators: &'i Indicators,
    stamp: String,
}

/// An attribute before it has an id: relation, type, category, value, whether programs may look for it.
type Attribute<'a> = (&'static str, &'static str, &'static str, Option<&'a str>, bool);

/// Said of a link that was cut: MISP has no attribute for the beginning of one.
const CUT: &str = "Cut before what was made for one reader: whatever begins so is meant.";
const DELIVERY: &str = "Payload delivery";
const NETWORK: &str = "Network activity";
const OTHER: &str = "Other";

impl Event<'_> {
    fn object(&self, template: Template, name: &str, attributes: &[Attribute<'_>]) -> Value {
        let (kind, category, template, version) = template;
        let sha256 = &self.indicators.mail.sha256;
        let attributes = attributes.iter().filter_map(|&(relation, sort, category, value, to_ids)| {
            let value = value.filter(|value| !value.is_empty())?;
            Some(json!({
                "uuid": ids::of_name("misp-attribute", &[sha256, kind, name, relation, value]),
                "object_relation": relation,
                "type": sort,
                "category": category,
                "value": value,
                "to_ids": to_ids,
                "disable_correlation": !to_ids && category == OTHER,
                "distribution": "5",
                "timestamp": self.stamp,
            }))
        });
        json!({
            "uuid": ids::of_name("misp-object", &[sha256, kind, name]),
            "name": kind,
            "meta-category": category,
            "template_uuid": template,
            "template_version": version,
            "distribution": "5",
            "timestamp": self.stamp,
            "Attribute": attributes.collect::<Vec<_>>(),
        })
    }

    fn email(&self, mail: &MailFacts) -> Value {
        let header: String =
            mail.header.iter().map(|field| format!("{}: {}\n", field.name, field.value)).collect();
        let body: Vec<&str> = mail.parts.iter().map(|part| part.text.as_str()).collect();
        let body = body.join("\n");
        let origin = mail.origin.map(|ip| ip.to_string());
        let held = |standing: Standing| standing == Standing::Attacker;
        let mut attributes: Vec<Attribute<'_>> = vec![
            ("subject", "email-subject", DELIVERY, text(mail.subject.as_ref()), false),
            ("message-id", "email-message-id", DELIVERY, whole(mail.message_id.as_ref()), false),
            ("send-date", "datetime", OTHER, mail.date.as_deref(), false),
            ("x-mailer", "email-x-mailer", DELIVERY, text(mail.mailer.as_ref()), false),
            ("header", "email-header", DELIVERY, Some(&header), false),
            ("email-body", "email-body", DELIVERY, Some(&body), false),
            ("ip-src", "ip-src", NETWORK, origin.as_deref(), false),
        ];
        if let Some(from) = &mail.from {
            attributes.push((
                "from",
                "email-src",
                DELIVERY,
                whole(from.address.as_ref()),
                held(from.standing),
            ));
            attributes.push((
                "from-display-name",
                "email-src-display-name",
                DELIVERY,
                text(from.name.as_ref()),
                false,
            ));
        }
        if let Some(path) = &mail.envelope_from {
            attributes.push((
                "return-path",
                "email-src",
                DELIVERY,
                whole(path.address.as_ref()),
                held(path.standing),
            ));
        }
        for reply in &mail.reply_to {
            let address = whole(reply.address.as_ref());
            attributes.push(("reply-to", "email-reply-to", DELIVERY, address, held(reply.standing)));
        }
        self.object(EMAIL, "mail", &attributes)
    }

    /// What may be looked for of a link; one that was made for one reader is only told where it is whole, and nobody looks for it.
    fn url(&self, link: &LinkFacts) -> Option<Value> {
        let sought = link.sought.as_ref();
        let url = sought.map(|sought| sought.url.as_str()).or_else(|| whole(Some(&link.url)))?;
        let is_cut = sought.is_some_and(|sought| sought.is_cut);
        let attributes = [
            ("url", "url", NETWORK, Some(url), sought.is_some()),
            ("host", "hostname", NETWORK, whole(link.host.as_ref()), false),
            ("first-seen", "datetime", OTHER, Some(self.indicators.first_seen()), false),
            ("last-seen", "datetime", OTHER, Some(link.seen.as_str()), false),
            ("text", "text", OTHER, Some(link.standing.id()), false),
        ];
        let mut object = self.object(URL, url, &attributes);
        if is_cut {
            object["Attribute"][0]["comment"] = json!(CUT);
        }
        Some(object)
    }

    fn domain(&self, host: &HostFacts) -> Value {
        let held = host.standing == Standing::Attacker;
        let addresses: Vec<String> = host.addresses.iter().map(ToString::to_string).collect();
        let registered = host.registration.as_ref().and_then(|found| found.registered.as_deref());
        let mut attributes = vec![
            ("hostname", "hostname", NETWORK, Some(host.name.as_str()), held),
            ("domain", "domain", NETWORK, Some(host.domain.as_str()), host.holds_domain),
            ("registration-date", "datetime", OTHER, registered, false),
            ("text", "text", OTHER, Some(host.standing.id()), false),
        ];
        attributes.extend(addresses.iter().map(|ip| ("ip", "ip-dst", NETWORK, Some(ip.as_str()), false)));
        self.object(DOMAIN_IP, host.name.as_str(), &attributes)
    }

    fn whois(&self, host: &HostFacts) -> Option<Value> {
        let found = host.registration.as_ref()?;
        let mut attributes = vec![
            ("domain", "domain", NETWORK, Some(host.domain.as_str()), false),
            ("registrar", "whois-registrar", "Attribution", text(found.registrar.as_ref()), false),
            ("creation-date", "datetime", OTHER, found.registered.as_deref(), false),
            ("modification-date", "datetime", OTHER, found.changed.as_deref(), false),
            ("expiration-date", "datetime", OTHER, found.expires.as_deref(), false),
        ];
        let servers = found.name_servers.iter();
        attributes
            .extend(servers.map(|server| ("nameserver", "hostname", NETWORK, whole(Some(server)), false)));
        Some(self.object(WHOIS, host.domain.as_str(), &attributes))
    }

    fn system(&self, address: &AddressFacts) -> Option<Value> {
        let number = format!("AS{}", address.system?);
        let attributes = [
            ("asn", "AS", NETWORK, Some(number.as_str()), false),
            ("description", "text", OTHER, text(address.system_holder.as_ref()), false),
            ("country", "text", OTHER, address.country.as_deref(), false),
        ];
        Some(self.object(ASN, &number, &attributes))
    }

    fn file(&self, file: &FileFacts) -> Value {
        let size = file.size.to_string();
        let held = file.is_dangerous && self.indicators.verdict.class.is_unwanted();
        let attributes = [
            ("sha256", "sha256", DELIVERY, Some(file.sha256.as_str()), held),
            ("filename", "filename", DELIVERY, whole(file.name.as_ref()), false),
            ("size-in-bytes", "size-in-bytes", OTHER, Some(size.as_str()), false),
            ("mimetype", "mime-type", "Artifacts dropped", file.media_type.as_deref(), false),
        ];
        let name = file.name.as_ref().map_or("", Masked::as_str);
        self.object(FILE, &format!("{} {name}", file.sha256), &attributes)
    }

    /// How a page looked, with the picture itself.
    fn screenshot(&self, landing: &LandingFacts) -> Option<Value> {
        let picture = landing.picture.as_ref()?;
        let name = format!("{}.webp", picture.sha256.get(..16).unwrap_or_default());
        let page = landing.steps.last().and_then(|step| whole(Some(&step.url)));
        let analysis = "External analysis";
        let attributes = [
            ("attachment", "attachment", analysis, Some(name.as_str()), false),
            ("url", "url", analysis, page, false),
            ("image-text", "text", OTHER, text(landing.title.as_ref()), false),
        ];
        let mut object = self.object(IMAGE, &picture.sha256, &attributes);
        object["Attribute"][0]["data"] = json!(data_encoding::BASE64.encode(&picture.webp));
        Some(object)
    }
}

fn text(text: Option<&Masked>) -> Option<&str> {
    text.map(Masked::as_str)
}

/// What programs compare must be whole.
fn whole(text: Option<&Masked>) -> Option<&str> {
    text.filter(|text| text.is_whole()).map(Masked::as_str)
}
