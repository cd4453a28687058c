//! STIX patterns (STIX 2.1 part 9).

/// A comparison of a property with a text.
pub(super) fn equals(path: &str, text: &str) -> String {
    format!("[{path} = {}]", quoted(text))
}

/// A comparison with the head of a text: what follows was masked, or is another one's mark.
pub(super) fn begins(path: &str, head: &str) -> String {
    // In LIKE these two stand for other characters, so that the pattern is a little wider than the head.
    format!("[{path} LIKE {}]", quoted(&format!("{}%", head.replace('%', "_"))))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_pattern() {
        assert_eq!(equals("url:value", r"a' OR '\"), r"[url:value = 'a\' OR \'\\']");
        assert_eq!(begins("url:value", "https://a.example/%41"), "[url:value LIKE 'https://a.example/_41%']");
    }
}
