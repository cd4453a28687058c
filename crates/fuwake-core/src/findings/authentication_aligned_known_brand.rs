//! A trusted server saw that the mail comes from a domain that a known company writes from, by a source that was read. Silent
//! where customers have addresses under that domain, for domains that no source names, and where a user of the company's
//! platform typed a lure into its notice.

use super::{Alignment, Scene, Sign, organisation};
use crate::knowledge::Brand;
use crate::knowledge::domains::is_within;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (domain, brand) = sender(scene).filter(|_| scene.alignment == Alignment::Aligned)?;
    Some(Sign::at_all(organisation::passes(scene)).with("domain", domain).with("brand", &brand.name))
}

/// The From domain and the company that writes from it, by a source that was read.
pub(super) fn sender<'a>(scene: &Scene<'a>) -> Option<(&'a str, &'a Brand)> {
    let domain = scene.from_domain()?;
    let brand = scene.knowledge.sourced_owner(domain)?;
    let own = |listed: &&String| is_within(domain, listed);
    let listed = brand.domains.iter().chain(&brand.sender_domains).filter(own).max_by_key(|own| own.len())?;
    // A sender domain that the registry names below a provider's domain is the company's own: no customer writes from it.
    let shared = organisation::gives_addresses_away(scene, listed) && listed == organisation::of(listed);
    (!shared && !organisation::is_borrowed(scene)).then_some((domain, brand))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(from: &str) -> String {
        format!(
            "Authentication-Results: mx.example.jp; dmarc=pass header.from={from}\nReceived: from out.{from} (out.{from} [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@{from}\n\nHello\n"
        )
    }

    #[test]
    fn a_companys_own_domain_and_no_customers() {
        let id = "authentication-aligned-known-brand";
        assert!(fires(id, &mail("amazon.co.jp"), "mx.example.jp"));
        assert!(!fires(id, &mail("example.com"), "mx.example.jp"));
        assert!(!fires(id, &mail("gmail.com"), "mx.example.jp"));
        assert!(!fires(id, &mail("biglobe.ne.jp"), "mx.example.jp"));
    }

    #[test]
    fn a_domain_that_no_source_names_speaks_for_nobody() {
        let knowledge = crate::findings::testing::knowledge();
        let unsourced = knowledge
            .brands()
            .iter()
            .flat_map(|brand| &brand.domains)
            .find(|domain| knowledge.sourced_owner(domain).is_none())
            .expect("not all is verified");
        assert!(knowledge.owner(unsourced).is_some());
        assert!(!fires("authentication-aligned-known-brand", &mail(unsourced), "mx.example.jp"));
    }

    /// A field below the boundary's line: a milter of that server wrote it, or the sender, who knows its name.
    #[test]
    fn a_sender_cannot_vouch_for_himself() {
        let id = "authentication-aligned-known-brand";
        let path = |peer: &str| {
            format!(
                "Received: from {peer} ({peer} [192.0.2.7])\n\tby mx.example.jp; Mon, 23 Nov 2026 10:00:00 +0900\n"
            )
        };
        let claim = "Authentication-Results: mx.example.jp; dkim=pass header.d=amazon.co.jp\n";
        let letter = "From: a@amazon.co.jp\n\nHello\n";
        let forged = format!("{}{claim}{}{letter}", path("out.example.net"), path("out.amazon.co.jp"));
        assert!(!fires(id, &forged, ""));
        assert!(fires(id, &forged, "mx.example.jp"), "the reader says that his server removes forgeries");
        let above = format!("{claim}{}{letter}", path("out.example.net"));
        assert!(fires(id, &above, ""));
        let confession = forged.replace("dkim=pass header.d=", "dmarc=fail header.from=");
        assert!(fires("brand-spoofed-exactly", &confession, ""), "nobody forges what speaks against him");
    }

    #[test]
    fn of_two_authors_a_pass_says_nothing() {
        let two = mail("amazon.co.jp")
            .replace(" header.from=amazon.co.jp", "")
            .replace("From: ", "From: b@example.net, ");
        assert!(!fires("authentication-aligned", &two, "mx.example.jp"));
    }
}
