//! The domain of the envelope's sender was registered less than 30 days before the mail was received. Silent where it is the From
//! domain.

use super::world::{domain_of, newly_registered};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let sender = scene.mail.envelope_from.as_ref()?;
    let same = scene.from().and_then(domain_of) == domain_of(sender);
    newly_registered(scene, sender).filter(|_| !same)
}
