//! Masking (伏せ字): whatever names the recipient or another person who is no sender of the mail.

mod apart;
mod kind;
mod patterns;

use std::cell::RefCell;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;

use super::edit::Edit;
use super::release::Marks;
use super::secret::Secret;
use super::told::{greeted, hailed, numbers};
use crate::fold::{confusable, fold};
use crate::spellings::Spellings;
use kind::Kind;
use patterns::Patterns;

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

impl Mask {
    /// A mask for `secrets`; words that stand in `known` (lower case), such as the name of the impersonated brand, are not masked
    /// outside of addresses.
    pub(super) fn new(secrets: &[Secret], known: &str) -> Self {
        let all = Patterns::of(secrets, known);
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
        edits.extend(self.apart(text, marks));
        let coded = self.coded(text, &edits, marks);
        edits.extend(coded);
        edits.extend(self.cut_off(text, marks));
        let names = greeted(text, &self.known).chain(hailed(text, &self.known));
        if may_tell(text) {
            // Wherever else it stands, the mail may tell it there alone.
            let told = numbers(text);
            let places = automaton(told.iter().map(String::as_str));
            let places = places.iter().flat_map(|told| told.find_overlapping_iter(text));
            let alone = places.filter(|hit| Kind::Other.stands_alone(text, hit.start(), hit.end()));
            edits.extend(alone.map(|hit| Edit::new(hit.start(), hit.end(), marks.other)));
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
            kind.stands_alone(text, hit.start(), hit.end()).then_some(edit)
        })
    }

    /// The same in other letters of the same look or width, broken by a line end, or with characters in between that nobody sees.
    fn disguised(&self, text: &str, marks: &Marks) -> Vec<Edit> {
        if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Vec::new();
        }
        let folded = fold(text);
        let folded = confusable::plain(&folded.text).map_or(folded.clone(), |plain| folded.with_text(plain));
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let written = |edit: Edit| {
            let span = folded.original(edit.start, edit.end);
            Some(Edit { start: *starts.get(span.start)?, end: *starts.get(span.end)?, ..edit })
        };
        self.words(&folded.text, marks).filter_map(written).collect()
    }

    /// Whether a word, lower case, is no secret though an address begins with it: a brand's name.
    pub(super) fn knows(&self, word: &str) -> bool {
        patterns::is_known(word, &self.known)
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
    fn letters_of_other_scripts_and_letters_apart_hide_nobody() {
        let mask = Mask::new(
            &[
                Secret::Address("hanako.shinozaki@mail.example.jp".into()),
                Secret::Address("\"jiro moriguchi\"@mail.example.jp".into()),
            ],
            "",
        );
        for (text, expected) in [
            ("h\u{430}n\u{430}k\u{43e}.shin\u{43e}z\u{430}ki@mail.example.jp!", "***@***.***!"),
            ("h a n a k o . s h i n o z a k i @ m a i l . e x a m p l e . j p", "***@***.***"),
            ("to j i r o m o r i g u c h i", "to ***"),
            ("hanako\n.shinozaki@mail.example.jp と", "***@***.*** と"),
            ("x: hanako\n.shinozaki!", "x: ***!"),
            ("hanako.shinozaki\t@\tmail\t.example.jp", "***@***.***"),
            ("hanako dot shinozaki at mail dot example dot jp", "***@***.***"),
            ("hanako[.]shinozaki [AT] mail (dot) example[.]jp", "***@***.***"),
            ("hanako。shinozaki＠mail。example。jp", "***@***.***"),
            ("unanxb.fuvabmnxv@znvy.rknzcyr.wc", "***"),
            (r"{e:\u0068\u0061\u006e\u0061\u006b\u006f.shinozaki}", "***"),
            ("Jiro Moriguchi 様", "*** 様"),
            ("meet me at home, dot by dot; a t  t h e", "meet me at home, dot by dot; a t  t h e"),
        ] {
            assert_eq!(applied(&mask, text), expected);
        }
        let ken = Mask::new(&[Secret::Address("ken@a.example.net".into())], "");
        assert_eq!(
            applied(&ken, "broken @ a.example.net, ken @ a.example.net"),
            "broken @ a.example.net, ***@***.***"
        );
    }

    #[test]
    fn digests_are_masked() {
        let mask = Mask::new(&[Secret::Address("hanako@example.jp".into())], "");
        for (text, expected) in [
            (
                "https://a.example/avatar/2e8c42e7eabc71004cabed2cd4f4e4df?s=80",
                "https://a.example/avatar/***?s=80",
            ),
            ("https://819e35c3ad505aaa7ac7aa5b5127cb1b6169ef15.a.example/", "https://***.a.example/"),
            ("?h=Ou1gfEPe1m_cEyAdjP2odo4No2OoVFjrPXjRXBK_-8g&x=1", "?h=***&x=1"),
            ("md5: 2E8C42E7EABC71004CABED2CD4F4E4DF.", "md5: ***."),
        ] {
            assert_eq!(applied(&mask, text), expected);
        }
    }

    #[test]
    fn other_character_sets_are_seen_through() {
        let mask = Mask::new(&[Secret::Name("森口 花子".into())], "");
        for (text, expected) in [
            ("https://a.example/?b=kFiM+4nUjnE=&x", "https://a.example/?b=***=&x"),
            ("https://a.example/?s=%90X%8C%FB%89%D4%8Eq&x", "https://a.example/?s=***&x"),
            ("https://a.example/?s=%BF%B9%B8%FD&x", "https://a.example/?s=***&x"),
        ] {
            assert_eq!(applied(&mask, text), expected);
        }
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
        assert_eq!(masked("会員番号：4711、47110 a.example/in4711"), "会員番号：***、47110 a.example/in4711");
        assert_eq!(masked("会員番号：2026、20261、2026年"), "会員番号：2026、20261、2026年");
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
        assert_eq!(applied(&mask, "a domain of Amazon"), "a domain of Amazon");
        assert_eq!(applied(&mask, "Amazon…"), "Amazon…");
        assert_eq!(applied(&mask, "to amazon@exam…"), "to ***@***.***…");
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
