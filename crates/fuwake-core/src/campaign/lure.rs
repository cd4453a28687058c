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
/// Bytes of folded text in which small print is sought.
const MOST: usize = 20_000;
/// A link so near the beginning is the logo or "view in browser".
const HEADER: usize = 120;

/// A link before which less stands leads the text, bytes.
const LEAD: usize = 40;

/// How the small print begins that one sender of many puts under whatever he sends, folded.
const SMALL_PRINT: [&str; 22] = [
    "unsubscribe",
    "opt out",
    "opt-out",
    "no longer wish to",
    "if you do not wish to",
    "this message was mailed to",
    "this message was sent to",
    "this email was sent to",
    "you are receiving this",
    "you received this email because",
    "confidentiality notice",
    "all rights reserved",
    "abmelden",
    "abbestellen",
    "uitschrijven",
    "afmelden",
    "se désabonner",
    "désinscrire",
    "darse de baja",
    "descadastr",
    "cancelar inscri",
    "配信停止",
];

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
    let answered = scene.answered(scene.mail.own_text());
    let quotes =
        answered.iter().map(|span| Span::new(scene.text.place(span.start), scene.text.place(span.end)));
    let cuts: Vec<Span> = scene.names_in_text.iter().copied().chain(quotes).collect();
    varying.add(&scene.text.text, &cuts, window(scene), &mut text);
    Sketch::of([subject.hashes.as_slice(), text.hashes.as_slice()])
}

/// The part of the folded text that is the lure. What stands behind the call to action counts only where hardly anything stands
/// before it, and behind a picture never: that is what filler is put behind.
fn window(scene: &Scene<'_>) -> Span {
    let end = small_print(&scene.text.text);
    let Some(action) = action(scene, end) else { return Span::new(0, BEFORE.min(end)) };
    let leads = action.start < LEAD && action.end > action.start;
    let behind = if leads { BEHIND } else { 0 };
    Span::new(action.start.saturating_sub(BEFORE), (action.end + behind).min(end))
}

/// Where the small print begins; the end of the text where it has none.
fn small_print(text: &str) -> usize {
    let head = text.as_bytes();
    let head = &head[..head.len().min(MOST)];
    let begins = SMALL_PRINT.iter().filter_map(|mark| memchr::memmem::find(head, mark.as_bytes()));
    begins.filter(|at| *at >= HEADER).min().unwrap_or(text.len())
}

/// Where in the folded text the first link stands that its sender wants followed: one that no known brand owns, where there is any.
fn action(scene: &Scene<'_>, end: usize) -> Option<Span> {
    let place = |link: &Link| place(scene, link).filter(|place| place.start <= end);
    let foreign =
        |link: &&Link| link.host.as_deref().is_some_and(|host| scene.knowledge.owner(host).is_none());
    let mut places: Vec<Span> = scene.links().filter(foreign).filter_map(place).collect();
    if places.is_empty() {
        places = scene.links().filter_map(place).collect();
    }
    let first = places.iter().copied().find(|place| place.start >= HEADER);
    first.or_else(|| places.last().copied())
}

/// Where the text of a link stands in the folded text; empty for a picture.
fn place(scene: &Scene<'_>, link: &Link) -> Option<Span> {
    let Because::Text { part, text } = &link.because else { return None };
    let offset = scene.mail.text_offset(part)?;
    Some(Span::new(scene.text.place(offset + text.start), scene.text.place(offset + text.end)))
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

    /// Adds what stands in the window of a folded text beside names and `cuts`: brands and what is quoted.
    fn add(&self, text: &str, cuts: &[Span], window: Span, tokens: &mut Tokens) {
        let mut cuts: Vec<Span> = cuts.to_vec();
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
