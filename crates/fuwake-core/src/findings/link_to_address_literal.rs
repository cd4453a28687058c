//! A link to an IP address (RFC 3986 section 3.2.2). Addresses of private networks are an office's own machines.

use std::net::IpAddr;

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host) = scene.targets().find(|(_, host)| public_address(host))?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

fn public_address(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            !(address.is_private() || address.is_loopback() || address.is_link_local())
        }
        Ok(IpAddr::V6(address)) => !(address.is_loopback() || address.is_unique_local()),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "link-to-address-literal";

    #[test]
    fn public_addresses_only() {
        let mail = |host| format!("From: a@example.com\n\nhttp://{host}/\n");
        assert!(fires(ID, &mail("192.0.2.7"), ""));
        assert!(!fires(ID, &mail("192.168.0.7"), ""));
        assert!(!fires(ID, &mail("www.example.com"), ""));
    }
}
