//! Mail addresses in a text, whoever they belong to.

/// Where the first begins and ends: a local part of the letters that addresses use unquoted (RFC 5322 section 3.2.3, but for signs that
/// divide links), `@`, and a name with a dot.
pub(super) fn first(text: &str) -> Option<(usize, usize)> {
    text.match_indices('@').find_map(|(at, _)| {
        let (head, tail) = (text.get(..at)?, text.get(at + 1..)?);
        let start = head.rfind(|c: char| !is_local(c)).map_or(0, |before| next(head, before));
        let length = tail.find(|c: char| !is_name(c)).unwrap_or(tail.len());
        let name = tail.get(..length)?.trim_end_matches(['.', '-']);
        let has_dot = name.trim_start_matches('.').contains('.');
        (start < at && has_dot).then_some((start, at + 1 + name.len()))
    })
}

/// The place behind the character at `at`.
fn next(text: &str, at: usize) -> usize {
    at + text.get(at..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8)
}

fn is_local(character: char) -> bool {
    character.is_alphanumeric() || "!#$%*+-_.~".contains(character)
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn addresses_end_where_links_are_divided() {
        let found = |text: &str| first(text).and_then(|(start, end)| text.get(start..end).map(str::to_owned));
        assert_eq!(
            found("to=taro.yamada+x@mail.example.jp.").as_deref(),
            Some("taro.yamada+x@mail.example.jp")
        );
        assert_eq!(found("宛先:a@b.example").as_deref(), Some("a@b.example"));
        for none in ["@35.6812,139.7671,15z", "@user", "a@b", "", "@", "a@.jp"] {
            assert_eq!(found(none), None, "{none}");
        }
    }
}
