//! Something stands behind the `@` of the From that cannot be a domain: letters in bold (Unicode mathematical), a comma for a dot, a
//! quote, or a suffix that was never delegated. See [`super::scene::from_field`] for when it is silent.

use super::scene::from_field::Fault;
use super::{Scene, Sign, from_field};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    (from_field::fault(scene)? == Fault::Impossible).then(|| from_field::sign(scene))?
}

#[cfg(test)]
mod tests {
    use super::super::from_field::testing::from;
    use super::super::testing::fires;

    #[test]
    fn what_cannot_be_a_domain() {
        assert!(fires("from-domain-impossible", &from("Park <news@example%.com>"), "mx.example.jp"));
        assert!(fires("from-domain-impossible", &from("Park <news@park.cll>"), "mx.example.jp"));
        assert!(fires("from-domain-impossible", &from("Park <news@'park-example.com>"), "mx.example.jp"));
        assert!(!fires("from-domain-impossible", &from("Park <news@example.com>"), "mx.example.jp"));
        assert!(!fires("from-domain-impossible", &from("Park <notice@park>"), "mx.example.jp"));
    }
}
