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
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_random) || is_drawn(text)
}

/// Whether the whole of it is no text: words and numbers between signs, as pages are called, are one, however many they are.
pub(crate) fn is_drawn(text: &str) -> bool {
    is_mark(text) && !is_slug(text)
}

/// Whether a key says by its name that its value is for one reader.
pub(crate) fn is_secret_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["code", "hash", "key", "otp", "pin", "ticket", "tkn", "token"].iter().any(|end| key.ends_with(end))
}

/// Words that can be said, at least half of it, and short numbers and units between them: `iphone-15-pro-256gb`.
fn is_slug(text: &str) -> bool {
    const UNIT: usize = 5;
    let is_sign = |c: char| matches!(c, '-' | '_' | '.' | '~' | ' ');
    let names = |word: &str| -> usize {
        word.split(|c: char| !c.is_ascii_alphabetic()).filter(|run| is_name(run)).map(str::len).sum()
    };
    let is_word = |word: &str| {
        let is_unit = word.len() <= UNIT && changes(word) <= 2;
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        !is_random(word) && (is_unit || is_number || names(word) > 0)
    };
    let written = text.bytes().filter(u8::is_ascii_alphanumeric).count();
    text.chars().all(|c| c.is_ascii_alphanumeric() || is_sign(c))
        && text.split(is_sign).all(is_word)
        && names(text) * 2 >= written
}

/// Three letters or more that can be said, in one case or with a capital.
fn is_name(word: &str) -> bool {
    let rest = word.get(1..).unwrap_or_default();
    let is_one_case = rest.bytes().all(|byte| byte.is_ascii_lowercase())
        || word.bytes().all(|byte| byte.is_ascii_uppercase());
    word.len() >= 3 && is_one_case && is_sayable(&word.to_ascii_lowercase())
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
pub(crate) fn is_short_code(value: &str) -> bool {
    let digits = value.chars().filter(char::is_ascii_digit).count();
    value.len() >= 4
        && value.chars().all(|c| c.is_ascii_alphanumeric())
        && (digits >= 4 || changes(value) >= 2)
}

fn is_random(word: &str) -> bool {
    let word = without_scheme(word);
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    match (digits, word.len()) {
        (0, length) => length >= LETTERS && (has_mixed_case(word) || has_no_syllables(word)),
        (digits, length) if digits == length => length >= NUMBER && !is_date(word),
        (digits, length) => {
            let few = if changes(word) == 1 || is_said_between_numbers(word) { 5 } else { 3 };
            length >= MIXED && (changes(word) >= 3 || length >= LETTERS && digits >= few)
                || length >= LETTERS && has_mixed_case(word)
        }
    }
}

/// An address that lost its signs begins with what nobody can say.
fn without_scheme(word: &str) -> &str {
    let bare = ["https", "http"].iter().find_map(|scheme| word.strip_prefix(scheme)).unwrap_or(word);
    bare.strip_prefix("www").unwrap_or(bare)
}

/// One number between words, or one word between numbers: `office365login`.
fn is_said_between_numbers(word: &str) -> bool {
    let mut runs = word.split(|c: char| !c.is_ascii_alphabetic()).filter(|run| !run.is_empty());
    changes(word) == 2 && runs.all(is_name)
}

/// How often letters and digits take turns.
fn changes(word: &str) -> usize {
    let kinds = word.bytes().map(|byte| byte.is_ascii_digit());
    kinds.clone().zip(kinds.skip(1)).filter(|(one, next)| one != next).count()
}

/// Small and capital letters in turns that no joined words have: most of it stands in no run of small letters that could be said.
fn has_mixed_case(word: &str) -> bool {
    let word = without_abbreviation(word);
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    // Short words that names are made of.
    let mut said = 3 * ["Pay", "Net", "Web", "App", "Car"]
        .iter()
        .map(|short| word.matches(short).count())
        .sum::<usize>();
    for run in word.split(|c: char| !c.is_ascii_lowercase()).filter(|run| run.len() >= 3 && is_sayable(run)) {
        // With the capital that begins it.
        said += run.len() + 1;
    }
    capitals >= 2 && capitals < letters && said * 2 <= letters
}

/// What follows capitals at the beginning, where that is one word: `MUFGBank`.
fn without_abbreviation(word: &str) -> &str {
    const LONGEST: usize = 6;
    let capitals = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = word.get(capitals.saturating_sub(1)..).unwrap_or_default();
    if (3..=LONGEST).contains(&capitals) && rest.len() > 3 && is_name(rest) { rest } else { word }
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
            "a1b-2c3-d4e-5f6",
            "8f3a9c2b-login",
            "Ab3-xK9q7-fZ2w1",
            "abc482913def",
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
            "iphone-15-pro-256gb",
            "windows-11-24h2-update.html",
            "step2-of-3",
            "signin-v2-step-1",
            "office365login",
            "mail2024update",
            "MUFGBank",
            "SMBCCard",
            "PayPayBank",
            "httpswwwamazoncojp",
            "WebSignIn",
        ] {
            assert!(!is_token(word), "{word}");
        }
        for (key, value) in [("lang", "ja"), ("t", "top"), ("c", "news"), ("page", "12"), ("id", "10423")] {
            assert!(!is_code(key, value), "{key}={value}");
        }
    }
}
