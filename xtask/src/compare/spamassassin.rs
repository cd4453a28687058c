//! SpamAssassin: its rules over all mails in one process.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::Context;

use super::{Outcome, sample::Mail};

/// The score from which its default configuration calls a mail spam.
const THRESHOLD: f64 = 5.0;

/// Local tests alone, nothing learnt, no user's preferences; a line a mail, then the CPU seconds without the start.
const SCAN: &str = r#"
use strict; use warnings; use Mail::SpamAssassin;
my $judge = Mail::SpamAssassin->new({ local_tests_only => 1, dont_copy_prefs => 1, userprefs_filename => '/dev/null',
    post_config_text => "use_bayes 0\n" });
$judge->init(0); $judge->compile_now(0);
my @start = times;
while (my $path = <STDIN>) {
    chomp $path;
    open(my $file, '<:raw', $path) or die "$path: $!";
    my $text = do { local $/; <$file> };
    my $mail = $judge->parse($text);
    my $status = $judge->check($mail);
    printf "%s\t%.1f\n", $path, $status->get_score();
    $status->finish(); $mail->finish();
}
my @end = times;
open(my $self, '<', '/proc/self/status') or die;
my ($peak) = map { /^VmHWM:\s+(\d+)/ ? $1 : () } <$self>;
printf "cpu\t%.2f\npeak\t%d\n", $end[0] + $end[1] - $start[0] - $start[1], $peak;
"#;

/// Judges the mails.
pub(crate) fn run(mails: &[Mail]) -> anyhow::Result<Outcome> {
    let mut child = Command::new("perl")
        .args(["-e", SCAN])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("cannot run perl")?;
    let mut paths = child.stdin.take().context("perl has an input")?;
    let list: String = mails.iter().map(|mail| format!("{}\n", mail.path.display())).collect();
    let feeder = std::thread::spawn(move || paths.write_all(list.as_bytes()));
    let output = child.wait_with_output()?;
    feeder.join().ok().context("the list of mails was not read")??;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut outcome = Outcome { name: "SpamAssassin", version: version(), ..Outcome::default() };
    let mut flagged = BTreeSet::new();
    for (key, value) in text.lines().filter_map(|line| line.rsplit_once('\t')) {
        let value: f64 = value.parse().with_context(|| format!("no number: {value}"))?;
        match key {
            "cpu" => outcome.cpu = value,
            "peak" => outcome.peak = value as u64,
            path => {
                outcome.judged += 1;
                if value >= THRESHOLD {
                    flagged.insert(PathBuf::from(path));
                }
            }
        }
    }
    outcome.flagged = flagged;
    Ok(outcome)
}

fn version() -> String {
    let output = Command::new("perl")
        .args(["-MMail::SpamAssassin", "-e", "print Mail::SpamAssassin::Version()"])
        .output();
    output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).into_owned())
}
