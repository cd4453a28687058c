//! Links that confirm something with one click: a verb in the address, and a code that says for whom.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::fold::fold;
use crate::inquiry::token::{is_code, is_token};

/// Beginnings of words for confirming, in a step of the path or a value of the query.
const VERBS: [&str; 8] =
    ["activat", "approv", "confirm", "ninsho", "shonin", "validat", "verif", "double-opt"];

/// What stands on such a link, folded.
const SAYS: [&str; 23] = [
    "承認する",
    "承認はこちら",
    "承認を完了",
    "認証する",
    "認証を完了",
    "認証リンク",
    "メール認証",
    "メールアドレスの確認",
    "メールアドレスを確認",
    "メールアドレスの認証",
    "メールアドレスを認証",
    "アドレスの確認",
    "有効化",
    "アカウントを有効",
    "verify your email",
    "verify email",
    "verify my email",
    "confirm your email",
    "confirm email",
    "confirm my email",
    "activate",
    "approve",
    "confirm registration",
];

/// How often a percent coat is taken off.
const COATS: usize = 3;

/// Whether what stands on a link says that opening it confirms something.
pub(crate) fn is_said(text: &str) -> bool {
    let folded = fold(text);
    SAYS.iter().any(|words| folded.text.contains(words))
}

/// What stands behind the host, without any percent coat.
pub(crate) fn behind(url: &Url) -> String {
    let mut text =
        [url.path(), url.query().unwrap_or_default(), url.fragment().unwrap_or_default()].join("?");
    for _ in 0..COATS {
        if !text.contains('%') {
            break;
        }
        text = percent_decode_str(&text).decode_utf8_lossy().into_owned();
    }
    text
}

/// Whether a link that confirms can be opened as `asked`: nothing in it says for whom, or what did is made up.
pub(crate) fn is_for_nobody(link: &str, asked: &str) -> bool {
    let Ok(url) = Url::parse(link) else { return false };
    let is_told = url.query().is_some()
        || url.fragment().is_some()
        || url.path().contains(|c: char| c.is_ascii_digit());
    !is_told || (asked != url.as_str() && codes(link).all(|code| !asked.contains(&code)))
}

/// The codes by which an address confirms something for somebody; none where it names no such act.
pub(crate) fn codes(url: &str) -> impl Iterator<Item = String> {
    let behind = Url::parse(url).map(|url| behind(&url)).unwrap_or_default();
    let lower = behind.to_ascii_lowercase();
    let confirms = VERBS.iter().any(|verb| lower.contains(verb));
    let mut codes = Vec::new();
    let mut key = "";
    let mut is_value = false;
    for piece in behind.split_inclusive(['/', '?', '&', ';', '=', '#']).filter(|_| confirms) {
        let word = piece.trim_end_matches(['/', '?', '&', ';', '=', '#']);
        let is_key = piece.ends_with('=') && !is_value;
        let is_session = key.contains("sess") || key == "sid";
        let carries = if is_value { is_code(key, word) && !is_session } else { !is_key && is_token(word) };
        codes.extend(carries.then(|| word.to_owned()));
        key = if is_key { word } else { "" };
        is_value = is_key;
    }
    codes.into_iter()
}
