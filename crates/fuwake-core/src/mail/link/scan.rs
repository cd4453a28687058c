//! URLs written in text, with Japanese around them: `https://example.jp/a。ご確認`, `（https://example.jp）`, full-width
//! `ｈｔｔｐｓ：／／`, kanji hosts, bare `www.` hosts. A defanged URL (`hxxps://`, `example[.]jp`) is no live link and is passed over.

/// Characters of a URL in text.
const LONGEST: usize = 2_048;
/// URLs of one text; one more than a mail keeps, so that the cut is noticed.
const MOST: usize = 2_001;

/// A URL found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// With a scheme, full-width letters folded.
    pub(crate) url: String,
    /// Bytes of the text.
    pub(crate) start: usize,
    /// One past its last byte.
    pub(crate) end: usize,
}

/// All URLs of a text, in order, not overlapping.
pub(crate) fn urls(text: &str) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut from = 0;
    while let Some(at) = next_candidate(text, from) {
        let earliest = hits.last().map_or(0, |h| h.end);
        match candidate(text, at, earliest) {
            Some(hit) => {
                from = hit.end.max(at + 1);
                hits.push(hit);
            }
            None => from = at + 1,
        }
        if hits.len() >= MOST {
            break;
        }
    }
    hits
}

/// The next byte at which a URL may show: the colon of a scheme (also full-width), the `w` of `www.`, the first slash of a path.
fn next_candidate(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|&b| matches!(b, b':' | b'/' | b'w' | b'W' | 0xEF)))
    {
        at += found;
        let rest = &bytes[at..];
        let may = match rest[0] {
            b':' => rest.starts_with(b"://"),
            b'/' => at > 0 && bytes[at - 1].is_ascii_alphabetic(),
            0xEF => rest.starts_with("：".as_bytes()),
            _ => {
                rest.len() > 4
                    && rest[..4].eq_ignore_ascii_case(b"www.")
                    && (at == 0 || !is_word(bytes[at - 1]))
            }
        };
        if may {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'@' | b'/')
}

fn candidate(text: &str, at: usize, earliest: usize) -> Option<Hit> {
    let (before, after) = text.split_at_checked(at)?;
    match after.as_bytes().first()? {
        b'w' | b'W' => read(text, at, at, "http://", false),
        b'/' => bare_host(before, earliest).and_then(|start| {
            let hit = read(text, start, start, "http://", false)?;
            (hit.end > at + 1).then_some(hit)
        }),
        _ => {
            let (start, scheme) = scheme(before, earliest)?;
            let wide = !after.starts_with(':');
            let slashes = after.chars().take(3).map(fold).eq("://".chars());
            let behind = at + after.chars().take(3).map(char::len_utf8).sum::<usize>();
            if slashes { read(text, start, behind, scheme, wide) } else { None }
        }
    }
}

/// The scheme that ends a text, whatever its width and case, and where it starts.
fn scheme(before: &str, earliest: usize) -> Option<(usize, &'static str)> {
    let tail: Vec<(usize, char)> = before
        .char_indices()
        .rev()
        .take(6)
        .take_while(|&(at, _)| at >= earliest)
        .map(|(at, c)| (at, fold(c).to_ascii_lowercase()))
        .collect();
    for (word, scheme) in [("sptth", "https://"), ("ptth", "http://"), ("ptf", "ftp://")] {
        if tail.iter().map(|&(_, c)| c).take(word.len()).eq(word.chars()) {
            let glued = tail.get(word.len()).is_some_and(|&(_, c)| c.is_ascii_alphanumeric());
            return (!glued).then(|| (tail[word.len() - 1].0, scheme));
        }
    }
    None
}

/// The start of `example.jp` right before a slash, where it can only be a host: known public suffix, nothing glued to it.
fn bare_host(before: &str, earliest: usize) -> Option<usize> {
    let length = before
        .bytes()
        .rev()
        .take(80)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        .count();
    let start = before.len() - length;
    let host = before.get(start..)?;
    let glued = before.get(..start)?.chars().next_back();
    let lower = host.bytes().all(|b| !b.is_ascii_uppercase());
    let clear =
        !matches!(glued, Some('@' | '/' | ':' | '_' | '=' | ']' | '\\' | '%' | '&' | '?' | '+' | '~'));
    (start >= earliest && clear && lower && has_known_suffix(host)).then_some(start)
}

/// A registrable name under a suffix that the public suffix list names.
fn has_known_suffix(host: &str) -> bool {
    let known = psl::domain(host.as_bytes()).is_some_and(|domain| domain.suffix().is_known());
    known && !host.starts_with(['.', '-']) && !host.contains("..")
}

/// Reads host and path from `from` on; `start` is where the whole URL begins.
fn read(text: &str, start: usize, from: usize, scheme: &str, wide: bool) -> Option<Hit> {
    let rest = text.get(from..)?;
    let (host_end, host) = read_host(rest, wide)?;
    let path = rest.get(host_end..)?;
    let path_end = read_path(path, wide, !host.is_ascii());
    let path: String = path.get(..path_end)?.chars().map(|c| if wide { fold(c) } else { c }).collect();
    Some(Hit { url: format!("{scheme}{host}{path}"), start, end: from + host_end + path_end })
}

/// The authority: user, host, port; its length in bytes and its text. None where there is no host.
fn read_host(rest: &str, wide: bool) -> Option<(usize, String)> {
    let mut host = String::new();
    let mut end = 0;
    for (at, c) in rest.char_indices().take(400) {
        let folded = if wide { fold(c) } else { c };
        let continues = match folded {
            'a'..='z'
            | 'A'..='Z'
            | '0'..='9'
            | '.'
            | '-'
            | '_'
            | '@'
            | ':'
            | '%'
            | '['
            | ']'
            | '~'
            | '+'
            | '='
            | '!'
            | '$' => true,
            '。' | '．' | '｡' => rest.get(at + c.len_utf8()..).is_some_and(dot_inside_host),
            _ if folded.is_ascii() || is_stop(folded) => false,
            _ => folded.is_alphanumeric() && !has_known_suffix(&host) && !is_address_or_local(&host),
        };
        if !continues {
            break;
        }
        host.push(if matches!(folded, '。' | '．' | '｡') { '.' } else { folded });
        end = at + c.len_utf8();
    }
    // What a sentence puts behind a bare host.
    let trimmed = host.trim_end_matches(['.', ':', '-', '_', '@', '!', '~', '=', '+', ']', '$']);
    let trimmed = if host.starts_with('[') { host.trim_end_matches(['.', ':', '!']) } else { trimmed };
    if !trimmed.chars().any(char::is_alphanumeric) || trimmed.contains("[.]") {
        return None;
    }
    let cut: usize = host.chars().count() - trimmed.chars().count();
    let kept = rest.get(..end)?;
    let end = kept.char_indices().rev().take(cut).last().map_or(end, |(at, _)| at);
    host.truncate(trimmed.len());
    Some((end, host))
}

/// An ideographic full stop is a dot of the host where a known suffix follows it, else the end of a sentence (UTS 46 section 4).
fn dot_inside_host(behind: &str) -> bool {
    let label: String =
        behind.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).take(64).collect();
    !label.is_empty()
        && psl::suffix(label.as_bytes()).is_some_and(|s| s.is_known())
        && behind.chars().nth(label.len()).is_none_or(|c| !c.is_alphanumeric())
}

/// A complete IPv4 address or `localhost`: what follows is no part of it.
fn is_address_or_local(host: &str) -> bool {
    host.parse::<std::net::Ipv4Addr>().is_ok() || host == "localhost"
}

/// The bytes of path, query and fragment that belong to the URL.
fn read_path(path: &str, wide: bool, international: bool) -> usize {
    let first = path.chars().next().map(|c| if wide { fold(c) } else { c });
    if !matches!(first, Some('/' | '?' | '#')) {
        return 0;
    }
    let mut end = 0;
    let mut brackets = Vec::new();
    for (at, c) in path.char_indices().take(LONGEST) {
        let folded = if wide { fold(c) } else { c };
        let continues = match folded {
            '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^' => false,
            '(' | '[' => {
                brackets.push(folded);
                true
            }
            ')' => brackets.pop() == Some('('),
            ']' => brackets.pop() == Some('['),
            _ if folded.is_ascii_graphic() => true,
            _ if folded.is_ascii() || is_stop(folded) => false,
            _ => international && folded.is_alphanumeric(),
        };
        if !continues {
            break;
        }
        end = at + c.len_utf8();
    }
    let kept = path.get(..end).unwrap_or_default();
    kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '(', '[', '．', '！', '：']).len()
}

/// Marks that end a URL in Japanese text.
fn is_stop(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '、' | '。' | '，' | '．' | '「' | '」' | '『' | '』' | '（' | '）' | '【' | '】' | '〈' | '〉' | '《' | '》'
                | '〔' | '〕' | '［' | '］' | '｛' | '｝' | '＜' | '＞' | '！' | '？' | '：' | '；' | '・' | '…' | '‥' | '“'
                | '”' | '‘' | '’' | '«' | '»' | '｡' | '､' | '｢' | '｣' | '※' | '→' | '⇒' | '▼' | '▲' | '■' | '★'
                | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}'
        )
}

/// Full-width ASCII as ASCII (the compatibility mapping of U+FF01 to U+FF5E).
fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        urls(text).into_iter().map(|h| h.url).collect()
    }

    #[test]
    fn japanese_text_around_a_url_is_not_part_of_it() {
        for (text, url) in [
            ("https://example.jp/a?b=1。ご確認", "https://example.jp/a?b=1"),
            ("こちら（https://example.jp/x）をクリック", "https://example.jp/x"),
            ("「https://example.jp/」から", "https://example.jp/"),
            ("https://example.jp/ログイン、確認", "https://example.jp/"),
            ("https://example.jp\u{3000}まで", "https://example.jp"),
            ("https://example.jpをクリック", "https://example.jp"),
            ("URL：https://例え.テスト/パス", "https://例え.テスト/パス"),
            ("https://日本.jpを見る", "https://日本.jp"),
            ("ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｊｐ／ａ？ｂ＝１", "https://example.jp/a?b=1"),
            ("<https://example.jp/a(b)c>", "https://example.jp/a(b)c"),
            ("https://example.jp。com/login", "https://example.jp.com/login"),
            ("see www.example.com, please", "http://www.example.com"),
            ("登録はexample.co.jp/mypageへ", "http://example.co.jp/mypage"),
            ("http://192.0.2.7:8080/x.", "http://192.0.2.7:8080/x"),
            ("https://brand.example@evil.example/", "https://brand.example@evil.example/"),
        ] {
            assert_eq!(found(text), [url], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_url_is_left_alone() {
        for text in [
            "hxxps://evil.example/a",
            "hxxps://evil[.]example/a",
            "https://evil[.]example/",
            "2026.11/22",
            "and/or",
            "連絡先info@example.co.jpまで",
            "node.js/express",
            "http://",
            "://",
            "：：／／",
            "text/html",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn places_are_bytes_of_the_text() {
        let text = "見る https://example.jp/a。";
        let hit = &urls(text)[0];
        assert_eq!(&text.as_bytes()[hit.start..hit.end], b"https://example.jp/a");
    }
}
