//! Words of a line that are spelt so that a program passes over them.

use crate::span::Span;

/// Fewer single letters are initials: `U. S. A.`
const FEWEST: usize = 4;

/// Runs of single Latin letters and digits that one blank or mark parts each time (`a m a z o n`, `f.e.d.e.x`): their place in bytes and
/// the word that a reader sees. `line` is folded.
#[must_use]
pub fn letters_apart(line: &str) -> Vec<(Span, String)> {
    let bytes = line.as_bytes();
    let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_word =
        |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let is_single = |at: usize| {
        is_letter(at) && !is_word(at + 1) && at.checked_sub(1).is_none_or(|before| !is_word(before))
    };
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while is_single(at) && bytes.get(at + 1) == bytes.get(start + 1) {
            at += 2;
        }
        // The last letter of a run is followed by something else.
        let end = if is_single(at) { at + 1 } else { at.saturating_sub(1) };
        if end.saturating_sub(start) / 2 + 1 >= FEWEST && end > start {
            let word = (start..end).step_by(2).filter_map(|at| bytes.get(at)).map(|byte| char::from(*byte));
            runs.push((Span::new(start, end), word.collect()));
        }
        at = at.max(start + 1);
    }
    runs
}

/// Latin words that may be a name with letters of the same look in it: with a digit, with `i` or `l` (one for the other), with `rn` or `vv`.
pub fn doubtful_words(line: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut words = line.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = words.find(|(_, letter)| letter.is_ascii_alphanumeric())?;
        let mut end = start + 1;
        while let Some((at, _)) = words.next_if(|(_, letter)| letter.is_ascii_alphanumeric()) {
            end = at + 1;
        }
        Some((Span::new(start, end), line.get(start..end)?))
    })
    .filter(|(_, word)| word.len() > 4 && is_doubtful(word))
}

fn is_doubtful(word: &str) -> bool {
    word.bytes().any(|byte| matches!(byte, b'0' | b'1' | b'5' | b'i' | b'l'))
        || word.contains("rn")
        || word.contains("vv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_letters_make_a_word() {
        let words = |line: &str| letters_apart(line).into_iter().map(|(_, word)| word).collect::<Vec<_>>();
        assert_eq!(words("a m a z o n"), ["amazon"]);
        assert_eq!(words("dear f.e.d.e.x. user"), ["fedex"]);
        assert_eq!(words("p-a-y-p-a-l support"), ["paypal"]);
        assert_eq!(words("u.s.a. and a b c"), [] as [&str; 0]);
        assert_eq!(words("a 例 b c d"), [] as [&str; 0]);
        assert_eq!(letters_apart("to a b c d")[0].0, Span::new(3, 10));
    }

    #[test]
    fn words_keep_their_place() {
        let words: Vec<_> = doubtful_words("例 netf1ix と amazon").collect();
        assert_eq!(words, [(Span::new(4, 11), "netf1ix")]);
    }
}
