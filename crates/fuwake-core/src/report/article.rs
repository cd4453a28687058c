//! An article on a mail: what a careful person would write about it, with pictures beside it.

use super::{Fact, Map, Path, Plain, Section, Tone};
use crate::case::Language;

/// An article.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The language of all words.
    pub language: Language,
    /// What a site needs to know of it.
    pub front: FrontMatter,
    /// What came and what it is, before the first heading; `id` is `lead`, and it has no title.
    pub lead: Section,
    /// The rest, in reading order.
    pub sections: Vec<Section>,
    /// What made the article and from what.
    pub colophon: Vec<Fact>,
}

/// What a site needs to know of an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The heading.
    pub title: Plain,
    /// In one or two sentences, for lists and cards.
    pub description: Plain,
    /// When the mail was dated, RFC 3339.
    pub date: Option<String>,
    /// The article's name in addresses: small letters, digits and hyphens.
    pub slug: String,
    /// The kind of mail, and whom it imitates.
    pub tags: Vec<Plain>,
    /// The file of the picture for cards, where there is one.
    pub image: Option<String>,
}

/// A picture in a file of its own, beside the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The file's name.
    pub file: String,
    /// What it shows.
    pub content: Content,
    /// For those who do not see it.
    pub alt: Plain,
    /// Below it.
    pub caption: Plain,
    /// A frame that says what to think of it.
    pub frame: Option<Frame>,
}

/// What a figure shows.
#[derive(Clone, PartialEq)]
pub enum Content {
    /// A file that somebody else makes.
    Elsewhere,
    /// A WebP file.
    Webp(Vec<u8>),
    /// A map to be drawn.
    Map(Map),
    /// A way to be drawn.
    Path(Path),
}

impl std::fmt::Debug for Content {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Elsewhere => formatter.write_str("Elsewhere"),
            Self::Webp(bytes) => write!(formatter, "Webp({} bytes)", bytes.len()),
            Self::Map(map) => map.fmt(formatter),
            Self::Path(path) => path.fmt(formatter),
        }
    }
}

/// A frame around a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// On the frame: "Fake – do not enter anything".
    pub text: Plain,
    /// Across the picture, in a word, where it shows a fake.
    pub stamp: Option<Plain>,
    /// How bad it is.
    pub tone: Tone,
}

/// What must not be missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How bad it is.
    pub tone: Tone,
    /// Paragraphs; the first is the heart of it.
    pub paragraphs: Vec<Plain>,
}
