//! Columns: how wide a text is, and where it is broken.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// A text with blanks behind it up to `width` columns.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// The head of a text that fits into `width` columns, with an ellipsis where something is left out.
pub(super) fn shortened(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut head = String::new();
    let mut used = 1;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used > width {
            break;
        }
        head.push(character);
    }
    head.push('…');
    head
}

/// Characters that no line begins with (JIS X 4051).
const NEVER_FIRST: &str =
    "、。，．・：；？！」』）】〕〉》］｝ーァィゥェォッャュョぁぃぅぇぉっゃゅょ々)]},.:;!?";

/// Characters that no line ends with.
const NEVER_LAST: &str = "「『（【〔〈《［｛(";

/// Lines of at most `width` columns. Words of letters stay whole where they fit; Japanese breaks anywhere but before closing marks.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text) {
        let needed = columns(piece);
        let hanging = piece.chars().all(|character| NEVER_FIRST.contains(character));
        if used + needed <= width || hanging && used + needed <= width + 2 {
            line.push_str(piece);
            used += needed;
            continue;
        }
        if used > 0 {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0;
        }
        for character in piece.trim_start().chars() {
            let needed = character.width().unwrap_or(0);
            if used + needed > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(character);
            used += needed;
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// What is not broken: a word of letters with the blanks behind it, or one wide character.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let opening: usize =
            rest.chars().take_while(|c| NEVER_LAST.contains(*c)).take(8).map(char::len_utf8).sum();
        let first = rest.get(opening..)?.chars().next().or_else(|| rest.chars().next())?;
        let mut end = (opening + first.len_utf8()).min(rest.len());
        if !is_wide(first) {
            let mut blank = first == ' ';
            for character in rest.get(end..)?.chars() {
                if is_wide(character) || blank && character != ' ' {
                    break;
                }
                blank = character == ' ';
                end += character.len_utf8();
            }
        }
        let (piece, tail) = rest.split_at_checked(end)?;
        rest = tail;
        Some(piece)
    })
}

fn is_wide(character: char) -> bool {
    character.width().unwrap_or(0) > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "差出人のドメインが「えきねっと」のもの(「card[.]example」)ではない。「 www[.]eki-net[.]example[.]shop を見よ";
        for width in 8..60 {
            let lines = wrapped(text, width);
            assert!(lines.iter().all(|line| columns(line) <= width + 2), "{width}: {lines:?}");
            let together: String = lines.concat();
            assert_eq!(together.replace(' ', ""), text.replace(' ', ""));
        }
    }

    #[test]
    fn widths_are_those_of_a_terminal() {
        assert_eq!(columns("判定 ok"), 7);
        assert_eq!(padded("判定", 6), "判定  ");
        assert_eq!(shortened("判定の確度", 6), "判定…");
        assert_eq!(wrapped("", 20), [""]);
    }
}
