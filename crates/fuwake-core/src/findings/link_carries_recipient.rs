//! A link to a foreign host holds the recipient's address, plain or encoded. Silent for the ways out of a newsletter and for the sender's own
//! site where he is no impostor.

use super::{Scene, Sign};
use crate::mail::Link;
use crate::mail::link::way_out::leaves;

pub(super) fn find(scene: &Scene<'_>) -> Option<Sign> {
    let (link, host) = first(scene, |_, _| true)?;
    Some(Sign::at(link.because.clone()).with("host", host))
}

/// The first such link for which `holds` is true as well.
pub(super) fn first<'a>(
    scene: &Scene<'a>,
    holds: impl Fn(&'a Link, &'a str) -> bool,
) -> Option<(&'a Link, &'a str)> {
    let own = scene.from().and_then(|from| from.registrable_domain.as_deref());
    let mut carriers = scene.targets().filter(|(link, _)| link.carries_recipient);
    let found = carriers.find(|(link, host)| {
        let senders = link.registrable_domain.as_deref() == own && scene.impersonated().is_none();
        !senders && scene.knowledge.mail_service(host).is_none() && !leaves(&link.url) && holds(link, host)
    })?;
    let subscribed = scene.mail.list.unsubscribe.is_some() && scene.impersonated().is_none();
    (!subscribed).then_some(found)
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::*;

    const ID: &str = "link-carries-recipient";

    #[test]
    fn foreign_hosts_that_are_no_way_out() {
        let mail =
            |link| format!("From: a@example.com\nTo: taro@example.jp\n\nhttps://{link}taro@example.jp\n");
        assert!(fires(ID, &mail("www.example.net/?e="), ""));
        assert!(!fires(ID, &mail("www.example.net/unsubscribe?e="), ""));
        assert!(!fires(ID, &mail("www.example.com/?e="), ""));
    }
}
