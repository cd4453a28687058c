//! What services and people say of a host or a link, and what that is worth.

use super::moment::moment;
use super::writer::Writer;
use crate::evidence::{Answer, Data, Evidence, Question, Reputation, Subject};
use crate::inquiry::service_name;
use crate::report::{Cell, Fact, Tone};

/// How many are shown.
const VALUES: usize = 8;
/// What `fuwake evidence add` writes for the verdict itself, and services for a category that they do not have.
const NO_CATEGORIES: [&str; 3] = ["clean", "dangerous", "unknown"];

/// What was said of what `is_meant`, warnings first; none where nobody said anything. What it was said of is named where it is not
/// the `heading`.
pub(super) fn fact<'e>(
    writer: &Writer,
    evidence: impl IntoIterator<Item = &'e Evidence>,
    heading: Option<&str>,
    is_meant: impl Fn(&Subject) -> bool,
) -> Option<Fact> {
    let words = &writer.words.hosts;
    let (mut warnings, mut others, mut silent): (Vec<Cell>, Vec<Cell>, Vec<&str>) = Default::default();
    for evidence in evidence {
        let Question::Reputation { service, subject, .. } = &evidence.question else { continue };
        match &evidence.answer {
            _ if !is_meant(subject) => {}
            Answer::Found { data: Data::Reputation(said) } => {
                let about = Some(subject.text()).filter(|about| heading != Some(about));
                let cell = cell(writer, service, &about.unwrap_or_default(), said, evidence);
                if said.warns { warnings.push(cell) } else { others.push(cell) }
            }
            Answer::Absent { .. } => silent.push(service_name(service)),
            _ => {}
        }
    }
    silent.sort_unstable();
    silent.dedup();
    let list = || writer.word_cell(&format!("{}: {}", words.not_listed, silent.join(writer.words.comma)));
    others.extend((!silent.is_empty()).then(list));
    // A clean word beside a warning is worth nothing, and alone not much.
    let worth = !others.is_empty();
    let mut said: Vec<Cell> = warnings.into_iter().chain(others).take(VALUES).collect();
    said.extend(worth.then(|| writer.toned(words.worth, Tone::Faint)));
    (!said.is_empty()).then(|| writer.facts(words.reputation, said))
}

/// Service, verdict, its own words, whether a person read it there, and when.
fn cell(writer: &Writer, service: &str, about: &str, said: &Reputation, evidence: &Evidence) -> Cell {
    let words = &writer.words.hosts;
    let is_unknown = !said.warns && said.categories.iter().any(|category| category == "unknown");
    let verdict = match said.warns {
        true => words.warns,
        false if is_unknown => words.knows_nothing,
        false => words.does_not_warn,
    };
    let categories = said.categories.iter().filter(|category| !NO_CATEGORIES.contains(&category.as_str()));
    let told: Vec<String> = categories.chain(&said.text).cloned().collect();
    let by = if evidence.source.starts_with("person") { words.by_a_person } else { "" };
    let at = evidence.asked_at.as_deref().map(moment).unwrap_or_default();
    let parts = [service_name(service), about, verdict, &told.join(writer.words.comma), by, &at];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let tone = if said.warns { Tone::Bad } else { Tone::Neutral };
    Cell { tone, ..writer.prose(&parts.join(" · ")) }
}
