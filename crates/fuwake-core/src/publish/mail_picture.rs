//! The mail as its reader saw it, for a picture: its own looks in words of ours, every text of it masked.

use super::Release;
use super::edit::apply;
use super::moment::{arrived, shown_date};
use super::words::Picture;
use super::writer::Writer;
use crate::case::{Case, Dissection, Language, worst};
use crate::mail::html::{self, Appearance, Piece};
use crate::report::{Card, Drawn, Fact, MailBody, MailPicture, Plain, Tone};

/// How much of a text is drawn, in characters.
const SHOWN: usize = 4_000;

/// What a picture of a case's mail shows: of several the worst.
#[must_use]
pub fn mail_picture(case: &Case, release: &Release, language: Language) -> MailPicture {
    let writer = Writer::new(case, release, language);
    let mail = worst(&case.dissection);
    let words = Picture::of(language);
    let subject = mail.mail.subject.as_deref().filter(|subject| !subject.trim().is_empty());
    let subject = subject.unwrap_or(writer.words.without_subject);
    let sender = mail.mail.from.as_ref().map(|from| writer.mailbox(from)).unwrap_or_default();
    let (body, goes_on) = body(&writer, mail);
    let class = mail.verdict.class;
    MailPicture {
        language,
        class: writer.word(writer.words.name(class.name())),
        tone: if class.is_unwanted() { Tone::Bad } else { Tone::Neutral },
        head: head(&writer, mail, subject, &sender),
        body,
        goes_on: goes_on.then(|| writer.word(words.goes_on)),
        left_out: writer.word(words.left_out),
        alt: writer.line(&words.alt.replace("{subject}", subject).replace("{sender}", &sender)),
        caption: writer.word(words.caption),
    }
}

fn head(writer: &Writer, mail: &Dissection, subject: &str, sender: &str) -> Vec<Fact> {
    let words = &writer.words.letter;
    let mut facts = vec![writer.fact(words.subject, writer.prose(subject))];
    if !sender.is_empty() {
        facts.push(writer.fact(words.from, writer.prose(sender)));
    }
    facts.extend(shown_date(mail).map(|date| writer.fact(words.date, writer.word_cell(&date))));
    facts
}

/// The body, and whether it goes on.
fn body(writer: &Writer, mail: &Dissection) -> (MailBody, bool) {
    if let Some(source) = &mail.mail.html {
        let seen = html::appearance(source);
        if !seen.text.trim().is_empty() {
            return (MailBody::Drawn(drawn(writer, &seen)), seen.cut);
        }
    }
    let text = mail.mail.text.as_str();
    let end = text.char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| at);
    // Of what stands at the cut nobody knows how it goes on: it could be half an address.
    let whole = text.get(..end).unwrap_or_default();
    let end =
        if end < text.len() { whole.trim_end_matches(|c: char| c.is_ascii_graphic()).len() } else { end };
    let edits = writer.edits(whole, true);
    (MailBody::Written(Plain::new(apply(whole, &edits, 0, end))), end < text.len())
}

/// Masks over the whole text, so that what is one word to a reader is one word here, whatever elements it is cut into.
fn drawn(writer: &Writer, seen: &Appearance) -> Vec<Drawn> {
    let edits = writer.edits(&seen.text, true);
    let text = |start, end| Plain::new(apply(&seen.text, &edits, start, end));
    let piece = |piece: &Piece| match piece {
        Piece::Open(tag, look) => Drawn::Open(tag, look.clone()),
        Piece::Close(tag) => Drawn::Close(tag),
        Piece::Text(start, end) => Drawn::Text(text(*start, *end)),
        Piece::Picture(start, end, size) => Drawn::Picture(text(*start, *end), *size),
        Piece::Void(tag) => Drawn::Void(tag),
    };
    seen.pieces.iter().map(piece).collect()
}

/// A subject as its sender wrote it, without what servers set before it.
pub(super) fn unstamped<'s>(mail: &Dissection, subject: &'s str) -> &'s str {
    let mut rest = subject.trim();
    for stamp in &mail.mail.subject_stamps {
        rest = rest.strip_prefix(stamp.as_str()).unwrap_or(rest).trim_start();
    }
    rest
}

/// The card that stands for a case elsewhere.
#[must_use]
pub fn card(case: &Case, release: &Release, language: Language) -> Card {
    let writer = Writer::new(case, release, language);
    let mail = worst(&case.dissection);
    let subject = mail.mail.subject.as_deref().filter(|subject| !subject.trim().is_empty());
    let class = mail.verdict.class;
    let day = arrived(mail).and_then(|at| at.get(..10)).unwrap_or_default();
    Card {
        language,
        class: writer.word(writer.words.name(class.name())),
        tone: if class.is_unwanted() { Tone::Bad } else { Tone::Neutral },
        title: writer.line(subject.map_or(writer.words.without_subject, |subject| unstamped(mail, subject))),
        says: writer.line(&mail.verdict.summary),
        date: writer.word(day),
    }
}
