//! Domains that somebody else registered: what a sender calls his reader must not hide them.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::edit::Edit;

/// Domains whose first label is masked by no name and no number.
#[derive(Debug, Default)]
pub(super) struct Spared {
    domains: Option<AhoCorasick>,
}

impl Spared {
    pub(super) fn new(domains: &[String]) -> Self {
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::ContiguousNFA));
        Self { domains: (!domains.is_empty()).then(|| builder.build(domains).ok()).flatten() }
    }

    /// Whether one of the domains stands in a text.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        self.domains.as_ref().is_some_and(|domains| domains.is_match(text))
    }

    /// `edits` of a text without those that lie in such a label. What covers more, such as an address, stays.
    pub(super) fn leave(&self, text: &str, mut edits: Vec<Edit>) -> Vec<Edit> {
        if edits.is_empty() {
            return edits;
        }
        let labels = self.labels(text);
        edits.retain(|edit| !labels.iter().any(|&(start, end)| start <= edit.start && edit.end <= end));
        edits
    }

    fn labels(&self, text: &str) -> Vec<(usize, usize)> {
        let hits = self.domains.iter().flat_map(|domains| domains.find_overlapping_iter(text));
        let hits = hits.filter(|hit| stands_alone(text, hit.start(), hit.end()));
        hits.filter_map(|hit| Some((hit.start(), hit.start() + text.get(hit.range())?.find('.')?))).collect()
    }
}

/// No part of another name: nothing that goes on with the label before it, and no more labels behind.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let is_label = |c: char| c.is_alphanumeric() || c == '-';
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let mut behind = text.get(end..).unwrap_or_default().chars();
    let goes_on = match behind.next() {
        Some('.') => behind.next().is_some_and(is_label),
        Some(next) => is_label(next),
        None => false,
    };
    !before.is_some_and(is_label) && !goes_on
}

#[cfg(test)]
mod tests {
    use super::super::edit::{apply, merged};
    use super::*;

    #[test]
    fn a_name_hides_no_domain_of_others() {
        let spared = Spared::new(&["montaly.example".to_owned()]);
        let left = |text: &str, name: &str| {
            let found =
                text.match_indices(name).map(|(at, _)| Edit::new(at, at + name.len(), "***")).collect();
            apply(text, &merged(spared.leave(text, found)), 0, text.len())
        };
        assert_eq!(left("montaly: www.montaly.example.", "montaly"), "***: www.montaly.example.");
        assert_eq!(left("https://montaly.example/montaly", "montaly"), "https://montaly.example/***");
        assert_eq!(left("a@montaly.example", "a@montaly.example"), "***");
        assert_eq!(left("montaly.example.net", "montaly"), "***.example.net");
    }
}
