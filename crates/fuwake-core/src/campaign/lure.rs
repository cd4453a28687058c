//! The lure: the subject, and the text that leads to the first call to action. What stands behind it, a stolen newsletter or
//! thread as often as not, is filler.

use super::sketch::Sketch;
use super::tokens::Tokens;
use crate::findings::Scene;
use crate::mail::Link;
use crate::span::{Because, Span};

/// Bytes of folded text before the call to action that are looked at: a thousand Japanese characters.
const BEFORE: usize = 3_000;
/// Bytes behind it.
const BEHIND: usize = 400;
/// A link so near the beginning is the logo or "view in browser".
const HEADER: usize = 120;

/// The sketch of the lure.
pub(super) fn sketch(scene: &Scene<'_>) -> Sketch {
    let varying = Varying::of(scene);
    let mut subject = Tokens::default();
    varying.add(
        &scene.subject.text,
        &scene.names_in_subject,
        Span::new(0, scene.subject.text.len()),
        &mut subject,
    );
    let mut text = Tokens::default();
    varying.add(&scene.text.text, &scene.names_in_text, window(scene), &mut text);
    Sketch::of([subject.hashes.as_slice(), text.hashes.as_slice()])
}

/// The part of the folded text that is the lure.
fn window(scene: &Scene<'_>) -> Span {
    let length = scene.text.text.len();
    match action(scene) {
        Some(at) => Span::new(at.saturating_sub(BEFORE), (at + BEHIND).min(length)),
        None => Span::new(0, BEFORE.min(length)),
    }
}

/// The byte of the folded text at which the first link stands that its sender wants followed: one that no known brand owns, where
/// there is any.
fn action(scene: &Scene<'_>) -> Option<usize> {
    let place = |link: &Link| {
        let at = scene.text.place(in_text(scene, link)?);
        (at < scene.text.text.len() || link.text.is_none()).then_some(at)
    };
    let foreign =
        |link: &&Link| link.host.as_deref().is_some_and(|host| scene.knowledge.owner(host).is_none());
    let mut places: Vec<usize> = scene.links().filter(foreign).filter_map(place).collect();
    if places.is_empty() {
        places = scene.links().filter_map(place).collect();
    }
    let first = places.iter().copied().find(|at| *at >= HEADER);
    first.or_else(|| places.last().copied())
}

/// Where a link begins in the displayed text, in code points.
fn in_text(scene: &Scene<'_>, link: &Link) -> Option<usize> {
    let Because::Text { part, text } = &link.because else { return None };
    scene.mail.text_offset(part).map(|offset| offset + text.start)
}

/// Names that differ from mail to mail: of the recipient, and the one that the sender gives himself.
struct Varying {
    names: Vec<String>,
}

impl Varying {
    fn of(scene: &Scene<'_>) -> Self {
        let recipients = scene.mail.recipients.iter().take(8);
        let own =
            recipients.flat_map(|to| [to.display_name.as_deref(), to.address.as_deref(), to.local_part()]);
        let senders = scene.mail.authors.iter().take(1).map(|from| from.display_name.as_deref());
        let names = own.chain(senders).flatten().map(|name| crate::fold::fold(name).text);
        Self { names: names.filter(|name| name.chars().count() > 2).collect() }
    }

    /// Adds what stands in the window of a folded text beside brands and names.
    fn add(&self, text: &str, brands: &[Span], window: Span, tokens: &mut Tokens) {
        let mut cuts: Vec<Span> = brands.to_vec();
        for name in &self.names {
            cuts.extend(
                memchr::memmem::find_iter(text.as_bytes(), name).map(|at| Span::new(at, at + name.len())),
            );
        }
        cuts.sort_unstable();
        let mut at = window.start;
        for cut in cuts.iter().filter(|cut| cut.start < window.end) {
            if cut.start > at {
                tokens.add(piece(text, at, cut.start));
            }
            at = at.max(cut.end);
        }
        tokens.add(piece(text, at, window.end.max(at)));
    }
}

/// The text between two bytes, moved on to where characters begin.
fn piece(text: &str, start: usize, end: usize) -> &str {
    let edge = |at: usize| (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    text.get(edge(start)..edge(end)).unwrap_or_default()
}
