//! The marks by which vendors of phishing exercises know their own mails, and whether a vendor's machines sent this one.

use super::delivery;
use crate::findings::Scene;
use crate::knowledge::Brand;
use crate::mail::Field;

/// Field and vendor, by its id in the registry, as the vendors' and their customers' pages give them.
const FIELDS: [(&str, &str); 5] = [
    ("x-phishtest", "knowbe4"),
    ("x-threatsim-id", "proofpoint"),
    ("x-threatsim-header", "proofpoint"),
    ("x-phishme", "cofense"),
    ("x-phishmetracking", "cofense"),
];

/// A mark of an exercise.
pub(in crate::findings) struct Mark<'a> {
    /// The header field.
    pub field: &'a Field<'a>,
    /// Whose exercises bear it.
    pub vendor: &'a Brand,
    /// A machine of the vendor's sent the mail, or a trusted server saw the vendor's domain authenticated.
    pub proven: bool,
}

/// The first mark in the header.
pub(in crate::findings) fn mark<'a>(scene: &Scene<'a>) -> Option<Mark<'a>> {
    let vendor = |name: &str| FIELDS.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
    let mut fields = scene.mail.fields.iter();
    let (field, id) = fields.find_map(|field| Some((field, vendor(field.name)?.1)))?;
    let vendor = scene.knowledge.brands().iter().find(|brand| brand.id == id)?;
    Some(Mark { field, vendor, proven: is_from(scene, vendor) })
}

fn is_from(scene: &Scene<'_>, vendor: &Brand) -> bool {
    let is_vendors = |domain: &str| {
        vendor.is_shown(domain) && scene.knowledge.owner(domain).is_some_and(|owner| owner.id == vendor.id)
    };
    let mut results = scene.mail.authentication.results.iter();
    delivery::entry(scene).and_then(|hop| hop.confirmed_name()).is_some_and(is_vendors)
        || results.any(|result| {
            result.trusted && result.result == "pass" && result.domain.as_deref().is_some_and(is_vendors)
        })
}
