//! Groups for a terminal.

use std::fmt::Write;

use fuwake_core::case::Language;
use fuwake_core::publish::plain;

use super::group::Group;

/// The groups of at least `least` mails.
pub(super) fn write(groups: &[Group], mails: usize, least: usize, language: Language) -> String {
    let say = |ja, en| language.pick(ja, en);
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{}: {mails}  {}: {}",
        say("メール", "mails"),
        say("グループ", "groups"),
        groups.len()
    );
    for group in groups.iter().filter(|group| group.mails >= least) {
        let _ = writeln!(text, "\n{} {}", group.id, group.mails);
        for subject in group.subjects.iter().take(5) {
            let _ = writeln!(text, "  {}", plain(subject));
        }
    }
    text
}
