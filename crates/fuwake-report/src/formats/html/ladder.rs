//! The way from a link to a page as a ladder: a rung for each step, beside it what answered there.

use askama::Template;
use fuwake_core::report::{HostPiece, Ladder, Rung};

use crate::formats::width::{columns, shortened};

const WIDTH: usize = 350;
/// Where the words begin, and how many columns of small letters fit beside the ladder.
const TEXT: usize = 52;
const COLUMNS: usize = 46;
/// How many columns of a host fit into a line, and how many lines are drawn.
const HOST_COLUMNS: usize = 35;
const HOST_LINES: usize = 5;
const LINE: usize = 19;
const LEAD: usize = 22;

#[derive(Template)]
#[template(path = "ladder.svg", escape = "html")]
pub(super) struct Picture<'r> {
    drawing: Drawing<'r>,
}

struct Drawing<'r> {
    width: usize,
    height: usize,
    text: usize,
    caption: &'r str,
    steps: Vec<Step<'r>>,
}

struct Step<'r> {
    number: usize,
    tone: &'static str,
    /// What led here, and where it is written.
    led_by: Option<(String, usize)>,
    crossing: Option<(&'r str, usize)>,
    /// The middle of the rung.
    rung: usize,
    heading: String,
    host: Vec<(Vec<Piece>, usize)>,
    short: Vec<(String, usize)>,
}

struct Piece {
    text: String,
    is_marked: bool,
}

pub(super) fn draw(ladder: &Ladder) -> Picture<'_> {
    let mut top = 8;
    let steps: Vec<Step<'_>> = ladder.rungs.iter().map(|rung| Step::new(rung, &mut top)).collect();
    let caption = ladder.caption.as_str();
    Picture { drawing: Drawing { width: WIDTH, height: top + 8, text: TEXT, caption, steps } }
}

impl<'r> Step<'r> {
    fn new(rung: &'r Rung, top: &mut usize) -> Self {
        let mut next = |height: usize| {
            *top += height;
            *top
        };
        let led_by = rung.led_by.as_ref().map(|text| (shortened(text.as_str(), COLUMNS - 2), next(LINE)));
        let crossing = rung.crossing.as_ref().map(|text| (text.as_str(), next(LINE)));
        if rung.led_by.is_some() {
            next(LEAD - LINE + 8);
        }
        let heading = shortened(&format!("{} · {}", rung.role, rung.status.text), COLUMNS);
        let at = next(LINE);
        let host = lines(&rung.host).into_iter().map(|line| (line, next(LINE))).collect();
        let short = rung
            .short
            .iter()
            .flat_map(|text| two(text.as_str()))
            .map(|text| (text, next(LINE - 2)))
            .collect();
        next(10);
        Self {
            number: rung.number,
            tone: rung.tone.name(),
            led_by,
            crossing,
            rung: at - 4,
            heading,
            host,
            short,
        }
    }
}

/// A text on at most two lines.
fn two(text: &str) -> Vec<String> {
    let mut lines = crate::formats::width::wrapped(text, COLUMNS);
    if lines.len() > 2 {
        let rest = lines.split_off(1).concat();
        lines.push(shortened(&rest, COLUMNS));
    }
    lines
}

/// A host over several lines; of one that is too long even so, the end stays: it tells whose it is.
fn lines(pieces: &[HostPiece]) -> Vec<Vec<Piece>> {
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut used = 0;
    for piece in pieces {
        for part in piece.text.as_str().split_inclusive("[.]") {
            let label = part.trim_end_matches("[.]");
            if used > 0 && used + columns(label) > HOST_COLUMNS {
                lines.push(Vec::new());
                used = 0;
            }
            for character in part.chars() {
                if used >= HOST_COLUMNS + 3 {
                    lines.push(Vec::new());
                    used = 0;
                }
                used += columns(character.encode_utf8(&mut [0; 4]));
                let line = lines.last_mut();
                line.into_iter().for_each(|line| push(line, character, piece.is_marked));
            }
        }
    }
    if lines.len() > HOST_LINES {
        let tail = lines.split_off(lines.len() - (HOST_LINES - 1));
        lines = vec![vec![Piece { text: "…".to_owned(), is_marked: false }]];
        lines.extend(tail);
    }
    lines
}

fn push(line: &mut Vec<Piece>, character: char, is_marked: bool) {
    match line.last_mut() {
        Some(last) if last.is_marked == is_marked => last.text.push(character),
        _ => line.push(Piece { text: character.to_string(), is_marked }),
    }
}
