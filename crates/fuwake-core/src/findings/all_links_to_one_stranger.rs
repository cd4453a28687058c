//! The mail is a page, and each of its two or more links leads to one organisation that is neither the sender's nor known, nor a service that counts
//! clicks. Silent where the From domain is authenticated, for personal mail (free mail, answers), lists, and forwards.

use super::{Alignment, Scene, Sign, organisation};
use crate::mail::link::Source;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let mail = scene.mail;
    let personal =
        scene.from_domain().is_some_and(|domain| organisation::gives_addresses_away(scene, domain));
    if scene.alignment == Alignment::Aligned
        || personal
        || scene.answers
        || scene.is_list_mail()
        || scene.is_carrier()
    {
        return None;
    }
    let mut targets =
        scene.targets().filter(|(link, _)| matches!(link.source, Source::Html | Source::Area)).peekable();
    let (first, host) = *targets.peek()?;
    let domain = first.registrable_domain.as_deref()?;
    let envelope = mail.envelope_from.as_ref().and_then(|envelope| envelope.registrable_domain.as_deref());
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let known = scene.knowledge.owner(host).is_some()
        || scene.knowledge.mail_service(host).is_some()
        || own == Some(domain)
        || envelope == Some(domain);
    let mut different = false;
    let one = targets.all(|(link, _)| {
        different |= link.url != first.url;
        link.registrable_domain.as_deref() == Some(domain)
    });
    (one && different && !known).then(|| Sign::at(first.because.clone()).with("host", host))
}

#[cfg(test)]
mod tests {
    use super::super::testing::fires;

    fn is_found(from: &str, second: &str) -> bool {
        let page = format!("<a href=\"https://a.example.net/1\">go</a> <a href=\"{second}\">stop</a>");
        fires("all-links-to-one-stranger", &format!("From: {from}\nContent-Type: text/html\n\n{page}\n"), "")
    }

    #[test]
    fn one_strange_host() {
        assert!(is_found("a@example.com", "https://b.example.net/2"));
        assert!(!is_found("a@example.com", "https://www.example.com/2"));
        assert!(!is_found("a@example.net", "https://b.example.net/2"));
        assert!(!is_found("a@gmail.com", "https://b.example.net/2"));
    }
}
