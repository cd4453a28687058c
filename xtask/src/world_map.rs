//! `cargo xtask world-map`: the shapes of the land for the reports' map, from Natural Earth's as the npm package world-atlas has them.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

/// The meridian at the left edge, degrees east: the Pacific in the middle, as maps are drawn in Japan, and the cut in the Atlantic.
const LEFT: f64 = -30.0;
/// Degrees north of the upper and of the lower edge.
const TOP: f64 = 84.0;
const BOTTOM: f64 = -58.0;

/// TopoJSON as far as it is needed (topojson-specification 1.0).
#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<[f64; 2]>>,
    transform: Transform,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    land: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<MultiPolygon>,
}

#[derive(Deserialize)]
struct MultiPolygon {
    arcs: Vec<Vec<Vec<i64>>>,
}

type Point = [f64; 2];

/// Writes the land of `source` (`land-110m.json`) as the path of an SVG picture: one unit a degree, x from the left edge, y downwards.
pub(crate) fn run(source: &Path, target: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(source).with_context(|| format!("cannot read {}", source.display()))?;
    let topology: Topology = serde_json::from_str(&text).context("no TopoJSON with an object `land`")?;
    let arcs: Vec<Vec<Point>> = topology.arcs.iter().map(|arc| unpack(arc, &topology.transform)).collect();
    let polygons = topology.objects.land.geometries.iter().flat_map(|geometry| &geometry.arcs);
    let rings = polygons.flatten().map(|ring| join(ring, &arcs));
    let path: String = rings.flat_map(|ring| on_the_map(&ring)).map(|ring| draw(&ring)).collect();
    fs::write(target, path + "\n").with_context(|| format!("cannot write {}", target.display()))
}

/// Arcs are stored as steps in whole units.
fn unpack(arc: &[Point], transform: &Transform) -> Vec<Point> {
    let mut at = [0.0, 0.0];
    let step = |step: &Point| {
        at = [at[0] + step[0], at[1] + step[1]];
        [0, 1].map(|axis| at[axis] * transform.scale[axis] + transform.translate[axis])
    };
    arc.iter().map(step).collect()
}

/// A ring is a list of arcs, `!index` those that run backwards; the end of one is the start of the next.
fn join(ring: &[i64], arcs: &[Vec<Point>]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for &index in ring {
        let backwards = index < 0;
        let number = usize::try_from(if backwards { !index } else { index }).unwrap_or(usize::MAX);
        let mut arc = arcs.get(number).cloned().unwrap_or_default();
        if backwards {
            arc.reverse();
        }
        points.pop();
        points.extend(arc);
    }
    points
}

/// The ring where the map shows it: once or, where it lies across the cut, in two pieces.
fn on_the_map(ring: &[Point]) -> Vec<Vec<Point>> {
    let ring = unrolled(ring);
    let copies = [-360.0, 0.0, 360.0].map(|turn| {
        let moved: Vec<Point> = ring.iter().map(|point| [point[0] - LEFT + turn, TOP - point[1]]).collect();
        let right_of_left = clip(&moved, |point| point[0], 0.0, 0);
        let inside = clip(&right_of_left, |point| 360.0 - point[0], 360.0, 0);
        clip(&inside, |point| TOP - BOTTOM - point[1], TOP - BOTTOM, 1)
    });
    copies.into_iter().filter(|ring| ring.len() > 2).collect()
}

/// A ring that runs over the 180th meridian goes on beyond it, not back around the world.
fn unrolled(ring: &[Point]) -> Vec<Point> {
    let mut turn = 0.0;
    let mut last = ring.first().map_or(0.0, |point| point[0]);
    let unroll = |point: &Point| {
        if (point[0] - last).abs() > 180.0 {
            turn += if point[0] < last { 360.0 } else { -360.0 };
        }
        last = point[0];
        [point[0] + turn, point[1]]
    };
    ring.iter().map(unroll).collect()
}

/// The part of a ring where `inside` is not negative (Sutherland and Hodgman 1974); the edge is `axis` = `edge`.
fn clip(ring: &[Point], inside: impl Fn(&Point) -> f64, edge: f64, axis: usize) -> Vec<Point> {
    let mut kept = Vec::new();
    for (index, to) in ring.iter().enumerate() {
        let from = &ring[(index + ring.len() - 1) % ring.len()];
        let (before, after) = (inside(from), inside(to));
        if (before < 0.0) != (after < 0.0) {
            let share = before / (before - after);
            let mut crossing = [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]));
            crossing[axis] = edge;
            kept.push(crossing);
        }
        if after >= 0.0 {
            kept.push(*to);
        }
    }
    kept
}

/// Tenths of a degree, as steps: the shortest that shows every bay that a reader can see.
fn draw(ring: &[Point]) -> String {
    let tenths = |value: f64| format!("{:.0}", value * 10.0).parse::<i64>().unwrap_or(0);
    let mut points: Vec<[i64; 2]> = ring.iter().map(|point| point.map(tenths)).collect();
    points.dedup();
    let mut path = String::new();
    let mut last = [0, 0];
    for (index, point) in points.iter().enumerate() {
        let command = match index {
            0 => "M",
            1 => "l",
            _ => " ",
        };
        let [x, y] = if index == 0 { *point } else { [point[0] - last[0], point[1] - last[1]] };
        let _ = write!(path, "{command}{x} {y}");
        last = *point;
    }
    path + "z"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn land_across_the_cut_is_drawn_on_both_edges() {
        let across = [[-40.0, 10.0], [-20.0, 10.0], [-20.0, 0.0], [-40.0, 0.0]];
        let pieces = on_the_map(&across);
        assert_eq!(pieces.len(), 2);
        let width = |ring: &Vec<Point>| {
            let xs = ring.iter().map(|point| point[0]);
            xs.clone().fold(f64::MIN, f64::max) - xs.fold(f64::MAX, f64::min)
        };
        assert!(pieces.iter().all(|piece| (width(piece) - 10.0).abs() < 1e-9), "{pieces:?}");
    }

    #[test]
    fn arcs_run_both_ways() {
        let arcs = [vec![[0.0, 0.0], [1.0, 0.0]], vec![[0.0, 0.0], [1.0, 1.0], [1.0, 0.0]]];
        assert_eq!(join(&[0, !1], &arcs), [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]);
    }
}
