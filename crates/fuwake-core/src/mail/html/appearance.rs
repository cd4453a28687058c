//! How an HTML body looks: what of its shape a picture of it needs, in words of our own. Nothing in it acts, names anything outside, or
//! is the sender's own markup; what a reader does not see is not in it.

use super::colour::Rgb;
use super::style::{Background, Declared, Sheet, length};
use super::tree::{Data, Element, NONE, Tree, parse};
use super::walk::{Style, declared, style_sheets};

/// Characters of text that are looked at.
const TEXT: usize = 12_000;
/// Pieces of a body.
const PIECES: usize = 20_000;
/// The longest length that is kept, in CSS pixels.
const LONGEST: f32 = 800.0;

/// A body as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Appearance {
    /// All its texts, in reading order; those of different blocks stand on lines of their own.
    pub text: String,
    /// What stands on the page.
    pub pieces: Vec<Piece>,
    /// There is more of it.
    pub cut: bool,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// An element begins: an HTML name of our own choice.
    Open(&'static str, Look),
    /// The element that began last and has not ended ends.
    Close(&'static str),
    /// A text: bytes of [`Appearance::text`].
    Text(usize, usize),
    /// A picture, which is not shown: its alternative text as bytes of [`Appearance::text`], width and height.
    Picture(usize, usize, [Option<u16>; 2]),
    /// An element without content: `br` or `hr`.
    Void(&'static str),
}

/// How an element looks, as far as a picture shows it. Lengths are CSS pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Of the text.
    pub colour: Option<Rgb>,
    /// Behind it.
    pub background: Option<Rgb>,
    /// Of the text.
    pub font_size: Option<u16>,
    /// `left`, `center`, `right`.
    pub align: Option<&'static str>,
    /// Bold.
    pub bold: bool,
    /// Around the content: top and bottom, left and right.
    pub padding: Option<[u16; 2]>,
    /// Of the box.
    pub width: Option<u16>,
    /// Corners.
    pub radius: Option<u16>,
    /// A thin line around it.
    pub border: Option<Rgb>,
    /// In the middle of what it stands in.
    pub centred: bool,
    /// A box in a line.
    pub inline_block: bool,
    /// Columns and rows that a cell takes.
    pub span: [Option<u16>; 2],
}

/// How a body looks.
#[must_use]
pub fn appearance(html: &str) -> Appearance {
    let tree = parse(html);
    let sheet = style_sheets(&tree, &mut |_| {});
    let mut painter = Painter { tree: &tree, sheet, seen: Appearance::default() };
    painter.children(0, Style::PAGE);
    painter.seen.cut |= tree.cut;
    painter.seen
}

struct Painter<'t> {
    tree: &'t Tree,
    sheet: Sheet,
    seen: Appearance,
}

impl Painter<'_> {
    fn is_full(&self) -> bool {
        self.seen.pieces.len() >= PIECES || self.seen.text.len() >= TEXT * 3
    }

    /// As deep as the tree is bounded.
    fn children(&mut self, node: u32, style: Style) {
        let mut child = self.tree.nodes[node as usize].first;
        while child != NONE {
            if self.is_full() {
                self.seen.cut = true;
                return;
            }
            match &self.tree.nodes[child as usize].data {
                Data::Text(text) if style.hides().is_none() => self.text(text),
                Data::Element(element) => self.element(child, element, style),
                _ => {}
            }
            child = self.tree.nodes[child as usize].next;
        }
    }

    fn text(&mut self, text: &str) {
        let (start, end) = self.add(text);
        self.seen.pieces.push(Piece::Text(start, end));
    }

    fn add(&mut self, text: &str) -> (usize, usize) {
        let start = self.seen.text.len();
        self.seen.text.extend(text.chars().take(TEXT));
        (start, self.seen.text.len())
    }

    fn element(&mut self, node: u32, element: &Element, inherited: Style) {
        let declared = declared(element, &self.sheet);
        let mut style = inherited.inherit(&declared, element);
        let name = &*element.name.local;
        if style.is_gone() {
            return;
        }
        match name {
            "br" => return self.void("br"),
            "hr" => return self.void("hr"),
            "img" => return self.picture(element, style),
            "input" | "select" | "textarea" | "video" | "audio" | "svg" | "math" | "object" | "embed"
            | "canvas" => return,
            _ => {}
        }
        let tag = tag(name);
        if tag == "a" && declared.colour.is_none() {
            style.colour_link();
        }
        let Some(tag) = Some(tag).filter(|tag| !tag.is_empty()) else { return self.children(node, style) };
        let block = !matches!(tag, "span" | "b" | "i" | "u" | "a");
        self.line(block);
        self.seen.pieces.push(Piece::Open(tag, self.look(element, &declared)));
        self.children(node, style);
        self.seen.pieces.push(Piece::Close(tag));
        self.line(block);
    }

    /// What stands in different blocks is no one word.
    fn line(&mut self, block: bool) {
        if block && !self.seen.text.is_empty() && !self.seen.text.ends_with('\n') {
            self.seen.text.push('\n');
        }
    }

    fn void(&mut self, name: &'static str) {
        self.line(true);
        self.seen.pieces.push(Piece::Void(name));
    }

    fn picture(&mut self, element: &Element, style: Style) {
        let size = ["width", "height"].map(|side| pixels(element.attribute(side)?));
        let is_dot = size.iter().flatten().any(|side| *side <= 2);
        if is_dot || style.hides().is_some() {
            return;
        }
        self.line(true);
        let (start, end) = self.add(element.attribute("alt").unwrap_or_default());
        self.seen.pieces.push(Piece::Picture(start, end, size));
        self.line(true);
    }

    fn look(&self, element: &Element, declared: &Declared) -> Look {
        let mut look = Look {
            colour: declared.colour,
            background: match declared.background {
                Some(Background::Colour(colour)) => Some(colour),
                _ => None,
            },
            font_size: declared.font_size.and_then(rounded).map(|size| size.clamp(8, 48)),
            ..Look::default()
        };
        look.attributes(element);
        for block in self.sheet.blocks(element) {
            look.read(block);
        }
        look.read(element.attribute("style").unwrap_or_default());
        look
    }
}

impl Look {
    fn attributes(&mut self, element: &Element) {
        let name = &*element.name.local;
        self.align = element.attribute("align").and_then(aligned);
        self.centred = name == "table" && self.align == Some("center");
        if name == "center" {
            self.align = Some("center");
        }
        self.width = element.attribute("width").and_then(pixels);
        if matches!(name, "td" | "th") {
            self.span = ["colspan", "rowspan"].map(|span| element.attribute(span)?.trim().parse().ok());
            self.span = self.span.map(|span| span.filter(|span| (2..=20).contains(span)));
        }
    }

    fn read(&mut self, style: &str) {
        for (property, value) in
            style.split(';').take(60).filter_map(|declaration| declaration.split_once(':'))
        {
            let value = value.split_once('!').map_or(value, |(value, _)| value).trim();
            self.declare(&property.trim().to_ascii_lowercase(), value);
        }
    }

    fn declare(&mut self, property: &str, value: &str) {
        match property {
            "text-align" => self.align = aligned(value).or(self.align),
            "font-weight" => {
                self.bold = matches!(value, "bold" | "bolder")
                    || value.parse::<u16>().is_ok_and(|weight| weight >= 600);
            }
            "padding" => self.padding = padding(value).or(self.padding),
            "width" | "max-width" => self.width = pixels(value).or(self.width),
            "border-radius" => self.radius = length(value).and_then(rounded).or(self.radius),
            "border" if value.contains("solid") => {
                self.border = value.split_ascii_whitespace().find_map(super::colour::parse).or(self.border);
            }
            "margin" => self.centred |= value.split_ascii_whitespace().nth(1) == Some("auto"),
            "display" => self.inline_block |= value.eq_ignore_ascii_case("inline-block"),
            _ => {}
        }
    }
}

/// What we call an element; nothing for one that only holds others.
fn tag(name: &str) -> &'static str {
    match name {
        "table" => "table",
        "tr" => "tr",
        "td" | "th" => "td",
        "ul" => "ul",
        "ol" => "ol",
        "li" => "li",
        "a" => "a",
        "b" | "strong" => "b",
        "i" | "em" | "cite" => "i",
        "u" | "ins" => "u",
        "h1" => "h1",
        "h2" => "h2",
        "h3" | "h4" | "h5" | "h6" => "h3",
        "p" => "p",
        "pre" | "listing" | "xmp" | "plaintext" => "pre",
        "blockquote" => "blockquote",
        "button" => "a",
        "span" | "font" | "small" | "big" | "label" | "sup" | "sub" | "code" => "span",
        "html" | "head" | "tbody" | "thead" | "tfoot" | "noscript" | "colgroup" | "col" => "",
        _ => "div",
    }
}

fn aligned(value: &str) -> Option<&'static str> {
    ["left", "center", "right"].into_iter().find(|known| value.trim().eq_ignore_ascii_case(known))
}

fn rounded(length: f32) -> Option<u16> {
    // Not a number, and what is below nothing, is no length.
    (length >= 0.0).then(|| length.min(LONGEST).round() as u16)
}

/// A length in pixels; a share of what it stands in is none.
fn pixels(value: &str) -> Option<u16> {
    let value = value.trim();
    (!value.ends_with('%')).then(|| length(value)).flatten().and_then(rounded)
}

fn padding(value: &str) -> Option<[u16; 2]> {
    let mut sides =
        value.split_ascii_whitespace().map(|side| length(side).and_then(rounded).map(|side| side.min(60)));
    let block = sides.next()??;
    Some([block, sides.next().flatten().unwrap_or(block)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        let seen = appearance(html);
        let text = |piece: &Piece| match piece {
            Piece::Text(start, end) => seen.text.get(*start..*end).map(|text| text.trim().to_owned()),
            _ => None,
        };
        seen.pieces.iter().filter_map(text).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn what_is_seen_is_kept_and_what_is_not_is_gone() {
        let html = "<style>.x{display:none}</style><title>t</title><p>Dear <b>member</b></p><span class=x>filler</span>\
            <script>alert(1)</script><div style='font-size:0'>none</div><a href='https://evil.example/'>Log in</a>";
        assert_eq!(texts(html), ["Dear", "member", "Log in"]);
    }

    #[test]
    fn looks_are_words_of_our_own() {
        let html = "<table align=center width=600 bgcolor='#ff9900'><tr><td colspan=2 style='padding:10px 20px;\
            text-align:center;background:url(https://evil.example/x);behavior:url(x)'>a</td></tr></table>\
            <img src='https://evil.example/p.png' alt='Logo' width=120 height=40><img src=x width=1 height=1>";
        let seen = appearance(html);
        let Some(Piece::Open("table", table)) =
            seen.pieces.iter().find(|piece| matches!(piece, Piece::Open("table", _)))
        else {
            unreachable!("a table")
        };
        assert_eq!((table.background, table.width, table.centred), (Some([255, 153, 0]), Some(600), true));
        let cell = seen.pieces.iter().find_map(|piece| match piece {
            Piece::Open("td", cell) => Some(cell),
            _ => None,
        });
        let cell = cell.expect("a cell");
        assert_eq!((cell.padding, cell.align, cell.span[0]), (Some([10, 20]), Some("center"), Some(2)));
        let pictures = seen.pieces.iter().filter(|piece| matches!(piece, Piece::Picture(..))).count();
        assert_eq!(pictures, 1);
        assert!(seen.text.contains("Logo") && !format!("{seen:?}").contains("evil"));
    }

    #[test]
    fn endless_bodies_are_cut() {
        let seen = appearance(&"<p>a</p>".repeat(100_000));
        assert!(seen.cut && seen.pieces.len() <= PIECES + 1_000);
    }
}
