//! The domain of the envelope's sender is held by nobody: reports of failed delivery can reach nobody, so whoever sent the mail does
//! not run it (RFC 5321 section 4.5.5). Silent where it is the From domain, and where a trusted server saw it pass a check.

use super::world::{domain_of, not_registered};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let sender = scene.mail.envelope_from.as_ref()?;
    let same = scene.from().and_then(domain_of) == domain_of(sender);
    not_registered(scene, sender).filter(|_| !same)
}
