//! A leg of a mail's way on the map: a bow with a head that shows where it leads.

/// How far a bow swings out, as a share of its length.
const SWING: f64 = 0.16;

/// Coordinates in the units of the map.
pub(super) struct Leg {
    pub(super) from: [f64; 2],
    pub(super) through: [f64; 2],
    pub(super) to: [f64; 2],
    /// The head's three corners.
    pub(super) head: [[f64; 2]; 3],
    /// Both ends have a place.
    pub(super) is_known: bool,
}

impl Leg {
    /// None where both ends are nearly one spot; it ends `gap` before its aim.
    pub(super) fn new(from: [f64; 2], aim: [f64; 2], gap: f64, scale: f64, is_known: bool) -> Option<Self> {
        let (wide, high) = (aim[0] - from[0], aim[1] - from[1]);
        let length = wide.hypot(high);
        if length < gap * 1.5 {
            return None;
        }
        // Bows swing northwards, as great circles do on this map.
        let side = if wide < 0.0 { -SWING } else { SWING };
        let through =
            [f64::midpoint(from[0], aim[0]) + high * side, f64::midpoint(from[1], aim[1]) - wide * side];
        let direction = unit(through, aim);
        let back = |far: f64, aside: f64| {
            let [x, y] = direction;
            [aim[0] - x * far - y * aside, aim[1] - y * far + x * aside]
        };
        let base = gap + 44.0 * scale;
        Some(Self {
            from,
            through,
            to: back(base, 0.0),
            head: [back(gap, 0.0), back(base, 22.0 * scale), back(base, -22.0 * scale)],
            is_known,
        })
    }
}

fn unit(from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    let (x, y) = (to[0] - from[0], to[1] - from[1]);
    let length = x.hypot(y).max(f64::MIN_POSITIVE);
    [x / length, y / length]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leg_ends_before_its_aim() {
        let leg = Leg::new([0.0, 0.0], [1_000.0, 0.0], 24.0, 1.0, true).expect("long enough");
        assert!(leg.head[0][0] < 1_000.0 && leg.through[1] < 0.0);
        assert!(Leg::new([0.0, 0.0], [10.0, 0.0], 24.0, 1.0, true).is_none());
    }
}
