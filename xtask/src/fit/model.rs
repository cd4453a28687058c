//! Logistic regression with the verdict's own shape: what the findings of a group add is capped.
//!
//! Maximises the posterior: likelihood of the labels times a normal prior around each author's belief. Solved by projected
//! gradient steps whose size comes from a diagonal bound on the curvature (Böhning and Lindsay 1988: the logistic's is at most
//! 1/4), so that no step size has to be chosen.

use std::collections::BTreeMap;

use super::mails::Mail;
use fuwake_data::schema::Data;

/// Gradient steps; the weights move less than a thousandth after some two hundred.
const STEPS: usize = 400;

/// How far a weight may go: nothing that a mail shows offline is surer than fifty to one.
const BOUND: f64 = 4.0;

/// How far a single finding stays from calling a mail unwanted.
const MARGIN: f64 = 0.1;

/// What is fitted.
pub(super) struct Model {
    /// The authors' beliefs; a finding without weight is information and stays so.
    beliefs: Vec<f64>,
    /// The group of each finding, and the caps of the groups.
    groups: Vec<usize>,
    caps: Vec<f64>,
    relief: f64,
    prior: f64,
    /// How much evidence a belief is.
    belief: f64,
}

impl Model {
    /// For the findings of `data`.
    pub(super) fn new(data: &Data, belief: f64) -> Self {
        let names: BTreeMap<&str, usize> =
            data.scale.caps.keys().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        Self {
            beliefs: data.findings.iter().map(|finding| f64::from(finding.weight)).collect(),
            groups: data
                .findings
                .iter()
                .map(|finding| names.get(finding.group.as_str()).copied().unwrap_or(0))
                .collect(),
            caps: data.scale.caps.values().map(|cap| f64::from(*cap)).collect(),
            relief: f64::from(data.scale.relief),
            prior: f64::from(data.scale.prior),
            belief,
        }
    }

    /// The beliefs themselves.
    pub(super) fn beliefs(&self) -> &[f64] {
        &self.beliefs
    }

    /// The weights that the mails speak for.
    pub(super) fn fit(&self, mails: &[&Mail]) -> Vec<f64> {
        let curvature = self.curvature(mails);
        let mut weights = self.beliefs.clone();
        for _ in 0..STEPS {
            let gradient = self.gradient(&weights, mails);
            for (at, weight) in weights.iter_mut().enumerate() {
                *weight = self.allowed(at, *weight - gradient[at] / curvature[at]);
            }
        }
        weights
    }

    /// The log-odds that a mail is unwanted.
    pub(super) fn odds(&self, weights: &[f64], mail: &Mail) -> f64 {
        self.prior
            + self
                .sides(weights, mail)
                .iter()
                .enumerate()
                .map(|(at, sums)| sums[0].min(self.caps[at]) + sums[1].max(self.relief))
                .sum::<f64>()
    }

    /// Per group, what speaks against the mail and what speaks for it.
    fn sides(&self, weights: &[f64], mail: &Mail) -> Vec<[f64; 2]> {
        let mut sums = vec![[0.0; 2]; self.caps.len()];
        for &at in &mail.findings {
            sums[self.groups[at]][usize::from(weights[at] < 0.0)] += weights[at];
        }
        sums
    }

    fn gradient(&self, weights: &[f64], mails: &[&Mail]) -> Vec<f64> {
        let pull = weights.iter().zip(&self.beliefs).map(|(weight, belief)| self.belief * (weight - belief));
        let mut gradient: Vec<f64> = pull.collect();
        for mail in mails {
            let sums = self.sides(weights, mail);
            let slope =
                mail.counts * (logistic(self.odds(weights, mail)) - f64::from(u8::from(mail.unwanted)));
            for &at in &mail.findings {
                let group = self.groups[at];
                let free = if self.beliefs[at] < 0.0 {
                    sums[group][1] > self.relief
                } else {
                    sums[group][0] < self.caps[group]
                };
                // At the cap a finding can add nothing, but it can take away.
                if free || slope > 0.0 && self.beliefs[at] > 0.0 {
                    gradient[at] += slope;
                }
            }
        }
        gradient
    }

    fn curvature(&self, mails: &[&Mail]) -> Vec<f64> {
        let mut curvature = vec![self.belief; self.beliefs.len()];
        for mail in mails {
            let weighing = mail.findings.iter().filter(|at| self.beliefs[**at] != 0.0).count();
            let share = mail.counts * f64::from(u32::try_from(weighing).unwrap_or(u32::MAX)) / 4.0;
            mail.findings.iter().for_each(|&at| curvature[at] += share);
        }
        curvature
    }

    /// On the side of the belief, and within bounds. What its author believes to be surer stays as sure.
    fn allowed(&self, at: usize, weight: f64) -> f64 {
        let belief = self.beliefs[at];
        // Alone, a finding may call a mail unwanted only where its author believes so.
        let alone = -self.prior - MARGIN;
        let bound = if belief > 0.0 && belief <= alone { alone } else { BOUND.max(belief.abs()) };
        match belief {
            0.0 => 0.0,
            positive if positive > 0.0 => weight.clamp(0.0, bound),
            _ => weight.clamp(-bound, 0.0),
        }
    }
}

fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two findings against a mail in one group with a cap, one for it, one without weight.
    fn model(belief: f64) -> Model {
        Model {
            beliefs: vec![1.0, 1.0, -1.0, 0.0],
            groups: vec![0; 4],
            caps: vec![3.5],
            relief: -4.0,
            prior: -2.0,
            belief,
        }
    }

    fn mails(of: &[(&[usize], bool, f64)]) -> Vec<Mail> {
        let mail = |(findings, unwanted, counts): &(&[usize], bool, f64)| Mail {
            findings: findings.to_vec(),
            unwanted: *unwanted,
            class: None,
            source: 0,
            template: 0,
            counts: *counts,
        };
        of.iter().map(mail).collect()
    }

    #[test]
    fn much_evidence_moves_a_weight_to_its_log_odds_and_little_leaves_the_belief() {
        // Two of five mails with the finding are unwanted: log-odds ln 2/3, of which the prior gives -2.
        let seen = mails(&[(&[0], true, 2000.0), (&[0], false, 3000.0)]);
        let weights = model(1.0).fit(&seen.iter().collect::<Vec<_>>());
        assert!((weights[0] - ((2.0_f64 / 3.0).ln() + 2.0)).abs() < 0.02, "{weights:?}");
        assert_eq!(weights[1..], [1.0, -1.0, 0.0]);
        let seen = mails(&[(&[0], true, 0.003), (&[0], false, 0.001)]);
        let weights = model(1.0).fit(&seen.iter().collect::<Vec<_>>());
        assert!((weights[0] - 1.0).abs() < 0.01, "{weights:?}");
    }

    #[test]
    fn no_weight_changes_sides_and_information_stays_without_weight() {
        let seen = mails(&[(&[0, 3], false, 1000.0), (&[2, 3], true, 1000.0)]);
        let weights = model(1.0).fit(&seen.iter().collect::<Vec<_>>());
        assert_eq!((weights[0], weights[2], weights[3]), (0.0, 0.0, 0.0));
    }

    #[test]
    fn one_finding_does_not_decide_alone() {
        let seen = mails(&[(&[0], true, 1000.0)]);
        let weights = model(1.0).fit(&seen.iter().collect::<Vec<_>>());
        assert!((weights[0] - 1.9).abs() < 0.001, "{weights:?}");
    }

    #[test]
    fn what_a_group_adds_is_capped() {
        let both = &mails(&[(&[0, 1], true, 1.0)])[0];
        let odds = model(1.0).odds(&[2.0, 2.5, 0.0, 0.0], both);
        assert!((odds - 1.5).abs() < 1e-9, "{odds}");
    }
}
