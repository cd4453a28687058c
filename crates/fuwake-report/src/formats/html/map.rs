//! Hosts on a map of the world: the way of the mail as lines in order of time, a circle as wide as a place is uncertain, a number for
//! the legend. The map is cut to where something is.

use askama::Template;
use fuwake_core::report::{Map, MapPoint};

use super::leg::Leg;

/// The land in tenths of a degree; how it is drawn and whose it is: `data/map/README.md`.
const LAND: &str = include_str!("../../../../../data/map/land.path");
/// The meridian at the left edge, and the parallel at the upper one.
const LEFT: f64 = -30.0;
const TOP: f64 = 84.0;
const WIDTH: f64 = 3_600.0;
const HEIGHT: f64 = 1_420.0;
/// The narrowest cut, in tenths of a degree: what the outlines of the land bear.
const NARROWEST: f64 = 1_500.0;
/// Nearer than this two hosts share a number's plate, on the whole map.
const NEAR: f64 = 36.0;
/// The shortest leg to the recipient's plate, on the whole map.
const LAST_LEG: f64 = 480.0;
/// Kilometres to a degree of a meridian.
const DEGREE: f64 = 111.2;

#[derive(Template)]
#[template(path = "map.svg", escape = "html")]
pub(super) struct Picture<'r> {
    drawing: Drawing<'r>,
}

struct Drawing<'r> {
    caption: &'r str,
    land: &'static str,
    view: View,
    markers: Vec<Marker>,
    legs: Vec<Leg>,
    recipient: Option<Plate>,
    recipient_name: &'r str,
}

/// The part of the world that is shown, in tenths of a degree.
#[derive(Clone, Copy)]
struct View {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    /// How large things are drawn in it: 1 on the whole map.
    scale: f64,
}

struct Marker {
    x: f64,
    y: f64,
    /// The widest uncertainty of those who share it, along the parallel and the meridian.
    across: f64,
    along: f64,
    tone: &'static str,
    is_edge: bool,
    numbers: String,
    plate: Plate,
}

/// A plate with text: its middle, and half its width before it is scaled.
#[derive(Clone, Copy)]
struct Plate {
    x: f64,
    y: f64,
    half: f64,
}

pub(super) fn draw(map: &Map) -> Picture<'_> {
    let view = View::of(&map.points);
    let mut markers: Vec<Marker> = Vec::new();
    let mut passed: Vec<usize> = Vec::new();
    for (at, point) in map.points.iter().enumerate() {
        let [x, y] = position(point);
        let near = NEAR * view.scale;
        let near = |marker: &Marker| (marker.x - x).abs() < near && (marker.y - y).abs() < near;
        let place = markers.iter().position(near).unwrap_or(markers.len());
        match markers.get_mut(place) {
            Some(marker) => marker.join(point),
            None => markers.push(Marker::new(point)),
        }
        if at < map.passed && passed.last() != Some(&place) {
            passed.push(place);
        }
    }
    view.place_plates(&mut markers);
    let spot = |at: &usize| [markers[*at].x, markers[*at].y];
    let mut legs: Vec<Leg> = passed
        .windows(2)
        .filter_map(|pair| Leg::new(spot(&pair[0]), spot(&pair[1]), 24.0 * view.scale, view.scale, true))
        .collect();
    let recipient = passed.last().map(|last| view.corner(&markers, spot(last), map.recipient.as_str()));
    if let (Some(plate), Some(last)) = (recipient, passed.last()) {
        legs.extend(Leg::new(spot(last), [plate.x, plate.y], 90.0 * view.scale, view.scale, false));
    }
    let drawing = Drawing {
        caption: map.caption.as_str(),
        land: LAND.trim_end(),
        view,
        markers,
        legs,
        recipient,
        recipient_name: map.recipient.as_str(),
    };
    Picture { drawing }
}

impl View {
    /// As much as all points and their circles need, with room around them, in the shape of the whole map.
    fn of(points: &[MapPoint]) -> Self {
        let [mut left, mut top, mut right, mut bottom] = [WIDTH, HEIGHT, 0.0, 0.0];
        for point in points {
            let ([x, y], [across, along]) = (position(point), reach(point));
            (left, right) = (f64::min(left, x - across), f64::max(right, x + across));
            (top, bottom) = (f64::min(top, y - along), f64::max(bottom, y + along));
        }
        let needed = f64::max(right - left, (bottom - top) * WIDTH / HEIGHT) * 1.4;
        let width = needed.clamp(NARROWEST, WIDTH);
        let height = width * HEIGHT / WIDTH;
        Self {
            left: f64::midpoint(left, right - width).clamp(0.0, WIDTH - width),
            top: f64::midpoint(top, bottom - height).clamp(0.0, HEIGHT - height),
            width,
            height,
            scale: width / WIDTH,
        }
    }

    /// Each above its spot, or where no other plate and no spot is in the way.
    fn place_plates(self, markers: &mut [Marker]) {
        let spots: Vec<[f64; 2]> = markers.iter().map(|marker| [marker.x, marker.y]).collect();
        for at in 0..markers.len() {
            let (before, rest) = markers.split_at_mut(at);
            let marker = &mut rest[0];
            let half = marker.plate.half;
            let tries = [
                (0.0, -1.0),
                (0.0, 1.0),
                (1.0, 0.0),
                (-1.0, 0.0),
                (1.0, -1.0),
                (-1.0, -1.0),
                (1.0, 1.0),
                (-1.0, 1.0),
            ];
            let tries = [1.0, 1.7, 2.4].into_iter().flat_map(|far| tries.map(|(x, y)| (x * far, y * far)));
            let plates = tries.map(|(x, y)| {
                self.inside(Plate {
                    x: marker.x + x * (half + 50.0) * self.scale,
                    y: marker.y + y * 120.0 * self.scale,
                    half,
                })
            });
            let others: Vec<Plate> = before.iter().map(|other| other.plate).collect();
            let mut plates = plates.peekable();
            let first = plates.peek().copied().unwrap_or(marker.plate);
            marker.plate = plates.find(|plate| self.is_free(*plate, &others, &spots)).unwrap_or(first);
        }
    }

    /// Whether a plate hides neither another nor a spot; on narrow screens plates are drawn larger, so they keep away.
    fn is_free(self, plate: Plate, others: &[Plate], spots: &[[f64; 2]]) -> bool {
        let apart = |x: f64, y: f64, half: f64, high: f64| {
            (plate.x - x).abs() > (plate.half * 1.5 + half) * self.scale
                || (plate.y - y).abs() > high * self.scale
        };
        others.iter().all(|other| apart(other.x, other.y, other.half * 1.5, 150.0))
            && spots.iter().all(|[x, y]| apart(*x, *y, 20.0, 80.0))
    }

    /// The plate of the recipient, who has no place: the corner nearest to where the mail was last, where nothing is in the way.
    fn corner(self, markers: &[Marker], last: [f64; 2], name: &str) -> Plate {
        let half = 40.0 + name.chars().map(|letter| if letter.is_ascii() { 15.0 } else { 27.0 }).sum::<f64>();
        let [right, bottom] = [self.left + self.width, self.top + self.height];
        let corners = [[right, bottom], [self.left, bottom], [right, self.top], [self.left, self.top]];
        let mut plates = corners.map(|[x, y]| self.inside(Plate { x, y, half }));
        let far = |plate: &Plate| (plate.x - last[0]).hypot(plate.y - last[1]);
        plates.sort_by(|one, other| far(one).total_cmp(&far(other)));
        let others: Vec<Plate> = markers.iter().map(|marker| marker.plate).collect();
        let spots: Vec<[f64; 2]> = markers.iter().map(|marker| [marker.x, marker.y]).collect();
        let is_clear =
            |plate: &Plate| far(plate) > LAST_LEG * self.scale && self.is_free(*plate, &others, &spots);
        plates.into_iter().find(is_clear).unwrap_or(plates[0])
    }

    /// Moved so far that all of it is shown.
    fn inside(self, plate: Plate) -> Plate {
        let (half, high) = ((plate.half * 1.5 + 10.0) * self.scale, 80.0 * self.scale);
        Plate {
            x: plate.x.clamp(self.left + half, f64::max(self.left + half, self.left + self.width - half)),
            y: plate.y.clamp(self.top + high, self.top + self.height - high),
            ..plate
        }
    }
}

impl Marker {
    fn new(point: &MapPoint) -> Self {
        let [x, y] = position(point);
        let mut marker = Self {
            x,
            y,
            across: 0.0,
            along: 0.0,
            tone: "neutral",
            is_edge: true,
            numbers: String::new(),
            plate: Plate { x, y, half: 0.0 },
        };
        marker.join(point);
        marker
    }

    fn join(&mut self, point: &MapPoint) {
        if !self.numbers.is_empty() {
            self.numbers.push('·');
        }
        self.numbers += &point.number.to_string();
        self.plate.half = 28.0 + self.numbers.chars().map(|_| 21.0).sum::<f64>();
        let [across, along] = reach(point);
        (self.across, self.along) = (self.across.max(across), self.along.max(along));
        self.is_edge &= point.is_edge;
        if point.is_origin {
            self.tone = "bad";
        }
    }
}

/// In tenths of a degree from the upper left corner; a place beyond an edge is drawn on it.
fn position(point: &MapPoint) -> [f64; 2] {
    let x = (point.longitude - LEFT).rem_euclid(360.0) * 10.0;
    [x, ((TOP - point.latitude) * 10.0).clamp(0.0, HEIGHT)]
}

/// How far off it may be along its parallel and its meridian, in tenths of a degree: parallels grow shorter towards the poles.
fn reach(point: &MapPoint) -> [f64; 2] {
    let along = point.radius.clamp(0.0, 2_000.0) / DEGREE * 10.0;
    [along / point.latitude.to_radians().cos().max(0.2), along]
}
