//! The part before the `@` looks drawn by lot. Weak: people have odd addresses, and machines write long tokens, so only
//! short ones without separators count. Silent for lists, replies and mail services.

use super::{Scene, Sign};

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let author = scene.from()?;
    let local = author.local_part()?;
    let domain = author.domain.as_deref()?;
    let excused = scene.mail.list.id.is_some()
        || scene.answers
        || scene.knowledge.mail_service(domain).is_some()
        || scene.from_owner().is_some() && scene.alignment == super::Alignment::Aligned;
    (!excused && looks_drawn(local)).then(|| Sign::at(author.address_span).with("local_part", local))
}

/// Eight to sixteen letters and digits with a run of six consonants, or four and more changes between letters and digits.
fn looks_drawn(local: &str) -> bool {
    let length = local.len();
    if !(8..=16).contains(&length) || !local.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let bytes = local.as_bytes();
    let changes =
        bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
    longest_consonants(local) >= 6 || changes >= 4
}

/// The longest run of consonants; `y` is a vowel here.
pub(super) fn longest_consonants(word: &str) -> usize {
    let consonant = |byte: &u8| byte.is_ascii_alphabetic() && !b"aeiouyAEIOUY".contains(byte);
    word.as_bytes().split(|byte| !consonant(byte)).map(<[u8]>::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    #[test]
    fn drawn_by_lot() {
        let id = "local-part-random";
        assert!(fires(id, "From: sghdqfbdmk@example.com\n\nHello\n", ""));
        assert!(fires(id, "From: x7k3q9mz2@example.com\n\nHello\n", ""));
        assert!(!fires(id, "From: schmidtstrasse@example.com\n\nHello\n", ""));
        assert!(!fires(id, "From: newsletter2026@example.com\n\nHello\n", ""));
    }
}
