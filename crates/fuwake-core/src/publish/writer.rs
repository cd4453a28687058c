//! Makes [`Plain`] text: everything from a mail goes through here.

use super::defang;
use super::edit::{Edit, apply, merged, overlaid};
use super::marks;
use super::mask::Mask;
use super::plain::{escape, steers};
use super::secret::{Named, Secret};
use super::spared::Spared;
use super::words::Words;
use super::{Audience, Release, Style};
use crate::case::{AddressRecord, Case, Language};
use crate::knowledge::domains::is_within;
use crate::report::{Cell, Fact, Plain, Tone};

/// The longest value in a table or a list, in characters.
const VALUE: usize = 600;

/// Chooses words and cleans what comes from the mail.
pub(super) struct Writer {
    pub(super) words: &'static Words,
    pub(super) mask: Mask,
    spared: Spared,
    official: Vec<String>,
    known: String,
    audience: Audience,
    style: Style,
}

impl Writer {
    pub(super) fn new(case: &Case, release: &Release, language: Language) -> Self {
        Self::hiding(case, release, language, Vec::new())
    }

    /// The same with more that is masked.
    pub(super) fn hiding(case: &Case, release: &Release, language: Language, more: Vec<Secret>) -> Self {
        let mut named = Named::in_case(case, release);
        named.secrets.extend(more);
        let mask = Mask::new(&named.secrets, &named.known);
        Self {
            spared: Spared::new(&named.foreign),
            words: Words::of(language),
            mask,
            official: named.official,
            known: named.known,
            audience: release.audience,
            style: release.style.unwrap_or(Style::of(language)),
        }
    }

    /// For what is about no mail, and names nobody.
    pub(super) fn without_mail(language: Language) -> Self {
        Self {
            words: Words::of(language),
            mask: Mask::default(),
            spared: Spared::default(),
            official: Vec::new(),
            known: String::new(),
            audience: Audience::Operator,
            style: Style::of(language),
        }
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
        let edits = overlaid(self.masks(text, self.style), escapes(text, false));
        Plain::new(shortened(&apply(text, &edits, 0, end)))
    }

    fn clean(&self, text: &str, lines: bool) -> String {
        let (text, end) = bounded(text);
        shortened(&apply(text, &self.edits(text, lines), 0, end))
    }

    /// All edits of a text: masks over defanging over escapes.
    pub(super) fn edits(&self, text: &str, lines: bool) -> Vec<Edit> {
        let defanged =
            overlaid(self.masks(text, self.style), defang::edits(text, &self.official, self.style));
        overlaid(defanged, escapes(text, lines))
    }

    /// What is masked in a text: people, and for the public what programs know them by.
    pub(super) fn masks(&self, text: &str, style: Style) -> Vec<Edit> {
        let mut masks = self.spared.leave(text, self.mask.edits(text, style.marks()));
        if self.audience.hides_marks() {
            masks.extend(marks::edits(text, &self.known, style.marks().other));
        }
        merged(masks)
    }

    /// What stands for a person's name.
    pub(super) const fn name_mark(&self) -> &'static str {
        self.style.marks().name
    }

    /// Whether something in a text is masked.
    pub(super) fn is_masked(&self, text: &str) -> bool {
        !self.spared.leave(text, self.mask.edits(text, self.style.marks())).is_empty()
    }

    /// Whether a mail that only brought another one is left out.
    pub(super) const fn hides_carriers(&self) -> bool {
        self.audience.hides_own_hosts()
    }

    /// Whether private people are masked who have not received the mail.
    pub(super) const fn hides_strangers(&self) -> bool {
        self.audience.hides_marks()
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
