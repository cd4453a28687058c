//! The file that a reviewer reads: every weight beside its author's belief and the mails that have the finding.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;

use super::classes::{CLASSES, Points};
use super::mails::Mails;
use fuwake_data::schema::Data;

/// What stands above it is written by hand and kept.
const MARK: &str = "# From here on written by `cargo xtask fit`";

/// Writes the estimates below what is there by hand.
pub(super) fn write(
    path: &Path,
    data: &Data,
    mails: &Mails,
    weights: &[f64],
    points: &Points,
) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let by_hand = text.split(MARK).next().unwrap_or_default().trim_end();
    let estimates = estimates(data, mails, weights, points);
    std::fs::write(path, format!("{by_hand}\n\n{estimates}"))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn estimates(data: &Data, mails: &Mails, weights: &[f64], points: &Points) -> String {
    let sides =
        [true, false].map(|unwanted| mails.all().iter().filter(|mail| mail.unwanted == unwanted).count());
    let mut text = format!(
        "{MARK}, from {} unwanted and {} wanted mails; docs/judgement.md says which and how.\n\
         # Behind each weight: what its author believed, and the unwanted and wanted mails with the finding. Without a line: as believed.\n\
         [weights]\n",
        sides[0], sides[1]
    );
    for (at, finding) in data.findings.iter().enumerate().filter(|(_, finding)| finding.weight != 0.0) {
        let with = [true, false].map(|unwanted| {
            mails.all().iter().filter(|mail| mail.unwanted == unwanted && mail.findings.contains(&at)).count()
        });
        if with != [0, 0] {
            let _ = writeln!(
                text,
                "{} = {:.2} # {:+.2}; {} and {}",
                finding.id, weights[at], finding.weight, with[0], with[1]
            );
        }
    }
    text.push_str("\n# The classes that a finding points to.\n[points_to]\n");
    for (at, finding) in data.findings.iter().enumerate() {
        let decides = finding.points_to.values().any(|points| *points > 10.0);
        let pairs = CLASSES.iter().zip(points[at]).filter(|(_, points)| *points >= 0.05);
        let pairs: Vec<String> = pairs.map(|(class, points)| format!("{class} = {points:.2}")).collect();
        if !decides && !pairs.is_empty() && mails.all().iter().any(|mail| mail.findings.contains(&at)) {
            let _ = writeln!(text, "{} = {{ {} }}", finding.id, pairs.join(", "));
        }
    }
    text
}
