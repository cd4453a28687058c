//! An article as a page with its pictures beside it, a block alone, and drawings as files.

use askama::Template;
use data_encoding::BASE64;
use fuwake_core::report::{Article, Block, Content, Sight};
use sha2::{Digest, Sha256};

use super::{STYLE, bar, data, ladder_picture, map_picture, marked, picture, remarks};
use crate::formats::article::marks;

const ARTICLE_STYLE: &str = include_str!("../../../templates/article.css");

/// Findings in an article have no page of their own to lead to.
struct Chapter {
    anchor: &'static str,
}

const NOWHERE: Chapter = Chapter { anchor: "article" };

#[derive(Template)]
#[template(path = "article.html")]
struct Page<'r> {
    article: &'r Article,
    language: &'static str,
    style: &'r str,
    style_hash: String,
    kept: Option<&'r str>,
    chapter: Chapter,
}

#[derive(Template)]
#[template(path = "block.html")]
struct Piece<'r> {
    block: &'r Block,
    chapter: Chapter,
}

/// The article, with what its author wrote between the marks of the file before it.
pub(in crate::formats) fn page(article: &Article, kept: Option<&str>) -> String {
    let style = format!("{STYLE}{ARTICLE_STYLE}");
    let style_hash = format!("sha256-{}", BASE64.encode(&Sha256::digest(&style)));
    let language = article.language.tag();
    let page = Page { article, language, style: &style, style_hash, kept, chapter: NOWHERE };
    page.render().expect("writing to a string does not fail")
}

/// A block alone.
pub(in crate::formats) fn piece(block: &Block) -> String {
    Piece { block, chapter: NOWHERE }.render().expect("writing to a string does not fail")
}

fn kept_remarks(kept: &Option<&str>, section: &str) -> String {
    marks::around(*kept, section)
}

/// A drawing as a file; none of what is none.
pub(in crate::formats) fn drawing(content: &Content) -> Option<String> {
    match content {
        Content::Map(map) => Some(standalone(&map_picture(map), "map")),
        Content::Path(path) => Some(standalone(&picture(path), "path")),
        Content::Webp(_) | Content::Elsewhere => None,
    }
}

/// An SVG with its style in it, on white paper: whoever shows it decides the colours around it.
fn standalone(svg: &str, class: &str) -> String {
    let own = format!(".{class} .");
    let rules = STYLE.lines().filter(|line| line.contains(&own)).collect::<Vec<_>>().join("\n");
    let light = STYLE.split_once('}').map_or("", |(root, _)| root);
    let style =
        format!("<style>{light}}}\nsvg {{ font-family: sans-serif; background: #fff; }}\n{rules}</style>");
    let Some((head, rest)) = svg.split_once('>') else { return svg.to_owned() };
    format!("{head} class=\"{class}\"{}>{style}{rest}", size(head))
}

/// Its own size, where it is small: what bears none is shown as wide as there is room.
fn size(head: &str) -> String {
    let bounds = head.split_once("viewBox=\"").and_then(|(_, rest)| rest.split_once('"'));
    let mut numbers = bounds.map_or("", |(bounds, _)| bounds).split(' ').skip(2);
    match (numbers.next(), numbers.next()) {
        (Some(width), Some(height)) if width.len() <= 3 => format!(" width=\"{width}\" height=\"{height}\""),
        _ => String::new(),
    }
}
