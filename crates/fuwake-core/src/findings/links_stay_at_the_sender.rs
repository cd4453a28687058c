//! Speaks for a mail: in nobody else's name it leads its readers to the sender's own domain, where a forger has no page. Little, for
//! impostors register domains too. Silent where authentication failed and where anybody can have the address or the page,
//! and where a user of the sender's platform typed a lure into its notice.

use super::{Scene, Sign, organisation, own_links};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    if scene.impersonated().is_some() || !own_links::all(scene) || leads_to_unverified(scene) {
        return None;
    }
    if organisation::is_borrowed(scene) {
        return None;
    }
    let grounds = own_links::of(scene).take(3).map(|link| link.because.clone());
    Some(Sign::at_all(grounds).with("domain", scene.from_domain()?))
}

/// A page under a company's domain that no source names: it speaks for nothing.
fn leads_to_unverified(scene: &Scene<'_>) -> bool {
    let own = scene.from_domain().map(organisation::of);
    scene.targets().any(|(_, host)| {
        Some(organisation::of(host)) != own
            && scene.knowledge.owner(host).is_some()
            && scene.knowledge.sourced_owner(host).is_none()
    })
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "links-stay-at-the-sender";

    #[test]
    fn all_links_lead_to_the_senders_own_pages() {
        let mail = |links: &str| format!("From: Rei <info@mail.example.com>\n\n{links}\n");
        assert!(fires(ID, &mail("https://www.example.com/a"), ""));
        assert!(fires(ID, &mail("https://www.example.com/a https://u1.ct.sendgrid.net/b"), ""));
        assert!(!fires(ID, &mail("https://www.example.com/a https://www.example.net/b"), ""));
        assert!(!fires(ID, &mail("https://u1.ct.sendgrid.net/b"), ""), "nobody knows where that leads");
        assert!(!fires(ID, &mail("x"), ""));
    }

    #[test]
    fn in_a_brands_name_the_senders_own_domain_says_nothing() {
        let mail = "From: Amazon <info@example.com>\n\nhttps://www.example.com/a\n";
        assert!(!fires(ID, mail, ""));
        assert!(!fires(ID, "From: a@gmail.com\n\nhttps://www.gmail.com/a\n", ""));
    }
}
