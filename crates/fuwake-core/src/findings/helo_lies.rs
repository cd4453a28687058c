//! The sending machine introduced itself (HELO, RFC 5321 section 4.1.1.1) by the name of a known company or of the From domain,
//! but the server that took the mail saw another name or none at its address. Silent where the From domain is authenticated.

use super::{Alignment, Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let entry = delivery::entry(scene)?;
    let helo = entry.helo.as_deref()?.to_ascii_lowercase();
    if scene.alignment == Alignment::Aligned
        || entry.authenticated
        || scene.is_list_mail()
        || !helo.contains('.')
    {
        return None;
    }
    let seen = match delivery::confirmed_name(entry) {
        Some(name) if organisation::same(scene, name, &helo) => return None,
        Some(name) => name,
        None if delivery::is_nameless(scene, entry) => "",
        None => return None,
    };
    let known = scene.knowledge.owner(&helo).is_some() || organisation::gives_addresses_away(scene, &helo);
    // A bare From domain is what a program writes that makes up its name; a hosted server may do so too, but it has a name.
    let repeats = scene.from_domain() == Some(helo.as_str()) && seen.is_empty();
    (known || repeats).then(|| {
        let ip = entry.ip.map(|ip| ip.to_string()).unwrap_or_default();
        let seen = if seen.is_empty() { ip.clone() } else { format!("{seen} [{ip}]") };
        Sign::at(entry.span).with("helo", helo).with("seen", seen)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(helo: &str, reverse: &str) -> String {
        format!(
            "Received: from {helo} ({reverse} [192.0.2.7])\n\tby mx.example.jp (Postfix) with ESMTP id A1; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n"
        )
    }

    #[test]
    fn says_one_name_and_bears_another() {
        assert!(fires("helo-lies", &mail("amazon.co.jp", "unknown"), ""));
        assert!(fires("helo-lies", &mail("example.com", "unknown"), ""));
        assert!(fires("helo-lies", &mail("yahoo.co.jp", "host7.example.net"), ""));
        assert!(!fires("helo-lies", &mail("mail.example.com", "host7.example.net"), ""));
        assert!(!fires("helo-lies", &mail("example.com", "host7.example.net"), ""));
        assert!(!fires("helo-lies", &mail("mx9.amazon.co.jp", "mx9.amazon.co.jp"), ""));
    }
}
