//! One HTML page that needs nothing else: no script, no request, its style allowed by hash alone.

mod leg;
mod map;
mod picture;

use askama::Template;
use data_encoding::BASE64;
use fuwake_core::case::Language;
use fuwake_core::report::{Block, Letter, Map, Path, Report, Run};
use sha2::{Digest, Sha256};

use super::Layout;

const STYLE: &str = include_str!("../../templates/report.css");

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'r> {
    report: &'r Report,
    language: &'static str,
    style: &'static str,
    style_hash: String,
}

pub(super) fn render(report: &Report, _: Layout) -> String {
    let language = match report.language {
        Language::Ja => "ja",
        Language::En => "en",
    };
    let style_hash = format!("sha256-{}", BASE64.encode(&Sha256::digest(STYLE)));
    let page = Page { report, language, style: STYLE, style_hash };
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

fn picture(path: &Path) -> String {
    picture::draw(path).render().expect("writing to a string does not fail")
}

fn map_picture(map: &Map) -> String {
    map::draw(map).render().expect("writing to a string does not fail")
}
