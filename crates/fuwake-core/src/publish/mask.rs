//! Masking (伏せ字): whatever names the recipient or another person who is no sender of the mail.

use std::cell::RefCell;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use super::edit::Edit;
use super::release::Marks;
use super::secret::{Secret, own_label};
use super::told::{ANYBODY, greeted, hailed, is_kanji, numbers};
use crate::fold::fold;
use crate::spellings::{ROLES, Spellings, WORDS_TOO, Words};

/// How a match is checked and what replaces it.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// `local@domain`.
    Address,
    /// The same in disguise, a number, an id.
    Other,
    /// `local@`: not in the middle of a longer local part.
    Local,
    Name,
    /// The same of a word that is no name where it is written small.
    NameOrWord,
    /// A part of a local part: only where somebody is greeted by it.
    Half,
    /// What may be the surname in a name without a blank: only before a form of address.
    Surname,
    Domain,
}

/// What stands before a name in a greeting, lower case.
const GREETINGS: [&str; 14] = [
    "dear", "hi", "hello", "hey", "hallo", "liebe", "lieber", "bonjour", "hola", "olá", "ciao", "beste",
    "cher", "chère",
];
/// What follows a surname.
const ADDRESSED: [&str; 8] = ["様", "さま", "さん", "殿", "氏", "です", "と申", "より"];

/// Those of them that stand behind anybody's name.
const FORMS: [&str; 5] = ["様", "さま", "さん", "殿", "氏"];

/// All that is masked in what is published of a case.
#[derive(Default)]
pub(super) struct Mask {
    words: Option<AhoCorasick>,
    kinds: Vec<Kind>,
    /// People and numbers in every spelling.
    people: Spellings,
    /// Domains and hosts, which others may only resemble.
    hosts: Spellings,
    /// Whether pieces of links and other codes hold a spelling: most stand in a case many times.
    seen: RefCell<FxHashMap<String, bool>>,
    /// Addresses, lower case.
    pub(super) addresses: Vec<String>,
    /// Names that are no secret, lower case.
    known: String,
}

/// The patterns of a mask while they are gathered.
struct Patterns<'k> {
    known: &'k str,
    patterns: Vec<(String, Kind)>,
    people: Words,
    hosts: Words,
}

impl Mask {
    /// A mask for `secrets`; words that stand in `known` (lower case), such as the name of the impersonated brand, are not masked
    /// outside of addresses.
    pub(super) fn new(secrets: &[Secret], known: &str) -> Self {
        let mut all =
            Patterns { known, patterns: Vec::new(), people: Words::default(), hosts: Words::default() };
        secrets.iter().for_each(|secret| all.secret(secret));
        let addresses = secrets.iter().filter_map(|secret| match secret {
            Secret::Address(address) => Some(address.to_lowercase()),
            _ => None,
        });
        Self {
            words: automaton(all.patterns.iter().map(|(pattern, _)| pattern.as_str())),
            kinds: all.patterns.iter().map(|&(_, kind)| kind).collect(),
            people: Spellings::of([&all.people]).with_packed(),
            hosts: Spellings::of([&all.hosts]),
            seen: RefCell::default(),
            addresses: addresses.collect(),
            known: known.to_owned(),
        }
    }

    /// What of `text` is masked; not yet merged.
    pub(super) fn edits(&self, text: &str, marks: &Marks) -> Vec<Edit> {
        let mut edits: Vec<Edit> = self.words(text, marks).collect();
        edits.extend(self.disguised(text, marks));
        edits.extend(self.broken(text, marks));
        let coded = self.coded(text, &edits, marks);
        edits.extend(coded);
        edits.extend(self.cut_off(text, marks));
        let names = greeted(text, &self.known).chain(hailed(text, &self.known));
        if may_tell(text) {
            // Wherever else it stands, the mail may tell it there alone.
            let told = numbers(text);
            let places = told.iter().flat_map(|number| text.match_indices(number.as_str()));
            edits.extend(places.map(|(at, number)| Edit::new(at, at + number.len(), marks.other)));
        }
        edits.extend(names.map(|(start, end)| Edit::new(start, end, marks.name)));
        edits
    }

    /// Addresses, names and domains as written.
    pub(super) fn words<'s>(&'s self, text: &'s str, marks: &'s Marks) -> impl Iterator<Item = Edit> + 's {
        let hits = self.words.iter().flat_map(move |words| words.find_overlapping_iter(text));
        hits.filter_map(move |hit| {
            let kind = self.kinds[hit.pattern().as_usize()];
            let with = match kind {
                Kind::Address => marks.address,
                Kind::Local => marks.local,
                Kind::Name | Kind::NameOrWord | Kind::Half | Kind::Surname => marks.name,
                Kind::Domain => marks.domain,
                Kind::Other => marks.other,
            };
            let behind = if matches!(kind, Kind::Local) { self.domain_behind(text, hit.end()) } else { 0 };
            let is_plain = text.get(..hit.end()).is_some_and(|head| head.ends_with('@'));
            let with = match behind {
                0 => with,
                _ if is_plain => marks.address,
                _ => marks.other,
            };
            let edit = Edit::new(hit.start(), hit.end() + behind, with);
            stands_alone(text, hit.start(), hit.end(), kind).then_some(edit)
        })
    }

    /// The same in other letters of the same look or width, broken by a line end, or with characters in between that nobody sees.
    fn disguised(&self, text: &str, marks: &Marks) -> Vec<Edit> {
        if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Vec::new();
        }
        let folded = fold(text);
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let written = |edit: Edit| {
            let span = folded.original(edit.start, edit.end);
            Some(Edit { start: *starts.get(span.start)?, end: *starts.get(span.end)?, ..edit })
        };
        self.words(&folded.text, marks).filter_map(written).collect()
    }

    /// Whether a piece of a link or of another code, decoded in the usual ways, holds something that is masked.
    pub(super) fn is_inside(&self, piece: &str) -> bool {
        if let Some(known) = self.seen.borrow().get(piece) {
            return *known;
        }
        let is_inside = self.people.are_in(piece) || self.hosts.are_encoded_in(piece);
        self.seen.borrow_mut().insert(piece.to_owned(), is_inside);
        is_inside
    }
}

impl Patterns<'_> {
    fn secret(&mut self, secret: &Secret) {
        match secret {
            Secret::Address(address) => self.address(address),
            Secret::Name(name) => self.name(name),
            Secret::Given(text) => {
                self.add(text.clone(), Kind::Other);
                self.people.add(text);
            }
            Secret::Id(id) if id.len() >= ID => self.add(id.clone(), Kind::Other),
            Secret::Id(_) => {}
            Secret::Domain(domain) => {
                self.add(domain.clone(), Kind::Domain);
                self.add(domain.replace('.', "-"), Kind::Other);
                self.add(domain.chars().rev().collect(), Kind::Other);
                self.hosts.add(domain);
                self.organisation(domain);
                // The form that people read (RFC 5890 section 2.3.2.1).
                let (unicode, _) = idna::domain_to_unicode(domain);
                if unicode != *domain {
                    self.hosts.add(&unicode);
                    self.add(unicode, Kind::Domain);
                }
            }
            Secret::Host(host) => {
                self.add(host.clone(), Kind::Domain);
                self.hosts.add(host);
            }
            Secret::Machine(address) => {
                let address = address.to_canonical().to_string();
                if address.contains('.') {
                    self.add(address.replace('.', "-"), Kind::Other);
                }
                self.add(address, Kind::Other);
            }
        }
    }

    /// What a domain is called, which is mostly what its organisation is: `shinozaki-works` of `shinozaki-works.example`.
    fn organisation(&mut self, domain: &str) {
        let Some(label) = own_label(domain).filter(|label| self.is_telling(label)) else { return };
        for form in [label.to_owned(), label.replace('-', ""), label.replace('-', " ")] {
            self.people.add(&form);
            self.add(form, Kind::Name);
        }
    }

    fn add(&mut self, pattern: String, kind: Kind) {
        if !pattern.is_empty() {
            self.patterns.push((pattern, kind));
        }
    }

    /// A name, its words, and what of a Japanese name may be the surname.
    fn name(&mut self, name: &str) {
        if name.contains('@') {
            self.people.add(name);
        }
        let words = name.split_whitespace().collect::<Vec<_>>();
        let joined = words.concat();
        let reversed: String = words.iter().rev().copied().collect();
        for form in [name, &joined, &reversed].into_iter().chain(words.iter().copied()) {
            if !self.is_telling(form) {
                continue;
            }
            if WORDS_TOO.contains(&form.to_lowercase().as_str()) {
                self.add(form.to_owned(), Kind::NameOrWord);
            } else {
                self.add(form.to_owned(), Kind::Name);
                self.people.add(form);
            }
        }
        if let [one, other] = words[..]
            && self.is_telling(one)
        {
            self.add(format!("{other} {one}"), Kind::Name);
        }
        let length = joined.chars().count();
        if words.len() == 1
            && (3..=6).contains(&length)
            && joined.chars().all(is_kanji)
            && self.is_telling(&joined)
        {
            for surname in 1..length.min(4) {
                let (surname, given): (String, String) =
                    (joined.chars().take(surname).collect(), joined.chars().skip(surname).collect());
                self.add(format!("{surname} {given}"), Kind::Name);
                self.add(surname, Kind::Surname);
            }
        }
    }

    fn address(&mut self, address: &str) {
        let Some((local, domain)) = address.rsplit_once('@').filter(|(local, _)| !local.is_empty()) else {
            return;
        };
        self.add(address.to_owned(), Kind::Address);
        self.add(address.replace(['@', '.', '_', '+'], "-"), Kind::Other);
        self.add(format!("{local}@"), Kind::Local);
        for at in ["%40", "%2540", "&#64;", "=40", "[at]", " [at] ", "(at)", " (at) "] {
            self.add(format!("{local}{at}{domain}"), Kind::Other);
            self.add(format!("{local}{at}"), Kind::Local);
        }
        self.people.add(address);
        // What stands behind a plus sign only sorts the mail (RFC 5233).
        let plain = local.split('+').next().unwrap_or(local);
        for local in [local, plain] {
            self.people.add(&format!("{local}@{domain}"));
            if self.is_telling(local) {
                self.add(local.to_owned(), Kind::Name);
                self.people.add(local);
            }
        }
        let halves: Vec<&str> = plain.split(['.', '_', '-']).collect();
        if let [one, other] = halves[..]
            && one.len() > 1
            && other.len() > 1
        {
            for (one, other) in [(one, other), (other, one)] {
                let name = format!("{one} {other}");
                if self.is_telling(&name) {
                    self.people.add(&name);
                    self.add(name, Kind::Name);
                }
            }
        }
        for half in halves {
            let half = half.trim_matches(|c: char| c.is_ascii_digit());
            if half.len() >= 3 && half.is_ascii() && !is_known(&half.to_lowercase(), self.known) {
                self.add(half.to_owned(), Kind::Half);
            }
        }
    }

    /// Whether a word tells who somebody is, so that it is masked wherever it stands.
    fn is_telling(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let enough = if word.is_ascii() { 4 } else { 2 };
        word.chars().count() >= enough
            && !ROLES.contains(&lower.as_str())
            && !ANYBODY.contains(&lower.as_str())
            && !OFFICES.contains(&lower.as_str())
            && !["様", "さま", "各位"].iter().any(|form| word.ends_with(form))
            && !is_known(&lower, self.known)
            && !word.chars().all(|character| character.is_ascii_digit())
    }
}

/// Words of offices and accounts, of which addresses and the names beside them are made: they name nobody.
const OFFICES: [&str; 22] = [
    "account", "accounts", "billing", "customer", "login", "logon", "mailbox", "member", "members", "news",
    "notice", "order", "orders", "payment", "secure", "security", "service", "shop", "store", "update",
    "verify", "webmail",
];
/// Shorter ids are words and numbers that stand anywhere.
const ID: usize = 6;

/// Whether a word, lower case, stands in what is no secret: Latin letters as a word of their own.
fn is_known(word: &str, known: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    known.match_indices(word).any(|(at, _)| {
        let (before, after) =
            (known.get(..at).unwrap_or_default(), known.get(at + word.len()..).unwrap_or_default());
        !word.is_ascii() || !joins(before.chars().next_back()) && !joins(after.chars().next())
    })
}

/// Whether a text may hold a number or a word by which somebody is known: most texts do not, and are not read for it.
fn may_tell(text: &str) -> bool {
    text.chars().filter(|c| c.is_numeric()).nth(3).is_some()
        || ["assword", "ワード", "名義"].iter().any(|word| text.contains(word))
}

fn automaton<'p>(patterns: impl Iterator<Item = &'p str>) -> Option<AhoCorasick> {
    let patterns: Vec<&str> = patterns.collect();
    if patterns.is_empty() {
        return None;
    }
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(patterns)
        .ok()
}

fn stands_alone(text: &str, start: usize, end: usize, kind: Kind) -> bool {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|tail| tail.chars().next());
    // A digit in percent signs or quoted-printable is no letter of a word.
    let before = before.filter(|_| !ends_escaped(text.get(..start).unwrap_or_default()));
    let joins = |neighbour: Option<char>, also: &str| {
        neighbour.is_some_and(|c| c.is_ascii_alphanumeric() || also.contains(c))
    };
    match kind {
        Kind::Local => !joins(before, "._-+"),
        Kind::Surname => {
            let tail = text.get(end..).unwrap_or_default().trim_start();
            !before.is_some_and(is_kanji) && ADDRESSED.iter().any(|form| tail.starts_with(form))
        }
        Kind::NameOrWord => {
            let has_capital = text.get(start..end).is_some_and(|name| name.starts_with(char::is_uppercase));
            has_capital && !joins(before, "") && !joins(after, "")
        }
        Kind::Half => {
            let greeting = text.get(..start).unwrap_or_default().trim_end();
            let word =
                greeting.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
            let tail = text.get(end..).unwrap_or_default().trim_start();
            let is_greeted = greeting.len() < start && GREETINGS.contains(&word.as_str());
            !joins(before, "._-+@")
                && !joins(after, "._-+@")
                && (is_greeted || FORMS.iter().any(|form| tail.starts_with(form)))
        }
        // What follows may be the next word, where a page parts the two by its looks alone.
        Kind::Address => !joins(before, ""),
        Kind::Name | Kind::Domain | Kind::Other => !joins(before, "") && !joins(after, ""),
    }
}

/// Whether a text ends in `%40` (RFC 3986) or `=40` (RFC 2045).
fn ends_escaped(text: &str) -> bool {
    let end = text.as_bytes().last_chunk::<3>();
    end.is_some_and(|[sign, one, two]| {
        b"%=".contains(sign) && one.is_ascii_hexdigit() && two.is_ascii_hexdigit()
    })
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64_NOPAD, HEXLOWER};

    use super::super::edit::{apply, merged};
    use super::*;
    use crate::publish::Style;

    fn applied(mask: &Mask, text: &str) -> String {
        let edits = mask.edits(text, Style::International.marks());
        apply(text, &merged(edits), 0, text.len())
    }

    /// Every byte as `%xx` (RFC 3986 section 2.1).
    fn percent_encoded(secret: &[u8]) -> String {
        secret.iter().map(|byte| format!("%{byte:02x}")).collect()
    }

    fn masked(text: &str) -> String {
        let secrets = [
            Secret::Address("hanako.s@mail.example.jp".into()),
            Secret::Name("鈴木花子".into()),
            Secret::Domain("example.jp".into()),
        ];
        applied(&Mask::new(&secrets, ""), text)
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
        assert_eq!(masked("hanako.s@mail.example.jpNext"), "***@***.***Next");
        assert_eq!(masked("https://a.test/pj.elpmaxe@s.okanah"), "https://a.test/***@***");
        assert_eq!(masked("(hanako.s [at] mail.example.jp)"), "(***)");
        assert_eq!(masked("hanako-s-mail-example-jp.example.net"), "***.example.net");
        assert_eq!(masked("for <hanako.s@ma"), "for <***@***.***");
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
        assert_eq!(masked(&format!("?t={encoded}==&u=1")), "?t=***==&u=1");
        assert_eq!(masked(&HEXLOWER.encode(b"hanako.s@mail.example.jp")), "***");
        assert_eq!(masked(&percent_encoded(b"hanako.s@mail.example.jp")), "***");
    }

    #[test]
    fn the_name_of_the_readers_domain_is_masked_without_its_ending() {
        let mask = Mask::new(&[Secret::Domain("shinozaki-works.example".into())], "");
        let masked = |text: &str| applied(&mask, text);
        assert_eq!(masked("[shinozaki-works] mail"), "[***] mail");
        assert_eq!(masked("Shinozaki Works IT"), "*** IT");
        assert_eq!(masked("https://a.example/shinozakiworks/x"), "https://a.example/***/x");
        let mask = Mask::new(&[Secret::Domain("example.jp".into())], "");
        assert_eq!(applied(&mask, "an example"), "an example");
    }

    #[test]
    fn letters_of_the_same_look_hide_nobody() {
        let mask = Mask::new(&[Secret::Address("hanako.sato@mail.example.jp".into())], "");
        let bold: String =
            "hanako".chars().filter_map(|c| char::from_u32(u32::from(c) - 0x61 + 0x1d41a)).collect();
        assert!(!applied(&mask, &format!("{bold}.sato@mail.example.jp")).contains(&bold));
    }

    #[test]
    fn who_is_greeted_is_masked_whatever_the_headers_say() {
        let mask = Mask::new(&[Secret::Address("taro.yamada@example.jp".into())], "霊山銀行");
        let masked = |text: &str| applied(&mask, text);
        assert_eq!(masked("山田太郎 様\n山田　太郎　様、"), "*** 様\n***　様、");
        assert_eq!(masked("請求書_山田様.zip"), "請求書_***様.zip");
        assert_eq!(masked("会員番号：4711-0815 (4711-0815)"), "会員番号：*** (***)");
        assert_eq!(masked("Dear Yamada Taro, Taro Yamada"), "Dear ***, ***");
        assert_eq!(masked("当社は山田様の"), "当社は***様の");
        for plain in ["利用者様", "お客様", "会員様各位", "霊山銀行様", "同様", "多様"] {
            assert_eq!(masked(plain), plain);
        }
    }

    #[test]
    fn a_part_of_the_address_names_its_owner_in_a_greeting_alone() {
        let mask = Mask::new(&[Secret::Address("hanako.sato92@example.jp".into())], "");
        for (text, expected) in [
            ("Dear Hanako,", "Dear ***,"),
            ("Hi Sato!\nhello hanako", "Hi ***!\nhello ***"),
            ("佐藤様、Satoさん、hanako 様", "***様、***さん、*** 様"),
            ("Sato is a village. info@sato.example", "Sato is a village. info@sato.example"),
        ] {
            assert_eq!(applied(&mask, text), expected);
        }
    }

    #[test]
    fn words_that_are_names_too_are_names_with_a_capital() {
        let secrets = [Secret::Name("Will Tanaka".into()), Secret::Address("phishing@example.jp".into())];
        let mask = Mask::new(&secrets, "");
        assert_eq!(applied(&mask, "Will, it will stay; tanaka"), "***, it will stay; ***");
        assert_eq!(applied(&mask, "most likely phishing"), "most likely phishing");
    }

    #[test]
    fn words_of_others_stay() {
        let mask = Mask::new(&[Secret::Address("amazon@example.jp".into())], "amazon アマゾン");
        assert_eq!(applied(&mask, "amazon.co.jp のアカウント"), "amazon.co.jp のアカウント");
        assert_eq!(applied(&mask, "amazon@example.jp"), "***@***.***");
        let mask = Mask::new(&[Secret::Address("info@example.jp".into())], "");
        assert_eq!(applied(&mask, "info"), "info");
    }

    #[test]
    fn encoded_tokens_are_seen_through() {
        let mask = Mask::new(&[Secret::Address("hanako@example.jp".into())], "");
        assert!(mask.is_inside("%68anako%40example.jp"));
        assert!(mask.is_inside("id%253Dhanako%252540example.jp"));
        assert!(!mask.is_inside("index.html"));
    }
}
