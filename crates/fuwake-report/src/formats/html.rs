//! One HTML page that needs nothing else: no script, no request, its style allowed by hash alone.

mod article;
mod ladder;
mod leg;
mod map;
mod picture;

use askama::Template;
use data_encoding::BASE64;
use fuwake_core::report::{Block, Ladder, Letter, Map, Path, Report, Run, Sight};
use sha2::{Digest, Sha256};

use super::Layout;
use super::remarks::html as remarks;

pub(super) use article::{drawing, page, piece};

const STYLE: &str = include_str!("../../templates/report.css");

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'r> {
    report: &'r Report,
    language: &'static str,
    style: &'static str,
    style_hash: String,
    /// Pictures stand in the page itself, as `data:`; nothing else may be loaded.
    has_pictures: bool,
}

pub(super) fn render(report: &Report, _: Layout) -> String {
    let language = report.language.tag();
    let style_hash = format!("sha256-{}", BASE64.encode(&Sha256::digest(STYLE)));
    let has_pictures = has_pictures(report);
    let page = Page { report, language, style: STYLE, style_hash, has_pictures };
    page.render().expect("writing to a string does not fail")
}

/// A bar from 0 to 1; its value stands beside it in words.
fn bar(value: &f32) -> String {
    format!(
        r#"<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width="{:.1}" height="6"/></svg>"#,
        value * 100.0
    )
}

/// The pieces of a letter, each with the numbers of the marks that end with it.
fn marked(letter: &Letter) -> impl Iterator<Item = (&Run, Vec<usize>)> {
    let following = letter.runs.iter().skip(1).map(|run| run.marks.as_slice()).chain([[].as_slice()]);
    letter.runs.iter().zip(following).map(|(run, next)| {
        let ends = run.marks.iter().filter(|mark| !next.contains(mark)).map(|(number, _)| *number);
        (run, ends.collect())
    })
}

fn has_pictures(report: &Report) -> bool {
    let sections = report.chapters.iter().flat_map(|chapter| &chapter.sections);
    let cards = sections.flat_map(|section| &section.blocks).flat_map(|block| match block {
        Block::Landings(cards) => cards.as_slice(),
        _ => &[],
    });
    cards.flat_map(|card| &card.views).any(|view| matches!(view.picture, Sight::Picture(_)))
}

/// A picture as a URL that holds it (RFC 2397).
fn data(webp: &[u8]) -> String {
    format!("data:image/webp;base64,{}", BASE64.encode(webp))
}

fn ladder_picture(ladder: &Ladder) -> String {
    ladder::draw(ladder).render().expect("writing to a string does not fail")
}

fn picture(path: &Path) -> String {
    picture::draw(path).render().expect("writing to a string does not fail")
}

fn map_picture(map: &Map) -> String {
    map::draw(map).render().expect("writing to a string does not fail")
}
