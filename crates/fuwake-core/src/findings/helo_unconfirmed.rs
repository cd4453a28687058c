//! The sending machine introduced itself (HELO, RFC 5321 section 4.1.1.1) by the name of a known company or provider, or by nothing but
//! the From domain, and the server that took the mail saw no name at its address that would bear this out. Not a lie proved: a
//! look-up of the name may still lead to the address. Silent where the From domain is authenticated.

use super::{Scene, Sign, delivery};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (entry, helo) = delivery::introduction(scene)?;
    if entry.confirmed_name().is_some() || !delivery::is_nameless(scene, entry) {
        return None;
    }
    // The DNS of today leads from the name to the machine: that bears it out.
    if entry
        .ip
        .is_some_and(|ip| scene.ledger.addresses(&helo).iter().any(|(known, _)| *known == ip.to_canonical()))
    {
        return None;
    }
    let known = delivery::is_known_name(scene, &helo);
    // A bare From domain is what a program writes that makes up its name.
    let repeats = scene.from_domain() == Some(helo.as_str());
    (known || repeats).then(|| {
        let ip = entry.ip.map(|ip| ip.to_string()).unwrap_or_default();
        Sign::at(entry.span).with("helo", helo).with("ip", ip)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fires, handed_over_by};

    #[test]
    fn a_name_that_nothing_bears_out() {
        assert!(fires("helo-unconfirmed", &handed_over_by("amazon.co.jp", "unknown"), ""));
        assert!(fires("helo-unconfirmed", &handed_over_by("example.com", "unknown"), ""));
        assert!(!fires("helo-unconfirmed", &handed_over_by("mail.example.com", "unknown"), ""));
        assert!(!fires("helo-unconfirmed", &handed_over_by("example.com", "host7.example.net"), ""));
        assert!(!fires("helo-unconfirmed", &handed_over_by("mx9.amazon.co.jp", "mx9.amazon.co.jp"), ""));
    }
}
