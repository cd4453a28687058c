//! Sums of money in a folded text.

/// Marks of the world's usual currencies with the sum from which a charge that nobody made frightens: enough to call about at once.
const MARKS: [(&str, f64); 9] = [
    ("$", 100.0),
    ("€", 100.0),
    ("£", 100.0),
    ("usd", 100.0),
    ("eur", 100.0),
    ("gbp", 100.0),
    ("¥", 10_000.0),
    ("jpy", 10_000.0),
    ("円", 10_000.0),
];
/// Places of a mark that are looked at.
const PLACES: usize = 50;

/// How much is at stake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::findings) enum Sum {
    /// What a lunch or a book costs.
    Small,
    /// What nobody wants to lose.
    Frightening,
}

/// The largest sum that stands there, before its mark or behind it: `$399.00`, `1.059,99 €`, `USD 250`, `39,800円`.
pub(in crate::findings) fn largest(text: &str) -> Option<Sum> {
    let sums = MARKS.iter().flat_map(|&(mark, enough)| {
        text.match_indices(mark).take(PLACES).filter_map(move |(at, _)| {
            let before = text.get(..at)?.trim_end();
            let behind = text.get(at + mark.len()..)?.trim_start_matches([' ', ':']);
            let ends = before.len() - before.bytes().rev().take_while(|byte| is_figure(*byte)).count();
            let begins = behind.bytes().take_while(|byte| is_figure(*byte)).count();
            let worth = value(before.get(ends..)?).max(value(behind.get(..begins)?));
            (worth > 0.0).then_some(if worth < enough { Sum::Small } else { Sum::Frightening })
        })
    });
    sums.max()
}

fn is_figure(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == b',' || byte == b'.'
}

/// What a sum is worth: the last mark with one or two figures behind it stands before the decimals.
fn value(sum: &str) -> f64 {
    const LONGEST: usize = 20;
    let sum = sum.trim_matches([',', '.']);
    let decimals =
        sum.rsplit_once([',', '.']).map_or(0, |(_, behind)| if behind.len() < 3 { behind.len() } else { 0 });
    let figures = sum.bytes().filter(u8::is_ascii_digit).take(LONGEST);
    let whole = figures.fold(0.0, |value, figure| value * 10.0 + f64::from(figure - b'0'));
    whole / [1.0, 10.0, 100.0][decimals]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_frighten() {
        for text in
            ["$399.00 was charged", "total 1.059,99 €", "usd 250", "39,800円です", "¥ 12,000", "$1,299"]
        {
            assert_eq!(largest(text), Some(Sum::Frightening), "{text}");
        }
        for text in ["$35.00", "1,200円", "eur 9,90", "99.99 $", "in 2026 for 20 usd"] {
            assert_eq!(largest(text), Some(Sum::Small), "{text}");
        }
        assert_eq!(largest("円 or $ in 2026"), None);
    }
}
