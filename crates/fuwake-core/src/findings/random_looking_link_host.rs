//! The registered name of a link's host reads like no word: many consonants in a row, hardly a vowel, or many switches between letters and digits.

use super::{Scene, Sign};
use crate::mail::Link;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host) = scene.targets().find(|(link, host)| is_strangers_and_random(scene, link, host))?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

/// A name that nobody can read, of a host that is neither known nor the sender's.
pub(super) fn is_strangers_and_random(scene: &Scene<'_>, link: &Link, host: &str) -> bool {
    let label = link.registrable_domain.as_deref().and_then(|own| own.split('.').next());
    label.is_some_and(is_random)
        && scene.knowledge.owner(host).is_none()
        && scene.knowledge.mail_service(host).is_none()
        && scene.knowledge.kind(host).is_none()
        && link.registrable_domain.as_deref()
            != scene.from().and_then(|from| from.registrable_domain.as_deref())
}

fn is_random(label: &str) -> bool {
    let bytes = label.as_bytes();
    if bytes.len() < 7 || label.starts_with("xn--") || label.contains('-') {
        return false;
    }
    let vowel = |byte: &u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let consonant = |byte: &u8| byte.is_ascii_alphabetic() && !vowel(byte);
    let longest = bytes.split(|byte| !consonant(byte)).map(<[u8]>::len).max().unwrap_or_default();
    let vowels = bytes.iter().filter(|byte| vowel(byte)).count();
    let switches =
        bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
    longest > 6 || vowels == 0 || switches > 3
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "random-looking-link-host";

    #[test]
    fn unreadable_names_only() {
        let mail = |host| format!("From: a@example.com\n\nhttps://{host}/\n");
        assert!(fires(ID, &mail("www.xqtbvzkw.example"), ""));
        assert!(fires(ID, &mail("a4b7c9d1e.example"), ""));
        assert!(!fires(ID, &mail("www.reiyama-shoten.example"), ""));
        assert!(!fires(ID, &mail("strengths.example"), ""));
    }
}
