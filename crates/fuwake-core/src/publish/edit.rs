//! Replacements in a text, and the text that they make.

/// Bytes `[start, end)` of a text and what is written in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: String,
}

impl Edit {
    pub(super) fn new(start: usize, end: usize, with: impl Into<String>) -> Self {
        Self { start, end, with: with.into() }
    }
}

/// Sorted, without overlaps: of two that overlap the one that starts first stays and covers both.
pub(super) fn merged(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.start, usize::MAX - edit.end));
    let mut merged: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match merged.last_mut() {
            Some(last) if edit.start < last.end => last.end = last.end.max(edit.end),
            _ => merged.push(edit),
        }
    }
    merged
}

/// `minor` without those that touch one of `major`, and `major`; both sorted and without overlaps.
pub(super) fn overlaid(major: Vec<Edit>, minor: Vec<Edit>) -> Vec<Edit> {
    let mut all = Vec::with_capacity(major.len() + minor.len());
    let mut major = major.into_iter().peekable();
    for edit in minor {
        while let Some(first) = major.next_if(|first| first.end <= edit.start) {
            all.push(first);
        }
        if major.peek().is_none_or(|next| edit.end <= next.start) {
            all.push(edit);
        }
    }
    all.extend(major);
    all
}

/// The bytes `[start, end)` of `text` with the edits that begin in it applied.
pub(super) fn apply(text: &str, edits: &[Edit], start: usize, end: usize) -> String {
    let mut out = String::with_capacity(end.saturating_sub(start) + 16);
    let first = edits.partition_point(|edit| edit.end <= start);
    let mut at = start;
    for edit in edits[first..].iter().take_while(|edit| edit.start < end) {
        out.push_str(text.get(at..edit.start.max(at)).unwrap_or_default());
        if edit.start >= start {
            out.push_str(&edit.with);
        }
        at = edit.end;
    }
    out.push_str(text.get(at..end).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn major_edits_win_and_pieces_add_up() {
        let major = merged(vec![Edit::new(2, 5, "***"), Edit::new(4, 6, "***")]);
        let all = overlaid(major, vec![Edit::new(0, 1, "A"), Edit::new(5, 6, "x"), Edit::new(7, 8, "H")]);
        let text = "abcdefgh";
        assert_eq!(apply(text, &all, 0, 8), "Ab***gH");
        assert_eq!(apply(text, &all, 0, 3) + &apply(text, &all, 3, 8), "Ab***gH");
    }
}
