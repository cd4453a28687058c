//! Below the line that saw the sender's machine stands another in the name of the recipient's own servers or of a known company,
//! which no believed server confirms: forgers add such lines to seem to come from there. Silent where the From domain is
//! authenticated and where somebody passed the mail on, since real lines then stand below the boundary.

use super::{Alignment, Scene, Sign, delivery, organisation};
use crate::mail::Hop;
use crate::mail::received::Trust;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let entry = delivery::entry(scene)?;
    if scene.alignment == Alignment::Aligned || delivery::was_passed_on(scene) || entry.authenticated {
        return None;
    }
    let home = entry.by.as_deref().map(organisation::of)?;
    let claimed = scene.mail.hops.iter().filter(|hop| hop.trust == Trust::Claimed);
    let mut pretended = claimed.filter_map(|hop| Some((hop, pretends(scene, hop, home)?)));
    let (hop, name) = pretended.find(|(_, name)| !was_seen(scene, name))?;
    Some(Sign::at(hop.span).and(entry.span).with("name", name))
}

/// Whose server the line says it is: the recipient's own, or one of a company other than a mailbox provider.
fn pretends<'h>(scene: &Scene<'_>, hop: &'h Hop, home: &str) -> Option<&'h str> {
    let by = hop.by.as_deref();
    if let Some(by) = by.filter(|by| organisation::of(by) == home) {
        return Some(by);
    }
    let company = |name: &&str| {
        scene
            .knowledge
            .owner(name)
            .is_some_and(|owner| scene.claimed().is_some_and(|(_, brand)| brand.id == owner.id))
            && !organisation::gives_addresses_away(scene, name)
    };
    [by, hop.helo.as_deref()].into_iter().flatten().find(company)
}

/// A believed line saw a machine of that name, or the machine introduced itself so where names were not looked up.
fn was_seen(scene: &Scene<'_>, name: &str) -> bool {
    let believed = scene.mail.hops.iter().filter(|hop| hop.trust != Trust::Claimed);
    let mut peers = believed.filter_map(|hop| match hop.reverse_dns.as_deref() {
        None if !delivery::is_nameless(scene, hop) => hop.helo.as_deref(),
        name => name,
    });
    peers.any(|peer| organisation::same(scene, peer, name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn mail(by: &str) -> String {
        format!(
            "Received: from x.example.net (x.example.net [192.0.2.7])\n\tby mx.example.jp (Postfix) with ESMTP id A1; Mon, 23 Nov 2026 10:00:00 +0900\nReceived: from mail.example.com (mail.example.com [198.51.100.4])\n\tby {by} (Postfix) with ESMTP id A0; Mon, 23 Nov 2026 09:59:00 +0900\nFrom: Amazon <a@example.com>\n\nHello\n"
        )
    }

    #[test]
    fn a_line_in_another_name() {
        assert!(fires("forged-trace-line", &mail("mx2.example.jp"), "mx.example.jp"));
        assert!(fires("forged-trace-line", &mail("mta4.amazon.co.jp"), "mx.example.jp"));
        assert!(!fires("forged-trace-line", &mail("x.example.net"), "mx.example.jp"));
    }
}
