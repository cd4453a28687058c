//! What registries say of domains, addresses and numbers: by RDAP, by WHOIS where that is missing or fails.

#[cfg(feature = "network")]
mod asking;
mod country;
mod date;
mod rdap;
mod whois;

use std::net::IpAddr;

#[cfg(feature = "network")]
pub use asking::Registries;

/// How long one value may be, in characters.
const LONG: usize = 300;

/// A value that says something, cut to a bearable length: neither empty nor one of the phrases that stand for what is not shown.
fn blank(text: &str) -> Option<String> {
    const HIDDEN: [&str; 15] = [
        "redacted",
        "data protected",
        "data redacted",
        "not disclosed",
        "not available",
        "not shown",
        "non-public data",
        "statutory masking",
        "gdpr masked",
        "gdpr redacted",
        "hidden upon user request",
        "private person",
        "none",
        "n/a",
        "-",
    ];
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let is_hidden = HIDDEN.iter().any(|hidden| match hidden.len() {
        0..5 => lower == *hidden,
        _ => lower.starts_with(hidden),
    });
    (!text.is_empty() && !is_hidden).then(|| text.chars().take(LONG).collect())
}

/// A host name in lower case, without the last dot.
fn host(text: &str) -> Option<String> {
    let name = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    (name.contains('.') && name.len() <= 253 && name.chars().all(is_name)).then_some(name)
}

/// A mail address, where the value is one.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let (local, domain) = text.rsplit_once('@')?;
    let is_one = !local.is_empty() && domain.contains('.') && text.len() <= 254;
    (is_one && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// Reads bytes as RDAP's and as WHOIS's answer about a domain, an address and a number, for fuzzing: any bytes give a value or none.
pub fn read_any_answer(bytes: &[u8], server: &str) {
    let (domain, number) = ("example.jp", 64_500);
    for ip in [IpAddr::from([192, 0, 2, 7]), IpAddr::from([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1])] {
        whois::read_any(bytes, server, domain, ip);
        rdap::read_any(bytes, domain, ip, number);
    }
}
