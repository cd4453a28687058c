//! Slips of the keyboard between two labels.

/// Labels that are longer are no brand's.
const LONGEST: usize = 40;

/// Whether `label` is `name` with a letter put in, left out or changed, or two neighbours exchanged (Damerau 1964); of a name of eleven letters
/// and more with two such slips. Names under five letters are too near to too many words.
pub(crate) fn is_typo(name: &str, label: &str) -> bool {
    let most = match name.chars().count() {
        0..5 => return false,
        5..11 => 1,
        _ => 2,
    };
    let lengths = (name.chars().count(), label.chars().count());
    lengths.0.abs_diff(lengths.1) <= most
        && lengths.1 <= LONGEST
        && (1..=most).contains(&distance(name, label))
}

/// The optimal string alignment distance: fewest letters put in, left out, changed, or neighbours exchanged.
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, facing) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != facing);
            let mut fewest = changed.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *facing {
                fewest = fewest.min(before[column - 1] + 1);
            }
            next.push(fewest);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_near_and_two_only_in_long_names() {
        for label in ["amazom", "amazn", "amaozn", "amazonn", "aamazon"] {
            assert!(is_typo("amazon", label), "{label}");
        }
        assert!(!is_typo("amazon", "amazon") && !is_typo("amazon", "amozan"));
        assert!(is_typo("kuronekoyamato", "kuronekkoyamatto"));
        assert!(!is_typo("visa", "vise"));
    }

    #[test]
    fn distances_are_those_of_the_definition() {
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("ab", "ba"), 1);
    }
}
