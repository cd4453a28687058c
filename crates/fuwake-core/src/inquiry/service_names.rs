//! What services that speak of reputation are called.

use crate::by_hand::Site;

/// Ids in questions and the names that their operators give them.
const NAMES: [(&str, &str); 13] = [
    ("abuseipdb", "AbuseIPDB"),
    ("barracuda", "Barracuda Reputation Block List"),
    ("crt-sh", "crt.sh"),
    ("google-safe-browsing", "Google Safe Browsing"),
    ("openphish", "OpenPhish"),
    ("phishtank", "PhishTank"),
    ("spamhaus-dbl", "Spamhaus DBL"),
    ("spamhaus-zen", "Spamhaus ZEN"),
    ("surbl", "SURBL multi"),
    ("uribl", "URIBL multi"),
    ("urlhaus", "URLhaus"),
    ("urlscan", "urlscan.io"),
    ("virustotal", "VirusTotal"),
];

/// The name of a service or site that speaks of reputation; its id where it is not known.
#[must_use]
pub fn service_name(id: &str) -> &str {
    let service = || NAMES.iter().find(|(known, _)| *known == id).map(|(_, name)| *name);
    Site::named(id).map(|site| site.name).or_else(service).unwrap_or(id)
}
