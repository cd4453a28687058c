//! Masking (伏せ字): whatever names the recipient or another person who is no sender of the mail.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};
use percent_encoding::percent_decode_str;

use super::edit::Edit;
use super::plain::steers;
use crate::fold::fold;
use crate::spellings::ROLES;

/// What stands in the place of a masked text.
pub(super) const MASK: &str = "***";
/// What stands in the place of a masked domain.
const DOMAIN: &str = "***.***";

/// A text that must not be published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secret {
    /// `local@domain`.
    Address(String),
    /// The name of a person, as a word of its own.
    Name(String),
    /// A domain and all hosts in it.
    Domain(String),
    /// What the operator named, whatever it is, as a word of its own.
    Given(String),
}

impl Secret {
    /// What an entry of the operator's list is: an address, a domain, or else a name or a number; none for an empty one.
    pub(super) fn of(entry: &str) -> Option<Self> {
        let entry = entry.trim();
        let is_domain = !entry.contains(char::is_whitespace) && crate::domain::registrable(entry).is_some();
        match entry {
            "" => None,
            _ if entry.contains('@') => Some(Self::Address(entry.to_lowercase())),
            _ if is_domain => Some(Self::Domain(entry.trim_matches('.').to_lowercase())),
            _ => Some(Self::Given(entry.to_owned())),
        }
    }
}

/// How a match is checked and what replaces it.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Address,
    /// `local@`: not in the middle of a longer local part.
    Local,
    Word,
    /// What may be the surname in a name without a blank: only before a form of address.
    Surname,
    Domain,
}

/// What follows a surname.
const ADDRESSED: [&str; 8] = ["様", "さま", "さん", "殿", "氏", "です", "と申", "より"];

/// How words end that stand before 様 and name nobody: 会員, 利用者, 加盟店, 取引先, 各社, 株主, 顧客.
const NOBODYS: [char; 8] = ['員', '者', '店', '先', '社', '主', '客', '皆'];

/// All that is masked in a report.
pub(super) struct Mask {
    words: Option<AhoCorasick>,
    word_kinds: Vec<(Kind, &'static str)>,
    encodings: Option<AhoCorasick>,
    /// Addresses, lower case.
    addresses: Vec<String>,
    /// Names that are no secret, lower case.
    known: String,
}

impl Mask {
    /// A mask for `secrets`; words that stand in `known` (lower case), such as the name of the impersonated brand, are not masked
    /// outside of addresses.
    pub(super) fn new(secrets: &[Secret], known: &str) -> Self {
        let mut words: Vec<(String, Kind, &'static str)> = Vec::new();
        let mut encodings: Vec<String> = Vec::new();
        for secret in secrets {
            match secret {
                Secret::Address(address) => add_address(address, known, &mut words, &mut encodings),
                Secret::Name(name) => add_name(name, known, &mut words),
                Secret::Given(text) => words.push((text.clone(), Kind::Word, MASK)),
                Secret::Domain(domain) => {
                    words.push((domain.clone(), Kind::Domain, DOMAIN));
                    words.push((domain.replace('.', "-"), Kind::Domain, MASK));
                }
            }
        }
        Self {
            words: automaton(words.iter().map(|(pattern, ..)| pattern.as_str()), true),
            word_kinds: words.iter().map(|&(_, kind, with)| (kind, with)).collect(),
            encodings: automaton(encodings.iter().map(String::as_str), false),
            addresses: secrets
                .iter()
                .filter_map(|secret| match secret {
                    Secret::Address(address) => Some(address.to_lowercase()),
                    _ => None,
                })
                .collect(),
            known: known.to_owned(),
        }
    }

    /// What of `text` is masked; not yet merged.
    pub(super) fn edits(&self, text: &str) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self.words(text).collect();
        edits.extend(self.disguised(text));
        if let Some(encodings) = &self.encodings {
            for hit in encodings.find_overlapping_iter(text) {
                let (start, end) = run_around(text, hit.start(), hit.end());
                if edits.last().is_none_or(|last| (last.start, last.end) != (start, end)) {
                    edits.push(Edit::new(start, end, MASK));
                }
            }
        }
        edits.extend(self.cut_off(text));
        edits.extend(text.match_indices('様').filter_map(|(at, _)| self.greeted(text, at)));
        edits
    }

    /// Addresses, names and domains as written.
    fn words<'s>(&'s self, text: &'s str) -> impl Iterator<Item = Edit> + 's {
        let hits = self.words.iter().flat_map(move |words| words.find_overlapping_iter(text));
        hits.filter_map(move |hit| {
            let (kind, with) = self.word_kinds[hit.pattern().as_usize()];
            stands_alone(text, hit.start(), hit.end(), kind).then(|| Edit::new(hit.start(), hit.end(), with))
        })
    }

    /// The same in full-width letters, broken by a line end, or with characters in between that nobody sees.
    fn disguised(&self, text: &str) -> Vec<Edit> {
        let plain = |c: char| !matches!(c, '\u{3000}' | '\u{FF01}'..='\u{FF5E}') && !steers(c);
        if text.chars().all(plain) {
            return Vec::new();
        }
        let folded = fold(text);
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let written = |edit: Edit| {
            let span = folded.original(edit.start, edit.end);
            Some(Edit { start: *starts.get(span.start)?, end: *starts.get(span.end)?, ..edit })
        };
        self.words(&folded.text).filter_map(written).collect()
    }

    /// Who is greeted with the 様 at `end`, where a line or a word of a file's name begins with the name: no header need hold it.
    fn greeted(&self, text: &str, end: usize) -> Option<Edit> {
        let head = text.get(..end)?.trim_end_matches([' ', '\u{3000}']);
        let in_name = |c: &char| is_kanji(*c) || matches!(c, ' ' | '\u{3000}');
        let length: usize = head.chars().rev().take(8).take_while(in_name).map(char::len_utf8).sum();
        let (before, name) = head.split_at_checked(head.len() - length)?;
        let begins = before.chars().next_back().is_none_or(|c| "\r\n_-/(（「【".contains(c));
        let name = name.trim_start();
        let kanji: String = name.split_whitespace().collect();
        let person = (2..=6).contains(&kanji.chars().count())
            && !kanji.ends_with(NOBODYS)
            && !self.known.contains(&kanji);
        (begins && person).then(|| Edit::new(head.len() - name.len(), head.len(), MASK))
    }

    /// Heads of addresses that were cut off, at an ellipsis or at the end.
    fn cut_off<'s>(&'s self, text: &'s str) -> impl Iterator<Item = Edit> + 's {
        let ends = text.match_indices('…').map(|(at, _)| at).chain([text.len()]);
        ends.filter_map(|end| {
            let head = text.get(..end)?;
            let word = head.bytes().rev().take(320).take_while(|&byte| is_address_byte(byte)).count();
            let word = head.get(end - word..)?;
            let lower = word.to_ascii_lowercase();
            let is_cut = |address: &String| {
                let local = address.find('@').unwrap_or(0);
                lower.len() >= local.clamp(3, 5) && address.starts_with(&lower)
            };
            let word_is_role = ROLES.contains(&lower.as_str());
            let plain = (!word_is_role && self.addresses.iter().any(is_cut)).then_some(word.len());
            let length = plain.or_else(|| self.encoded_head(word))?;
            Some(Edit::new(end - length, end, MASK))
        })
    }

    /// The length of what stands at the end of `word` and is the head of an address in base64 or hexadecimal digits.
    fn encoded_head(&self, word: &str) -> Option<usize> {
        let token =
            word.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().filter(|token| token.len() >= 8)?;
        let even = token.get(..token.len() / 2 * 2)?;
        let heads = decodings(token).chain(decodings(even));
        let mut texts = heads.map(|bytes| String::from_utf8_lossy(&bytes).to_ascii_lowercase());
        let is_head = |text: String| {
            let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER);
            let known = |address: &String| {
                text.chars().count() >= 4 && address.starts_with(text) || text.contains(address.as_str())
            };
            self.addresses.iter().any(known)
        };
        texts.any(is_head).then_some(token.len())
    }

    /// Whether a piece of a URL, decoded in the usual ways, holds something that is masked.
    pub(super) fn is_inside(&self, token: &str) -> bool {
        let mut decoded = percent_decode_str(token).decode_utf8_lossy().into_owned();
        for _ in 0..2 {
            decoded = percent_decode_str(&decoded).decode_utf8_lossy().into_owned();
        }
        !self.edits(&decoded).is_empty()
            || decodings(&decoded).any(|bytes| !self.edits(&String::from_utf8_lossy(&bytes)).is_empty())
    }
}

/// RFC 5322 section 3.4.1, as far as real addresses go.
fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'@')
}

/// A name, its words, and what of a Japanese name may be the surname.
fn add_name(name: &str, known: &str, words: &mut Vec<(String, Kind, &'static str)>) {
    let blanks = name.split_whitespace().collect::<Vec<_>>();
    let joined = blanks.concat();
    for form in [name, &joined].into_iter().chain(blanks.iter().copied()) {
        if is_telling(form, known) {
            words.push((form.to_owned(), Kind::Word, MASK));
        }
    }
    let length = joined.chars().count();
    if blanks.len() == 1
        && (3..=6).contains(&length)
        && joined.chars().all(is_kanji)
        && is_telling(&joined, known)
    {
        for surname in 1..length.min(4) {
            let (surname, given): (String, String) =
                (joined.chars().take(surname).collect(), joined.chars().skip(surname).collect());
            words.push((format!("{surname} {given}"), Kind::Word, MASK));
            words.push((surname, Kind::Surname, MASK));
        }
    }
}

fn is_kanji(character: char) -> bool {
    matches!(character, '々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

fn add_address(
    address: &str,
    known: &str,
    words: &mut Vec<(String, Kind, &'static str)>,
    encodings: &mut Vec<String>,
) {
    let Some((local, domain)) = address.rsplit_once('@').filter(|(local, _)| !local.is_empty()) else {
        return;
    };
    words.push((address.to_owned(), Kind::Address, "***@***.***"));
    words.push((address.replace(['@', '.', '_', '+'], "-"), Kind::Address, MASK));
    words.push((format!("{local}@"), Kind::Local, "***@"));
    for at in ["%40", "%2540", "&#64;", "=40", "[at]", " [at] ", "(at)", " (at) "] {
        words.push((format!("{local}{at}{domain}"), Kind::Address, MASK));
        words.push((format!("{local}{at}"), Kind::Local, MASK));
    }
    if is_telling(local, known) {
        words.push((local.to_owned(), Kind::Word, MASK));
    }
    if let [one, other] = local.split(['.', '_', '-']).collect::<Vec<_>>()[..] {
        let full = [format!("{one} {other}"), format!("{other} {one}")];
        let is_name = one.len() > 1 && other.len() > 1;
        words.extend(
            full.into_iter()
                .filter(|name| is_name && is_telling(name, known))
                .map(|name| (name, Kind::Word, MASK)),
        );
    }
    for form in [address.to_owned(), address.to_lowercase(), address.to_uppercase(), format!("{local}@")] {
        add_encodings(form.as_bytes(), encodings);
    }
}

/// Base64 (RFC 4648 sections 4 and 5) at all three alignments, without the characters that depend on what stands around, and
/// hexadecimal.
fn add_encodings(secret: &[u8], encodings: &mut Vec<String>) {
    if secret.len() < 5 {
        return;
    }
    for offset in 0..3 {
        let mut shifted = vec![0; offset];
        shifted.extend_from_slice(secret);
        let skip = [0, 2, 3][offset];
        let whole = shifted.len() / 3 * 4;
        for encoding in [BASE64_NOPAD, BASE64URL_NOPAD] {
            let text = encoding.encode(&shifted);
            encodings.extend(text.get(skip..whole).map(str::to_owned));
        }
    }
    encodings.push(HEXLOWER.encode(secret));
    encodings.push(HEXLOWER.encode(secret).to_uppercase());
    encodings.push(percent_encoded(secret));
    encodings.push(percent_encoded(secret).to_uppercase());
}

/// Every byte as `%xx` (RFC 3986 section 2.1).
fn percent_encoded(secret: &[u8]) -> String {
    secret.iter().map(|byte| format!("%{byte:02x}")).collect()
}

fn automaton<'p>(patterns: impl Iterator<Item = &'p str>, ignore_case: bool) -> Option<AhoCorasick> {
    let mut patterns: Vec<&str> = patterns.collect();
    if patterns.is_empty() {
        return None;
    }
    if !ignore_case {
        patterns.retain(|pattern| pattern.len() >= 6);
        patterns.sort_unstable();
        patterns.dedup();
    }
    AhoCorasick::builder()
        .ascii_case_insensitive(ignore_case)
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(patterns)
        .ok()
}

/// Whether a word tells who somebody is, so that it is masked wherever it stands.
fn is_telling(word: &str, known: &str) -> bool {
    let lower = word.to_lowercase();
    let enough = if word.is_ascii() { 4 } else { 2 };
    word.chars().count() >= enough
        && !ROLES.contains(&lower.as_str())
        && !known.contains(&lower)
        && !word.chars().all(|character| character.is_ascii_digit())
}

fn stands_alone(text: &str, start: usize, end: usize, kind: Kind) -> bool {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|tail| tail.chars().next());
    let joins = |neighbour: Option<char>, also: &str| {
        neighbour.is_some_and(|c| c.is_ascii_alphanumeric() || also.contains(c))
    };
    match kind {
        Kind::Local => !joins(before, "._-+"),
        Kind::Surname => {
            let tail = text.get(end..).unwrap_or_default().trim_start();
            !before.is_some_and(is_kanji) && ADDRESSED.iter().any(|form| tail.starts_with(form))
        }
        Kind::Address | Kind::Word | Kind::Domain => !joins(before, "") && !joins(after, ""),
    }
}

/// The run of base64 and hexadecimal characters around a match.
fn run_around(text: &str, start: usize, end: usize) -> (usize, usize) {
    let in_run = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'_' | b'-' | b'%');
    let bytes = text.as_bytes();
    let before = bytes[..start].iter().rev().take_while(in_run).count();
    let after = bytes[end..].iter().take_while(|byte| in_run(byte) || **byte == b'=').count();
    (start - before, end + after)
}

/// What a token may stand for: base64, with or without padding, and hexadecimal.
fn decodings(token: &str) -> impl Iterator<Item = Vec<u8>> {
    let bare = token.trim_end_matches('=');
    let whole = bare.get(..bare.len() / 4 * 4).unwrap_or_default();
    [
        BASE64_NOPAD.decode(bare.as_bytes()).ok(),
        BASE64URL_NOPAD.decode(bare.as_bytes()).ok(),
        BASE64_NOPAD.decode(whole.as_bytes()).ok(),
        HEXLOWER_PERMISSIVE.decode(token.as_bytes()).ok(),
    ]
    .into_iter()
    .flatten()
    .filter(|bytes| bytes.len() >= 3)
}

#[cfg(test)]
mod tests {
    use super::super::edit::{apply, merged};
    use super::*;

    fn masked(text: &str) -> String {
        let secrets = [
            Secret::Address("hanako.s@mail.example.jp".into()),
            Secret::Name("鈴木花子".into()),
            Secret::Domain("example.jp".into()),
        ];
        let mask = Mask::new(&secrets, "");
        apply(text, &merged(mask.edits(text)), 0, text.len())
    }

    #[test]
    fn people_are_masked_in_every_form() {
        assert_eq!(masked("To: Hanako.S@mail.example.jp!"), "To: ***@***.***!");
        assert_eq!(masked("hanako.s様、鈴木花子様"), "***様、***様");
        assert_eq!(masked("鈴木です。鈴木様。鈴木町。"), "***です。***様。鈴木町。");
        assert_eq!(masked("鈴木 花子様、鈴木　花子様、鈴木\n花子様"), "***様、***様、***様");
        assert_eq!(masked("(ｈａｎａｋｏ．ｓ＠ｍａｉｌ．ｅｘａｍｐｌｅ．ｊｐ)"), "(***@***.***)");
        assert_eq!(masked("(hanako.s＠mail.example.jp)"), "(***@***.***)");
        assert_eq!(masked("(hana\u{200b}ko.s@mail.exam\u{ad}ple.jp)"), "(***@***.***)");
        assert_eq!(masked("(hanako.s [at] mail.example.jp)"), "(***)");
        assert_eq!(masked("hanako-s-mail-example-jp.example.net"), "***.example.net");
        assert_eq!(masked("for <hanako.s@ma"), "for <***");
        assert_eq!(masked("u=hanako.…)"), "u=***…)");
        assert_eq!(
            masked("mail-example-jp.example.net example-jps.test"),
            "mail-***.example.net example-jps.test"
        );
        assert_eq!(masked("mx01.example.jp と notexample.jp"), "mx01.***.*** と notexample.jp");
        assert_eq!(masked("?u=hanako.s%40mail.example.jp&x=1"), "?u=***&x=1");
        for lead in ["", "a", "ab"] {
            let encoded = BASE64_NOPAD.encode(format!("{lead}hanako.s@mail.example.jp tail").as_bytes());
            assert_eq!(masked(&format!("x/{encoded}/y")), "x/***/y");
        }
        let encoded = BASE64_NOPAD.encode(b"hanako.s@mail.example.jp");
        assert_eq!(masked(&format!("?t={encoded}==&u=1")), "?t=***&u=1");
        assert_eq!(masked(&HEXLOWER.encode(b"hanako.s@mail.example.jp")), MASK);
        assert_eq!(masked(&percent_encoded(b"hanako.s@mail.example.jp")), MASK);
    }

    #[test]
    fn who_is_greeted_is_masked_whatever_the_headers_say() {
        let mask = Mask::new(&[Secret::Address("taro.yamada@example.jp".into())], "霊山銀行");
        let masked = |text: &str| apply(text, &merged(mask.edits(text)), 0, text.len());
        assert_eq!(masked("山田太郎 様\n山田　太郎　様、"), "*** 様\n***　様、");
        assert_eq!(masked("請求書_山田様.zip"), "請求書_***様.zip");
        assert_eq!(masked("Dear Yamada Taro, Taro Yamada"), "Dear ***, ***");
        for plain in ["利用者様", "お客様", "会員様各位", "霊山銀行様", "当社は山田様の", "同様", "多様"]
        {
            assert_eq!(masked(plain), plain);
        }
    }

    #[test]
    fn words_of_others_stay() {
        let mask = Mask::new(&[Secret::Address("amazon@example.jp".into())], "amazon アマゾン");
        assert!(mask.edits("amazon.co.jp のアカウント").is_empty());
        assert!(!mask.edits("amazon@example.jp").is_empty());
        let mask = Mask::new(&[Secret::Address("info@example.jp".into())], "");
        assert!(mask.edits("info").is_empty());
    }

    #[test]
    fn encoded_tokens_are_seen_through() {
        let mask = Mask::new(&[Secret::Address("hanako@example.jp".into())], "");
        assert!(mask.is_inside("%68anako%40example.jp"));
        assert!(mask.is_inside("id%253Dhanako%252540example.jp"));
        assert!(!mask.is_inside("index.html"));
    }
}
