//! What an invitation says (iCalendar, RFC 5545): mail programs show it as a card above or instead of the text.

/// Properties that are shown or lead somewhere (RFC 5545 section 3.8.1, RFC 7986 section 5.11, Google's own).
const SHOWN: [&str; 8] =
    ["SUMMARY", "LOCATION", "DESCRIPTION", "COMMENT", "URL", "ATTACH", "CONFERENCE", "X-GOOGLE-CONFERENCE"];
/// Characters of a line that tell whether it is already shown.
const TELLING: usize = 40;

/// The shown values, one below the other; reminders (VALARM) repeat them or say nothing.
pub(super) fn words(calendar: &str) -> String {
    let unfolded = calendar.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let mut words = String::new();
    let mut in_alarm = false;
    for line in unfolded.lines() {
        let Some((name, value)) = property(line) else { continue };
        match name {
            _ if name.eq_ignore_ascii_case("BEGIN") => in_alarm = value.eq_ignore_ascii_case("VALARM"),
            _ if name.eq_ignore_ascii_case("END") => in_alarm = false,
            _ if !in_alarm && SHOWN.iter().any(|shown| name.eq_ignore_ascii_case(shown)) => {
                push_unescaped(&mut words, value.trim());
            }
            _ => {}
        }
    }
    words
}

/// Name and value of a line; a colon in a quoted parameter ends nothing (RFC 5545 section 3.1).
fn property(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let (before, value) = line.split_once(|character| {
        quoted ^= character == '"';
        character == ':' && !quoted
    })?;
    let name = before.split_once(';').map_or(before, |(name, _)| name);
    Some((name, value))
}

/// Takes the escapes off a TEXT value (RFC 5545 section 3.3.11).
fn push_unescaped(words: &mut String, value: &str) {
    if value.is_empty() {
        return;
    }
    if !words.is_empty() {
        words.push('\n');
    }
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => words.extend(characters.next().map(|c| if matches!(c, 'n' | 'N') { '\n' } else { c })),
            _ => words.push(character),
        }
    }
}

/// Whether a description is written in HTML, as those of Google are.
pub(super) fn is_marked_up(words: &str) -> bool {
    words.contains("</") || words.contains("<br")
}

/// Whether `shown` already says what the invitation says, by the longest line of it.
pub(super) fn is_said_in(words: &str, shown: &str) -> bool {
    let longest = words.lines().map(str::trim).max_by_key(|line| line.len()).unwrap_or_default();
    let end = longest.char_indices().nth(TELLING).map_or(longest.len(), |(at, _)| at);
    longest
        .get(..end)
        .is_none_or(|telling| memchr::memmem::find(shown.as_bytes(), telling.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_values_unfolded_and_unescaped() {
        let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY;LANGUAGE=en:Your order\\, ready\r\nDESCRIPTION;ALTREP=\"cid:a\":Call 1-555-0100\\n\r\n  today\\; C:\\\\new\r\nLOCATION:\r\nBEGIN:VALARM\r\nDESCRIPTION:REMINDER\r\nEND:VALARM\r\nlocation:Room 1\r\nEND:VEVENT\r\n";
        assert_eq!(words(calendar), "Your order, ready\nCall 1-555-0100\n today; C:\\new\nRoom 1");
        assert_eq!(words("DESCRIPTION:end\\"), "end");
        assert_eq!(words("no calendar"), "");
    }

    #[test]
    fn what_is_said_already() {
        assert!(is_said_in("a\nthe long line", "here is the long line, see"));
        assert!(!is_said_in("a\nthe long line", "a"));
        assert!(is_said_in("", "a"));
        let long = "あ".repeat(TELLING + 1);
        assert!(is_said_in(&long, &"あ".repeat(TELLING)));
    }
}
