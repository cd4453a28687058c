//! Words that a mail gives for the password of what is attached.

use aho_corasick::AhoCorasick;

use crate::mail::Mail;

/// Passwords that are tried at most.
const MOST: usize = 8;
/// Places that speak of a password and are looked at.
const PLACES: usize = 12;
/// Characters of the mail's text that are searched.
const TEXT: usize = 20_000;
/// How far behind its name a password is sought, in characters.
const REACH: usize = 100;
/// The length of a password, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 3..=64;

/// What mails call a password.
const NAMES: [&str; 18] = [
    "パスワード",
    "パスコード",
    "暗証",
    "解凍キー",
    "密码",
    "密碼",
    "비밀번호",
    "contraseña",
    "contrasena",
    "kennwort",
    "mot de passe",
    "pass:",
    "passcode",
    "passphrase",
    "passwort",
    "password",
    "pw",
    "senha",
];

/// Words that stand between the name and the password.
const BETWEEN: [&str; 16] = [
    "and", "archive", "attached", "below", "document", "file", "for", "ist", "lautet", "open", "the", "this",
    "use", "with", "your", "zip",
];

/// The candidates, likeliest first, without repetitions.
pub(super) fn named(mail: &Mail<'_>) -> Vec<String> {
    let subject = mail.subject.as_ref().map_or("", |subject| &subject.text);
    let mut passwords = Vec::new();
    for candidate in [mail.text.as_str(), subject].into_iter().flat_map(candidates) {
        if passwords.len() < MOST && !passwords.contains(&candidate) {
            passwords.push(candidate);
        }
    }
    passwords
}

fn candidates(text: &str) -> Vec<String> {
    let text: String = text.chars().take(TEXT).map(narrow).collect();
    let Ok(names) = AhoCorasick::builder().ascii_case_insensitive(true).build(NAMES) else {
        return Vec::new();
    };
    let places: Vec<_> = names.find_iter(&text).take(PLACES).collect();
    let next = places.iter().skip(1).map(aho_corasick::Match::start).chain([text.len()]);
    let behind_each = places.iter().zip(next).filter_map(|(name, next)| text.get(name.end()..next));
    behind_each.flat_map(behind).collect()
}

/// What may be a password between its name and the next one: the next words of printable ASCII, those with a digit first.
fn behind(text: &str) -> Vec<String> {
    let end = text.char_indices().nth(REACH).map_or(text.len(), |(at, _)| at);
    let words = text.get(..end).unwrap_or_default().split(|c: char| !c.is_ascii_graphic());
    let bare = words.map(|word| word.trim_matches([':', '=', '"', '\'', '(', ')', '<', '>', ',', ';', '.']));
    let mut likely: Vec<String> = bare.filter(|word| is_likely(word)).take(3).map(str::to_owned).collect();
    likely.sort_by_key(|word| !word.contains(|c: char| c.is_ascii_digit()));
    likely
}

fn is_likely(word: &str) -> bool {
    LENGTH.contains(&word.len()) && !BETWEEN.iter().any(|between| word.eq_ignore_ascii_case(between))
}

/// The ASCII character that a full-width one stands for (U+FF01 to U+FF5E).
fn narrow(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn passwords_stand_behind_their_names() {
        for (text, first) in [
            ("解凍パスワード: 7788", "7788"),
            ("パスワードは「Ab#12x」です。", "Ab#12x"),
            ("添付ファイルのパスワードをお知らせします。\n\n　ＰＷ：ｓ３ｃｒｅｔ\n", "s3cret"),
            ("The archive password is: tulip", "tulip"),
            ("Password to open the file = 4471.", "4471"),
            ("A senha é xyz99", "xyz99"),
        ] {
            assert_eq!(candidates(text).first().map(String::as_str), Some(first), "{text}");
        }
        assert!(candidates("Enter it in the box below.").is_empty());
    }
}
