//! HTML parts: what a browser would show, what is hidden, forms, scripts, pictures. One tree a part, walked once.

mod appearance;
mod colour;
mod css_url;
mod reading;
mod style;
mod text;
pub mod tree;
mod walk;

pub use appearance::{Appearance, Look, Piece, appearance};
pub(crate) use reading::Reading;

use crate::span::Span;

/// Reads an HTML text: what is seen, what is hidden, and every link as written.
pub(crate) fn read(html: &str) -> Reading {
    let tree = tree::parse(html);
    let mut reading = Reading { cut: tree.cut, ..Reading::default() };
    walk::walk(&tree, &mut reading);
    reading
}

/// The words of an HTML text that a reader sees, and whether all of it was looked at: those of pages that only a decoder meets.
#[must_use]
pub fn words(html: &str) -> (String, bool) {
    let reading = read(html);
    (reading.text, !reading.cut)
}

/// What an HTML part holds besides its visible text.
#[derive(Clone, Debug, Default)]
pub struct HtmlFacts {
    /// Text that stands in the part but that no reader sees.
    pub hidden: Vec<HiddenText>,
    /// Forms.
    pub forms: Vec<Form>,
    /// How many `<script>` elements and inline event handlers there are.
    pub scripts: usize,
    /// Pictures.
    pub images: Vec<Image>,
    /// Where outermost `<blockquote>` elements stand in the visible text (code points): what a mail program quotes, or says it does.
    pub quotes: Vec<Span>,
    /// `<title>`.
    pub title: Option<String>,
    /// `<base href>`.
    pub base: Option<String>,
}

/// How a text was hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HiddenBy {
    /// `display:none`, `visibility:hidden`, `hidden`, `mso-hide`.
    Style,
    /// Font size, line height, width, height or opacity of (nearly) zero; off the page.
    Size,
    /// The colour of its background.
    Colour,
    /// `<noframes>`, `<noscript>`, `<style>`, `<title>`-like containers that show no text.
    Container,
    /// A comment.
    Comment,
    /// Hidden text at the very beginning that mail programs show as a preview.
    Preheader,
}

/// A hidden text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct HiddenText {
    /// The text, bounded.
    pub text: String,
    /// How.
    pub by: HiddenBy,
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Form {
    /// The action as written.
    pub action: String,
    /// Whether it has a password field.
    pub password: bool,
    /// Types and names of its inputs (`password pass`), bounded.
    pub inputs: Vec<String>,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Image {
    /// `src` as written; `data:` URLs are cut after the media type.
    pub source: String,
    /// `alt`.
    pub alt: String,
    /// Fetched from the network when shown.
    pub remote: bool,
    /// One pixel or not shown: counts who opened the mail.
    pub tracking: bool,
}

#[cfg(test)]
mod tests;
