//! Decoys: what in a link names the recipient, or marks him, is replaced by something of the same shape before anything is asked, so
//! that the page still behaves and its owner learns nothing. The same mail gives the same decoys.
//!
//! Each piece of a link (label, user, step of the path, key and value of the query, fragment) is looked at as it stands and through
//! every coat that senders put around an address: percent, base64 in both alphabets, hexadecimal, one in another. Where a coat was
//! opened, it is put on again.

mod address;
mod coat;
mod forms;
mod place;

use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use url::Url;

use crate::mail::link::Recipients;
use crate::recipient::Recipient;
use crate::spellings::{Spellings, Words};
use forms::Forms;
pub(crate) use place::Marks;
use place::Place;

use super::privacy::Privacy;
use super::token::{is_drawn, is_token};

/// Addresses and names that are looked for in codes which no coat opens.
const MOST_CODED: usize = 200;
/// How many coats around each other are opened.
const DEEPEST: usize = 3;

/// A link that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decoyed {
    /// It.
    pub(crate) url: String,
    /// Something in it is not as in the mail.
    pub(crate) changed: bool,
}

/// The decoys for one mail.
#[derive(Debug)]
pub(crate) struct Decoys<'p> {
    /// Who else must not be named.
    privacy: Option<&'p Privacy>,
    seed: [u8; 32],
    forms: Forms,
    recipients: Recipients,
    /// What no coat opens: digests, other character sets.
    coded: Spellings,
}

impl<'p> Decoys<'p> {
    /// For the recipient of a mail, or for all who must not be named beside it where that is known; `shares` tells domains at which anybody
    /// has an address, so that they name nobody.
    pub(crate) fn of(
        sha256: &str,
        recipient: &Recipient,
        privacy: Option<&'p Privacy>,
        shares: impl Fn(&str) -> bool,
    ) -> Self {
        let own = recipient.people.iter().map(|person| (person.address.as_deref(), person.name.as_deref()));
        let people: Vec<_> = own.chain(privacy.into_iter().flat_map(Privacy::people)).collect();
        let addresses: Vec<&str> = people.iter().filter_map(|(address, _)| *address).collect();
        let names = people.iter().filter_map(|(_, name)| *name);
        Self { privacy, ..Self::new(sha256.as_bytes(), &addresses, names, shares) }
    }

    /// For nobody in particular: marks alone are replaced.
    pub(crate) fn for_nobody(link: &str) -> Self {
        Self::new(link.as_bytes(), &[], std::iter::empty(), |_| false)
    }

    fn new<'m>(
        seed: &[u8],
        addresses: &[&str],
        names: impl Iterator<Item = &'m str> + Clone,
        shares: impl Fn(&str) -> bool,
    ) -> Self {
        let seed: [u8; 32] = Sha256::digest(seed).into();
        let coded = coded(addresses, names.clone());
        let forms = Forms::of(addresses, names, shares, &seed);
        let recipients = Recipients::all(addresses.iter().copied());
        Self { privacy: None, seed, forms, recipients, coded }
    }

    /// The link with decoys; `marks` says where what looks like a mark for somebody goes too. None where the recipient stands in what cannot be
    /// changed: the name that somebody registered.
    pub(crate) fn url(&self, link: &str, marks: Marks) -> Option<Decoyed> {
        let mut url = Url::parse(link).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let before = url.as_str().to_owned();
        self.host(&mut url, marks.host)?;
        for part in Part::ALL {
            let Some(text) = part.of(&url).filter(|text| !text.is_empty()) else { continue };
            let text = self.part(part, text, if part == Part::Path { marks.path } else { marks.behind });
            part.set(&mut url, &text);
        }
        if self.tells(&url) {
            self.blot(&mut url);
        }
        let safe = !self.tells(&url);
        safe.then(|| Decoyed { changed: url.as_str() != before, url: url.into() })
    }

    /// Whether a recipient still stands there.
    pub(crate) fn names_somebody(&self, text: &str) -> bool {
        let plain = decoded(text);
        self.recipients.is_in(text)
            || plain != text && self.recipients.is_in(&plain)
            || self.forms.an_address_is_in(&plain)
    }

    /// The same for what stands behind the host: whoever else must not be named neither.
    fn tells(&self, url: &Url) -> bool {
        let behind = || &url[url::Position::BeforePath..];
        self.names_somebody(url.as_str()) || self.privacy.is_some_and(|privacy| privacy.is_told_who(behind()))
    }

    /// Labels left of the registrable domain, each kept in shape.
    fn host(&self, url: &mut Url, with_marks: bool) -> Option<()> {
        let Some(url::Host::Domain(host)) = url.host() else { return Some(()) };
        let host = host.to_owned();
        let fixed = crate::domain::registrable(&host).unwrap_or(&host);
        let Some(free) = host.strip_suffix(fixed).map(|free| free.trim_end_matches('.')) else {
            return Some(());
        };
        if self.names_somebody(fixed) {
            return None;
        }
        if free.is_empty() {
            return Some(());
        }
        let mut names = self.forms.scrambled(free, |found| self.scramble(found));
        if self.names_somebody(&names) {
            names = self.scramble(&names);
        }
        let labels = names.split('.').map(|label| {
            let coded = coat::open(label).into_iter().any(|(_, inner)| self.forms.is_in(&inner))
                || self.coded.are_encoded_in(label);
            if coded || with_marks && is_token(label) { self.scramble(label) } else { label.to_owned() }
        });
        let names = labels.collect::<Vec<_>>().join(".").to_ascii_lowercase();
        if names != free {
            url.set_host(Some(&format!("{names}.{fixed}"))).ok()?;
        }
        Some(())
    }

    /// A part of the link, piece by piece.
    fn part(&self, part: Part, text: &str, with_marks: bool) -> String {
        // An address in base64 may hold the signs that divide a part.
        if part == Part::Fragment && coat::open(text).into_iter().any(|(_, inner)| self.forms.is_in(&inner)) {
            return self.piece(text, Place::Anywhere);
        }
        let mut done = String::with_capacity(text.len());
        let first = if part == Part::Query { '?' } else { '/' };
        let (mut rest, mut before, mut divider) = (text, "", first);
        let place = |before, divider, after: Option<char>| match part {
            _ if !with_marks => Place::Unmarked,
            Part::Query | Part::Fragment if divider == '=' => Place::Value(before),
            // What stands alone is a value without a key; behind a slash it is a step of a path in a value.
            Part::Query if divider != '/' && after != Some('=') => Place::Value("code"),
            _ => Place::Step(before),
        };
        while let Some(at) = rest.find(part.dividers()) {
            let (piece, tail) = rest.split_at(at);
            let mut tail_chars = tail.chars();
            let next = tail_chars.next();
            done.push_str(&self.piece(piece, place(before, divider, next)));
            done.extend(next);
            (before, divider) = (piece, next.unwrap_or('/'));
            rest = tail_chars.as_str();
            // Base64 ends in signs that divide keys from values.
            while let Some(after) = rest.strip_prefix('=') {
                done.push('=');
                rest = after;
            }
        }
        done.push_str(&self.piece(rest, place(before, divider, None)));
        done
    }

    /// A piece as it stands in the link, percent coat and all.
    fn piece(&self, raw: &str, place: Place<'_>) -> String {
        let plain = decoded(raw);
        if let Some(concealed) = self.illegible(raw, &plain) {
            return concealed;
        }
        let concealed = self.conceal(&plain, DEEPEST, place);
        if concealed == plain { raw.to_owned() } else { coat::percent_like(raw, &concealed) }
    }

    /// What names a recipient in a character set that is not UTF-8, whose letters nobody can tell apart.
    fn illegible(&self, escaped: &str, plain: &str) -> Option<String> {
        let names = plain.contains(char::REPLACEMENT_CHARACTER) && self.coded.are_encoded_in(escaped);
        names.then(|| coat::outside_escapes(escaped, |plain| self.scramble(plain)))
    }

    fn conceal(&self, text: &str, depth: usize, place: Place<'_>) -> String {
        let plain = if depth > 0 && text.contains('%') { decoded(text) } else { text.to_owned() };
        if plain != text {
            let concealed = self.illegible(text, &plain);
            let concealed = concealed.unwrap_or_else(|| self.conceal(&plain, depth - 1, place));
            return if concealed == plain { text.to_owned() } else { coat::percent_like(text, &concealed) };
        }
        let replaced = self.forms.replaced(text, |found| self.scramble(found));
        let replaced = self.without_addresses(&replaced);
        if depth == 0 {
            return replaced;
        }
        let mut done = String::with_capacity(replaced.len());
        for (run, is_token) in coat::runs(&replaced) {
            done.push_str(&if is_token { self.token(run, depth, place) } else { run.to_owned() });
        }
        done
    }

    /// The text without any address: one that the mail does not name may be that of a blind copy, or of whoever received the mail that
    /// carries this one.
    fn without_addresses(&self, text: &str) -> String {
        let mut done = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((start, end)) = address::first(rest) {
            let (Some(between), Some(found)) = (rest.get(..start), rest.get(start..end)) else { break };
            done.push_str(between);
            done.push_str(&if self.forms.is_decoy(found) { found.to_owned() } else { self.scramble(found) });
            rest = rest.get(end..).unwrap_or_default();
        }
        done + rest
    }

    /// A run of letters and digits: opened where it is a coat, blotted where it is a mark.
    fn token(&self, run: &str, depth: usize, place: Place<'_>) -> String {
        for (coat, inner) in coat::open(run) {
            let concealed = self.conceal(&inner, depth - 1, Place::Unmarked);
            if concealed != inner {
                return coat.put_on(&concealed);
            }
        }
        if self.coded.are_encoded_in(run) {
            return self.scramble(run);
        }
        if place == Place::Unmarked || self.forms.is_decoy(run) {
            return run.to_owned();
        }
        if is_drawn(run) && !place.is_content(run) {
            return self.scramble(run);
        }
        let words = run.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
        let marked = |word: &str| place.marks(word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()));
        words
            .map(|word| {
                if marked(word) && !self.forms.is_decoy(word) { self.scramble(word) } else { word.to_owned() }
            })
            .collect()
    }

    /// The last resort: everything behind the host that could carry a meaning.
    fn blot(&self, url: &mut Url) {
        for part in Part::ALL {
            let Some(text) = part.of(url).filter(|text| !text.is_empty()) else { continue };
            let text = coat::outside_escapes(text, |plain| self.scramble(plain));
            part.set(url, &text);
        }
        if self.names_somebody(url.as_str()) {
            Part::ALL.into_iter().for_each(|part| part.set(url, ""));
        }
    }

    /// Other letters and digits of the same kinds in the same places; the same for the same text, whatever its case.
    fn scramble(&self, text: &str) -> String {
        forms::scramble(&self.seed, text)
    }
}

/// Addresses, local parts, names and their words, but for those that name nobody.
fn coded<'m>(addresses: &[&str], names: impl Iterator<Item = &'m str>) -> Spellings {
    let locals = addresses.iter().filter_map(|address| address.split(['@', '+']).next());
    let names = names.take(MOST_CODED).flat_map(|name| name.split_whitespace().chain([name]));
    let tells = |name: &&str| !forms::names_nobody(&name.to_lowercase());
    let mut coded = Words::default();
    addresses.iter().take(MOST_CODED).for_each(|address| coded.add(address));
    locals.take(MOST_CODED).filter(tells).for_each(|local| coded.add(local));
    names.take(MOST_CODED).filter(tells).for_each(|name| coded.add(name));
    Spellings::of([&coded])
}

/// The text without its percent coat, that of JavaScript's `escape` included (ECMA-262 section B.2.1).
fn decoded(text: &str) -> String {
    if !text.contains("%u") && !text.contains("%U") {
        return percent_decode_str(text).decode_utf8_lossy().into_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut pieces = text.split('%');
    plain.extend(pieces.next());
    for piece in pieces {
        let unit = piece.strip_prefix(['u', 'U']).and_then(|rest| Some((rest.get(..4)?, rest.get(4..)?)));
        match unit
            .and_then(|(digits, rest)| Some((char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, rest)))
        {
            Some((letter, rest)) => {
                plain.push(letter);
                plain.push_str(rest);
            }
            None => {
                plain.push('%');
                plain.push_str(piece);
            }
        }
    }
    percent_decode_str(&plain).decode_utf8_lossy().into_owned()
}

/// A part of a link that decoys are put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    User,
    Password,
    Path,
    Query,
    Fragment,
}

impl Part {
    const ALL: [Self; 5] = [Self::User, Self::Password, Self::Path, Self::Query, Self::Fragment];

    fn of(self, url: &Url) -> Option<&str> {
        match self {
            Self::User => Some(url.username()),
            Self::Password => url.password(),
            Self::Path => Some(url.path()),
            Self::Query => url.query(),
            Self::Fragment => url.fragment(),
        }
    }

    fn set(self, url: &mut Url, text: &str) {
        let some = Some(text).filter(|text| !text.is_empty());
        match self {
            Self::User => drop(url.set_username(text)),
            Self::Password => drop(url.set_password(some)),
            Self::Path => url.set_path(text),
            Self::Query => url.set_query(some),
            Self::Fragment => url.set_fragment(some),
        }
    }

    const fn dividers(self) -> &'static [char] {
        match self {
            Self::User | Self::Password => &[':'],
            Self::Path => &['/', ';', '=', '&', ','],
            Self::Query => &['&', '=', ';', '?', '/'],
            Self::Fragment => &['&', '=', ';', '?', '/', '!', '#'],
        }
    }
}

#[cfg(test)]
mod tests;
