//! The From domain was registered less than 30 days before the mail was received. Who writes to customers under a name of yesterday
//! is seldom a company that they know.

use super::world::newly_registered;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    newly_registered(scene, scene.from()?)
}
