//! Words and comments of a trace line (RFC 5322 section 3.2.2), without copying.

/// How many comments that never close are looked through; more are only hostile.
const MAX_UNCLOSED: usize = 8;
/// How many tokens of a line are kept.
const MAX_TOKENS: usize = 256;

/// A piece of a trace line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A run without blanks and parentheses.
    Word(&'a str),
    /// What stands between parentheses, nested ones included.
    Comment(&'a str),
}

/// Cuts a line at its last semicolon outside comments: the tokens before it, the date behind it.
/// Where there is none, the date is empty.
pub(super) fn split(line: &str) -> (Vec<Token<'_>>, &str) {
    let bytes = line.as_bytes();
    let mut tokens = Vec::with_capacity(24);
    let mut date = "";
    let (mut at, mut unclosed) = (0, 0);
    while at < bytes.len() && tokens.len() < MAX_TOKENS {
        match bytes[at] {
            b';' => {
                at += 1;
                date = line.get(at..).unwrap_or_default();
            }
            b'(' if unclosed < MAX_UNCLOSED => match comment_end(bytes, at) {
                Some(end) => {
                    tokens.push(Token::Comment(line.get(at + 1..end).unwrap_or_default()));
                    at = end + 1;
                }
                None => {
                    unclosed += 1;
                    at += 1;
                }
            },
            byte if is_separator(byte) => at += 1,
            _ => {
                let end = word_end(bytes, at);
                let word = line.get(at..end).unwrap_or_default();
                // OpenSMTPD separates clauses by semicolons too.
                if word.eq_ignore_ascii_case("by") || word.eq_ignore_ascii_case("for") {
                    date = "";
                }
                // Behind the semicolon only the date is left.
                if date.is_empty() {
                    tokens.push(Token::Word(word));
                }
                at = end;
            }
        }
    }
    (tokens, date)
}

fn is_separator(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'(' | b')' | b';' | 0)
}

fn word_end(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().position(|&byte| is_separator(byte)).map_or(bytes.len(), |length| start + length)
}

/// The parenthesis that closes the one at `open`.
fn comment_end(bytes: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    for (offset, &byte) in bytes[open..].iter().enumerate() {
        match byte {
            _ if quoted => quoted = false,
            b'\\' => quoted = true,
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(open + offset),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_comments_and_the_last_semicolon() {
        let (tokens, date) = split("from a (b (c; d) e)by f; x; 1 Jan 2020 (JST)");
        assert_eq!(tokens[1..4], [Token::Word("a"), Token::Comment("b (c; d) e"), Token::Word("by")]);
        assert_eq!(date, " 1 Jan 2020 (JST)");
    }

    #[test]
    fn a_comment_that_never_closes_hides_nothing() {
        let (tokens, _) = split("from a (b by c; x");
        assert!(tokens.contains(&Token::Word("by")));
    }
}
