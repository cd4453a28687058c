//! What RDAP servers answer (RFC 9083), shaped as registries' servers do, and IANA's lists of those servers (RFC 9224).

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde_json::{Value, json};

use super::registry::{InternetRegistry, Network, Registration};
use super::world::{Domain, Worlds};

/// Where IANA's lists stand.
pub(super) const IANA: &str = "data.iana.org";

/// An answer: the URL without scheme, and what is there.
pub(super) struct Object {
    /// Host and path.
    pub(super) place: String,
    /// None where the server has trouble with it.
    pub(super) content: Option<Value>,
}

/// Every answer of every server.
pub(super) fn objects(worlds: &Worlds) -> Vec<Object> {
    let domains = worlds.domains.iter().filter_map(|domain| {
        let base = worlds.registry(&domain.name)?.rdap.as_deref()?;
        let content = domain.registration.as_ref().map(|registration| of_domain(domain, registration));
        Some(Object { place: place(base, "domain", &domain.name), content })
    });
    let networks = worlds.addresses().into_iter().filter_map(|ip| {
        let (network, registry) = worlds.network(ip)?;
        Some(Object {
            place: place(&registry.rdap, "ip", &ip.to_string()),
            content: Some(of_network(network)),
        })
    });
    let systems = worlds.systems().into_iter().map(|(number, network, registry)| {
        let content = Some(of_system(number, network));
        Object { place: place(&registry.rdap, "autnum", &number.to_string()), content }
    });
    let lists = [
        ("dns", suffixes(worlds)),
        ("ipv4", blocks(worlds, IpAddr::is_ipv4)),
        ("ipv6", blocks(worlds, IpAddr::is_ipv6)),
        ("asn", numbers(worlds)),
    ];
    let lists = lists.into_iter().map(|(name, services)| Object {
        place: format!("{IANA}/rdap/{name}.json"),
        content: Some(json!({
            "description": "RDAP bootstrap file",
            "publication": "2026-11-01T00:00:00Z",
            "services": services,
            "version": "1.0",
        })),
    });
    domains.chain(networks).chain(systems).chain(lists).collect()
}

/// The body of a 404 (RFC 9083 section 6).
pub(super) fn missing() -> Value {
    json!({
        "rdapConformance": ["rdap_level_0"],
        "errorCode": 404,
        "title": "Not Found",
        "description": ["The object that was asked for does not exist."],
    })
}

/// An object that nobody asked about.
pub(super) fn another() -> Value {
    json!({
        "rdapConformance": ["rdap_level_0"],
        "objectClassName": "domain",
        "handle": "1_DOMAIN-LAB",
        "ldhName": "ANOTHER.EXAMPLE",
        "events": [{"eventAction": "registration", "eventDate": "2001-01-01T00:00:00Z"}],
    })
}

fn place(base: &str, class: &str, key: &str) -> String {
    let base = base.strip_prefix("https://").unwrap_or(base);
    format!("{base}{class}/{key}")
}

fn of_domain(domain: &Domain, known: &Registration) -> Value {
    let events = [
        ("registration", &known.registered),
        ("expiration", &known.expires),
        ("last changed", &known.changed),
    ];
    let events: Vec<Value> = events
        .into_iter()
        .filter_map(|(action, date)| Some(json!({"eventAction": action, "eventDate": date.as_ref()?})))
        .collect();
    let servers: Vec<Value> = domain
        .name_servers
        .iter()
        .map(|name| json!({"objectClassName": "nameserver", "ldhName": name.to_ascii_uppercase()}))
        .collect();
    let mut entities = Vec::new();
    if let Some(registrar) = &known.registrar {
        let abuse = known.abuse.iter().map(|address| entity("abuse", "", None, Some(address), &[]));
        entities.push(entity("registrar", registrar, None, None, &abuse.collect::<Vec<_>>()));
    }
    if known.registrant.is_some() || known.country.is_some() {
        let holder = known.registrant.as_deref().unwrap_or_default();
        entities.push(entity("registrant", holder, known.country.as_deref(), None, &[]));
    }
    json!({
        "rdapConformance": ["rdap_level_0", "icann_rdap_response_profile_1", "icann_rdap_technical_implementation_guide_1"],
        "objectClassName": "domain",
        "handle": format!("{}_DOMAIN-LAB", domain.name.len()),
        "ldhName": domain.name.to_ascii_uppercase(),
        "status": known.status,
        "events": events,
        "entities": entities,
        "nameservers": servers,
        "secureDNS": {"delegationSigned": false},
        "notices": [{"title": "Terms of Service", "description": ["Service subject to Terms of Use."]}],
    })
}

fn of_network(network: &Network) -> Value {
    let (first, last) = (network.range.first, network.range.last());
    let (version, prefix) = if first.is_ipv4() { ("v4", "v4prefix") } else { ("v6", "v6prefix") };
    json!({
        "rdapConformance": ["rdap_level_0", "cidr0", "nro_rdap_profile_0"],
        "objectClassName": "ip network",
        "handle": format!("{first} - {last}"),
        "startAddress": first,
        "endAddress": last,
        "ipVersion": version,
        "name": network.name,
        "type": "ALLOCATED PORTABLE",
        "country": network.country,
        "status": ["active"],
        "cidr0_cidrs": [{prefix: first, "length": network.range.length}],
        "entities": holders(network),
    })
}

fn of_system(number: u32, network: &Network) -> Value {
    json!({
        "rdapConformance": ["rdap_level_0", "nro_rdap_profile_asn_flat_0"],
        "objectClassName": "autnum",
        "handle": format!("AS{number}"),
        "startAutnum": number,
        "endAutnum": number,
        "name": network.name,
        "country": network.country,
        "status": ["active"],
        "entities": holders(network),
    })
}

fn holders(network: &Network) -> Vec<Value> {
    let holder = entity("registrant", &network.holder, network.country.as_deref(), None, &[]);
    let abuse = network.abuse.iter().map(|address| entity("abuse", "Abuse", None, Some(address), &[]));
    [holder].into_iter().chain(abuse).collect()
}

/// A person or organisation with a jCard (RFC 7095).
fn entity(role: &str, name: &str, country: Option<&str>, email: Option<&str>, inner: &[Value]) -> Value {
    let mut card = vec![json!(["version", {}, "text", "4.0"]), json!(["fn", {}, "text", name])];
    if role != "abuse" {
        card.push(json!(["kind", {}, "text", "org"]));
        card.push(json!(["org", {}, "text", name]));
    }
    if let Some(country) = country {
        card.push(json!(["adr", {"cc": country}, "text", ["", "", "", "", "", "", ""]]));
    }
    if let Some(email) = email {
        card.push(json!(["email", {}, "text", email]));
    }
    json!({"objectClassName": "entity", "roles": [role], "vcardArray": ["vcard", card], "entities": inner})
}

/// Top-level domains by server.
fn suffixes(worlds: &Worlds) -> Vec<Value> {
    let mut by_server: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for registry in &worlds.registries {
        if let Some(base) = &registry.rdap {
            by_server.entry(base).or_default().push(&registry.suffix);
        }
    }
    by_server.into_iter().map(|(base, suffixes)| json!([suffixes, [base]])).collect()
}

/// The /8 and /16 that the networks lie in, by server.
fn blocks(worlds: &Worlds, kind: fn(&IpAddr) -> bool) -> Vec<Value> {
    let mut by_server: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for network in worlds.networks.iter().filter(|network| kind(&network.range.first)) {
        let Some(registry) = worlds.internet_registry(&network.registry) else { continue };
        let block = match network.range.first {
            IpAddr::V4(ip) => format!("{}.0.0.0/8", ip.octets()[0]),
            IpAddr::V6(ip) => format!("{:x}::/16", ip.segments()[0]),
        };
        let blocks = by_server.entry(&registry.rdap).or_default();
        if !blocks.contains(&block) {
            blocks.push(block);
        }
    }
    by_server.into_iter().map(|(base, blocks)| json!([blocks, [base]])).collect()
}

fn numbers(worlds: &Worlds) -> Vec<Value> {
    let mut by_server: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (number, _, InternetRegistry { rdap, .. }) in worlds.systems() {
        by_server.entry(rdap).or_default().push(format!("{number}-{number}"));
    }
    by_server.into_iter().map(|(base, numbers)| json!([numbers, [base]])).collect()
}
