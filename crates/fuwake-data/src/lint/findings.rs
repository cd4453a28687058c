//! Findings and the phrases that they rest on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{CLASSES, Linter, is_invisible, is_kebab};
use crate::schema::{FindingSpec, Words};

impl Linter<'_> {
    pub(super) fn finding(&mut self, finding: &FindingSpec) {
        let file = &self.path(&["findings", &finding.id]);
        self.check(!is_kebab(&finding.id), file, "", "the file's name is not kebab-case");
        let groups = &self.shipped.unwrap_or(&self.reading.data).scale.caps;
        let known: Vec<&str> = groups.keys().map(String::as_str).collect();
        let group = format!("no such group: {} (one of {})", finding.group, known.join(", "));
        self.check(!known.contains(&finding.group.as_str()), file, "group", &group);
        let heavy = !finding.weight.is_finite() || finding.weight.abs() > 20.0;
        self.check(heavy, file, "weight", &format!("weight {}", finding.weight));
        for class in finding.points_to.keys() {
            let unknown = !CLASSES.contains(&class.as_str());
            self.check(unknown, file, "points_to", &format!("no such class: {class}"));
        }
        self.words(finding, file);
        self.when(finding, file);
        self.told_better(finding, file);
    }

    /// What tells a finding better is there, speaks on the same side, and is not told better by it in turn: both would be silent.
    fn told_better(&mut self, finding: &FindingSpec, file: &Path) {
        for id in &finding.told_better_by {
            let Some(better) = self.known(id) else {
                self.say(file, id, format!("told better by an unknown finding: {id}"));
                continue;
            };
            let circle = self.leads_back(id, &finding.id, |next| next.told_better_by.iter().collect());
            let opposite = finding.weight * better.weight < 0.0;
            self.check(circle, file, id, &format!("is in the end told better by itself: {id}"));
            self.check(opposite, file, id, &format!("speaks on the other side: {id}"));
        }
    }

    /// Whether one comes from the finding `from` to `target` by way of what `next` says of each.
    fn leads_back(&self, from: &str, target: &str, next: impl Fn(&FindingSpec) -> Vec<&String>) -> bool {
        let mut reached = vec![from];
        let mut at = 0;
        while let Some(id) = reached.get(at) {
            for id in self.known(id).map(&next).unwrap_or_default() {
                if !reached.contains(&id.as_str()) {
                    reached.push(id);
                }
            }
            at += 1;
        }
        reached.contains(&target)
    }

    fn words(&mut self, finding: &FindingSpec, file: &Path) {
        let missing = |words: &Words| words.title.trim().is_empty() || words.explanation.trim().is_empty();
        let (ja, en) = (missing(&finding.ja), missing(&finding.en));
        let needed = self.lacks_words(ja, en);
        for (language, words, missing) in [("ja", &finding.ja, ja), ("en", &finding.en, en)] {
            let begun = *words != Words::default();
            let message = format!("the {language} words are missing");
            self.check(missing && (needed || begun), file, &format!("[{language}]"), &message);
        }
        let [named, other] = [&finding.ja, &finding.en].map(|words| names(&words.explanation).is_empty());
        let differ = !ja && !en && finding.weight.abs() > 0.0 && named != other;
        self.check(differ, file, "explanation", "one language names values, the other does not");
    }

    fn when(&mut self, finding: &FindingSpec, file: &Path) {
        let Some(when) = &finding.when else { return };
        for id in grounds(finding) {
            let own = self.reading.data.findings.iter().find(|other| other.id == *id);
            let unknown = self.known(id).is_none();
            self.check(unknown, file, id, &format!("rests on an unknown finding: {id}"));
            let later = own.is_some_and(FindingSpec::has_expression);
            let message = format!("rests on a finding that an expression decides, which comes later: {id}");
            self.check(later, file, id, &message);
            let circle = self.leads_back(id, &finding.id, grounds);
            self.check(circle, file, id, &format!("rests in the end on itself, so it never fires: {id}"));
        }
        let valued = finding.has_expression()
            && [&finding.ja, &finding.en]
                .iter()
                .any(|words| !names(&words.title).is_empty() || !names(&words.explanation).is_empty());
        self.check(valued, file, "{", "an expression gives no values for the words");
        let shipped = self.shipped.is_none() && !when.expression.is_empty();
        self.check(shipped, file, "when", "expressions are for an operator's own findings");
        let nothing = when.all.is_empty() && when.any.is_empty() && when.expression.trim().is_empty();
        self.check(nothing, file, "when", "nothing that it follows from");
    }

    /// A phrase of two topics makes two findings of one fact, unless one is said to tell it better.
    pub(super) fn repeated_phrases(&mut self) {
        let mut topics: BTreeMap<&str, Vec<(&str, PathBuf)>> = BTreeMap::new();
        for file in &self.reading.data.phrases {
            let path = self.path(&["phrases", &file.language, &file.topic]);
            for phrase in &file.phrases {
                topics.entry(phrase).or_default().push((&file.finding, path.clone()));
            }
        }
        let is_better = |one: &str, other: &str| {
            self.known(one).is_some_and(|finding| finding.told_better_by.iter().any(|id| id == other))
        };
        let mut repeated = Vec::new();
        for (phrase, places) in &topics {
            for (at, (one, _)) in places.iter().enumerate() {
                let twice = |(other, _): &&(&str, PathBuf)| {
                    other != one && !is_better(one, other) && !is_better(other, one)
                };
                repeated.extend(
                    places[at + 1..].iter().find(twice).map(|(_, path)| (*phrase, *one, path.clone())),
                );
            }
        }
        for (phrase, other, path) in repeated {
            self.say(&path, phrase, format!("stands with {other} too: {phrase:?}"));
        }
    }

    pub(super) fn phrases(&mut self) {
        let data = &self.reading.data;
        for file in &data.phrases {
            let path = self.path(&["phrases", &file.language, &file.topic]);
            let mut findings =
                data.findings.iter().chain(self.shipped.into_iter().flat_map(|data| &data.findings));
            if !findings.any(|finding| finding.id == file.finding) {
                self.say(&path, "finding", format!("no such finding: {}", file.finding));
            }
            for phrase in file.phrases.iter().chain(&file.hints) {
                let unseen = phrase.split('…').all(|piece| piece.trim().is_empty())
                    || phrase.chars().any(is_invisible);
                self.check(unseen, &path, phrase, &format!("empty or invisible: {phrase:?}"));
            }
        }
    }
}

/// The findings that the condition of one names.
fn grounds(finding: &FindingSpec) -> Vec<&String> {
    finding.when.iter().flat_map(|when| when.all.iter().chain(&when.any).chain(&when.none)).collect()
}

/// The parameters that words name, sorted.
fn names(words: &str) -> Vec<&str> {
    let mut names: Vec<&str> =
        words.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
