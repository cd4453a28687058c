//! The sending machine introduced itself (HELO, RFC 5321 section 4.1.1.1) by the name of a known company or provider, but the server
//! that took the mail saw another organisation's name at its address. Silent where the From domain is authenticated.

use super::{Scene, Sign, delivery, organisation};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (entry, helo) = delivery::introduction(scene)?;
    let name = entry.confirmed_name().filter(|name| !organisation::same(scene, name, &helo))?;
    let known = delivery::is_known_name(scene, &helo);
    known.then(|| {
        let ip = entry.ip.map(|ip| ip.to_string()).unwrap_or_default();
        Sign::at(entry.span).with("helo", helo).with("seen", format!("{name} [{ip}]"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fires, handed_over_by};

    #[test]
    fn says_one_name_and_bears_another() {
        assert!(fires("helo-lies", &handed_over_by("yahoo.co.jp", "host7.example.net"), ""));
        assert!(!fires("helo-lies", &handed_over_by("mail.example.com", "host7.example.net"), ""));
        assert!(!fires("helo-lies", &handed_over_by("example.com", "host7.example.net"), ""));
        assert!(
            !fires("helo-lies", &handed_over_by("amazon.co.jp", "unknown"), ""),
            "nobody saw another name"
        );
        assert!(!fires("helo-lies", &handed_over_by("mx9.amazon.co.jp", "mx9.amazon.co.jp"), ""));
    }
}
