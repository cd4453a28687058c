//! The sending machine introduced itself by an address or by a name that no mail server has (`localhost`, a computer's own name),
//! though RFC 5321 section 2.3.5 asks for its full name. Silent for clients that logged in, and on the recipient's side.

use super::{Alignment, Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let entry = delivery::entry(scene)?;
    let helo = entry.helo.as_deref()?;
    let excused = entry.authenticated || scene.alignment == Alignment::Aligned || scene.is_list_mail();
    (!excused && is_nameless(helo)).then(|| Sign::at(entry.span).with("helo", helo))
}

fn is_nameless(helo: &str) -> bool {
    let inner = helo.trim_matches(['[', ']']);
    let name = helo.to_ascii_lowercase();
    inner.parse::<std::net::IpAddr>().is_ok()
        || !name.contains('.')
        || [".local", ".localdomain", ".lan", ".home"].iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fires, handed_over_by};

    #[test]
    fn no_mail_servers_name() {
        for helo in ["[192.0.2.7]", "WIN-8Q2KD0", "VM-4-11.localdomain"] {
            assert!(fires("helo-without-name", &handed_over_by(helo, "unknown"), ""), "{helo}");
        }
        assert!(!fires("helo-without-name", &handed_over_by("mail.example.com", "unknown"), ""));
    }
}
