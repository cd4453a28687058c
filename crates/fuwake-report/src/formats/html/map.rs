//! Hosts on a map of the world: a circle for the area that a table names, a number for the legend.

use askama::Template;
use fuwake_core::report::{Map, MapPoint};

/// The land in tenths of a degree; how it is drawn and whose it is: `data/map/README.md`.
const LAND: &str = include_str!("../../../../../data/map/land.path");
/// The meridian at the left edge, and the parallel at the upper one.
const LEFT: f64 = -30.0;
const TOP: f64 = 84.0;
const WIDTH: i64 = 3_600;
const HEIGHT: i64 = 1_420;
/// Nearer than this, in tenths of a degree, two hosts share a number's plate.
const NEAR: i64 = 20;

#[derive(Template)]
#[template(path = "map.svg", escape = "html")]
pub(super) struct Picture<'r> {
    drawing: Drawing<'r>,
}

struct Drawing<'r> {
    caption: &'r str,
    land: &'static str,
    markers: Vec<Marker>,
}

struct Marker {
    x: i64,
    y: i64,
    tone: &'static str,
    numbers: String,
    label_x: i64,
    label_y: i64,
    half: i64,
    width: i64,
}

pub(super) fn draw(map: &Map) -> Picture<'_> {
    let mut markers: Vec<Marker> = Vec::new();
    for point in &map.points {
        let (x, y) = position(point);
        let near = |marker: &&mut Marker| (marker.x - x).abs() < NEAR && (marker.y - y).abs() < NEAR;
        match markers.iter_mut().find(near) {
            Some(marker) => marker.join(point),
            None => markers.push(Marker::new(point, x, y)),
        }
    }
    place_labels(&mut markers);
    Picture { drawing: Drawing { caption: map.caption.as_str(), land: LAND.trim_end(), markers } }
}

impl Marker {
    fn new(point: &MapPoint, x: i64, y: i64) -> Self {
        let tone = if point.is_origin { "bad" } else { "neutral" };
        let mut marker =
            Self { x, y, tone, numbers: String::new(), label_x: 0, label_y: 0, half: 0, width: 0 };
        marker.join(point);
        marker
    }

    fn join(&mut self, point: &MapPoint) {
        if !self.numbers.is_empty() {
            self.numbers.push('·');
        }
        self.numbers += &point.number.to_string();
        let letters = i64::try_from(self.numbers.chars().count()).unwrap_or(0);
        self.width = 50 + 32 * letters;
        self.half = self.width / 2;
        if point.is_origin {
            self.tone = "bad";
        }
    }
}

/// Above its circle, or below it where another plate is in the way.
fn place_labels(markers: &mut [Marker]) {
    for at in 0..markers.len() {
        let (before, rest) = markers.split_at_mut(at);
        let marker = &mut rest[0];
        marker.label_x = marker.x.clamp(marker.half, WIDTH - marker.half);
        let free = |y: i64| {
            before.iter().all(|other| {
                (other.label_x - marker.label_x).abs() > other.half + marker.half
                    || (other.label_y - y).abs() > 84
            })
        };
        let places = [-108, 108, -200, 200, -292, 292].map(|step| marker.y + step);
        let inside = places.into_iter().filter(|y| (44..HEIGHT - 44).contains(y));
        marker.label_y = inside.into_iter().find(|y| free(*y)).unwrap_or(marker.y - 108);
    }
}

/// In tenths of a degree from the upper left corner; a place beyond an edge is drawn on it.
#[expect(clippy::cast_possible_truncation, reason = "clamped to the map before it is rounded")]
fn position(point: &MapPoint) -> (i64, i64) {
    let x = (point.longitude - LEFT).rem_euclid(360.0) * 10.0;
    let y = ((TOP - point.latitude) * 10.0).clamp(0.0, 1_420.0);
    (x.round() as i64, y.round() as i64)
}
