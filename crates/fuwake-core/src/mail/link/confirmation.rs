//! Links that confirm something with one click: a verb in the address, and a code that says for whom.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::fold::fold;
use crate::inquiry::token::{is_code, is_secret_key, is_short_code, is_token};

/// Beginnings of words for confirming, in a step of the path or a value of the query.
const VERBS: [&str; 8] =
    ["activat", "approv", "confirm", "ninsho", "shonin", "validat", "verif", "double-opt"];

/// Words for doing something with a thing that has a number: an order, an invitation.
const DEEDS: [&str; 15] = [
    "accept",
    "approve",
    "attend",
    "cancel",
    "deactivate",
    "decline",
    "delete",
    "deny",
    "reject",
    "remove",
    "revoke",
    "rsvp",
    "torikeshi",
    "undo",
    "withdraw",
];

/// Keys whose values say how a page is shown, or where to go on: nothing that is confirmed.
const MANNERS: [&str; 30] = [
    "back",
    "continue",
    "country",
    "dest",
    "from",
    "hl",
    "lang",
    "language",
    "lc",
    "locale",
    "mode",
    "next",
    "openid.mode",
    "p",
    "page",
    "ref",
    "referrer",
    "region",
    "response_type",
    "return",
    "returnto",
    "return_to",
    "scope",
    "screen",
    "source",
    "src",
    "step",
    "theme",
    "type",
    "v",
];

/// What stands on such a link, folded.
const SAYS: [&str; 25] = [
    "本登録",
    "登録を完了",
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
    bare(&[url.path(), url.query().unwrap_or_default(), url.fragment().unwrap_or_default()].join("?"))
}

/// A text without any percent coat.
pub(crate) fn bare(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..COATS {
        if !text.contains('%') {
            break;
        }
        text = percent_decode_str(&text).decode_utf8_lossy().into_owned();
    }
    text
}

/// Whether a link that confirms can be opened as `asked`: nothing in it says for whom, or all that may say so is made up. A number that
/// is made up may be another's order, so that a deed with one is never done.
pub(crate) fn is_for_nobody(link: &str, asked: &str) -> bool {
    let (Ok(url), Ok(asked)) = (Url::parse(link), Url::parse(asked)) else { return false };
    let kept = behind(&asked);
    let mut told = pieces(&url).into_iter().filter(Piece::is_told);
    told.all(|piece| !piece.stands_in(&kept))
        && (verb(&url) != Some(Verb::Deed) || !pieces(&url).iter().any(Piece::is_number))
}

/// The codes by which an address confirms something for somebody; none where it names no such act.
pub(crate) fn codes(url: &str) -> Vec<String> {
    let Ok(url) = Url::parse(url) else { return Vec::new() };
    let Some(verb) = verb(&url) else { return Vec::new() };
    let pieces = pieces(&url);
    let codes = pieces.iter().filter(|piece| piece.is_code() || verb == Verb::Deed && piece.is_told());
    codes.map(|piece| piece.text.clone()).collect()
}

/// Whether a step on the way confirms something by a code that the link did not bring.
pub(crate) fn brings_codes(link: &str, step: &str) -> bool {
    let known = Url::parse(link).map(|link| behind(&link)).unwrap_or_default();
    codes(step).iter().any(|code| !known.contains(code))
}

/// Whether a link, asked for with decoys for all that looks like a mark, may know its reader still: by a number, or by a short code as
/// shorteners have it.
pub(crate) fn may_know_reader(link: &str) -> bool {
    Url::parse(link).is_ok_and(|url| pieces(&url).iter().any(Piece::is_short_mark))
}

/// Whether an address carries what may say for whom.
pub(super) fn carries_code(url: &Url) -> bool {
    pieces(url).iter().any(|piece| piece.is_code() || piece.is_number())
}

/// What an address does beside showing a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Confirm,
    Deed,
}

fn verb(url: &Url) -> Option<Verb> {
    let lower = behind(url).to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| DEEDS.contains(&word)) {
        Some(Verb::Deed)
    } else {
        VERBS.iter().any(|verb| lower.contains(verb)).then_some(Verb::Confirm)
    }
}

/// A step of a path, or a value and its key.
#[derive(Clone, Debug)]
struct Piece {
    /// Lower case; empty where there is none.
    key: String,
    /// Without any percent coat.
    text: String,
}

impl Piece {
    /// It says for whom.
    fn is_code(&self) -> bool {
        let is_session = self.key.contains("sess") || self.key == "sid";
        match &*self.key {
            "" => is_token(&self.text),
            _ if is_session || self.is_manner() => false,
            key => is_code(key, &self.text) || is_secret_key(key) && self.text.len() >= SECRET,
        }
    }

    /// It may say so.
    fn is_told(&self) -> bool {
        let digits = self.text.bytes().filter(u8::is_ascii_digit).count();
        let may = if self.key.is_empty() { digits >= 2 } else { !self.is_manner() };
        self.is_code() || self.is_number() || may && self.text.len() >= SECRET
    }

    /// Too short, or too plain, to be taken for a mark.
    fn is_short_mark(&self) -> bool {
        const LONGEST: usize = 7;
        let is_mixed = self.text.len() <= LONGEST
            && self.text.bytes().any(|byte| byte.is_ascii_lowercase())
            && self.text.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
        let is_decoy = is_token(&self.text) || !self.key.is_empty() && is_code(&self.key, &self.text);
        !is_decoy && !self.is_manner() && (self.is_number() || is_mixed || is_short_code(&self.text))
    }

    fn is_manner(&self) -> bool {
        MANNERS.contains(&self.key.as_str()) || self.key.starts_with("utm_")
    }

    /// It counts orders, people or the like.
    fn is_number(&self) -> bool {
        const SHORTEST: usize = 3;
        let is_year = self.text.len() == 4 && matches!(self.text.get(..2), Some("19" | "20"));
        self.text.len() >= SHORTEST
            && self.text.bytes().all(|byte| byte.is_ascii_digit())
            && !is_year
            && !self.is_manner()
    }

    fn stands_in(&self, behind: &str) -> bool {
        behind.split(SIGNS).any(|piece| piece == self.text)
            || self.text.contains(SIGNS) && behind.contains(&self.text)
    }
}

/// A shorter value is a switch of the page's.
const SECRET: usize = 3;
/// What stands between the pieces of an address.
const SIGNS: [char; 6] = ['/', '?', '&', ';', '=', '#'];

/// The steps and values behind an address's host.
fn pieces(url: &Url) -> Vec<Piece> {
    let behind = behind(url);
    let mut pieces = Vec::new();
    let mut key = "";
    let mut is_value = false;
    for piece in behind.split_inclusive(SIGNS) {
        let word = piece.trim_end_matches(SIGNS);
        let is_key = piece.ends_with('=') && !is_value && !word.is_empty();
        if !is_key && !word.is_empty() {
            pieces.push(Piece { key: key.to_ascii_lowercase(), text: word.to_owned() });
        }
        key = if is_key { word } else { "" };
        is_value = is_key;
    }
    pieces
}
