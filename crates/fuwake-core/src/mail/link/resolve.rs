//! From what is written to where a browser goes (WHATWG URL), and the gathering of all links of a mail.

use std::collections::HashSet;

use url::Url;

use super::{Link, Recipients, Source, unwrap};
use crate::span::Because;

/// Links of a mail that are kept.
const MOST_LINKS: usize = 2_000;
/// Bytes of a target that are kept.
const LONGEST: usize = 8 * 1024;

/// The links of a mail while they are gathered.
pub(crate) struct Gathered<'r> {
    /// Without repetitions, in reading order, unwrapped targets behind their wrappers.
    pub(crate) links: Vec<Link>,
    /// Some were left out.
    pub(crate) cut: bool,
    seen: HashSet<(Option<String>, String, Source)>,
    recipients: &'r Recipients,
}

impl<'r> Gathered<'r> {
    /// Nothing yet.
    pub(crate) fn new(recipients: &'r Recipients) -> Self {
        Self { links: Vec::new(), cut: false, seen: HashSet::new(), recipients }
    }

    /// Takes in a target as written, resolved against `base`.
    pub(crate) fn add(
        &mut self,
        target: &str,
        base: Option<&Url>,
        text: Option<String>,
        source: Source,
        part: Option<&str>,
        because: Because,
    ) {
        if self.links.len() >= MOST_LINKS {
            self.cut = true;
            return;
        }
        let raw = shorten(target.trim());
        let link = build(raw, base, source);
        if raw.is_empty() || !self.seen.insert((text.clone(), link.url.clone(), source)) {
            return;
        }
        let carries_recipient =
            self.recipients.is_in(raw) || (link.url != raw && self.recipients.is_in(&link.url));
        self.links.push(Link { text, part: part.map(str::to_owned), because, carries_recipient, ..link });
        unwrap::gateways(&mut self.links, self.recipients);
    }
}

fn shorten(target: &str) -> &str {
    target
        .get(..LONGEST)
        .or_else(|| target.char_indices().nth(LONGEST / 4).and_then(|(at, _)| target.get(..at)))
        .unwrap_or(target)
}

/// A link with where it leads; text, place and the rest are left to the caller.
pub(super) fn build(raw: &str, base: Option<&Url>, source: Source) -> Link {
    let url = resolve(raw, base);
    let host = url
        .as_ref()
        .and_then(Url::host_str)
        .map(|h| h.trim_end_matches('.').to_owned())
        .filter(|h| !h.is_empty());
    Link {
        text: None,
        registrable_domain: host.as_deref().and_then(registrable_domain),
        host,
        url: url.map_or_else(|| raw.to_owned(), String::from),
        raw: raw.to_owned(),
        source,
        carries_recipient: false,
        wrapped_in: None,
        wrapper: None,
        part: None,
        because: Because::from(crate::span::Span::default()),
    }
}

fn resolve(raw: &str, base: Option<&Url>) -> Option<Url> {
    match Url::parse(raw) {
        Ok(url) => Some(url),
        Err(url::ParseError::RelativeUrlWithoutBase) => match base {
            Some(base) => base.join(raw).ok(),
            // A mail has no address of its own; programs read `//host` as https.
            None if raw.starts_with("//") => Url::parse(&format!("https:{raw}")).ok(),
            None => None,
        },
        Err(_) => None,
    }
}

/// The public suffix and one label, lower case; an address literal stands for itself.
#[must_use]
pub(super) fn registrable_domain(host: &str) -> Option<String> {
    if super::is_address(host) {
        return Some(host.to_owned());
    }
    crate::domain::registrable(host).map(str::to_owned)
}
