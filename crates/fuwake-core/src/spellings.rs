//! Who somebody is, in every spelling that a sender uses: his address, its local part alone, his name and his organisation's domain,
//! with any marks between the words, in percent, quoted-printable, references to characters, base64, base32 or hexadecimal digits,
//! in other character sets, as a digest, backwards, or as an IDN. Questions to the outside ([`Privacy`](crate::inquiry::Privacy)) and masks
//! ([`publish`](crate::publish)) both look for people by it.

mod charsets;
mod digests;

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use percent_encoding::percent_decode_str;

use crate::fold::{confusable, fold};
use digests::Digests;

/// Local parts and names that are a role's, not a person's (RFC 2142 and usual ones), and what lists write in place of a name.
pub(crate) const ROLES: &[&str] = &[
    "abuse",
    "account",
    "accounts",
    "accounting",
    "admin",
    "all",
    "antiphishing",
    "antispam",
    "billing",
    "careers",
    "cert",
    "contact",
    "csirt",
    "customer",
    "everyone",
    "feedback",
    "finance",
    "fraud",
    "hello",
    "help",
    "helpdesk",
    "hostmaster",
    "incident",
    "incidents",
    "info",
    "inquiry",
    "jobs",
    "list",
    "lists",
    "mail",
    "marketing",
    "member",
    "members",
    "news",
    "newsletter",
    "noreply",
    "office",
    "order",
    "phish",
    "phishing",
    "postmaster",
    "press",
    "recipient",
    "recipients",
    "report",
    "reports",
    "sales",
    "scam",
    "security",
    "service",
    "shop",
    "soc",
    "spam",
    "staff",
    "support",
    "suspicious",
    "system",
    "team",
    "test",
    "undisclosed",
    "undisclosedrecipients",
    "user",
    "users",
    "web",
    "webmaster",
];
/// Words of accounts and services, of which addresses and the names beside them are made: they name nobody either.
const ACCOUNTS: [&str; 12] = [
    "index", "login", "logon", "mailbox", "notice", "orders", "payment", "secure", "store", "update",
    "verify", "webmail",
];

/// Whether a word, lower case, is an office's or an account's, and no person's.
pub(crate) fn is_office(word: &str) -> bool {
    ROLES.contains(&word) || ACCOUNTS.contains(&word)
}

/// English words that are names too: they name somebody where they are written with a capital.
pub(crate) const WORDS_TOO: &[&str] = &[
    "april", "august", "bank", "banks", "bill", "bishop", "black", "brown", "case", "chance", "chase",
    "church", "cliff", "cook", "dale", "dawn", "dean", "drew", "duke", "earl", "early", "faith", "field",
    "forest", "frank", "gift", "gray", "green", "grace", "grant", "hall", "heath", "hill", "holiday", "hope",
    "house", "iris", "june", "king", "lane", "little", "long", "love", "major", "mark", "marks", "mason",
    "miles", "miller", "noble", "page", "park", "parks", "penny", "pierce", "pope", "power", "powers",
    "price", "prince", "read", "rich", "rivers", "rose", "sharp", "short", "small", "smith", "stone",
    "street", "strong", "summer", "taylor", "victor", "violet", "walker", "ward", "wells", "west", "white",
    "will", "wise", "wood", "woods", "young",
];

/// A word as long as this, letters and digits alone, names somebody even inside a longer word; a shorter one as a word of its own.
const LONG: usize = 6;
/// A shorter one names nobody.
const SHORT: usize = 3;
/// How many words in a row may be one short word that was taken apart.
const JOINED: usize = 4;
/// Shorter runs of an encoding say nothing.
const RUN: usize = 4;
/// Of how many words digests and other character sets are known.
const WRITTEN: usize = 5_000;
/// How gzip begins (RFC 1952 section 2.3.1), packed by deflate.
const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
/// How often encodings are looked through: an address in base64 in percent signs.
const DEPTH: usize = 3;

/// Words by which people are known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Letters and digits alone, lower case.
    words: BTreeSet<String>,
    /// The first of them as they are written, for digests and other character sets.
    written: BTreeSet<String>,
}

impl Words {
    /// One more, unless it is too short to name anybody.
    pub(crate) fn add(&mut self, text: &str) {
        let word = squash(text);
        if word.chars().count() >= if word.is_ascii() { SHORT } else { 2 } {
            if text.contains('@') {
                self.words.insert(rotated(&word));
            }
            self.words.insert(word);
            if self.written.len() < WRITTEN {
                self.written.insert(text.trim().to_owned());
            }
        }
    }

    /// Whether `text`, whatever marks stand in it, is one of them.
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.words.contains(&squash(text))
    }
}

/// Words, ready to be looked for in every spelling.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    short: BTreeSet<String>,
    long: Option<AhoCorasick>,
    /// Words in other character sets than UTF-8.
    octets: Option<AhoCorasick>,
    digests: Digests,
    /// Whether what is packed counts as one of the words: nobody can tell what it holds.
    packed: bool,
}

impl Spellings {
    /// Of all these words.
    pub(crate) fn of<'w>(words: impl IntoIterator<Item = &'w Words>) -> Self {
        let (mut short, mut long, mut octets) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut digests = Digests::default();
        for words in words {
            for word in &words.words {
                let is_long = word.chars().count() >= LONG || !word.is_ascii();
                let both = [word.clone(), word.chars().rev().collect()];
                if is_long { &mut long } else { &mut short }.extend(both);
            }
            for word in &words.written {
                octets.extend(charsets::encoded(word));
                digests.add(word);
            }
        }
        Self { short, long: automaton(long), octets: automaton(octets), digests, packed: false }
    }

    /// The same, and whatever is packed by gzip.
    pub(crate) fn with_packed(self) -> Self {
        Self { packed: true, ..self }
    }

    /// Whether one of the words stands in `text`, in any spelling.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        (self.long.is_some() || !self.short.is_empty()) && self.are_within(text, DEPTH)
    }

    /// Whether one of the words stands in `text` in an encoding; as written it may be a part of another name.
    pub(crate) fn are_encoded_in(&self, text: &str) -> bool {
        (self.long.is_some() || !self.short.is_empty()) && self.are_behind(text, DEPTH - 1)
    }

    fn are_within(&self, text: &str, depth: usize) -> bool {
        self.stand_in(text) || depth.checked_sub(1).is_some_and(|depth| self.are_behind(text, depth))
    }

    fn are_behind(&self, text: &str, depth: usize) -> bool {
        let in_plain = |octets: Vec<u8>| {
            self.are_octets_of(&octets) || self.are_within(&String::from_utf8_lossy(&octets), depth)
        };
        unescaped(text).is_some_and(in_plain)
            || text.contains("xn--") && self.stand_in(&idna::domain_to_unicode(text).0)
            || decoded(text).any(|octets| self.are_among(&octets, depth))
    }

    /// In what a run of digits stands for: only what holds text is looked through for further encodings.
    fn are_among(&self, octets: &[u8], depth: usize) -> bool {
        let text = String::from_utf8_lossy(octets);
        if self.packed && octets.starts_with(&GZIP) || self.are_octets_of(octets) {
            return true;
        }
        let mut runs = octets.split(|octet| !octet.is_ascii_graphic());
        if runs.any(|run| run.len() >= LONG) { self.are_within(&text, depth) } else { self.stand_in(&text) }
    }

    /// In another character set or in letters of another width, or as a digest.
    fn are_octets_of(&self, octets: &[u8]) -> bool {
        self.digests.are_in(octets)
            || self.octets.as_ref().is_some_and(|words| words.is_match(octets))
            || charsets::escaped_japanese(octets).is_some_and(|text| self.stand_in(&text))
            || str::from_utf8(octets).is_ok_and(|text| !text.is_ascii() && self.stand_in(&fold(text).text))
    }

    /// As written, but for the marks between words.
    fn stand_in(&self, text: &str) -> bool {
        let lower = plain(text.to_lowercase());
        if self.long.as_ref().is_some_and(|long| long.is_match(&squash(&lower))) {
            return true;
        }
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        !self.short.is_empty()
            && (0..words.len()).any(|start| {
                let runs = words[start..].iter().take(JOINED).scan(String::new(), |run, word| {
                    run.push_str(word);
                    (run.len() <= LONG * 4).then(|| run.clone())
                });
                runs.into_iter().any(|run| self.short.contains(&run))
            })
    }
}

/// ROT13.
fn rotated(word: &str) -> String {
    let turned = |c: char| match u8::try_from(c) {
        Ok(letter @ b'a'..=b'z') => char::from(b'a' + (letter - b'a' + 13) % 26),
        _ => c,
    };
    word.chars().map(turned).collect()
}

fn automaton<W: AsRef<[u8]>>(words: BTreeSet<W>) -> Option<AhoCorasick> {
    let kind = Some(AhoCorasickKind::ContiguousNFA);
    (!words.is_empty()).then(|| AhoCorasick::builder().kind(kind).build(words).ok()).flatten()
}

/// With Latin letters in the place of others that look like them.
fn plain(text: String) -> String {
    confusable::plain(&text).map_or(text, |plain| plain.text)
}

/// Letters and digits alone, lower case.
fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The text without percent signs (RFC 3986), quoted-printable (RFC 2045), references to characters (HTML) and escapes of JSON and
/// scripts; none where there are none. Octets, for they may be in any character set.
fn unescaped(text: &str) -> Option<Vec<u8>> {
    let plain: Vec<u8> = if UNITS.iter().any(|(sign, _)| text.contains(sign)) {
        units(text).into_bytes()
    } else if text.contains('%') {
        percent_decode_str(text).collect()
    } else if text.contains("&#") || text.contains("&commat;") {
        referred(text).into_bytes()
    } else if text.contains('=') {
        let octets =
            percent_decode_str(&text.replace("=\r\n", "").replace("=\n", "").replace('=', "%")).collect();
        Vec::into_iter(octets).map(|octet| if octet == b'%' { b'=' } else { octet }).collect()
    } else {
        return None;
    };
    (plain != text.as_bytes()).then_some(plain)
}

/// Code units by hexadecimal digits: JSON (RFC 8259 section 7), scripts, and JavaScript's `escape` (ECMA-262 section B.2.1).
const UNITS: [(&str, usize); 3] = [("\\u", 4), ("%u", 4), ("\\x", 2)];

/// With `\u0068`, `%u0068` and `\x68` resolved.
fn units(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let unit = UNITS.iter().find_map(|(sign, digits)| {
            let (digits, tail) = rest.strip_prefix(sign)?.split_at_checked(*digits)?;
            Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, tail))
        });
        let (character, tail) = unit.unwrap_or((next, rest.get(next.len_utf8()..).unwrap_or_default()));
        plain.push(character);
        rest = tail;
    }
    plain
}

/// With `&#104;`, `&#x68;` and `&commat;` resolved.
fn referred(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let end = after.bytes().take(10).position(|byte| byte == b';');
        let character = end.and_then(|end| reference(after.get(..end)?).zip(after.get(end + 1..)));
        match character {
            Some((character, after)) => {
                plain.push(character);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn reference(name: &str) -> Option<char> {
    let number = match name.strip_prefix('#')?.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => name.get(1..)?.parse().ok()?,
    };
    char::from_u32(number)
}

/// What runs of base64, base32 (RFC 4648) and hexadecimal digits stand for, wherever in a run it begins.
fn decoded(text: &str) -> impl Iterator<Item = Vec<u8>> + '_ {
    let runs =
        |is_digit: fn(char) -> bool| text.split(move |c: char| !is_digit(c)).filter(|run| run.len() >= RUN);
    let base64 = runs(|c| c.is_ascii_alphanumeric() || "+/-_".contains(c));
    let base32 = runs(|c| c.is_ascii_alphabetic() || matches!(c, '2'..='7'));
    // Groups of them have hyphens in between (RFC 9562 section 4), or colons, as fingerprints of keys.
    let hexadecimal = runs(|c| c.is_ascii_hexdigit() || matches!(c, '-' | ':'));
    let base64 = base64.flat_map(|run| decodings(run, (6, 4), base64_digit));
    let base32 = base32.flat_map(|run| decodings(run, (5, 8), base32_digit));
    let hexadecimal = hexadecimal.flat_map(|run| decodings(run, (4, 2), |c| char::from(c).to_digit(16)));
    base64.chain(base32).chain(hexadecimal)
}

/// A run of digits of so many bits, so many of which make up whole octets, read from every place where an octet can begin.
fn decodings(
    run: &str,
    (bits, group): (u32, usize),
    digit: fn(u8) -> Option<u32>,
) -> impl Iterator<Item = Vec<u8>> {
    let digits: Vec<u32> = run.bytes().filter_map(digit).collect();
    (0..group).filter_map(move |start| octets(digits.get(start..)?, bits))
}

fn octets(digits: &[u32], bits: u32) -> Option<Vec<u8>> {
    let (mut held, mut filled) = (0_u32, 0);
    let mut octets = Vec::with_capacity(digits.len());
    for digit in digits {
        held = held << bits | digit;
        filled += bits;
        if filled >= 8 {
            filled -= 8;
            octets.extend(u8::try_from(held >> filled & 0xff));
            held &= (1 << filled) - 1;
        }
    }
    (octets.len() >= SHORT).then_some(octets)
}

/// Of both alphabets, the plain one's and the URLs'.
fn base64_digit(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

fn base32_digit(digit: u8) -> Option<u32> {
    let value = match digit.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => letter - b'a',
        b'2'..=b'7' => digit - b'2' + 26,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(words: &[&str]) -> Spellings {
        let mut known = Words::default();
        words.iter().for_each(|word| known.add(word));
        Spellings::of([&known])
    }

    #[test]
    fn every_spelling_is_known() {
        let taro = spellings(&["taro.yamada@example.jp", "taro.yamada", "山田 太郎"]);
        for text in [
            "https://x.example/?e=taro.yamada@example.jp",
            "x.example/taro_yamada",
            "Taro-Yamada.x.example",
            "idTAROYAMADA12.x.example",
            "x.example/taro/yamada",
            "x.example/%74aro%2Eyamada",
            "x.example/taro%252Eyamada",
            "x.example/VGFyby5ZYW1hZGFAZXhhbXBsZS5qcA==",
            "x.example/dGFyb3lhbWFkYQ/login",
            "x.example/id-eyJlIjoidGFyby55YW1hZGFAZXhhbXBsZS5qcCJ9",
            "7461726f2e79616d6164.x.example/7461726F2E79616D616461",
            "taro=2Eyama=64a",
            "&#116;aro.&#x79;amada",
            "x7461726f2e79616d616461.x.example",
            "orsxe3zopfqw2ylemfxa.x.example/oRQXE3ZOPFQW2YLEME",
            "x.example/NzQ2MTcyNmYyZTc5NjE2ZDYxNjQ2MQ",
            "x.example/adamay.orat",
            "xn--sss19e964abiz.x.example",
            "x.example/%E5%B1%B1%E7%94%B0%E5%A4%AA%E9%83%8E",
            // Full-width letters, and letters with accents.
            "x.example/?e=%EF%BD%94%EF%BD%81%EF%BD%92%EF%BD%8F%EF%BC%8E%EF%BD%99%EF%BD%81%EF%BD%8D%EF%BD%81%EF%BD%84%EF%BD%81",
            "x.example/?e=t%C3%A1r%C3%B2.y%C3%A4mada",
            // In Shift_JIS and EUC-JP, and in base64 and quoted-printable of them.
            "x.example/%8ER%93c%20%91%BE%98Y",
            "x.example/%BB%B3%C5%C4%A1%A1%C2%C0%CF%BA",
            "x.example/?n=jlKTY5G+mFk=",
            "=8ER=93c =91=BE=98Y",
            "x.example/?n=GyRCOzNFREJATzobKEI=",
            // Letters of Greek and Cyrillic.
            "t\u{430}r\u{43e}.yam\u{3b1}da",
            r"\u0074\u0061\u0072\u006f.yamada",
            "%u0074aro.yamada",
        ] {
            assert!(taro.are_in(text), "{text}");
        }
        for text in ["https://x.example/?e=hanako@example.jp", "taro.example.jp", "yamada-denki.example"] {
            assert!(!taro.are_in(text), "{text}");
        }
        assert!(!spellings(&[]).are_in("taro.example.jp"));
    }

    #[test]
    fn digests_are_spellings() {
        let taro = spellings(&["Taro.Yamada@example.jp", "taro.yamada"]);
        for text in [
            // MD5, SHA-1 and SHA-256 of the address in lower case and as written, of the local part, in hexadecimal digits and base64.
            "x.example/avatar/3f5474ad927c3fd05e3c970e3e4f350c",
            "x.example/avatar/55716CE14E2D1B77DD596A58333F6119?s=80",
            "30a80aec22c7b5b90216c20b7cdf842af477c732.x.example",
            "x.example/?h=2e8c29fab63885b060cade2faefad2348b0b4fdf3379d4d5971015f01716c699",
            "x.example/?h=6c97557f1f8ce401baa7",
            "x.example/?h=Lowp+rY4hbBgyt4vrvrSNIsLT98zedTVlxAV8BcWxpk=",
            "x.example/1UW2zuN2XTL-8pcI8S9kcYqFvew",
            "x.example/?h=YjQ4NWIzZWEyNjkwMDRlYmMwZjg2YWM0NDJkNzUyYjg=",
            "3f5474ad-927c-3fd0-5e3c-970e3e4f350c",
            "3f:54:74:ad:92:7c:3f:d0:5e:3c:97:0e:3e:4f:35:0c",
            // Of the address in capitals, with the end of its line, and as a link.
            "x.example/?h=6ba609e014f13bc079675731b101c6ba6ce431ce8d536a8c50dfe0d9c914688a",
            "x.example/?h=f955e6acde9503f2cdbd3e77dfb4cd55",
            "x.example/?h=2d5dec927a00b49448aa3c4667a5a036dbc5f0fa",
        ] {
            assert!(taro.are_in(text), "{text}");
        }
        assert!(!taro.are_in("x.example/5d41402abc4b2a76b9719d911017c592"));
    }

    #[test]
    fn a_short_word_stands_alone() {
        let ken = spellings(&["k.en"]);
        assert!(ken.are_in("ken.example.jp") && ken.are_in("x/k-en/y") && ken.are_in("a2Vu-a2VuLg"));
        assert!(!ken.are_in("kennel.example.jp") && !ken.are_in("broken.example"));
    }
}
