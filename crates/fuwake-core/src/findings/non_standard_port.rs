//! A link that names a port other than those of its scheme or of usual test servers.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let (link, host, port) = scene
        .targets()
        .filter(|(link, _)| link.registrable_domain.as_deref() != own)
        .find_map(|(link, host)| {
            let authority = link.url.split_once("://")?.1.split(['/', '?', '#']).next()?;
            let port = authority.strip_suffix(|c: char| c == '/').unwrap_or(authority).rsplit_once(':')?.1;
            let unusual = port.parse::<u16>().is_ok_and(|port| !matches!(port, 80 | 443 | 8080 | 8443));
            unusual.then_some((link, host, port))
        })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("port", port))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "non-standard-port";

    #[test]
    fn ports_that_are_named() {
        let mail = |host| format!("From: a@example.com\n\nhttps://{host}/\n");
        assert!(fires(ID, &mail("www.example.net:2083"), ""));
        assert!(!fires(ID, &mail("www.example.net"), ""));
        assert!(!fires(ID, &mail("www.example.net:443"), ""));
    }
}
