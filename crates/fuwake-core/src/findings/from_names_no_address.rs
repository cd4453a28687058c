//! The From is a name without any address, or with the empty `<>`: mail programs show the name and nobody sees that nothing is
//! behind it. See [`super::scene::from_field`] for when it is silent.

use super::scene::from_field::Fault;
use super::{Scene, Sign, from_field};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    (from_field::fault(scene)? == Fault::Nameless).then(|| from_field::sign(scene))?
}

#[cfg(test)]
mod tests {
    use super::super::from_field::testing::from;
    use super::super::testing::fires;

    #[test]
    fn a_name_is_no_address() {
        assert!(fires("from-names-no-address", &from("Prize Office"), "mx.example.jp"));
        assert!(fires("from-names-no-address", &from("Prize Office <>"), "mx.example.jp"));
        assert!(fires("from-names-no-address", &from("\"Notice@example.com\""), "mx.example.jp"));
        assert!(!fires("from-names-no-address", &from("Prize Office <office@example.com>"), "mx.example.jp"));
        assert!(!fires("from-names-no-address", &from("office@example.com"), "mx.example.jp"));
    }
}
