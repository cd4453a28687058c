//! Rates with intervals, and how much a finding helps.

use std::collections::BTreeMap;

use fuwake_core::knowledge::Knowledge;
use serde::Serialize;

/// A share with its 95 % interval (Wilson 1927).
#[derive(Clone, Debug, Serialize)]
pub(super) struct Rate {
    /// How many.
    pub(super) count: u64,
    /// Of how many.
    pub(super) total: u64,
    /// The share; 0 of none.
    pub(super) rate: f64,
    /// The interval's lower end.
    pub(super) low: f64,
    /// The interval's upper end.
    pub(super) high: f64,
}

impl Rate {
    pub(super) fn new(count: u64, total: u64) -> Self {
        if total == 0 {
            return Self { count, total, rate: 0.0, low: 0.0, high: 1.0 };
        }
        // The normal distribution's 97.5 % quantile.
        const Z: f64 = 1.959_963_985;
        let (successes, trials) = (float(count), float(total));
        let rate = successes / trials;
        let spread = Z * ((rate * (1.0 - rate) + Z * Z / (4.0 * trials)) / trials).sqrt();
        let (middle, scale) = (rate + Z * Z / (2.0 * trials), 1.0 + Z * Z / trials);
        let bounded = |end: f64| (end / scale).clamp(0.0, 1.0);
        Self { count, total, rate, low: bounded(middle - spread), high: bounded(middle + spread) }
    }
}

/// How much a finding tells unwanted mail from wanted mail.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Helpfulness {
    /// The finding.
    pub(super) id: String,
    /// Unwanted mails that have it.
    pub(super) unwanted: u64,
    /// Wanted mails that have it.
    pub(super) wanted: u64,
    /// The natural logarithm of how many times as often it is in unwanted mail, one half added to each count.
    pub(super) log_likelihood_ratio: f64,
    /// The weight that it has now, in the same unit.
    pub(super) weight: Option<f32>,
}

/// All findings, those first that decide most: by their ratio times the mails that have them.
pub(super) fn helpfulness(
    findings: &BTreeMap<String, [u64; 2]>,
    unwanted: u64,
    wanted: u64,
    knowledge: &Knowledge,
) -> Vec<Helpfulness> {
    let share = |count: u64, total: u64| (float(count) + 0.5) / (float(total) + 1.0);
    let mut all: Vec<Helpfulness> = findings
        .iter()
        .map(|(id, &[with, without])| Helpfulness {
            id: id.clone(),
            unwanted: with,
            wanted: without,
            log_likelihood_ratio: (share(with, unwanted) / share(without, wanted)).ln(),
            weight: knowledge.finding(id).map(|spec| spec.weight),
        })
        .collect();
    all.sort_by(|a, b| decides(b).total_cmp(&decides(a)).then_with(|| a.id.cmp(&b.id)));
    all
}

fn decides(finding: &Helpfulness) -> f64 {
    finding.log_likelihood_ratio.abs() * float(finding.unwanted + finding.wanted)
}

#[expect(clippy::cast_precision_loss, reason = "counts of mails are far below 2^52")]
const fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::Rate;

    #[test]
    fn intervals_are_wilsons() {
        let rate = Rate::new(109, 400);
        assert_eq!(format!("{:.3} {:.3} {:.3}", rate.rate, rate.low, rate.high), "0.273 0.231 0.318");
        let none = Rate::new(0, 23);
        assert_eq!(format!("{:.3} {:.3}", none.low, none.high), "0.000 0.143");
    }
}
