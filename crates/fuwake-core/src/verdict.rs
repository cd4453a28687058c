//! The verdict (判定): a stated function of the findings.
//!
//! Each finding adds its weight, in natural log-odds. Within a group, what speaks against the mail adds up to a cap, and so does
//! what speaks for it, so that one sign seen in ten ways does not count ten times. The sum over the groups and the prior is the
//! score's log-odds. The class follows by [`class`]. Nothing else enters; the numbers stand in `data/weights.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::findings::Finding;
use crate::knowledge::Scale;

/// What a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// It wants credentials or card data in somebody's name.
    Phishing,
    /// It wants money or trust without a fake log-in.
    Fraud,
    /// It wants a program to be run.
    Malware,
    /// Advertising that nobody asked for.
    Spam,
    /// A brand's mail from elsewhere whose every link is the brand's own.
    Prank,
    /// A phishing exercise that says so and comes from its vendor.
    Simulation,
    /// Genuine.
    Legitimate,
    /// Not decided.
    Undetermined,
}

impl Class {
    /// All, as they stand in the interface.
    pub const ALL: [Self; 8] = [
        Self::Phishing,
        Self::Fraud,
        Self::Malware,
        Self::Spam,
        Self::Prank,
        Self::Simulation,
        Self::Legitimate,
        Self::Undetermined,
    ];

    /// As it stands in the interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phishing => "phishing",
            Self::Fraud => "fraud",
            Self::Malware => "malware",
            Self::Spam => "spam",
            Self::Prank => "prank",
            Self::Simulation => "simulation",
            Self::Legitimate => "legitimate",
            Self::Undetermined => "undetermined",
        }
    }

    /// Whether a reader wants no such mail.
    #[must_use]
    pub const fn is_unwanted(self) -> bool {
        !matches!(self, Self::Legitimate | Self::Undetermined)
    }
}

/// What follows from the findings.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The class.
    pub class: Class,
    /// The probability that its reader does not want the mail.
    pub score: f32,
    /// How sure the verdict is of its side and class, 0 to 1.
    pub confidence: f32,
    /// Log-odds by group, without the prior.
    pub groups: BTreeMap<String, f32>,
    /// What each finding adds, in their order: its weight, less what its group's cap takes off. They and the prior add up to the
    /// score's log-odds.
    pub shares: Vec<f32>,
}

/// Judges.
#[must_use]
pub fn judge(findings: &[Finding<'_>], scale: &Scale) -> Verdict {
    let shares = shares(findings, scale);
    let mut groups: BTreeMap<String, f32> = BTreeMap::new();
    for (finding, share) in findings.iter().zip(&shares).filter(|(_, share)| **share != 0.0) {
        *groups.entry(finding.spec.group.clone()).or_default() += share;
    }
    let odds = scale.prior + shares.iter().sum::<f32>();
    let score = logistic(odds);
    let class = class(findings, odds, scale);
    Verdict {
        class,
        score: kept_apart(score, class),
        confidence: confidence(findings, odds, class),
        groups,
        shares,
    }
}

/// What each finding adds: in a group, what speaks against the mail is cut to the group's cap, and what speaks for it to the
/// relief, all findings of that side in the same proportion.
fn shares(findings: &[Finding<'_>], scale: &Scale) -> Vec<f32> {
    let side = |finding: &Finding<'_>| (finding.spec.group.clone(), finding.weight > 0.0);
    let mut sums: BTreeMap<(String, bool), f32> = BTreeMap::new();
    for finding in findings {
        *sums.entry(side(finding)).or_default() += finding.weight;
    }
    let kept = |finding: &Finding<'_>| {
        let sum = sums.get(&side(finding)).copied().unwrap_or(0.0);
        let most = if sum > 0.0 {
            scale.caps.get(&finding.spec.group).copied().unwrap_or(0.0)
        } else {
            -scale.relief
        };
        if sum.abs() > most { most / sum.abs() } else { 1.0 }
    };
    findings.iter().map(|finding| finding.weight * kept(finding)).collect()
}

fn logistic(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// Rounded to four digits, on its class's side of one half.
fn kept_apart(score: f32, class: Class) -> f32 {
    let rounded = (score * 10_000.0).round() / 10_000.0;
    if class.is_unwanted() { rounded.max(0.5) } else { rounded.min(0.4999) }
}

/// A trusted server proved the sender, and he is known. Other signs that speak for a mail can be had by whoever writes one: they make
/// it likelier, never genuine.
fn is_proven(findings: &[Finding<'_>]) -> bool {
    const PROOF: f32 = -1.0;
    findings.iter().any(|finding| finding.spec.group == "authentication" && finding.weight < PROOF)
}

/// The decision table. A mail under one half is legitimate where clearly so and proven. Of the others: an exercise proven to be one, then a
/// prank (both are set by a finding alone, whose `points_to` is over 10), then the class to which the findings point most,
/// weighted by what they count; phishing where nothing points anywhere but somebody is impersonated, else spam.
fn class(findings: &[Finding<'_>], odds: f32, scale: &Scale) -> Class {
    if odds < 0.0 {
        let clear = odds < scale.legitimate_below && is_proven(findings);
        return if clear { Class::Legitimate } else { Class::Undetermined };
    }
    let candidates =
        [Class::Simulation, Class::Prank, Class::Malware, Class::Phishing, Class::Fraud, Class::Spam];
    let pointed = candidates.map(|class| (class, pointed(findings, class)));
    let best = pointed
        .into_iter()
        .fold((Class::Spam, 0.0_f32), |best, next| if next.1 > best.1 { next } else { best });
    if best.1 > 0.0 {
        return best.0;
    }
    let impersonating =
        findings.iter().any(|finding| finding.spec.group == "impersonation" && finding.weight > 0.0);
    if impersonating { Class::Phishing } else { Class::Spam }
}

fn pointed(findings: &[Finding<'_>], class: Class) -> f32 {
    findings.iter().filter_map(|finding| finding.spec.points_to.get(class.name())).sum()
}

/// Far from one half, from several independent groups, with nothing against it: sure. Offline no verdict is entirely sure.
fn confidence(findings: &[Finding<'_>], odds: f32, class: Class) -> f32 {
    let certainty = (2.0 * logistic(odds) - 1.0).abs();
    let (mut with, mut against) = (0.0_f32, 0.0_f32);
    let mut speaking: Vec<&str> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.weight != 0.0) {
        if (finding.weight > 0.0) == class.is_unwanted() {
            with += finding.weight.abs();
            if !speaking.contains(&finding.spec.group.as_str()) {
                speaking.push(&finding.spec.group);
            }
        } else {
            against += finding.weight.abs();
        }
    }
    let contradiction = if with + against > 0.0 { against / (with + against) } else { 0.5 };
    let breadth = match speaking.len() {
        0 => 0.5,
        1 => 0.75,
        2 => 0.9,
        _ => 1.0,
    };
    let undecided = if class == Class::Undetermined { 0.5 } else { 1.0 };
    let confidence = certainty * breadth * (1.0 - contradiction / 2.0) * undecided;
    (confidence * 0.95 * 100.0).round() / 100.0
}
