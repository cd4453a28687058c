//! The shape of links: what of a URL its sender's kit writes alike for every victim.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::findings::Scene;
use crate::inquiry::is_mark;
use crate::knowledge::DomainKind;
use crate::mail::link::is_address;

/// Links that are looked at.
const MOST_LINKS: usize = 40;
/// Shapes that are kept.
const MOST_SHAPES: usize = 8;
/// Segments, parameters and labels that a shape tells.
const MOST_PIECES: usize = 8;
/// A longer segment of letters is a code.
const LONGEST_WORD: usize = 12;
/// So is a longer name of a parameter.
const LONGEST_NAME: usize = 24;

/// The shapes of the links that say something of who set them.
pub(super) fn shapes(scene: &Scene<'_>) -> BTreeSet<String> {
    let foreign = scene.web_links().filter(|link| {
        let host = link.host.as_deref().unwrap_or_default();
        scene.knowledge.owner(host).is_none()
            && scene.knowledge.mail_service(host).is_none()
            && scene.knowledge.kind(host) != Some(DomainKind::Shortener)
    });
    let shapes = foreign.take(MOST_LINKS).filter_map(|link| {
        let url = url::Url::parse(&link.url).ok()?;
        shape(scene, &url)
    });
    shapes.collect::<BTreeSet<_>>().into_iter().take(MOST_SHAPES).collect()
}

/// The shape of one link; none where it has too little to be told from others.
fn shape(scene: &Scene<'_>, url: &url::Url) -> Option<String> {
    let mut shape = host(scene, url.host_str()?);
    let mut pieces = 0;
    for segment in url.path_segments()?.take(MOST_PIECES).filter(|segment| !segment.is_empty()) {
        let _ = write!(shape, "/{}", word_or_class(segment));
        pieces += 1;
    }
    let names: BTreeSet<String> = url
        .query_pairs()
        .take(MOST_PIECES)
        .map(|(name, value)| format!("{}={}", parameter(&name), class(&value)))
        .collect();
    for name in names {
        let _ = write!(shape, "&{name}");
        pieces += 1;
    }
    if let Some(fragment) = url.fragment().filter(|fragment| !fragment.is_empty()) {
        let _ = write!(shape, "#{}", class(fragment));
        pieces += 1;
    }
    (pieces > 1).then_some(shape)
}

/// A host where anybody can put a page stands for itself; of others the suffix and the kinds of labels count.
fn host(scene: &Scene<'_>, host: &str) -> String {
    if is_address(host) {
        return "address".to_owned();
    }
    let own = crate::domain::registrable(host).unwrap_or(host);
    if scene.knowledge.kind(host).is_some() {
        return format!("*.{own}");
    }
    let suffix = own.split_once('.').map_or(own, |(_, suffix)| suffix);
    let labels = host.strip_suffix(own).unwrap_or_default().split('.').filter(|label| !label.is_empty());
    let mut pattern: Vec<String> = labels.take(MOST_PIECES).map(word_or_class).collect();
    pattern.push(format!("*.{suffix}"));
    pattern.join(".")
}

/// A word stands for itself, a code for its kind and length.
fn word_or_class(segment: &str) -> String {
    let word = segment.len() <= LONGEST_WORD
        && segment.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_' | b'.'));
    if word { segment.to_ascii_lowercase() } else { class(segment) }
}

/// The name of a parameter; a code for its kind and length where it stands in the name's place.
fn parameter(name: &str) -> String {
    if name.len() > LONGEST_NAME || is_mark(name) { class(name) } else { name.to_owned() }
}

/// Kind of characters and length, in steps that double.
fn class(code: &str) -> String {
    let bytes = code.as_bytes();
    let kind = if bytes.is_empty() {
        return String::new();
    } else if bytes.iter().all(u8::is_ascii_digit) {
        'd'
    } else if bytes.iter().all(u8::is_ascii_hexdigit) {
        'x'
    } else if bytes.iter().all(u8::is_ascii_alphanumeric) {
        'a'
    } else if code.contains('@') {
        '@'
    } else {
        'm'
    };
    format!("{kind}{}", bytes.len().next_power_of_two())
}
