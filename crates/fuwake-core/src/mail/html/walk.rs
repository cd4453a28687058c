//! One walk over the tree: what a reader sees, what is kept from his eyes, and everything that a browser would follow.

use super::HiddenBy;
use super::colour::{self, BLACK, Rgb, WHITE};
use super::reading::Reading;
use super::style::{Background, Declared, Sheet};
use super::text::{Break, Visible};
use super::tree::{Data, Element, NONE, Node, Tree};
use crate::span::Span;

/// What a text inherits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Hidden with all that stands in it.
    gone: Option<HiddenBy>,
    invisible: bool,
    tiny: bool,
    colour: Rgb,
    background: Option<Rgb>,
    preformatted: bool,
    in_link: bool,
    in_quote: bool,
    silent: bool,
}

impl Style {
    /// The page itself.
    pub(super) const PAGE: Self = Self {
        gone: None,
        invisible: false,
        tiny: false,
        colour: BLACK,
        background: Some(WHITE),
        preformatted: false,
        in_link: false,
        in_quote: false,
        silent: false,
    };

    /// Why a text of this style is not seen.
    pub(super) fn hides(&self) -> Option<HiddenBy> {
        self.gone
            .or(self.invisible.then_some(HiddenBy::Style))
            .or(self.tiny.then_some(HiddenBy::Size))
            .or_else(|| {
                let unseen = self.background.is_some_and(|b| colour::indistinct(self.colour, b));
                unseen.then_some(HiddenBy::Colour)
            })
    }

    /// Hidden with all that stands in it.
    pub(super) fn is_gone(&self) -> bool {
        self.gone.is_some()
    }

    /// The colour that a browser gives links where nothing else is declared on them.
    pub(super) fn colour_link(&mut self) {
        self.colour = [0, 0, 238];
    }

    pub(super) fn inherit(mut self, declared: &Declared, element: &Element) -> Self {
        if let Some(size) = declared.font_size {
            self.tiny = size <= 1.0;
        }
        self.invisible = declared.invisible.unwrap_or(self.invisible);
        self.colour = declared.colour.unwrap_or(self.colour);
        self.preformatted = declared.preformatted.unwrap_or(self.preformatted);
        match declared.background {
            Some(Background::Colour(colour)) => self.background = Some(colour),
            Some(Background::Unknown) => self.background = None,
            None => {}
        }
        let by = if declared.display_none == Some(true) {
            Some(HiddenBy::Style)
        } else if declared.transparent || declared.off_page || (declared.no_box && declared.clips) {
            Some(HiddenBy::Size)
        } else {
            container(element)
        };
        self.gone = self.gone.or(by);
        self
    }
}

/// Elements whose text no reader sees (HTML section 15.3.1). `<noscript>` is not one of them: mail programs run no scripts.
fn container(element: &Element) -> Option<HiddenBy> {
    let hidden = matches!(
        &*element.name.local,
        "head" | "title" | "style" | "script" | "noframes" | "noembed" | "template" | "iframe" | "datalist"
    );
    hidden.then_some(HiddenBy::Container)
}

/// Containers whose text is no text meant for anybody.
fn is_silent(element: &Element) -> bool {
    matches!(&*element.name.local, "title" | "style" | "script" | "datalist")
}

/// An element that is open, and what to do when it ends.
struct Open {
    node: u32,
    style: Style,
    after: Break,
    link: Option<usize>,
    form: bool,
    /// The code point at which a quote begins.
    quote: Option<usize>,
}

/// Walks `tree` and fills `reading`.
pub(super) fn walk(tree: &Tree, reading: &mut Reading) {
    let sheet = style_sheets(tree, &mut |css| reading.css(css));
    contents(tree, "title").for_each(|title| reading.title(title));
    let mut visible = Visible::default();
    let mut open: Vec<Open> = Vec::with_capacity(32);
    let mut style = Style::PAGE;
    let mut node = 0_u32;
    loop {
        let current = &tree.nodes[node as usize];
        match &current.data {
            Data::Text(_) if style.silent => {}
            Data::Text(text) => visible.push(text, style.hides(), style.preformatted),
            Data::Comment(text) => reading.comment(text),
            Data::Element(element) => {
                if let Some(entered) = enter(element, node, style, &sheet, &mut visible, reading) {
                    style = entered.style;
                    open.push(entered);
                }
            }
            Data::Document | Data::Other => {}
        }
        if current.first != NONE {
            node = current.first;
            continue;
        }
        loop {
            if open.last().is_some_and(|o| o.node == node)
                && let Some(ended) = open.pop()
            {
                style = open.last().map_or(Style::PAGE, |o| o.style);
                leave(&ended, &mut visible, reading);
            }
            let current = &tree.nodes[node as usize];
            if current.next != NONE {
                node = current.next;
                break;
            }
            node = current.parent;
            if node == NONE {
                visible.finish(reading);
                return;
            }
        }
    }
}

/// The rules of all `<style>` elements, read before the walk because a rule may stand behind what it hides.
pub(super) fn style_sheets(tree: &Tree, each: &mut dyn FnMut(&str)) -> Sheet {
    let mut sheet = Sheet::default();
    for css in contents(tree, "style") {
        sheet.read(css);
        each(css);
    }
    sheet
}

/// The texts of all elements of a name that hold text alone.
fn contents<'t>(tree: &'t Tree, name: &'static str) -> impl Iterator<Item = &'t str> {
    let named =
        move |node: &&Node| matches!(&node.data, Data::Element(element) if &*element.name.local == name);
    tree.nodes.iter().filter(named).filter_map(|node| match &tree.nodes.get(node.first as usize)?.data {
        Data::Text(text) => Some(&**text),
        _ => None,
    })
}

/// What an element declares by attributes, style sheets and its own style, in this order.
pub(super) fn declared(element: &Element, sheet: &Sheet) -> Declared {
    let mut declared = Declared::default();
    declared.read_attributes(element);
    sheet.apply(element, &mut declared);
    if let Some(css) = element.attribute("style") {
        declared.read(css);
    }
    declared
}

fn enter(
    element: &Element,
    node: u32,
    inherited: Style,
    sheet: &Sheet,
    visible: &mut Visible,
    reading: &mut Reading,
) -> Option<Open> {
    let name = &*element.name.local;
    let declared = declared(element, sheet);
    if let Some(css) = element.attribute("style") {
        reading.css(css);
    }
    let mut style = inherited.inherit(&declared, element);
    style.silent |= is_silent(element);
    style.preformatted |= matches!(name, "pre" | "textarea" | "listing" | "xmp" | "plaintext");
    let around = match declared.block {
        Some(true) => Break::Line,
        Some(false) => Break::None,
        None => breaks(name),
    };
    visible.pause(around);
    if name == "br" {
        visible.line_end();
    }
    reading.element(element, style.gone.is_some(), &declared);
    let link = (!style.in_link).then(|| reading.link(element, visible)).flatten();
    if link.is_some() {
        style.in_link = true;
        if declared.colour.is_none() {
            style.colour_link();
        }
    }
    let quote = (name == "blockquote" && !style.in_quote).then(|| visible.characters());
    style.in_quote |= quote.is_some();
    Some(Open { node, style, after: around, link, form: name == "form", quote })
}

fn leave(ended: &Open, visible: &mut Visible, reading: &mut Reading) {
    if let Some(link) = ended.link {
        let found = &mut reading.found[link];
        if let Some((span, text)) = visible.since(found.position) {
            (found.span, found.text) = (span, Some(text));
        }
    }
    if ended.form {
        reading.form = None;
    }
    if let Some(start) = ended.quote {
        reading.quote(Span::new(start, visible.characters()));
    }
    visible.pause(ended.after);
}

/// The break that a browser makes before and behind an element (HTML section 15.3).
fn breaks(name: &str) -> Break {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "ul" | "ol" | "dl" | "pre" => {
            Break::Paragraph
        }
        "address" | "article" | "aside" | "body" | "caption" | "center" | "dd" | "details" | "dir"
        | "div" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header" | "hr"
        | "html" | "legend" | "li" | "main" | "menu" | "nav" | "option" | "section" | "summary" | "table"
        | "tbody" | "textarea" | "tfoot" | "thead" | "tr" => Break::Line,
        "td" | "th" => Break::Cell,
        _ => Break::None,
    }
}
