//! Links whose text is an address of somebody else than their target.

use crate::domain::{normalise, registrable};
use crate::findings::{Alignment, Scene};
use crate::knowledge::{Brand, DomainKind};
use crate::mail::Link;

/// A link whose text is another organisation's address.
pub(in crate::findings) struct Lie<'a> {
    pub(in crate::findings) link: &'a Link,
    /// The host in the text.
    pub(in crate::findings) shown: String,
    /// The host it leads to.
    pub(in crate::findings) host: &'a str,
    /// Whose address is shown, where the registry knows it.
    pub(in crate::findings) brand: Option<&'a Brand>,
}

/// Links that show one organisation's address and lead to another's. A redirector that is shown as it is written is no lie.
pub(in crate::findings) fn lies<'s, 'a>(scene: &'s Scene<'a>) -> impl Iterator<Item = Lie<'a>> + use<'s, 'a> {
    scene.targets().filter_map(|(link, host)| {
        let shown = shown_host(link.text.as_deref()?)?;
        let brand = scene.knowledge.owner(&shown);
        let (written, real) = (registrable(&shown)?, link.registrable_domain.as_deref()?);
        let outer =
            link.wrapped_in.and_then(|outer| scene.mail.links.get(outer)?.registrable_domain.as_deref());
        let same = written == real
            || outer == Some(written)
            || brand.is_some_and(|brand| scene.is_of(host, brand))
            || same_label(written, real);
        (!same && !counts_clicks(scene, host, real)).then_some(Lie { link, shown, host, brand })
    })
}

/// The host of a text that is nothing but an address: with a scheme, with `www.`, or with a path. A bare `name.suffix` may be a name.
fn shown_host(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['<', '>', '(', ')', '「', '」', '【', '】']);
    if text.contains(char::is_whitespace) || text.contains('@') || text.len() > 2000 {
        return None;
    }
    let folded: String = crate::fold::fold(text).text;
    let (scheme, rest) = match folded.split_once("://") {
        Some((scheme, rest)) => (scheme.starts_with("http"), rest),
        None => (false, folded.as_str()),
    };
    let (host, path) = rest.split_once(['/', '?', '#', ':']).unwrap_or((rest, ""));
    let host = host.trim_end_matches(['…', '.']);
    let is_address = scheme || host.starts_with("www.") || !path.is_empty() || host.matches('.').count() > 1;
    let top = host
        .rsplit_once('.')
        .is_some_and(|(_, top)| top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic()));
    (is_address && top).then(|| normalise(host)).flatten()
}

/// The same name under two suffixes is hardly a lie: example.com and example.jp.
fn same_label(written: &str, real: &str) -> bool {
    let label = |name: &str| name.split_once('.').map(|(label, _)| label.to_owned());
    label(written) == label(real)
}

/// The target belongs to a mail service or a shortener, or to the sender himself where he is no impostor.
fn counts_clicks(scene: &Scene<'_>, host: &str, real: &str) -> bool {
    let senders = scene.from().and_then(|from| from.registrable_domain.as_deref()) == Some(real);
    let envelope =
        scene.mail.envelope_from.as_ref().and_then(|envelope| envelope.registrable_domain.as_deref());
    scene.knowledge.mail_service(host).is_some()
        || scene.knowledge.kind(host) == Some(DomainKind::Shortener)
        || scene.impersonated().is_none()
            && (senders || envelope == Some(real) && scene.alignment != Alignment::Failed)
}
