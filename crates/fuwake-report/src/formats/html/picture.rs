//! The path as a picture: a box for each machine, an arrow for each step, a line where trust begins.

use askama::Template;
use fuwake_core::report::{Path, Step, Stop};

use crate::formats::width::shortened;

const WIDTH: usize = 420;
const BOX_HEIGHT: usize = 58;
const ARROW_HEIGHT: usize = 56;
const BOUNDARY_HEIGHT: usize = 34;
/// Columns of Latin letters that fit into a box.
const NAME_COLUMNS: usize = 46;

#[derive(Template)]
#[template(path = "path.svg", escape = "html")]
pub(super) struct Picture<'r> {
    picture: Drawing<'r>,
}

struct Drawing<'r> {
    width: usize,
    height: usize,
    box_width: usize,
    box_height: usize,
    caption: &'r str,
    boundary: &'r str,
    rows: Vec<Row<'r>>,
}

/// A box and the arrow that leads to it.
struct Row<'r> {
    step: Option<&'r Step>,
    tone: &'static str,
    arrow_top: usize,
    arrow_end: usize,
    trust_line: usize,
    step_line: usize,
    boundary_line: Option<usize>,
    boundary_text: usize,
    top: usize,
    role: &'r str,
    role_line: usize,
    name: String,
    name_line: usize,
    full_name: &'r str,
}

pub(super) fn draw(path: &Path) -> Picture<'_> {
    let mut top = 1;
    let rows = path.stops.iter().map(|stop| {
        let row = Row::new(stop, top);
        top = row.top + BOX_HEIGHT;
        row
    });
    let rows: Vec<Row<'_>> = rows.collect();
    Picture {
        picture: Drawing {
            width: WIDTH,
            height: top + 1,
            box_width: WIDTH - 2,
            box_height: BOX_HEIGHT,
            caption: path.caption.as_str(),
            boundary: path.boundary.as_str(),
            rows,
        },
    }
}

impl<'r> Row<'r> {
    fn new(stop: &'r Stop, above: usize) -> Self {
        let arrow = if stop.step.is_some() { ARROW_HEIGHT } else { 0 };
        let boundary = if stop.is_boundary { BOUNDARY_HEIGHT } else { 0 };
        let top = above + arrow + boundary;
        Self {
            step: stop.step.as_ref(),
            tone: stop.step.as_ref().map_or("neutral", |step| step.tone.name()),
            arrow_top: above + 3,
            arrow_end: top.saturating_sub(11),
            trust_line: above + 24,
            step_line: above + 42,
            boundary_line: stop.is_boundary.then(|| above + arrow + 4),
            boundary_text: above + arrow + 22,
            top,
            role: stop.role.as_str(),
            role_line: top + 22,
            name: shortened(stop.name.as_str(), NAME_COLUMNS),
            name_line: top + 44,
            full_name: stop.name.as_str(),
        }
    }
}
