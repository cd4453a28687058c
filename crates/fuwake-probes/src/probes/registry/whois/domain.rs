//! A domain's registration, from the keys that registries use.

use fuwake_core::evidence::Registration;
use time::UtcOffset;

use super::super::{address, blank, country, date, host};
use super::fields::Fields;
use super::sentences::{says_not_registered, says_too_much};
use crate::fault::Fault;

/// How many states and name servers are kept.
const MOST: usize = 20;

const DOMAIN: &[&str] = &["domain name", "domain", "ドメイン名", "complete domain name"];
const REGISTRAR: &[&str] = &[
    "registrar",
    "registrar organization",
    "registrar name",
    "sponsoring registrar",
    "registration service provider",
    "authorized agency",
    "current registrar",
];
const REGISTERED: &[&str] = &[
    "creation date",
    "created",
    "created on",
    "created date",
    "creation date (dd/mm/yyyy)",
    "registered",
    "registered on",
    "registered date",
    "registration date",
    "registration time",
    "domain registration date",
    "domain name commencement date",
    "record created on",
    "domain record activated",
    "登録年月日",
    "connected date",
    "接続年月日",
];
const CHANGED: &[&str] = &[
    "updated date",
    "updated",
    "last update",
    "last updated",
    "last updated on",
    "last updated date",
    "last-update",
    "changed",
    "last modified",
    "modified",
    "record last updated on",
    "最終更新",
];
const EXPIRES: &[&str] = &[
    "registry expiry date",
    "registrar registration expiration date",
    "expiration date",
    "expiration time",
    "expire date",
    "expires",
    "expires on",
    "expiry date",
    "paid-till",
    "record expires on",
    "renewal date",
    "有効期限",
];
const STATUS: &[&str] =
    &["domain status", "status", "state", "registration status", "状態", "ロック状態", "lock status"];
const NAME_SERVERS: &[&str] = &[
    "name server",
    "name servers",
    "nserver",
    "nameserver",
    "nameservers",
    "name servers information",
    "domain servers in listed order",
    "domain nameservers",
    "host name",
    "ネームサーバ",
];
const REGISTRANT: &[&str] = &[
    "registrant organization",
    "registrant organisation",
    "organization",
    "registrant",
    "registrant name",
    "owner",
    "org",
    "person",
    "registrant contact",
    "registrant contact information organization",
    "holder",
    "organization using domain name",
    "network service name",
    "登録者名",
    "組織名",
    "ネットワークサービス名",
];
const COUNTRY: &[&str] =
    &["registrant country", "registrant country/economy", "registrant state/country", "country"];
const ABUSE: &[&str] =
    &["registrar abuse contact email", "abuse contact email", "abuse-mailbox", "abuse contact"];
const REGISTRARS_SERVER: &[&str] = &["registrar whois server", "whois server"];

/// The question as the server wants it.
pub(super) fn query(server: &str, domain: &str) -> String {
    match server {
        // In English: the Japanese form has the same facts, in ISO-2022-JP.
        "whois.jprs.jp" => format!("{domain}/e"),
        // Else it gives all that begins so.
        "whois.verisign-grs.com" => format!("domain {domain}"),
        "whois.denic.de" => format!("-T dn,ace {domain}"),
        "whois.punktum.dk" => format!("--show-handles {domain}"),
        _ => domain.to_owned(),
    }
}

/// What the server says of the domain: none where it says that there is none; with the registration, the registrar's server where one
/// is named.
pub(super) fn read(
    answer: &str,
    server: &str,
    domain: &str,
) -> Result<Option<(Registration, Option<String>)>, Fault> {
    let fields = Fields::read(answer);
    let found = registration(&fields, server, domain);
    // Some name a domain, too, that they do not have.
    let is_told = |found: &Registration| {
        found.registered.is_some()
            || found.registrar.is_some()
            || found.registrant.is_some()
            || !found.name_servers.is_empty()
    };
    match found.filter(is_told) {
        Some(found) => Ok(Some((found, fields.first(REGISTRARS_SERVER).and_then(server_name)))),
        None if says_not_registered(answer, server) => Ok(None),
        None if says_too_much(answer) => Err(Fault::RateLimited(None)),
        None => Err(Fault::Garbled("WHOIS".to_owned())),
    }
}

/// None where the answer is about another domain, or about none.
fn registration(fields: &Fields<'_>, server: &str, domain: &str) -> Option<Registration> {
    let about = DOMAIN.iter().flat_map(|key| fields.all(key));
    let mut names = about.map(|name| name.split_whitespace().next().unwrap_or(name).trim_end_matches('.'));
    if !names.any(|name| name.eq_ignore_ascii_case(domain) || is_same_idn(name, domain)) {
        return None;
    }
    let zone = zone(server);
    let day = |keys: &[&str]| {
        keys.iter().flat_map(|key| fields.all(key)).find_map(|value| date::rfc3339(value, zone))
    };
    let value = |keys: &[&str]| keys.iter().flat_map(|key| fields.all(key)).find_map(blank);
    Some(Registration {
        domain: domain.to_owned(),
        registrar: value(REGISTRAR).map(|name| without_tag(&name)),
        registered: day(REGISTERED),
        changed: day(CHANGED),
        expires: day(EXPIRES).or_else(|| connected_until(fields, zone)),
        status: status(fields),
        name_servers: name_servers(fields),
        registrant: value(REGISTRANT),
        // Whoever has no company often writes himself into its field.
        is_organisation: None,
        country: COUNTRY.iter().flat_map(|key| fields.all(key)).find_map(country::code),
        abuse: ABUSE.iter().flat_map(|key| fields.all(key)).find_map(address),
    })
}

/// Registries write an internationalised name as it reads, too.
fn is_same_idn(name: &str, domain: &str) -> bool {
    !name.is_ascii() && fuwake_core::domain::normalise(name).is_some_and(|name| name == domain)
}

/// The zone that a registry's dates without one are in.
fn zone(server: &str) -> UtcOffset {
    let hours = match server.rsplit('.').next() {
        Some("jp" | "kr") => 9,
        Some("cn" | "tw" | "hk") => 8,
        _ => 0,
    };
    UtcOffset::from_hms(hours, 0, 0).unwrap_or(UtcOffset::UTC)
}

/// JPRS's `[State] Connected (2027/03/31)`: the day in brackets is the last.
fn connected_until(fields: &Fields<'_>, zone: UtcOffset) -> Option<String> {
    let state = fields.first(&["state", "状態"])?;
    date::rfc3339(state.strip_prefix("Connected (")?.strip_suffix(')')?, zone)
}

/// `clientTransferProhibited https://icann.org/epp#clientTransferProhibited` without the link.
fn status(fields: &Fields<'_>) -> Vec<String> {
    let values = STATUS.iter().flat_map(|key| fields.all(key));
    let words = values.flat_map(|value| value.split(", ")).filter_map(|value| {
        let word = value.split(" http").next().unwrap_or(value).split(" (http").next().unwrap_or(value);
        blank(word)
    });
    let mut states: Vec<String> = Vec::new();
    for word in words {
        if !states.contains(&word) && states.len() < MOST {
            states.push(word);
        }
    }
    states
}

/// Their names without the addresses that may stand behind them.
fn name_servers(fields: &Fields<'_>) -> Vec<String> {
    let values = NAME_SERVERS.iter().flat_map(|key| fields.all(key));
    let mut names: Vec<String> =
        values.filter_map(|value| host(value.split_whitespace().next()?)).take(MOST).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// `Example Ltd t/a Example [Tag = EXAMPLE]` without the tag, `Example Inc.(http://example.com)` without the link.
fn without_tag(name: &str) -> String {
    let bare = name.split(" [").next().unwrap_or(name);
    bare.split("(http").next().unwrap_or(bare).trim().to_owned()
}

/// A server that is named as a name, or as the address of a page.
fn server_name(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches("whois://").trim_end_matches('/');
    host(bare)
}
