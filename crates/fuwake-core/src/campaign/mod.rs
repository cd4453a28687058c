//! Campaign fingerprint: what stays the same when one sender writes to many, with other names, amounts, links and brands.
//!
//! Three things, each comparable alone: the template of the lure's text, the shape of its links, the shape of its header. The text
//! decides; the two others bear it out where a text is short or was rewritten. How the threshold was chosen: `docs/campaign.md`.

mod group;
mod header;
mod links;
mod lure;
mod seal;
mod sketch;
mod tokens;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use group::groups;
pub use header::HeaderShape;
pub use sketch::Sketch;

use crate::findings::Scene;

/// Resemblance from which two long texts are one template.
pub const SAME_TEXT: f32 = 0.4;
/// Resemblance from which two texts are one template if their links or headers bear it out.
pub const NEAR_TEXT: f32 = 0.3;
/// Resemblance from which two short texts are one template if their links or headers bear it out.
pub const SHORT_TEXT: f32 = 0.55;
/// Resemblance from which two short texts are one template.
pub const EQUAL_TEXT: f32 = 0.99;
/// Filled bins from which a text is long enough to decide alone.
const LONG: usize = 24;

/// What a mail has in common with others of its campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Subject and the text around the first call to action, without names, numbers, addresses and brands; hexadecimal in JSON.
    pub text: Sketch,
    /// The shapes of the links that a reader can follow and that no known brand owns: host pattern, path, parameter names. Those
    /// of short links and of the like, which say nothing of who set them, are left out.
    pub links: BTreeSet<String>,
    /// How the sender's program writes a header.
    pub header: HeaderShape,
}

impl Fingerprint {
    /// The fingerprint of a mail.
    #[must_use]
    pub fn of(scene: &Scene<'_>) -> Self {
        Self { text: lure::sketch(scene), links: links::shapes(scene), header: HeaderShape::of(scene.mail) }
    }
}

/// What two mails have in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Likeness {
    /// Resemblance of the texts, 0 to 1.
    pub text: f32,
    /// The share of all link shapes of both that both have; none where neither has any.
    pub links: Option<f32>,
    /// The features of the header that differ: `fields`, `message_id`, `boundary`, `mailer`, `encoding`.
    pub header_differs: Vec<&'static str>,
    /// Both belong to one campaign.
    pub same: bool,
}

impl Likeness {
    /// Compares two mails. Links and header alone join nothing: kits and programs for sending are sold to many.
    #[must_use]
    pub fn of(one: &Fingerprint, two: &Fingerprint) -> Self {
        let text = one.text.resemblance(&two.text);
        let all = one.links.union(&two.links).count();
        let links = (all > 0).then(|| one.links.intersection(&two.links).count() as f32 / all as f32);
        let header_differs = one.header.differences(&two.header);
        let borne_out = links.is_some_and(|share| share >= 0.5) || header_differs.is_empty();
        let long = one.text.filled().min(two.text.filled()) >= LONG;
        let (alone, together) = if long { (SAME_TEXT, NEAR_TEXT) } else { (EQUAL_TEXT, SHORT_TEXT) };
        let same = text >= alone || text >= together && borne_out;
        Self { text, links, header_differs, same }
    }
}

#[cfg(test)]
mod tests;
