//! Makes [`Plain`] text: everything from a mail goes through here.

use super::defang;
use super::edit::{Edit, apply, merged, overlaid};
use super::mask::{MASK, Mask, Secret};
use super::plain::{escape, steers};
use super::words::Words;
use super::{Audience, Release};
use crate::case::{AddressRecord, Case, Dissection, Language, MailRecord};
use crate::knowledge::domains::is_within;
use crate::report::{Cell, Fact, Plain, Tone};

/// The longest value in a table or a list, in characters.
const VALUE: usize = 600;
/// From this length on a mixed run of letters and digits in a link is taken for a token that may name the reader.
const TOKEN: usize = 16;

/// Chooses words and cleans what comes from the mail.
pub(super) struct Writer {
    pub(super) words: &'static Words,
    pub(super) mask: Mask,
    official: Vec<String>,
    audience: Audience,
}

impl Writer {
    pub(super) fn new(case: &Case, release: &Release, language: Language) -> Self {
        let audience = release.audience;
        let mut secrets: Vec<Secret> = release.hidden.iter().filter_map(|text| Secret::of(text)).collect();
        let (mut official, mut known) = (Vec::new(), String::new());
        collect(&case.dissection, audience, &mut secrets, &mut official, &mut known);
        secrets.sort();
        secrets.dedup();
        let mask = Mask::new(&secrets, &known.to_lowercase());
        Self { words: Words::of(language), mask, official, audience }
    }

    /// For what is about no mail, and names nobody.
    pub(super) fn without_mail(language: Language) -> Self {
        let (words, audience) = (Words::of(language), Audience::default());
        Self { words, mask: Mask::new(&[], ""), official: Vec::new(), audience }
    }

    /// Words of the report itself.
    pub(super) fn word(&self, words: &str) -> Plain {
        Plain::new(words.to_owned())
    }

    /// Text from a mail, on one line.
    pub(super) fn line(&self, text: &str) -> Plain {
        Plain::new(self.clean(text, false))
    }

    /// A whole text with its lines, however long it is.
    pub(super) fn text(&self, text: &str) -> String {
        apply(text, &self.edits(text, true), 0, text.len())
    }

    /// A name from a mail that is no link even where it looks like a host: a file's.
    pub(super) fn name(&self, text: &str) -> Plain {
        if text.contains("://") {
            return self.line(text);
        }
        let (text, end) = bounded(text);
        let masks = merged(self.mask.edits(text));
        let edits = overlaid(masks, escapes(text, false));
        Plain::new(shortened(&apply(text, &edits, 0, end)))
    }

    fn clean(&self, text: &str, lines: bool) -> String {
        let (text, end) = bounded(text);
        shortened(&apply(text, &self.edits(text, lines), 0, end))
    }

    /// All edits of a text: masks over defanging over escapes.
    pub(super) fn edits(&self, text: &str, lines: bool) -> Vec<Edit> {
        let mut masks = self.mask.edits(text);
        masks.extend(self.tokens(text));
        let masks = merged(masks);
        let defanged = overlaid(masks, defang::edits(text, &self.official));
        overlaid(defanged, escapes(text, lines))
    }

    /// The parts of URLs that hold the reader's address in whatever coding, or that look like a token made for him.
    pub(super) fn tokens(&self, text: &str) -> Vec<Edit> {
        let mut edits = Vec::new();
        for url in defang::urls(text) {
            let mut at = url.authority;
            let whole = text.get(url.authority..url.end).unwrap_or_default();
            for token in whole.split(['/', '?', '&', '=', '#', ';', ',', ':', '@', '|', '\\']) {
                let in_path = at >= url.path;
                if self.mask.is_inside(token) || in_path && self.audience.hides_marks() && is_token(token) {
                    edits.push(Edit::new(at, at + token.len(), MASK));
                }
                at += token.len() + 1;
            }
        }
        edits
    }

    /// Whether something in a text is masked.
    pub(super) fn is_masked(&self, text: &str) -> bool {
        !self.mask.edits(text).is_empty() || text.split_whitespace().any(|word| self.mask.is_inside(word))
    }

    /// Whether a host belongs to whom the mail names.
    pub(super) fn is_official(&self, host: &str) -> bool {
        self.official.iter().any(|own| is_within(&host.to_ascii_lowercase(), own))
    }

    /// A cell of words.
    pub(super) fn word_cell(&self, words: &str) -> Cell {
        Cell { text: self.word(words), ..Cell::default() }
    }

    /// A cell of words with a tone.
    pub(super) fn toned(&self, words: &str, tone: Tone) -> Cell {
        Cell { text: self.word(words), tone, ..Cell::default() }
    }

    /// A cell quoted from the mail.
    pub(super) fn code(&self, text: &str) -> Cell {
        Cell { text: self.line(text), code: true, ..Cell::default() }
    }

    /// A cell of text from the mail.
    pub(super) fn prose(&self, text: &str) -> Cell {
        Cell { text: self.line(text), ..Cell::default() }
    }

    /// A label and a value.
    pub(super) fn fact(&self, label: &str, value: Cell) -> Fact {
        self.facts(label, vec![value])
    }

    /// A label and its values.
    pub(super) fn facts(&self, label: &str, values: Vec<Cell>) -> Fact {
        Fact { label: self.word(label), values }
    }

    /// A label and a value that may be missing.
    pub(super) fn optional(&self, label: &str, value: Option<&str>) -> Option<Fact> {
        value.filter(|value| !value.is_empty()).map(|value| self.fact(label, self.code(value)))
    }

    /// A mailbox as a reader sees it.
    pub(super) fn mailbox(&self, mailbox: &AddressRecord) -> String {
        match (&mailbox.display_name, &mailbox.address) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            _ => mailbox.raw.clone(),
        }
    }
}

/// Mixed letters and digits, or long hexadecimal: made by a machine.
fn is_token(token: &str) -> bool {
    let stem = token.trim_end_matches('=');
    stem.len() >= TOKEN
        && stem
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'%' | b'+' | b'.'))
        && stem.bytes().filter(u8::is_ascii_digit).count() >= 3
        && stem.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The head of a text that is worth looking at, and how much of it is written: of what stands at the cut nobody knows how it goes
/// on, so it could be half an address.
pub(super) fn bounded(text: &str) -> (&str, usize) {
    const LOOKED_AT: usize = 8_192;
    const AT_THE_CUT: usize = 1_024;
    if text.len() <= LOOKED_AT {
        return (text, text.len());
    }
    let end = text.floor_char_boundary(LOOKED_AT - AT_THE_CUT);
    (text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or_default(), end)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(VALUE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The longest run of invisible characters that is written out one by one.
const INVISIBLE_RUN: usize = 3;

fn escapes(text: &str, lines: bool) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut run = 0;
    for (at, character) in text.char_indices() {
        if character == '\t' || character == '\n' && lines {
            run = 0;
            if character == '\t' {
                edits.push(Edit::new(at, at + 1, " "));
            }
            continue;
        }
        if !steers(character) {
            run = 0;
            continue;
        }
        run += 1;
        let end = at + character.len_utf8();
        match edits.last_mut() {
            Some(last) if run > INVISIBLE_RUN && last.end == at => {
                last.end = end;
                if run == INVISIBLE_RUN + 1 {
                    last.with.push('…');
                }
            }
            _ => edits.push(Edit::new(at, end, escape(character))),
        }
    }
    edits
}

/// Whom a case names, what is official in it, and the names that are no secret (lower case).
fn collect(
    dissection: &Dissection,
    audience: Audience,
    secrets: &mut Vec<Secret>,
    official: &mut Vec<String>,
    known: &mut String,
) {
    let mail = &dissection.mail;
    for recipient in &mail.recipients {
        person(recipient, secrets);
    }
    secrets.extend(mail.hops.iter().filter_map(|hop| hop.recipient.clone()).map(Secret::Address));
    if audience.hides_own_hosts() {
        secrets.extend(mail.private_domains.iter().cloned().map(Secret::Domain));
    }
    let carries_worse = !dissection.verdict.class.is_unwanted() && !dissection.inner.is_empty();
    let senders = || mail.from.iter().chain(&mail.authors).chain(&mail.sender).chain(&mail.reply_to);
    if carries_worse {
        // Whoever forwards a mail is a person who asks for help.
        senders().chain(&mail.envelope_from).for_each(|sender| person(sender, secrets));
    } else {
        let names = senders().flat_map(|sender| [sender.domain.as_deref(), sender.display_name.as_deref()]);
        for name in names.flatten().filter(|name| !names_reader(mail, name)) {
            known.push_str(name);
            known.push('\n');
        }
    }
    if let Some(impersonation) = &dissection.impersonation {
        official.extend(impersonation.official_domains.iter().cloned());
        for name in [Some(&impersonation.name), impersonation.brand.as_ref()].into_iter().flatten() {
            known.push_str(name);
            known.push('\n');
        }
        known.push_str(&impersonation.official_domains.join("\n"));
    }
    if audience.hides_own_hosts() {
        let senders: Vec<&str> = senders().filter_map(|sender| sender.address.as_deref()).collect();
        let users = mail.hops.iter().filter_map(|hop| hop.authenticated_user.as_deref());
        let others = users.filter(|user| user.contains('@') && !senders.contains(user));
        secrets.extend(others.map(|user| Secret::Address(user.to_owned())));
    }
    for inner in &dissection.inner {
        collect(&inner.dissection, audience, secrets, official, known);
    }
}

/// A sender adorns himself with the reader's name or address.
fn names_reader(mail: &MailRecord, sender: &str) -> bool {
    let sender = sender.to_lowercase();
    mail.recipients.iter().any(|reader| {
        let local = reader.address.as_deref().and_then(|address| address.split('@').next());
        let names = [local, reader.display_name.as_deref()].into_iter().flatten();
        names.map(str::to_lowercase).any(|name| name.chars().count() > 1 && sender.contains(name.trim()))
    })
}

fn person(mailbox: &AddressRecord, secrets: &mut Vec<Secret>) {
    secrets.extend(mailbox.address.clone().map(Secret::Address));
    if let Some(name) = &mailbox.display_name {
        secrets.push(Secret::Name(name.trim().to_owned()));
    }
}
