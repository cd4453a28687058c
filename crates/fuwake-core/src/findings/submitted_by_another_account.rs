//! A provider's line says who logged in to send the mail, and that account is of another organisation than the From: a
//! mailbox whose password was stolen, or a person with several addresses.

use super::{Alignment, Scene, Sign, organisation};
use crate::domain::normalise;
use crate::mail::received::Trust;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let from = scene.from_domain()?;
    let excused = scene.alignment == Alignment::Aligned || scene.answers || scene.is_list_mail();
    let believed = scene.mail.hops.iter().filter(|hop| hop.trust != Trust::Claimed);
    let (hop, user) = believed.filter_map(|hop| Some((hop, hop.authenticated_user.as_deref()?))).next()?;
    let (_, host) = user.rsplit_once('@')?;
    let foreign = !organisation::same(scene, &normalise(host)?, from);
    (foreign && !excused).then(|| Sign::at(hop.span).with("account", user).with("from", from))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn logged_in_as_somebody_else() {
        let mail = "Received: from [192.0.2.7] (unknown [192.0.2.7])\n\t(Authenticated sender: k@example.net)\n\tby mx.example.jp (Postfix) with ESMTPSA id A1; Mon, 23 Nov 2026 10:00:00 +0900\nFrom: a@example.com\n\nHello\n";
        assert!(fires("submitted-by-another-account", mail, ""));
        assert!(!fires("submitted-by-another-account", &mail.replace("k@example.net", "k@example.com"), ""));
    }
}
