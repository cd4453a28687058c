//! The forms in which a recipient stands in a link, each with its decoy.

use sha2::{Digest, Sha256};

use crate::domain::registrable;
use crate::spellings::is_office;

/// Addresses of which decoys are made.
const MOST_ADDRESSES: usize = 200;
/// Words of names of which decoys are made.
const MOST_NAMES: usize = 200;
/// A local part as long as this, without its signs, is looked for inside longer words too.
const LONG_NAME: usize = 7;
/// A shorter word names nobody.
const SHORTEST_NAME: usize = 3;
/// A shorter label of a domain is as likely another word.
const SHORTEST_LABEL: usize = 4;

/// What pages, forms and the names that senders put before an address are made of, in English and Japanese, and brands whose name is no
/// person's, lower case: a sender who writes one of them into `To` names nobody.
const ORDINARY: &[&str] = &[
    "access",
    "active",
    "alert",
    "amazon",
    "apple",
    "asp",
    "aspx",
    "auth",
    "bank",
    "card",
    "check",
    "client",
    "cloud",
    "com",
    "confirm",
    "customers",
    "dear",
    "docomo",
    "docs",
    "download",
    "email",
    "facebook",
    "file",
    "files",
    "form",
    "friend",
    "google",
    "guest",
    "home",
    "htm",
    "html",
    "http",
    "https",
    "icloud",
    "instagram",
    "invoice",
    "jcb",
    "link",
    "log",
    "logon",
    "mastercard",
    "members",
    "mercari",
    "microsoft",
    "mobile",
    "my",
    "netflix",
    "net",
    "notice",
    "office365",
    "online",
    "owner",
    "page",
    "pages",
    "password",
    "pay",
    "payment",
    "paypal",
    "paypay",
    "php",
    "portal",
    "public",
    "rakuten",
    "reset",
    "sama",
    "secure",
    "security",
    "server",
    "session",
    "sign",
    "signin",
    "signup",
    "site",
    "sites",
    "softbank",
    "subscriber",
    "the",
    "update",
    "upload",
    "users",
    "verify",
    "verification",
    "view",
    "visa",
    "web",
    "webmail",
    "www",
    "you",
    "your",
    "お客",
    "お客様",
    "お客さま",
    "お知らせ",
    "アカウント",
    "カード",
    "サービス",
    "メール",
    "メンバー",
    "ユーザー",
    "ログイン",
    "会員",
    "会員様",
    "利用者",
    "各位",
    "契約者",
    "担当者",
    "更新",
    "本人",
    "登録",
    "確認",
    "認証",
    "ご本人",
    "ご担当者",
    "ご契約者",
    "様",
];

/// Labels that many a domain and many a path have.
const LABELS: [&str; 8] = ["example", "home", "mail", "online", "shop", "store", "test", "webmail"];

#[derive(Debug)]
struct Form {
    /// Lower case.
    text: String,
    decoy: String,
    /// It counts only where no letter or digit stands beside it.
    word: bool,
    /// It names a recipient without doubt.
    whole: bool,
}

/// All forms, the longest first.
#[derive(Debug)]
pub(super) struct Forms {
    forms: Vec<Form>,
}

impl Forms {
    pub(super) fn of<'m>(
        addresses: &[&str],
        names: impl Iterator<Item = &'m str>,
        shares: impl Fn(&str) -> bool,
        seed: &[u8; 32],
    ) -> Self {
        let mut known: Vec<String> = addresses
            .iter()
            .map(|address| address.trim_matches(['<', '>', ' ']).to_lowercase())
            .filter(|address| address.contains('@'))
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        known.retain(|address| seen.insert(address.clone()));
        known.truncate(MOST_ADDRESSES);
        let own = |address: &String| {
            let (_, domain) = address.rsplit_once('@')?;
            Some(registrable(domain).unwrap_or(domain).to_owned())
        };
        let domains: Vec<String> = known.iter().filter_map(own).collect();
        let mut forms = Self { forms: Vec::new() };
        for address in &known {
            forms.add_address(address, &domains, &shares, seed);
            if let Some((tagged, domain)) = address.rsplit_once('@')
                && let Some((plain, _)) = tagged.split_once('+').filter(|(plain, _)| !plain.is_empty())
            {
                forms.add_address(&format!("{plain}@{domain}"), &domains, &shares, seed);
            }
        }
        let words = names.filter(|name| !name.contains('@'));
        let words = words.flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
        for word in words.filter(|word| !word.is_empty()).take(MOST_NAMES) {
            forms.add_name(word, seed);
        }
        forms.forms.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        forms.forms.dedup_by(|a, b| a.text == b.text);
        forms
    }

    fn add_address(&mut self, address: &str, own: &[String], shares: impl Fn(&str) -> bool, seed: &[u8; 32]) {
        let Some((local, domain)) = address.rsplit_once('@') else { return };
        let decoy_local = scramble(seed, local);
        let decoy_domain = domain_like(domain, own, seed);
        let decoy = format!("{decoy_local}@{decoy_domain}");
        let dashed = |domain: &str| domain.replace('.', "-");
        let spellings = [
            (address.to_owned(), decoy.clone()),
            (format!("{local}={domain}"), format!("{decoy_local}={decoy_domain}")),
            (format!("{local}-{}", dashed(domain)), format!("{decoy_local}-{}", dashed(&decoy_domain))),
            (format!("{local}.{domain}"), format!("{decoy_local}.{decoy_domain}")),
            (format!("{local}_{domain}"), format!("{decoy_local}_{decoy_domain}")),
            (reversed(address), reversed(&decoy)),
            (rotated(address), rotated(&decoy)),
        ];
        for (text, decoy) in spellings {
            self.add(text, decoy, false, true);
        }
        self.add_local(local, seed);
        if !shares(domain) {
            self.add(domain.to_owned(), decoy_domain, true, true);
            let label = registrable(domain).and_then(|own| own.split('.').next()).unwrap_or_default();
            if label.len() >= SHORTEST_LABEL && !LABELS.contains(&label) {
                self.add(label.to_owned(), scramble(seed, label), true, false);
            }
        }
    }

    /// A local part by itself: as it is, without what only sorts the mail (RFC 5233), without its signs, turned round, and each of its
    /// words.
    fn add_local(&mut self, local: &str, seed: &[u8; 32]) {
        // A quoted local part (RFC 5321 section 4.1.2) may hold blanks.
        let plain = local.trim_matches('"').split('+').next().unwrap_or(local);
        let words: Vec<&str> = plain.split(['.', '_', '-', ' ']).filter(|word| !word.is_empty()).collect();
        let joined = words.concat();
        let turned = words.iter().rev().copied().collect::<String>();
        let names = [local, plain].into_iter().chain(words.iter().copied());
        for name in names.chain([joined.as_str(), turned.as_str()]) {
            let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
            if name.len() < SHORTEST_NAME || is_number || names_nobody(name) {
                continue;
            }
            let is_long = name.len() >= LONG_NAME && words.len() > 1 && !words.contains(&name);
            self.add(name.to_owned(), scramble(seed, name), !is_long, false);
        }
    }

    /// A word of a recipient's name.
    fn add_name(&mut self, word: &str, seed: &[u8; 32]) {
        let shortest = if word.is_ascii() { SHORTEST_NAME } else { 2 };
        let lower = word.to_lowercase();
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        if word.chars().count() >= shortest && !is_number && !names_nobody(&lower) {
            let decoy = scramble(seed, &lower);
            self.add(lower, decoy, true, true);
        }
    }

    fn add(&mut self, text: String, decoy: String, word: bool, whole: bool) {
        if text != decoy {
            self.forms.push(Form { text, decoy, word, whole });
        }
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) const fn count(&self) -> usize {
        self.forms.len()
    }

    /// Whether a form stands in a text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.forms.iter().any(|form| form.find(&lower, 0).is_some())
    }

    /// Whether one that names a recipient without doubt stands there.
    pub(super) fn an_address_is_in(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        let mut whole = self.forms.iter().filter(|form| form.whole && form.text.contains('@'));
        whole.any(|form| form.find(&lower, 0).is_some())
    }

    /// Whether a text is one that was put in.
    pub(super) fn is_decoy(&self, text: &str) -> bool {
        self.forms.iter().any(|form| form.decoy.eq_ignore_ascii_case(text))
    }

    /// The text with decoys; `scramble` makes those for texts whose letters do not count alike in lower case.
    pub(super) fn replaced(&self, text: &str, scramble: impl Fn(&str) -> String) -> String {
        self.changed(text, |form, _| form.decoy.clone(), scramble)
    }

    /// The text with other letters in the place of every form, so that nothing of its shape changes.
    pub(super) fn scrambled(&self, text: &str, scramble: impl Fn(&str) -> String) -> String {
        self.changed(text, |_, found| scramble(found), &scramble)
    }

    fn changed(
        &self,
        text: &str,
        decoy: impl Fn(&Form, &str) -> String,
        scramble: impl Fn(&str) -> String,
    ) -> String {
        let lower = text.to_lowercase();
        if lower.len() != text.len() {
            // Letters whose lower case is longer: nothing can be cut out by its place.
            return if self.is_in(text) { scramble(text) } else { text.to_owned() };
        }
        let mut done = String::with_capacity(text.len());
        let mut at = 0;
        while let Some((start, form)) = self.first(&lower, at) {
            let end = start + form.text.len();
            let (Some(between), Some(found)) = (text.get(at..start), text.get(start..end)) else { break };
            done.push_str(between);
            done.push_str(&cased_like(found, &decoy(form, found)));
            at = end;
        }
        done.push_str(text.get(at..).unwrap_or_default());
        done
    }

    /// The form that stands first, of several at a place the longest.
    fn first(&self, lower: &str, from: usize) -> Option<(usize, &Form)> {
        let found = self.forms.iter().filter_map(|form| Some((form.find(lower, from)?, form)));
        found.min_by_key(|(start, form)| (*start, std::cmp::Reverse(form.text.len())))
    }
}

impl Form {
    fn find(&self, lower: &str, from: usize) -> Option<usize> {
        let tail = lower.get(from..)?;
        let mut places = tail.match_indices(&self.text).map(|(at, _)| from + at);
        places.find(|start| !self.word || stands_alone(lower, *start, *start + self.text.len()))
    }
}

/// An office, a role or an ordinary word, lower case.
pub(super) fn names_nobody(word: &str) -> bool {
    is_office(word) || ORDINARY.contains(&word)
}

fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|tail| tail.chars().next());
    [before, after].into_iter().flatten().all(|neighbour| !neighbour.is_alphanumeric())
}

fn cased_like(like: &str, text: &str) -> String {
    if like.len() != text.len() || !like.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return text.to_owned();
    }
    let pairs = like.bytes().zip(text.chars());
    pairs.map(|(like, c)| if like.is_ascii_uppercase() { c.to_ascii_uppercase() } else { c }).collect()
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

/// ROT13.
fn rotated(text: &str) -> String {
    let turn = |base: u8, letter: u8| char::from(base + (letter - base + 13) % 26);
    text.chars()
        .map(|c| match u8::try_from(c) {
            Ok(letter @ b'a'..=b'z') => turn(b'a', letter),
            Ok(letter @ b'A'..=b'Z') => turn(b'A', letter),
            _ => c,
        })
        .collect()
}

/// A domain that is set aside for examples (RFC 2606, JPRS) and as long as `domain`, where that can be; none of the recipients' own.
fn domain_like(domain: &str, own: &[String], seed: &[u8; 32]) -> String {
    const WHOLE: [&str; 4] = ["example.jp", "example.com", "example.net", "example.org"];
    const ABOVE: [&str; 5] = [".example.jp", ".example.com", ".example.net", ".example.org", ".test"];
    let length = domain.len();
    let is_own = |name: &str| own.iter().any(|own| name == own || name.ends_with(&format!(".{own}")));
    let whole = WHOLE.iter().filter(|name| name.len() == length).map(|name| (*name).to_owned());
    let below = ABOVE.iter().filter_map(|above| {
        let filler = length.checked_sub(above.len()).filter(|filler| (1..=63).contains(filler))?;
        Some(format!("{}{above}", scramble(seed, &"x".repeat(filler))))
    });
    let short = std::iter::once("x.test".to_owned());
    whole.chain(below).chain(short).find(|name| !is_own(name)).unwrap_or_else(|| "x.test".to_owned())
}

/// Other letters and digits of the same kinds in the same places, the same for the same text whatever its case.
pub(super) fn scramble(seed: &[u8; 32], text: &str) -> String {
    let lower = text.to_lowercase();
    let mut drawn = Drawn { seed, text: &lower, block: [0; 32], next: 32, count: 0 };
    text.chars()
        .map(|c| match c {
            'a'..='z' => char::from(b'a' + drawn.below(26)),
            'A'..='Z' => char::from(b'A' + drawn.below(26)),
            '0'..='9' => char::from(b'0' + drawn.below(10)),
            c if c.is_alphabetic() => '名',
            c => c,
        })
        .collect()
}

/// Numbers drawn from the seed and a text.
struct Drawn<'s> {
    seed: &'s [u8; 32],
    text: &'s str,
    block: [u8; 32],
    next: usize,
    count: u32,
}

impl Drawn<'_> {
    fn below(&mut self, bound: u8) -> u8 {
        if self.next == self.block.len() {
            let mut hash = Sha256::new();
            hash.update(self.seed);
            hash.update(self.count.to_be_bytes());
            hash.update(self.text.as_bytes());
            self.block = hash.finalize().into();
            self.count += 1;
            self.next = 0;
        }
        let drawn = self.block[self.next];
        self.next += 1;
        drawn % bound
    }
}
