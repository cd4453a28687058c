//! A link whose host is an IPv4 address in a form other than four decimal numbers (WHATWG URL, "ends in a number"): 3232235521, 0xC0.0.2.1.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host, written) = scene.targets().find_map(|(link, host)| {
        host.parse::<std::net::Ipv4Addr>().ok()?;
        let rest = link.raw.split_once("//")?.1;
        let written = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
        (written != host && written.is_ascii() && !written.is_empty() && !written.contains('%'))
            .then_some((link, host, written))
    })?;
    Some(Sign::at(link.because.clone()).with("host", host).with("written", written))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "obscured-address-in-link";

    #[test]
    fn other_notations_of_an_address() {
        let mail = |host| {
            format!("From: a@example.com\nContent-Type: text/html\n\n<a href=\"http://{host}/\">here</a>\n")
        };
        assert!(fires(ID, &mail("3221225991"), ""));
        assert!(!fires(ID, &mail("192.0.2.7"), ""));
    }
}
