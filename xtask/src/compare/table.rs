//! The comparison as Markdown.

use std::fmt::Write;
use std::path::PathBuf;

use super::sample::{Mail, classes};
use super::{Outcome, rspamd};

/// The tables, ready to be put in a page.
pub(super) fn write(
    folders: &[PathBuf],
    sample: Option<usize>,
    mails: &[Mail],
    outcomes: &[Outcome],
) -> String {
    let mut text = String::new();
    let mut table = |title: &str, rows: Vec<(String, Vec<&Mail>)>| {
        let names: Vec<String> =
            outcomes.iter().map(|outcome| format!("{} {}", outcome.name, outcome.version)).collect();
        let _ = writeln!(text, "| {title} | mails | {} |", names.join(" | "));
        let _ = writeln!(text, "|---|---|{}", "---|".repeat(names.len()));
        for (name, mails) in rows {
            let cells: Vec<String> = outcomes.iter().map(|outcome| share(outcome, &mails)).collect();
            let _ = writeln!(text, "| {name} | {} | {} |", mails.len(), cells.join(" | "));
        }
        text.push('\n');
    };
    let by_folder = folders.iter().enumerate().map(|(number, folder)| {
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        (name, mails.iter().filter(|mail| mail.folder == number && mail.sampled).collect())
    });
    table("flagged, by folder", by_folder.collect());
    let by_class = classes(mails).into_iter().map(|class| {
        (class.to_owned(), mails.iter().filter(|mail| mail.label.as_deref() == Some(class)).collect())
    });
    let by_class: Vec<_> = by_class.collect();
    if !by_class.is_empty() {
        table("flagged, by hand label", by_class);
    }
    costs(&mut text, outcomes);
    notes(&mut text, sample);
    text
}

fn costs(text: &mut String, outcomes: &[Outcome]) {
    text.push_str("| cost | mails per CPU second | peak memory |\n|---|---|---|\n");
    for outcome in outcomes {
        let speed = outcome.judged as f64 / outcome.cpu.max(0.01);
        let _ = writeln!(text, "| {} | {speed:.0} | {} MiB |", outcome.name, outcome.peak >> 10);
    }
    text.push('\n');
}

fn notes(text: &mut String, sample: Option<usize>) {
    let mails = sample.map_or_else(
        || "All mails of each folder.".to_owned(),
        |most| format!("Of each folder the first {most} mails in the order of their SHA-256; by label all that have one."),
    );
    let _ = writeln!(
        text,
        "{mails} Shares with the 95 % interval (Wilson); every filter read the same files in one run, without a network, \
         and was told nothing of the connection.\n\n\
         - SpamAssassin: Debian's rules, local tests alone (`-L`), spam from 5.0; without Bayes, for nothing was learnt. Not asked: DNS \
         lists, SPF, Razor, Pyzor. The start, which compiles the rules, is not counted.\n\
         - rspamd: Debian's configuration, spam from 6.0 (`add_header`), one worker. Modules that are off, for they ask a network \
         or a database or judge the connection: {}. The scores of {} are taken off: they say only that a mail is old or that no \
         connection was seen. The start is not counted; memory is that of its largest process.\n\
         - fuwake: `--reach offline`, unwanted classes; the start is counted.",
        rspamd::OFF.join(", "),
        rspamd::ARTEFACTS.join(", ")
    );
}

fn share(outcome: &Outcome, mails: &[&Mail]) -> String {
    let flagged = mails.iter().filter(|mail| outcome.flagged.contains(&mail.path)).count();
    let (low, high) = wilson(flagged as f64, mails.len() as f64);
    let percent = 100.0 * flagged as f64 / (mails.len() as f64).max(1.0);
    format!("{percent:.1} % ({:.1}–{:.1})", 100.0 * low, 100.0 * high)
}

/// The 95 % interval of a share (Wilson 1927).
fn wilson(hits: f64, all: f64) -> (f64, f64) {
    const Z: f64 = 1.96;
    if all == 0.0 {
        return (0.0, 1.0);
    }
    let share = hits / all;
    let middle = (share + Z * Z / (2.0 * all)) / (1.0 + Z * Z / all);
    let half = Z / (1.0 + Z * Z / all) * (share * (1.0 - share) / all + Z * Z / (4.0 * all * all)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[test]
    fn intervals_are_those_of_the_literature() {
        let near = |(low, high): (f64, f64), expected: (f64, f64)| {
            (low - expected.0).abs() < 0.001 && (high - expected.1).abs() < 0.001
        };
        assert!(near(wilson(0.0, 10.0), (0.0, 0.278)));
        assert!(near(wilson(5.0, 10.0), (0.237, 0.763)));
    }
}
