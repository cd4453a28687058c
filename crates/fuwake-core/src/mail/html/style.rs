//! The few CSS properties that decide whether a reader sees a text, from style attributes, presentational attributes
//! and the simple selectors of style sheets.

use std::collections::HashMap;

use super::colour::{self, Rgb};
use super::tree::Element;

/// Rules of all style sheets that are kept.
const MOST_RULES: usize = 2_000;
/// Bytes of style sheets that are read.
const LONGEST_SHEET: usize = 256 * 1024;

/// What an element declares; nothing where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Declared {
    /// `display:none`, `mso-hide:all`, `visibility:hidden`, or their contrary.
    pub(super) display_none: Option<bool>,
    pub(super) invisible: Option<bool>,
    /// In CSS pixels, roughly; relative sizes only where they are (nearly) zero.
    pub(super) font_size: Option<f32>,
    /// Width and height and their maxima, where one is at most a pixel.
    pub(super) no_box: bool,
    pub(super) clips: bool,
    pub(super) transparent: bool,
    /// Moved off the page, or clipped away.
    pub(super) off_page: bool,
    pub(super) colour: Option<Rgb>,
    pub(super) background: Option<Background>,
    pub(super) preformatted: Option<bool>,
    pub(super) block: Option<bool>,
    /// Off the page only if also taken out of the flow.
    away: bool,
    positioned: bool,
}

/// What stands behind a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Background {
    /// A colour.
    Colour(Rgb),
    /// A picture or something else whose colour cannot be told.
    Unknown,
}

impl Declared {
    /// Takes in every declaration of a `style` attribute or a rule's block.
    pub(super) fn read(&mut self, style: &str) {
        for declaration in style.split(';') {
            if let Some((property, value)) = declaration.split_once(':') {
                self.declare(property.trim(), value.trim());
            }
        }
        self.off_page |= self.away && self.positioned;
    }

    fn declare(&mut self, property: &str, value: &str) {
        let mut name = [0_u8; 24];
        let Some(name) = name.get_mut(..property.len()) else { return };
        name.copy_from_slice(property.as_bytes());
        name.make_ascii_lowercase();
        let value = value.split_once('!').map_or(value, |(value, _)| value.trim_end());
        match &*name {
            b"display" => self.display(value),
            b"visibility" => self.invisible = Some(is(value, "hidden") || is(value, "collapse")),
            b"mso-hide" if is(value, "all") => self.display_none = Some(true),
            b"font-size" => self.font_size = length(value).or(self.font_size),
            b"font" => self.font_size = font_shorthand(value).or(self.font_size),
            b"width" | b"height" | b"max-height" | b"max-width" => self.no_box |= is_tiny(value),
            b"overflow" | b"overflow-x" | b"overflow-y" => self.clips |= is(value, "hidden"),
            b"opacity" => self.transparent = value.parse::<f32>().is_ok_and(|o| o <= 0.05),
            b"color" => self.colour = colour::parse(value).or(self.colour),
            b"background-color" | b"background" => self.background = background(value).or(self.background),
            b"background-image" if !is(value, "none") => self.background = Some(Background::Unknown),
            b"text-indent" => self.off_page |= length(value).is_some_and(|l| l <= -500.0),
            b"left" | b"top" | b"right" | b"bottom" => {
                self.away |= length(value).is_some_and(|l| l <= -500.0);
            }
            b"margin-left" | b"margin-top" => self.off_page |= length(value).is_some_and(|l| l <= -2000.0),
            b"position" => self.positioned |= is(value, "absolute") || is(value, "fixed"),
            b"clip" => self.off_page |= value.replace([' ', ','], "").starts_with("rect(0000"),
            b"clip-path" => self.off_page |= value.replace(' ', "").starts_with("inset(100%"),
            b"white-space" => self.preformatted = Some(value.starts_with("pre")),
            _ => {}
        }
    }

    fn display(&mut self, value: &str) {
        self.display_none = Some(is(value, "none"));
        self.block = match value {
            _ if value.starts_with("inline") => Some(false),
            _ if is(value, "block") || is(value, "flex") || is(value, "grid") => Some(true),
            _ => None,
        };
    }

    /// Presentational attributes (HTML section 15.3), weaker than any style.
    pub(super) fn read_attributes(&mut self, element: &Element) {
        for attribute in &element.attributes {
            let value = attribute.value.trim();
            match &*attribute.name.local {
                "hidden" => self.display_none = Some(true),
                "bgcolor" => self.background = colour::parse_legacy(value).map(Background::Colour),
                "background" if !value.is_empty() => self.background = Some(Background::Unknown),
                "color" | "text" if matches!(&*element.name.local, "font" | "body") => {
                    self.colour = colour::parse_legacy(value);
                }
                _ => {}
            }
        }
    }
}

fn is(value: &str, word: &str) -> bool {
    value.eq_ignore_ascii_case(word)
}

fn is_tiny(value: &str) -> bool {
    length(value).is_some_and(|l| (0.0..=1.0).contains(&l))
}

/// A length in CSS pixels; relative units only matter where they are (nearly) zero.
pub(super) fn length(value: &str) -> Option<f32> {
    let value = value.split_ascii_whitespace().next()?;
    let digits = value.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+')).count();
    let (number, unit) = value.split_at_checked(digits)?;
    let number: f32 = number.parse().ok()?;
    let factor = match unit {
        _ if is(unit, "pt") => 1.333,
        _ if is(unit, "em") || is(unit, "rem") || is(unit, "ex") => 16.0,
        _ if is(unit, "%") => 0.16,
        _ if is(unit, "vw") || is(unit, "vh") => 10.0,
        _ => 1.0,
    };
    Some(number * factor)
}

/// The size in a `font` shorthand: the first length, before a line height.
fn font_shorthand(value: &str) -> Option<f32> {
    value
        .split_ascii_whitespace()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
        .map(|word| word.split_once('/').map_or(word, |(size, _)| size))
        .find(|word| word.ends_with(|c: char| c.is_ascii_alphabetic() || c == '%') || *word == "0")
        .and_then(length)
}

/// What a `background` or `background-color` value puts behind the text.
fn background(value: &str) -> Option<Background> {
    if value.contains("url(") || value.contains("gradient(") || value.contains("var(") {
        return Some(Background::Unknown);
    }
    if value.contains('(') {
        return colour::parse(value).map(Background::Colour);
    }
    value.split_ascii_whitespace().find_map(colour::parse).map(Background::Colour)
}

/// The rules of a document's style sheets that hide or show something, by selector: `.class`, `#id`, `element`, `element.class`.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: HashMap<String, String>,
    count: usize,
    bytes: usize,
}

impl Sheet {
    /// Takes in a style sheet. Blocks of `@media` are left out: they hold for some screens only.
    pub(super) fn read(&mut self, css: &str) {
        self.bytes += css.len();
        if self.bytes > LONGEST_SHEET {
            return;
        }
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some((prelude, behind)) = rest.split_once('{') {
            let selectors = prelude.rsplit([';', '}']).next().unwrap_or_default().trim();
            if selectors.starts_with('@') {
                rest = behind_block(behind);
                continue;
            }
            let (block, behind) = behind.split_once('}').unwrap_or((behind, ""));
            self.add(selectors, block);
            rest = behind;
        }
    }

    fn add(&mut self, selectors: &str, block: &str) {
        let mut declared = Declared::default();
        declared.read(block);
        if declared == Declared::default() {
            return;
        }
        for selector in selectors.split(',').map(str::trim) {
            let simple = !selector.is_empty()
                && selector
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'#' | b'-' | b'_'));
            if simple && self.count < MOST_RULES {
                self.count += 1;
                let rule = self.rules.entry(selector.to_owned()).or_default();
                rule.push(';');
                rule.push_str(block);
            }
        }
    }

    /// Applies the rules for an element.
    pub(super) fn apply(&self, element: &Element, declared: &mut Declared) {
        self.blocks(element).for_each(|block| declared.read(block));
    }

    /// The rules for an element, weakest selector first (CSS Selectors section 15).
    pub(super) fn blocks<'s>(&'s self, element: &'s Element) -> impl Iterator<Item = &'s str> {
        let name = &*element.name.local;
        let attribute = |attribute| element.attribute(attribute).filter(|_| !self.rules.is_empty());
        let classes = attribute("class").into_iter().flat_map(str::split_ascii_whitespace).take(16);
        let by_class = classes.flat_map(move |class| [format!(".{class}"), format!("{name}.{class}")]);
        let by_id =
            attribute("id").into_iter().flat_map(move |id| [format!("#{id}"), format!("{name}#{id}")]);
        let by_name = self.rules.get(name);
        let others = by_class.chain(by_id).filter_map(|selector| self.rules.get(&selector));
        by_name.into_iter().chain(others).map(String::as_str)
    }
}

fn without_comments(css: &str) -> String {
    let mut clean = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        clean.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, behind)| behind);
    }
    clean.push_str(rest);
    clean.replace("<!--", "").replace("-->", "")
}

/// What follows the block whose `{` has just been read.
fn behind_block(css: &str) -> &str {
    let mut depth = 1_usize;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return css.get(at + 1..).unwrap_or_default();
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(style: &str) -> Declared {
        let mut declared = Declared::default();
        declared.read(style);
        declared
    }

    #[test]
    fn lengths_and_shorthands() {
        assert_eq!(declared("font: bold 0/0 a").font_size, Some(0.0));
        assert_eq!(declared("FONT-SIZE: 1PX !important").font_size, Some(1.0));
        assert!(declared("position:absolute;left:-9999px").off_page);
        assert!(!declared("left:-9999px").off_page);
        assert!(declared("max-height:0px;overflow:hidden").no_box);
    }

    #[test]
    fn sheets_know_simple_selectors_and_skip_media() {
        let mut sheet = Sheet::default();
        sheet.read(
            "/* x */ .a, td.b { display:none } @media (max-width:1px) { .c { display:none } } #d{color:#fff}",
        );
        let mut keys: Vec<_> = sheet.rules.keys().cloned().collect();
        keys.sort();
        assert_eq!(keys, ["#d", ".a", "td.b"]);
    }
}
