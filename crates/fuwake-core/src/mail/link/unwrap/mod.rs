//! Links that security gateways, redirectors and click trackers wrapped. What a link is wrapped in is told by its host
//! alone; each target taken out is a link of its own, behind the wrapper, up to five levels deep.

mod encoding;
mod gateway;
mod redirector;

use url::Url;

use super::{Link, Recipients, Source, resolve};
use crate::knowledge::schema::Redirector;
use crate::mail::Mailbox;

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

/// Opens the links that redirectors of `table` carry their targets in, and what is wrapped inside those.
/// [`dissect`](crate::mail::dissect) has opened security gateways already: they need no table.
pub fn unwrap_all(links: &mut Vec<Link>, table: &[Redirector], recipients: &[Mailbox]) {
    let recipients = Recipients::new(recipients.iter().filter_map(|r| r.address.as_deref()));
    let table = redirector::Table::new(table);
    for index in 0..links.len() {
        if links[index].wrapper.is_none() {
            follow(links, index, &recipients, |url| table.open(url).or_else(|| gateway::open(url)));
        }
    }
}

/// Marks the links whose host `is_shortener` names: where they lead cannot be told offline.
pub fn mark_shorteners(links: &mut [Link], is_shortener: impl Fn(&str) -> bool) {
    for link in links.iter_mut().filter(|l| l.wrapper.is_none()) {
        if link.host.as_deref().is_some_and(&is_shortener) {
            link.wrapper = Some("shortener");
        }
    }
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
    open: impl Fn(&Url) -> Option<Opened>,
) {
    for _ in depth(links, index)..DEEPEST {
        let outer = &links[index];
        if outer.host.is_none() {
            return;
        }
        let Some(opened) = Url::parse(&outer.url).ok().and_then(|url| open(&url)) else { return };
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
