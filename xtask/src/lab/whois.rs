//! What WHOIS servers answer (RFC 3912), in the shapes in which the real ones write.

use std::net::IpAddr;

use super::registry::{InternetRegistry, Network, Registration, Registry, Style};
use super::world::{Domain, Worlds};

/// Knows which server of a registry is for what.
pub(super) const IANA: &str = "whois.iana.org";

/// The answer of a server to a line; nothing where it has trouble with that.
pub(super) fn answer(worlds: &Worlds, server: &str, line: &str) -> Vec<u8> {
    let question = line.trim();
    if server == IANA {
        return refer(worlds, question).into_bytes();
    }
    if let Some(registry) = worlds.registries.iter().find(|registry| registry.whois == server) {
        return of_registry(worlds, registry, question);
    }
    worlds
        .internet_registries
        .iter()
        .find(|registry| registry.whois == server)
        .map_or_else(Vec::new, |registry| of_address(worlds, registry, question).into_bytes())
}

/// IANA's answer: who knows more.
fn refer(worlds: &Worlds, question: &str) -> String {
    let head = "% IANA WHOIS server\n% for more information on IANA, visit http://www.iana.org\n";
    let by_address =
        question.parse().ok().and_then(|ip: IpAddr| worlds.network(ip)).map(|(network, registry)| {
            (registry.whois.as_str(), format!("inetnum:      {}", network.range.first))
        });
    let found = by_address.or_else(|| {
        let registry = worlds.registry(question)?;
        Some((registry.whois.as_str(), format!("domain:       {}", registry.suffix.to_uppercase())))
    });
    match found {
        Some((whois, object)) => format!(
            "{head}% This query returned 1 object\n\nrefer:        {whois}\n\n{object}\n\nwhois:        {whois}\n\nstatus:       ACTIVE\n\
             source:       IANA\n\n"
        ),
        None => format!("{head}%ERROR:101: no entries found\n"),
    }
}

fn of_registry(worlds: &Worlds, registry: &Registry, question: &str) -> Vec<u8> {
    let (name, in_english) = question.strip_suffix("/e").map_or((question, false), |name| (name, true));
    let name = name.trim_start_matches("domain ").trim().to_ascii_lowercase();
    let known = worlds.domains.iter().find(|domain| domain.name == name);
    let told = known.map(|domain| Some((domain, domain.registration.as_ref()?)));
    let text = match (told, registry.style) {
        // The worlds do not say what the registry knows, so it says nothing.
        (Some(None), _) => return Vec::new(),
        (Some(Some((domain, known))), Style::Icann) => icann(domain, known),
        (Some(Some((domain, known))), Style::Jprs) => {
            return iso_2022_jp(&jprs(domain, known, in_english));
        }
        (Some(Some((domain, known))), Style::Cnnic) => cnnic(domain, known),
        (None, Style::Icann) => format!(
            "No match for \"{}\".\r\n>>> Last update of whois database: 2026-11-01T00:00:00Z <<<\r\n",
            name.to_uppercase()
        ),
        (None, Style::Jprs) => {
            return iso_2022_jp(&jprs_head(if in_english { NO_MATCH } else { NO_MATCH_LOCAL }));
        }
        (None, Style::Cnnic) => "No matching record.\r\n".to_owned(),
    };
    text.into_bytes()
}

/// A date as a server writes it: `2001-03-26T00:00:00Z` cut and with other marks.
fn day(date: Option<&String>, mark: &str) -> Option<String> {
    Some(date?.get(..10)?.replace('-', mark))
}

fn icann(domain: &Domain, known: &Registration) -> String {
    let mut lines = Lines::default();
    lines.add("Domain Name", Some(&domain.name.to_uppercase()));
    lines.add("Updated Date", known.changed.as_ref());
    lines.add("Creation Date", known.registered.as_ref());
    lines.add("Registry Expiry Date", known.expires.as_ref());
    lines.add("Registrar", known.registrar.as_ref());
    lines.add("Registrar Abuse Contact Email", known.abuse.as_ref());
    for status in &known.status {
        lines.add("Domain Status", Some(status));
    }
    lines.add("Registrant Organization", known.registrant.as_ref());
    lines.add("Registrant Country", known.country.as_ref());
    for server in &domain.name_servers {
        lines.add("Name Server", Some(&server.to_uppercase()));
    }
    lines.0 + ">>> Last update of whois database: 2026-11-01T00:00:00Z <<<\r\n"
}

fn cnnic(domain: &Domain, known: &Registration) -> String {
    let time = |date: Option<&String>| day(date, "-").map(|day| format!("{day} 12:00:00"));
    let mut lines = Lines::default();
    lines.add("Domain Name", Some(&domain.name));
    lines.add("ROID", Some(&"20220310s10001s12345678-cn".to_owned()));
    for status in &known.status {
        lines.add("Domain Status", Some(status));
    }
    lines.add("Registrant", known.registrant_local.as_ref().or(known.registrant.as_ref()));
    lines.add("Registrant Contact Email", known.abuse.as_ref());
    lines.add("Sponsoring Registrar", known.registrar.as_ref());
    for server in &domain.name_servers {
        lines.add("Name Server", Some(server));
    }
    lines.add("Registration Time", time(known.registered.as_ref()).as_ref());
    lines.add("Expiration Time", time(known.expires.as_ref()).as_ref());
    lines.add("DNSSEC", Some(&"unsigned".to_owned()));
    lines.0
}

/// `Key: value` lines.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.0 += &format!("{key}: {value}\r\n");
        }
    }
}

const NO_MATCH: &str = "No match!!\r\n\r\nWith JPRS WHOIS, you can query the following domain name information\r\nmanaged by JPRS.\r\n    - \
                        All of registered JP domain name\r\n";
const NO_MATCH_LOCAL: &str = "No match!!\r\n\r\nJPRS WHOISでは、JPRSが管理している以下のドメイン名に関する情報を検索\r\nできます。\r\n    ・登録されている全てのJPドメイン名\r\n";

fn jprs_head(body: &str) -> String {
    format!(
        "[ JPRS database provides information on network administration. Its use is    ]\r\n\
         [ restricted to network administration purposes. For further information,     ]\r\n\
         [ use 'whois -h whois.jprs.jp help'. To suppress Japanese output, add'/e'     ]\r\n\
         [ at the end of command, e.g. 'whois -h whois.jprs.jp xxx/e'.                 ]\r\n\r\n{body}"
    )
}

/// A general-use domain (`example.jp`) or one by type of organisation (`example.ne.jp`), in either language.
fn jprs(domain: &Domain, known: &Registration, in_english: bool) -> String {
    let date = |date: Option<&String>| day(date, "/").unwrap_or_default();
    let servers = &domain.name_servers;
    let holder = known.registrant.clone().unwrap_or_default();
    let local = known.registrant_local.clone().unwrap_or_else(|| holder.clone());
    let (registered, expires) = (date(known.registered.as_ref()), date(known.expires.as_ref()));
    let changed = format!("{} 01:05:01 (JST)", date(known.changed.as_ref().or(known.registered.as_ref())));
    let name = domain.name.to_uppercase();
    let by_type = domain.name.split('.').count() > 2;
    let mut rows: Vec<(&str, &str, String)> = Vec::new();
    if by_type {
        rows.push(("a. [Domain Name]", "a. [ドメイン名]", name));
        if !in_english {
            rows.push(("", "f. [組織名]", local));
        }
        rows.push(("g. [Organization]", "g. [Organization]", holder));
        rows.push((
            "l. [Organization Type]",
            "k. [組織種別]",
            if in_english { "Network Service" } else { "ネットワークサービス" }.to_owned(),
        ));
        rows.extend(servers.iter().map(|server| ("p. [Name Server]", "p. [ネームサーバ]", server.clone())));
        rows.push(("s. [Signing Key]", "s. [署名鍵]", String::new()));
        rows.push(("[State]", "[状態]", format!("Connected ({expires})")));
        rows.push(("[Registered Date]", "[登録年月日]", registered.clone()));
        rows.push(("[Connected Date]", "[接続年月日]", registered));
        rows.push(("[Last Update]", "[最終更新]", changed));
    } else {
        rows.push(("[Domain Name]", "[Domain Name]", name));
        rows.push(("", "", String::new()));
        if !in_english {
            rows.push(("", "[登録者名]", local));
        }
        rows.push(("[Registrant]", "[Registrant]", holder));
        rows.push(("", "", String::new()));
        rows.extend(servers.iter().map(|server| ("[Name Server]", "[Name Server]", server.clone())));
        rows.push(("[Signing Key]", "[Signing Key]", String::new()));
        rows.push(("", "", String::new()));
        rows.push(("[Created on]", "[登録年月日]", registered));
        rows.push(("[Expires on]", "[有効期限]", expires));
        rows.push(("[Status]", "[状態]", "Active".to_owned()));
        rows.push(("[Last Updated]", "[最終更新]", changed));
    }
    let mut body =
        if in_english { "Domain Information:\r\n" } else { "Domain Information: [ドメイン情報]\r\n" }
            .to_owned();
    for (english, japanese, value) in rows {
        let label = if in_english { english } else { japanese };
        // Two columns for a character of Japanese.
        let columns: usize = label.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum();
        body += &format!("{label}{}{value}\r\n", " ".repeat(32_usize.saturating_sub(columns)));
    }
    if !by_type {
        body += &contact(known, in_english);
    }
    jprs_head(&body)
}

fn contact(known: &Registration, in_english: bool) -> String {
    let registrar = known.registrar.as_deref().unwrap_or_default();
    let abuse = known.abuse.as_deref().unwrap_or_default();
    if in_english {
        format!(
            "\r\nContact Information:\r\n[Name]                          {registrar}\r\n[Email]                         {abuse}\r\n[Web Page]                      \r\n"
        )
    } else {
        format!(
            "\r\nContact Information: [公開連絡窓口]\r\n[名前]                          {registrar}\r\n[Name]                          {registrar}\r\n[Email]                         {abuse}\r\n[Web Page]                      \r\n"
        )
    }
}

fn iso_2022_jp(text: &str) -> Vec<u8> {
    encoding_rs::ISO_2022_JP.encode(text).0.into_owned()
}

/// A block of addresses in RPSL (RFC 2622), as three of the five regional registries write it.
fn of_address(worlds: &Worlds, registry: &InternetRegistry, question: &str) -> String {
    let asked = question.split_whitespace().last().and_then(|word| word.parse().ok());
    let network = asked.and_then(|ip: IpAddr| worlds.network(ip)).filter(|(_, of)| of.id == registry.id);
    match network {
        Some((network, _)) => rpsl(network),
        None => "%ERROR:101: no entries found\n%\n% No entries found in source.\n".to_owned(),
    }
}

fn rpsl(network: &Network) -> String {
    let mut text = format!(
        "% Information related to the block\n\ninetnum:        {} - {}\nnetname:        {}\ndescr:          {}\n",
        network.range.first,
        network.range.last(),
        network.name,
        network.holder
    );
    if let Some(country) = &network.country {
        text += &format!("country:        {country}\n");
    }
    if let Some(abuse) = &network.abuse {
        text += &format!("abuse-mailbox:  {abuse}\n");
    }
    text + "source:         LAB\n"
}
