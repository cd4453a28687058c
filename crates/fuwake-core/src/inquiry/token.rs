//! Letters and digits that tell one reader from another, as a program draws them and nobody writes them.

use super::privacy::is_mark;

/// So many digits in a row count people.
const NUMBER: usize = 6;
/// Fewer letters without any digit are a word as likely as not.
const LETTERS: usize = 8;
/// Fewer letters and digits, however mixed, are too few.
const MIXED: usize = 6;

/// Keys whose values are codes, lower case.
const CODES: [&str; 34] = [
    "auth", "c", "cid", "code", "customer", "e", "h", "hash", "k", "key", "m", "mid", "member", "n", "otp",
    "pin", "r", "rcpt", "rid", "s", "sid", "sig", "ticket", "t", "tid", "tk", "tok", "track", "u", "uid",
    "user", "userid", "uuid", "x",
];

/// Whether a word, letters and digits with signs between them, tells readers apart by itself.
pub(crate) fn is_token(text: &str) -> bool {
    is_mark(text) || text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_random)
}

/// The same for the value of a key: what is called a code is one sooner.
pub(crate) fn is_code(key: &str, value: &str) -> bool {
    is_token(value) || is_called_code(key) && is_short_code(value)
}

fn is_called_code(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    CODES.contains(&key.as_str()) || ["code", "token", "key", "hash"].iter().any(|end| key.ends_with(end))
}

/// Four digits, or letters with digits among them.
fn is_short_code(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    value.len() >= 4
        && value.chars().all(|c| c.is_ascii_alphanumeric())
        && (digits >= 4 || changes(value) >= 2)
}

fn is_random(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    match (digits, word.len()) {
        (0, length) => length >= LETTERS && (has_mixed_case(word) || has_no_syllables(word)),
        (digits, length) if digits == length => length >= NUMBER && !is_date(word),
        (digits, length) => {
            let few = if changes(word) == 1 { 5 } else { 3 };
            length >= MIXED && (changes(word) >= 3 || length >= LETTERS && digits >= few)
                || length >= LETTERS && has_mixed_case(word)
        }
    }
}

/// How often letters and digits take turns.
fn changes(word: &str) -> usize {
    let kinds = word.bytes().map(|byte| byte.is_ascii_digit());
    kinds.clone().zip(kinds.skip(1)).filter(|(one, next)| one != next).count()
}

/// Small and capital letters in turns that no joined words have: most of it stands in no run of small letters that could be said.
fn has_mixed_case(word: &str) -> bool {
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let mut said = 0;
    for run in word.split(|c: char| !c.is_ascii_lowercase()).filter(|run| run.len() >= 3 && is_sayable(run)) {
        // With the capital that begins it.
        said += run.len() + 1;
    }
    capitals >= 2 && capitals < letters && said * 2 <= letters
}

/// Small letters that no language says.
fn has_no_syllables(word: &str) -> bool {
    let mut runs = word.split(is_vowel);
    runs.any(|run| run.len() > 5)
}

fn is_sayable(word: &str) -> bool {
    word.contains(is_vowel) && !has_no_syllables(word)
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A day as `YYYYMMDD` or a month as `YYYYMM`.
fn is_date(digits: &str) -> bool {
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|text| text.parse::<u32>().ok());
    let year = number(0..4).is_some_and(|year| (1990..2050).contains(&year));
    let month = number(4..6).is_some_and(|month| (1..=12).contains(&month));
    let day = digits.len() == 6 || number(6..8).is_some_and(|day| (1..=31).contains(&day));
    year && month && day && digits.len() <= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_draw_is_known() {
        for token in [
            "482913",
            "Kx8f2Qa9",
            "k7x2p9",
            "KxQfTaBzWm",
            "qzkxwvbn",
            "8f3a9c2b",
            "id-482913",
            "user20391",
            "550e8400-e29b-41d4-a716-446655440000",
            "c3VwZXJzZWNyZXQ",
        ] {
            assert!(is_token(token), "{token}");
        }
        for (key, value) in [("c", "4829"), ("token", "a1b2"), ("confirmation_code", "9931")] {
            assert!(is_code(key, value) && !is_token(value), "{key}={value}");
        }
    }

    #[test]
    fn what_people_write_is_not() {
        for word in [
            "login",
            "index.php",
            "wp-includes",
            "getElementById",
            "MobileLogin",
            "OAuth2",
            "summer2024",
            "20260115",
            "202601",
            "html5",
            "v2",
            "ja-JP",
            "windows11",
            "step2",
            "SmartPhone",
            "JPLogin",
            "10423",
            "utf-8",
            "base64url",
            "smbcnikko",
            "shinsei-tetsuzuki",
            "PasswordReset.aspx",
            "country.x",
        ] {
            assert!(!is_token(word), "{word}");
        }
        for (key, value) in [("lang", "ja"), ("t", "top"), ("c", "news"), ("page", "12"), ("id", "10423")] {
            assert!(!is_code(key, value), "{key}={value}");
        }
    }
}
