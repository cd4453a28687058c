//! Defanging (無害化): links, hosts and addresses are written so that no program takes them for a link.

use super::Style;
use super::edit::Edit;
use super::refang::{doubled, is_broken, is_mark};
use crate::knowledge::domains::is_within;

/// Schemes that act without `//`.
const BARE_SCHEMES: &[&str] =
    &["mailto:", "tel:", "sms:", "javascript:", "data:", "vbscript:", "file:", "skype:"];

/// A URL in a text, in bytes: from its scheme to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Url {
    pub(super) start: usize,
    /// Where the authority begins.
    pub(super) authority: usize,
    /// Where path, query or fragment begin.
    pub(super) path: usize,
    pub(super) end: usize,
}

/// The URLs with an authority in a text.
pub(super) fn urls(text: &str) -> Vec<Url> {
    let mut urls: Vec<Url> = Vec::new();
    for (at, _) in text.match_indices("://") {
        let done = urls.last().map_or(0, |url| url.end);
        let head = text.get(done..at).unwrap_or_default();
        let scheme = head.bytes().rev().take_while(|byte| is_scheme(*byte)).count();
        if scheme == 0 || at < done {
            continue;
        }
        let authority = at + 3;
        let tail = text.get(authority..).unwrap_or_default();
        let end = authority + tail.find(ends_url).unwrap_or(tail.len());
        let path = text.get(authority..end).unwrap_or_default();
        let path = authority + path.find(['/', '?', '#', '\\']).unwrap_or(path.len());
        urls.push(Url { start: at - scheme, authority, path, end });
    }
    urls
}

fn is_scheme(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-')
}

/// What no reader takes for a part of a URL: blanks, quotes, brackets and Japanese punctuation.
fn ends_url(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(
            character,
            '<' | '>'
                | '"'
                | '`'
                | '、'
                | '。'
                | '「'
                | '」'
                | '『'
                | '』'
                | '（'
                | '）'
                | '【'
                | '】'
                | '］'
                | '［'
                | '〉'
                | '》'
        )
}

/// The edits that make links, hosts and addresses in `text` harmless. Hosts of `official` domains stay readable where they are no
/// part of a URL. What reads like a mark of defanging already gets another pair of brackets, so that
/// [`refang`](super::refang::refang) gives back exactly what stood there.
pub(super) fn edits(text: &str, official: &[String], style: Style) -> Vec<Edit> {
    let urls = urls(text);
    let mut edits: Vec<Edit> = Vec::new();
    for url in &urls {
        let authority = text.get(url.authority..url.path).unwrap_or_default();
        edits.extend(dots(authority, url.authority));
    }
    edits.extend(schemes(text, style));
    edits.extend(doubled(text));
    for (start, host) in hosts(text) {
        let in_url = urls.iter().any(|url| url.start <= start && start < url.path);
        if !in_url && !official.iter().any(|own| is_within(&host.to_ascii_lowercase(), own)) {
            edits.extend(dots(host, start));
        }
    }
    edits.sort_by_key(|edit| edit.start);
    edits.dedup_by_key(|edit| edit.start);
    edits
}

fn dots(host: &str, at: usize) -> impl Iterator<Item = Edit> {
    host.match_indices('.').map(move |(dot, _)| Edit::new(at + dot, at + dot + 1, "[.]"))
}

/// `http` becomes `hxxp` or `h**p`, every other scheme loses its colon.
fn schemes(text: &str, style: Style) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let head = text.get(..colon).unwrap_or_default();
        let scheme = head.bytes().rev().take(12).take_while(|byte| is_scheme(*byte)).count();
        let start = colon - scheme;
        let written = text.get(start..colon).unwrap_or_default();
        let word = written.to_ascii_lowercase();
        let tail = text.get(colon + 1..).unwrap_or_default();
        let acts = tail.starts_with("//") || tail.starts_with("\\\\");
        // Before a blank it is a word of a sentence: "steal data: probably".
        let bare = !(word == "data" && tail.starts_with(' '))
            && BARE_SCHEMES.iter().any(|bare| bare.strip_suffix(':') == Some(&word));
        if word.ends_with("http") || word.ends_with("https") {
            let middle = colon - if word.ends_with('s') { 4 } else { 3 };
            let with = match text.get(middle..middle + 2) {
                Some("tt") if style == Style::Japanese => "**",
                Some("tt") => "xx",
                Some("TT") => "XX",
                Some("Tt") => "Xx",
                _ => "xX",
            };
            edits.push(Edit::new(middle, middle + 2, with));
        } else if (acts && scheme > 0 || bare) && !is_mark(text, colon) && !is_broken(text, colon) {
            edits.push(Edit::new(colon, colon + 1, "[:]"));
        }
    }
    edits
}

/// Host names in a text: labels of letters, digits and hyphens whose last one is a known public suffix.
fn hosts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let in_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let length = bytes[at..].iter().take_while(|byte| in_host(**byte)).count();
            let start = at;
            at += length.max(1);
            let token = text.get(start..start + length).unwrap_or_default();
            let host = token.trim_matches(['.', '-']);
            if host.contains('.') && is_known(host) {
                return Some((start + token.find(host).unwrap_or_default(), host));
            }
        }
        None
    })
}

fn is_known(host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    lower.starts_with("www.") || psl::suffix(lower.as_bytes()).is_some_and(|suffix| suffix.is_known())
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn defanged(text: &str) -> String {
        apply(text, &edits(text, &["example.com".to_owned()], Style::International), 0, text.len())
    }

    #[test]
    fn nothing_can_be_followed() {
        assert_eq!(defanged("https://www.evil.shop/a.html?x=1"), "hxxps://www[.]evil[.]shop/a.html?x=1");
        assert_eq!(defanged("こちらhttp://evil.shop、まで"), "こちらhxxp://evil[.]shop、まで");
        assert_eq!(defanged("a@evil.shop"), "a@evil[.]shop");
        assert_eq!(
            defanged("www.example.com と https://www.example.com/"),
            "www.example.com と hxxps://www[.]example[.]com/"
        );
        assert_eq!(defanged("javascript:alert(1) mailto:a@b.jp"), "javascript[:]alert(1) mailto[:]a@b[.]jp");
        assert_eq!(defanged("?u=https://evil.shop/x"), "?u=hxxps://evil[.]shop/x");
        assert_eq!(defanged("ftp://evil.shop HTTP://evil.shop"), "ftp[:]//evil[.]shop HXXP://evil[.]shop");
        let japanese = edits("https://evil.shop", &[], Style::Japanese);
        assert_eq!(apply("https://evil.shop", &japanese, 0, 17), "h**ps://evil[.]shop");
        assert_eq!(
            defanged("data:text/html,x steals data: probably"),
            "data[:]text/html,x steals data: probably"
        );
    }

    #[test]
    fn words_stay() {
        assert_eq!(defanged("6.13.102.15 と 12:30 と no. 3"), "6.13.102.15 と 12:30 と no. 3");
        assert_eq!(defanged("詳細。終わり"), "詳細。終わり");
    }
}
