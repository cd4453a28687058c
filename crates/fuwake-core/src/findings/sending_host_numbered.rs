//! The sender's machine has the reverse name that access providers and rental servers give by default, its own address spelt out
//! (`ip-192-0-2-7.example.net`): a home line or a machine rented as it is. Mail servers that somebody looks after have a name. Silent where the From domain is
//! authenticated, for mail services, clients that logged in, and lists.

use std::net::IpAddr;

use super::{Alignment, Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let entry = delivery::entry(scene)?;
    let name = entry.reverse_dns.as_deref().or(entry.helo.as_deref())?;
    let excused = entry.authenticated
        || scene.alignment == Alignment::Aligned
        || scene.knowledge.mail_service(name).is_some()
        || scene.is_list_mail()
        || scene.answers;
    let numbered = matches!(entry.ip?, IpAddr::V4(ip) if spells(name, ip.octets()));
    (numbered && !excused).then(|| Sign::at(entry.span).with("host", name))
}

/// At least three of the four numbers stand in the name, and it is more than the address itself.
fn spells(name: &str, octets: [u8; 4]) -> bool {
    let numbers: Vec<&str> =
        name.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    let words = name.bytes().filter(u8::is_ascii_alphabetic).count() > 3;
    let written =
        octets.iter().filter(|octet| numbers.iter().any(|run| run.parse() == Ok(u32::from(**octet))));
    words && numbers.len() > 2 && written.count() > 2
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(name: &str) -> bool {
        let mail = format!(
            "Received: from a.example.com ({name} [192.0.2.7]) by mx.example.jp with ESMTP; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: a@example.com\n\nhello\n"
        );
        fires("sending-host-numbered", &mail, "mx.example.jp")
    }

    #[test]
    fn names_by_default() {
        assert!(is_found("ip-192-0-2-7.isp.example.net"));
        assert!(!is_found("mail2.example.com"));
    }
}
