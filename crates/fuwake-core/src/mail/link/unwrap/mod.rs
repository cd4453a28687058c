//! Links that security gateways, redirectors and click trackers wrapped. What a link is wrapped in is told by its host
//! alone; each target taken out is a link of its own, behind the wrapper, up to five levels deep.

mod encoding;
mod gateway;
mod redirector;

pub(crate) use redirector::redirected;

use super::{Link, Recipients, Source, resolve};
use crate::knowledge::{DomainKind, Knowledge};
use crate::mail::Mail;

/// Wrappers inside each other that are opened.
const DEEPEST: usize = 5;

/// What a wrapped link gives away.
#[derive(Debug, PartialEq, Eq)]
struct Opened {
    /// Who wrapped it.
    wrapper: &'static str,
    /// Where it leads, as far as it says so.
    target: Target,
}

/// The target of a wrapped link.
#[derive(Debug, PartialEq, Eq)]
enum Target {
    /// The whole address.
    Url(String),
    /// Its host alone.
    Host(String),
    /// Known to the wrapper only.
    Opaque,
}

/// Opens the links whose targets redirectors carry, and what is wrapped inside those, and marks short links, whose
/// targets cannot be told offline. [`dissect`](crate::mail::dissect) has opened security gateways already: they need no
/// knowledge.
pub fn open_redirectors(mail: &mut Mail<'_>, knowledge: &Knowledge) {
    let recipients = Recipients::new(mail.recipients.iter().filter_map(|r| r.address.as_deref()));
    for index in 0..mail.links.len() {
        if mail.links[index].wrapper.is_none() {
            let open = |link: &Link| redirector::open(link, knowledge).or_else(|| gateway::open(link));
            follow(&mut mail.links, index, &recipients, open);
        }
    }
    for link in mail.links.iter_mut().filter(|l| l.wrapper.is_none()) {
        if link.host.as_deref().is_some_and(|host| knowledge.kind(host) == Some(DomainKind::Shortener)) {
            link.wrapper = Some("shortener");
        }
    }
}

/// The host that a link leads to at last, where gateways and redirectors carry it inside them.
#[must_use]
pub fn link_target(url: &str, knowledge: &Knowledge) -> Option<String> {
    let recipients = Recipients::new(std::iter::empty());
    let mut links = vec![resolve::build(url, None, Source::Text)];
    let open = |link: &Link| redirector::open(link, knowledge).or_else(|| gateway::open(link));
    follow(&mut links, 0, &recipients, open);
    links.drain(1..).next_back()?.host
}

/// Opens the last link as far as security gateways wrapped it.
pub(super) fn gateways(links: &mut Vec<Link>, recipients: &Recipients) {
    if let Some(last) = links.len().checked_sub(1) {
        follow(links, last, recipients, gateway::open);
    }
}

/// Opens `links[index]`, then what was in it, and so on.
fn follow(
    links: &mut Vec<Link>,
    mut index: usize,
    recipients: &Recipients,
    open: impl Fn(&Link) -> Option<Opened>,
) {
    for _ in depth(links, index)..DEEPEST {
        let Some(opened) = open(&links[index]) else { return };
        links[index].wrapper = Some(opened.wrapper);
        let Some(inner) = inner(&links[index], opened.target, recipients) else { return };
        links.push(Link { wrapped_in: Some(index), ..inner });
        index = links.len() - 1;
    }
}

fn depth(links: &[Link], index: usize) -> usize {
    std::iter::successors(Some(index), |&at| links.get(at)?.wrapped_in).take(DEEPEST + 1).count() - 1
}

/// The link that a wrapper leads to; seen at the same place.
fn inner(outer: &Link, target: Target, recipients: &Recipients) -> Option<Link> {
    let link = match target {
        Target::Url(target) => resolve::build(&target, None, Source::Unwrapped),
        Target::Host(host) => {
            let host = crate::domain::normalise(&host)?;
            let registrable_domain = resolve::registrable_domain(&host);
            let link = resolve::build(&host, None, Source::Unwrapped);
            Link { host: Some(host), registrable_domain, ..link }
        }
        Target::Opaque => return None,
    };
    let carries_recipient = recipients.is_in(&link.raw);
    let (text, part, because) = (outer.text.clone(), outer.part.clone(), outer.because.clone());
    link.host.is_some().then_some(Link { text, part, because, carries_recipient, ..link })
}

#[cfg(test)]
mod tests {
    use crate::findings::testing::knowledge;
    use crate::mail::{RawMail, Trusted, dissect};

    #[test]
    fn knowledge_opens_redirectors_and_marks_short_links() {
        let mail = "To: taro@example.jp\n\nhttps://www.google.com/url?q=https://urldefense.com/v3/__https://evil.example/taro@example.jp__;!!x$\nhttps://bit.ly/abc\n";
        let raw = RawMail { bytes: mail.as_bytes(), size: mail.len() as u64, sha256: [0; 32] };
        let mut mail = dissect(raw, &Trusted::default());
        super::open_redirectors(&mut mail, knowledge());
        let links: Vec<_> =
            mail.links.iter().map(|l| (l.wrapper, l.wrapped_in, l.carries_recipient)).collect();
        assert_eq!(
            links,
            [
                (Some("redirector"), None, true),
                (Some("shortener"), None, false),
                (Some("proofpoint"), Some(0), true),
                (None, Some(2), true)
            ]
        );
    }
}
