//! Answers go to a domain that was registered less than 30 days before the mail was received. Silent where it is the From domain.

use super::world::{domain_of, newly_registered};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let reply = scene.mail.reply_to.first()?;
    let same = scene.from().and_then(domain_of) == domain_of(reply);
    newly_registered(scene, reply).filter(|_| !same)
}
