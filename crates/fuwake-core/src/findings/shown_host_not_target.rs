//! A link's text is an address of one organisation, its target another's. Registrable domains and brand owners are compared, not hosts; click
//! counters of mail services, gateways and the sender's own domain are no lie.

use super::{Scene, Sign, shown};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let lie = shown::lies(scene).find(|lie| lie.brand.is_none())?;
    Some(Sign::at(lie.link.because.clone()).with("shown", lie.shown).with("host", lie.host))
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "shown-host-not-target";

    fn mail(shown: &str, target: &str) -> String {
        format!(
            "From: a@example.com\nContent-Type: text/html\n\n<a href=\"https://{target}/x\">{shown}</a>\n"
        )
    }

    #[test]
    fn organisations_are_compared_and_not_hosts() {
        assert!(fires(ID, &mail("https://www.example.net/x", "login.reiyama.example"), ""));
        assert!(fires(ID, &mail("www.example.net", "login.reiyama.example"), ""));
        assert!(!fires(ID, &mail("https://www.example.net/x", "click.example.net"), ""));
        assert!(!fires(ID, &mail("https://www.example.net/x", "click.example.com"), ""));
        assert!(!fires(ID, &mail("here", "login.reiyama.example"), ""));
        assert!(!fires(ID, &mail("Node.js", "login.reiyama.example"), ""));
    }
}
