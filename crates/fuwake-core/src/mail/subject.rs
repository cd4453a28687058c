//! Marks that filters and gateways put in front of a Subject. They stay in the text; here they are only named.

/// Words of such marks, lower case, without brackets and question marks.
const WORDS: [&str; 26] = [
    "spam",
    "spam mail",
    "spam-mail",
    "suspected spam",
    "possible spam",
    "probable spam",
    "probably spam",
    "likely spam",
    "bulk",
    "junk",
    "junk mail",
    "meiwaku",
    "迷惑メール",
    "迷惑",
    "迷惑メールの可能性",
    "迷惑メール判定",
    "スパム",
    "external",
    "external email",
    "external sender",
    "外部",
    "外部メール",
    "社外",
    "ext",
    "phishing",
    "virus",
];
/// How many marks are looked for.
const MAX_STAMPS: usize = 8;

/// The marks in front of a subject, as they stand there; reply prefixes before and between them are stepped over.
pub(super) fn stamps(subject: &str) -> Vec<String> {
    let mut stamps = Vec::new();
    let mut rest = subject.trim_start();
    while stamps.len() < MAX_STAMPS {
        rest = without_reply_prefix(rest);
        let Some((stamp, behind)) = stamp(rest) else { break };
        stamps.push(stamp.to_owned());
        rest = behind.trim_start();
    }
    stamps
}

fn without_reply_prefix(mut text: &str) -> &str {
    while let Some((prefix, behind)) = text.split_once(':') {
        if !["re", "fw", "fwd", "aw", "wg", "返信", "転送"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(prefix.trim()))
        {
            break;
        }
        text = behind.trim_start();
    }
    text
}

/// A mark at the very front, and what stands behind it.
fn stamp(text: &str) -> Option<(&str, &str)> {
    let close = match text.chars().next()? {
        '[' => "]",
        '{' => "}",
        '(' => ")",
        '<' => ">",
        '【' => "】",
        '［' => "］",
        '*' => return starred(text),
        _ => return colon(text),
    };
    let mut chars = text.chars();
    chars.next();
    let (inner, behind) = chars.as_str().split_once(close)?;
    is_stamp(inner).then(|| (front(text, behind), behind))
}

/// `***SPAM***`, `*SPAM*`.
fn starred(text: &str) -> Option<(&str, &str)> {
    let (inner, _) = text.trim_start_matches('*').split_once('*')?;
    let behind = text.trim_start_matches('*').strip_prefix(inner)?.trim_start_matches('*');
    is_stamp(inner).then(|| (front(text, behind), behind))
}

/// `SPAM:`, `EXTERNAL:`; only in capitals, since a writer may begin with the word too.
fn colon(text: &str) -> Option<(&str, &str)> {
    let (word, behind) = text.split_once(':')?;
    let shouted = word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
    (shouted && is_stamp(word)).then(|| (front(text, behind), behind))
}

/// What of `text` stands before its ending `behind`.
fn front<'t>(text: &'t str, behind: &str) -> &'t str {
    text.strip_suffix(behind).unwrap_or(text).trim_end()
}

/// Whether the text between brackets is such a mark; a score behind it (`SPAM 12.3`, `SPAM:##`) does not count.
fn is_stamp(inner: &str) -> bool {
    if inner.chars().count() > 40 {
        return false;
    }
    let word = inner.trim().to_lowercase();
    let word = word.trim_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '?' | '!' | '？' | '！' | '-' | '_' | '.' | ':' | '#' | '*' | ' ')
    });
    WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::stamps;

    #[test]
    fn marks_are_named_as_they_stand() {
        for (subject, expected) in [
            ("[spam] 重要なお知らせ", vec!["[spam]"]),
            ("[SPAM?] Re: hello", vec!["[SPAM?]"]),
            ("***SPAM*** hello", vec!["***SPAM***"]),
            ("Re: [meiwaku] [External] hello", vec!["[meiwaku]", "[External]"]),
            ("【迷惑メール】ご案内", vec!["【迷惑メール】"]),
            ("{Spam?} hello", vec!["{Spam?}"]),
            ("[SPAM 12.3] hello", vec!["[SPAM 12.3]"]),
            ("EXTERNAL: hello", vec!["EXTERNAL:"]),
            ("【重要】ご案内", vec![]),
            ("[list] spam", vec![]),
            ("Spam: how to cook it", vec![]),
            ("*", vec![]),
            ("[spam", vec![]),
        ] {
            assert_eq!(stamps(subject), expected, "{subject}");
        }
    }
}
