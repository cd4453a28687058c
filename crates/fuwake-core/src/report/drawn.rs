//! What is drawn as a picture: the mail as its reader saw it, and the card of a case.

use super::{Fact, Plain, Tone};
use crate::case::Language;
pub use crate::mail::html::Look;

/// A mail as a picture shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct MailPicture {
    /// The language of all words.
    pub language: Language,
    /// The verdict's class, on the frame.
    pub class: Plain,
    /// How bad that is.
    pub tone: Tone,
    /// Subject, sender and date.
    pub head: Vec<Fact>,
    /// The rest.
    pub body: MailBody,
    /// Said below it where it goes on.
    pub goes_on: Option<Plain>,
    /// In place of pictures.
    pub left_out: Plain,
    /// What is seen, for those who do not see it.
    pub alt: Plain,
    /// What it is and what was done to it.
    pub caption: Plain,
}

/// The body of a mail in a picture.
#[derive(Clone, Debug, PartialEq)]
pub enum MailBody {
    /// As its HTML is laid out.
    Drawn(Vec<Drawn>),
    /// As plain text.
    Written(Plain),
}

/// A piece of a body that is laid out; every name in it is an HTML element's of our own choice.
#[derive(Clone, Debug, PartialEq)]
pub enum Drawn {
    /// An element begins.
    Open(&'static str, Look),
    /// The one that began last ends.
    Close(&'static str),
    /// A text.
    Text(Plain),
    /// A picture that is left out: what its sender calls it, width and height in CSS pixels.
    Picture(Plain, [Option<u16>; 2]),
    /// An element without content.
    Void(&'static str),
}

/// A case on a card.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The language of all words.
    pub language: Language,
    /// The verdict's class.
    pub class: Plain,
    /// How bad that is.
    pub tone: Tone,
    /// The subject.
    pub title: Plain,
    /// What was found, in a sentence or two.
    pub says: Plain,
    /// The day of the mail; empty where it has none.
    pub date: Plain,
}
