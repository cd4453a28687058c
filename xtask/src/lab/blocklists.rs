//! Blocklists that are asked by DNS (RFC 5782), with the entries and codes that their operators document.

use std::net::IpAddr;

use serde::Deserialize;

use super::world::Domain;
use super::zones::reverse_name;

/// A blocklist.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Blocklist {
    /// The names end in it.
    zone: String,
    /// What it answers whom it does not serve; one without a code lists nothing then, not even its test point.
    refuses: Option<String>,
    /// The names that are always listed (RFC 5782 section 5) with their codes: `dbltest.com 127.0.1.2`.
    test_points: Vec<String>,
    /// The same of what it lists.
    #[serde(default)]
    listed: Vec<String>,
}

impl Blocklist {
    /// The zone, as a domain that has its name server in it; it may serve nobody.
    pub(super) fn domain(&self, is_refusing: bool) -> Domain {
        let records = match &self.refuses {
            Some(code) if is_refusing => vec![format!("* A {code}")],
            None if is_refusing => Vec::new(),
            _ => self.test_points.iter().chain(&self.listed).flat_map(|entry| records(entry)).collect(),
        };
        let name_servers = vec![format!("ns.{}", self.zone)];
        Domain { name: self.zone.clone(), name_servers, records, registration: None }
    }
}

/// A record for each code; addresses stand backwards (RFC 5782 sections 2.1 and 2.4).
fn records(entry: &str) -> impl Iterator<Item = String> {
    let mut words = entry.split_whitespace();
    let subject = words.next().unwrap_or_default();
    let reversed = subject.parse::<IpAddr>().map(reverse_name);
    let name = match &reversed {
        Ok(name) => name.trim_end_matches(".in-addr.arpa").trim_end_matches(".ip6.arpa"),
        Err(_) => subject,
    };
    words.map(move |code| format!("{name} A {code}")).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_stand_backwards() {
        let records: Vec<String> = records("192.0.2.7 127.0.0.4 127.0.0.10").collect();
        assert_eq!(records, ["7.2.0.192 A 127.0.0.4", "7.2.0.192 A 127.0.0.10"]);
    }
}
