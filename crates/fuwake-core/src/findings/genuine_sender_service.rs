//! Speaks for a mail: it came through a mail service that the registry says the brand uses, and the From domain is authenticated.

use super::{Alignment, Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let brand = scene.knowledge.sourced_owner(scene.from_domain()?)?;
    let envelope = scene.mail.envelope_from.as_ref()?;
    let service = scene.knowledge.mail_service(envelope.domain.as_deref()?)?;
    let known = brand.services.contains(&service.id) && scene.alignment == Alignment::Aligned;
    known.then(|| Sign::at(envelope).with("brand", &brand.name).with("service", service.name.clone()))
}
