//! Words that a mail gives for the password of what is attached.

use aho_corasick::AhoCorasick;

use crate::mail::Mail;

/// Passwords that are tried at most.
const MOST: usize = 8;
/// Places that speak of a password and are looked at.
const PLACES: usize = 40;
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

/// What says that a name's password is not in this mail.
const ELSEWHERE: [&str; 9] =
    ["別途", "別メール", "別送", "別便", "後ほど", "後程", "不要", "separate", "another"];
/// How far behind its name what says so stands, in characters.
const NEAR: usize = 30;

/// A word that may be a password.
#[derive(Debug)]
struct Candidate {
    word: String,
    /// How unlikely: 0 where it is given as the password of what is attached, 1 where it is given as one, 2 where it only stands near.
    rank: u8,
}

/// The candidates, likeliest first, without repetitions.
pub(super) fn named(mail: &Mail<'_>) -> Vec<String> {
    let mut passwords = Vec::new();
    for Candidate { word, .. } in ranked(mail) {
        if passwords.len() < MOST && !passwords.contains(&word) {
            passwords.push(word);
        }
    }
    passwords
}

/// Whether the mail gives a password: one that stands right behind its name.
pub(crate) fn is_given(mail: &Mail<'_>) -> bool {
    ranked(mail).first().is_some_and(|likeliest| likeliest.rank < 2)
}

/// Whether the mail's own words name this password.
pub(crate) fn names(mail: &Mail<'_>, password: &str) -> bool {
    ranked(mail).iter().any(|candidate| candidate.word == password)
}

fn ranked(mail: &Mail<'_>) -> Vec<Candidate> {
    let subject = mail.subject.as_ref().map_or("", |subject| &subject.text);
    let mut all: Vec<Candidate> = [mail.text.as_str(), subject].into_iter().flat_map(candidates).collect();
    all.sort_by_key(|candidate| candidate.rank);
    all
}

fn candidates(text: &str) -> Vec<Candidate> {
    let text: String = text.chars().take(TEXT).map(narrow).collect();
    let Ok(names) = AhoCorasick::builder().ascii_case_insensitive(true).build(NAMES) else {
        return Vec::new();
    };
    let places: Vec<_> = names.find_iter(&text).take(PLACES).collect();
    let next = places.iter().skip(1).map(aho_corasick::Match::start).chain([text.len()]);
    let each = places
        .iter()
        .zip(next)
        .filter_map(|(name, next)| Some((text.get(..name.start())?, text.get(name.end()..next)?)));
    each.flat_map(|(before, after)| behind(after, speaks_of_file(before))).collect()
}

/// Whether what stands right before a name speaks of a file.
fn speaks_of_file(before: &str) -> bool {
    const WORDS: [&str; 8] = ["解凍", "展開", "添付", "ファイル", "zip", "archive", "attach", "file"];
    let tail: String = before.chars().rev().take(NEAR).collect::<Vec<_>>().into_iter().rev().collect();
    let tail = tail.to_lowercase();
    WORDS.iter().any(|word| tail.contains(word))
}

/// What may be a password between its name and the next one: the next words of printable ASCII, those with a digit first.
fn behind(text: &str, of_file: bool) -> Vec<Candidate> {
    let reach = cut(text, REACH);
    let near = cut(text, NEAR).to_ascii_lowercase();
    let is_elsewhere = ELSEWHERE.iter().any(|word| near.contains(word));
    let words = reach.split(|c: char| !c.is_ascii_graphic());
    let bare = words.map(|word| word.trim_matches(EDGES));
    let mut likely: Vec<Candidate> = bare
        .filter(|word| is_likely(word))
        .take(3)
        .map(|word| {
            let is_given = !is_elsewhere && is_given_as(reach, word);
            let rank = if is_given { u8::from(!of_file) } else { 2 };
            Candidate { word: word.to_owned(), rank }
        })
        .collect();
    likely.sort_by_key(|candidate| !candidate.word.contains(|c: char| c.is_ascii_digit()));
    likely
}

/// Signs around a password.
const EDGES: [char; 11] = [':', '=', '"', '\'', '(', ')', '<', '>', ',', ';', '.'];

/// Whether only a sign such as a colon stands between the name and a word, or few letters and the word has a digit.
fn is_given_as(text: &str, word: &str) -> bool {
    const SIGNS: [char; 12] = [':', '=', '"', '\'', '(', '「', '『', '【', '[', '“', '→', '⇒'];
    const FEW: usize = 12;
    let between = text.split_once(word).map_or(text, |(between, _)| between);
    let signed = between.trim_end().ends_with(SIGNS);
    let few = between.chars().take(FEW + 1).count() <= FEW;
    let has_digit = word.contains(|c: char| c.is_ascii_digit());
    !word.contains("://") && (few && (signed || has_digit) || signed && !between.contains(['。', '\n']))
}

fn cut(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
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
            let found = candidates(text);
            assert_eq!(found.first().map(|found| found.word.as_str()), Some(first), "{text}");
        }
        assert!(candidates("Enter it in the box below.").is_empty());
    }
    #[test]
    fn a_password_is_given_where_it_stands_behind_its_name() {
        let rank = |text: &str| candidates(text).iter().map(|candidate| candidate.rank).min();
        for text in
            ["解凍パスワード: 7788", "添付ファイルのパスワードは「Ｑｗ４５」です。", "Zip password: tulip"]
        {
            assert_eq!(rank(text), Some(0), "{text}");
        }
        assert_eq!(rank("パスワード：Tz41pp"), Some(1));
        for text in [
            "解凍パスワードは別メールでお送りします。\nTEL: 03-5555-0100",
            "添付ファイルの解凍パスワードは不要です。Ver2",
            "The archive password is sent separately (ext. 12345).",
            "Your password is required.",
        ] {
            assert_ne!(rank(text).unwrap_or(2), 0, "{text}");
            assert_ne!(rank(text).unwrap_or(2), 1, "{text}");
        }
    }
}
