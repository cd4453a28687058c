//! The mail as its reader saw it.

use std::fmt::Write as _;

use askama::Template;
use fuwake_core::report::{Drawn, Look, MailBody, MailPicture};

/// How wide its page is, in CSS pixels.
pub const MAIL_WIDTH: u32 = 760;

#[derive(Template)]
#[template(path = "mail_picture.html")]
struct Page<'p> {
    picture: &'p MailPicture,
}

/// The page.
#[must_use]
pub fn mail_page(picture: &MailPicture) -> String {
    Page { picture }.render().expect("writing to a string does not fail")
}

/// A look as a style attribute: numbers and words of our own alone.
fn style(look: &Look) -> String {
    let mut style = String::new();
    let mut add = |property: &str, value: String| {
        let _ = write!(style, "{property}:{value};");
    };
    let colour = |[red, green, blue]: [u8; 3]| format!("#{red:02x}{green:02x}{blue:02x}");
    look.colour.into_iter().for_each(|value| add("color", colour(value)));
    look.background.into_iter().for_each(|value| add("background", colour(value)));
    look.font_size.into_iter().for_each(|value| add("font-size", format!("{value}px")));
    look.align.into_iter().for_each(|value| add("text-align", value.to_owned()));
    look.padding.into_iter().for_each(|[block, line]| add("padding", format!("{block}px {line}px")));
    look.width.into_iter().for_each(|value| add("width", format!("{value}px;max-width:100%")));
    look.radius.into_iter().for_each(|value| add("border-radius", format!("{value}px")));
    look.border.into_iter().for_each(|value| add("border", format!("1px solid {}", colour(value))));
    for (is_so, property, value) in [
        (look.bold, "font-weight", "bold"),
        (look.centred, "margin", "0 auto"),
        (look.inline_block, "display", "inline-block"),
    ] {
        if is_so {
            add(property, value.to_owned());
        }
    }
    style
}

/// Columns and rows of a cell.
fn span(look: &Look) -> String {
    let names = ["colspan", "rowspan"].into_iter().zip(look.span);
    names.filter_map(|(name, span)| Some(format!(" {name}=\"{}\"", span?))).collect()
}

/// The box in place of a picture.
fn frame(size: &[Option<u16>; 2]) -> String {
    let [width, height] = *size;
    format!("width:{}px;min-height:{}px", width.unwrap_or(160), height.unwrap_or(40).min(320))
}
