//! The domain that answers go to is held by nobody: no answer can arrive, and the address was never meant to be read. Silent where
//! it is the From domain, of which [`super::from_domain_not_registered`] tells, and where no registry said so clearly.

use super::world::{domain_of, not_registered};
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let reply = scene.mail.reply_to.first()?;
    let same = scene.from().and_then(domain_of) == domain_of(reply);
    not_registered(scene, reply).filter(|_| !same)
}
