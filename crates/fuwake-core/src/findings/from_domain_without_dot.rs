//! The From address ends in a name without a dot (`notice@carrier`): no such domain can be written to from elsewhere, and the word is
//! chosen for the eye. See [`super::scene::from_field`] for when it is silent.

use super::scene::from_field::Fault;
use super::{Scene, Sign, from_field};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    (from_field::fault(scene)? == Fault::BareWord).then(|| from_field::sign(scene))?
}

#[cfg(test)]
mod tests {
    use super::super::from_field::testing::from;
    use super::super::testing::fires;

    #[test]
    fn a_word_is_no_domain() {
        assert!(fires("from-domain-without-dot", &from("Parcels <notice@carrier>"), "mx.example.jp"));
        assert!(!fires("from-domain-without-dot", &from("Parcels <notice@example.com>"), "mx.example.jp"));
        assert!(!fires("from-domain-without-dot", &from("Parcels"), "mx.example.jp"));
    }
}
