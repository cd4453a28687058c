//! Something stands behind the `@` of the From that cannot be a domain: letters in bold (Unicode mathematical), a comma for a dot, a
//! quote, or a suffix that was never delegated. See [`super::scene::from_field`] for when it is silent.

use super::scene::from_field::Fault;
use super::{Scene, Sign, from_field};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    (from_field::fault(scene)? == Fault::Impossible).then(|| from_field::sign(scene))?
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn from(value: &str) -> String {
        format!(
            "Received: from mail.example.com ([192.0.2.1]) by mx.example.jp; Tue, 09 Jun 2026 08:41:10 +0900\nFrom: {value}\nTo: taro@example.jp\n\nhello\n"
        )
    }

    #[test]
    fn what_cannot_be_a_domain() {
        assert!(fires("from-domain-impossible", &from("Park <news@example%.com>"), "mx.example.jp"));
        assert!(fires("from-domain-impossible", &from("Park <news@park.cll>"), "mx.example.jp"));
        assert!(fires("from-domain-impossible", &from("Park <news@'park-example.com>"), "mx.example.jp"));
        assert!(!fires("from-domain-impossible", &from("Park <news@example.com>"), "mx.example.jp"));
        assert!(!fires("from-domain-impossible", &from("Park <notice@park>"), "mx.example.jp"));
    }
}
