//! The From domain is held by nobody: nobody can have an address there. Silent where a trusted server saw it pass a check: then it
//! lapsed since.

use super::world::not_registered;
use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    not_registered(scene, scene.from()?)
}
