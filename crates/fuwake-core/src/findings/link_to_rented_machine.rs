//! A link to a machine by the name that the hoster gave it, its address spelt out or a serial (`static.7.2.0.192.clients.example.net`):
//! nobody's site has that name.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host) = scene.targets().find(|(link, host)| {
        let own = link.registrable_domain.as_deref();
        let labels = own.and_then(|own| host.strip_suffix(own)).unwrap_or_default();
        own.is_some()
            && own != scene.from().and_then(|from| from.registrable_domain.as_deref())
            && (spells_an_address(labels)
                || scene.knowledge.hosting_provider(host).is_some_and(|_| has_serial(labels)))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

/// Four numbers of a byte, with dots or hyphens between.
fn spells_an_address(labels: &str) -> bool {
    let octets = |run: &str| !run.is_empty() && run.len() < 4 && run.parse::<u8>().is_ok();
    let parts: Vec<&str> = labels.split(['.', '-']).collect();
    parts.windows(4).any(|four| four.iter().all(|part| octets(part)))
}

/// `vps-4c8ca9e5`, `s1078421`, `ns3012345`.
fn has_serial(labels: &str) -> bool {
    labels.split(['.', '-']).any(|part| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        part.starts_with("vps") || digits > 3
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(url: &str) -> bool {
        fires("link-to-rented-machine", &format!("From: a@example.com\n\nhello {url}\n"), "")
    }

    #[test]
    fn names_that_hosters_give() {
        assert!(is_found("http://static.7.113.0.203.clients.example.net/a"));
        assert!(is_found("http://203-0-113-7.cloud.example.net/a"));
        assert!(!is_found("http://shop-24-7.example.net/a"));
        assert!(!is_found("http://www.example.net/192.0.2.7"));
    }
}
