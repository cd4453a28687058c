//! The text that a browser would show, put together piece by piece; white space collapses as CSS Text section 4.1 has it.

use super::reading::Reading;
use super::{HiddenBy, HiddenText};
use crate::span::Span;

/// Bytes of one hidden text that are kept.
const LONGEST_HIDDEN: usize = 2_048;
/// Hidden texts that are kept.
const MOST_HIDDEN: usize = 200;

/// What separates two pieces of text; the strongest wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// Nothing.
    #[default]
    None,
    /// A blank.
    Space,
    /// A tabulator between table cells.
    Cell,
    /// A new line.
    Line,
    /// An empty line.
    Paragraph,
}

/// The text so far.
#[derive(Debug, Default)]
pub(super) struct Visible {
    text: String,
    /// Code points of `text`.
    characters: usize,
    pending: Break,
    hidden: Option<HiddenText>,
    all_hidden: Vec<HiddenText>,
}

impl Visible {
    /// Adds a text node, to what is seen or to what is hidden.
    pub(super) fn push(&mut self, text: &str, hidden: Option<HiddenBy>, preformatted: bool) {
        match hidden {
            Some(by) => self.hide(text, by),
            None if preformatted => self.push_preformatted(text),
            None => self.push_collapsed(text),
        }
    }

    fn push_collapsed(&mut self, text: &str) {
        if text.starts_with(|c: char| c.is_ascii_whitespace()) {
            self.pause(Break::Space);
        }
        let mut first = true;
        for word in text.split_ascii_whitespace() {
            if !first {
                self.pending = Break::Space;
            }
            self.flush();
            self.add(word);
            first = false;
        }
        if !first && text.ends_with(|c: char| c.is_ascii_whitespace()) {
            self.pause(Break::Space);
        }
    }

    fn push_preformatted(&mut self, text: &str) {
        if !text.is_empty() {
            self.flush();
            self.add(&text.replace("\r\n", "\n"));
        }
    }

    fn hide(&mut self, text: &str, by: HiddenBy) {
        if text.trim_ascii().is_empty() {
            return;
        }
        let by = if self.text.is_empty() && by != HiddenBy::Container { HiddenBy::Preheader } else { by };
        if self.hidden.as_ref().is_some_and(|h| h.by != by) {
            self.end_hidden();
        }
        let hidden = self.hidden.get_or_insert_with(|| HiddenText { text: String::new(), by });
        for word in text.split_ascii_whitespace() {
            if hidden.text.len() > LONGEST_HIDDEN {
                break;
            }
            if !hidden.text.is_empty() {
                hidden.text.push(' ');
            }
            hidden.text.extend(word.chars().take(LONGEST_HIDDEN / 4));
        }
    }

    fn end_hidden(&mut self) {
        if let Some(hidden) = self.hidden.take()
            && self.all_hidden.len() < MOST_HIDDEN
        {
            self.all_hidden.push(hidden);
        }
    }

    /// Asks for a break before the next text.
    pub(super) fn pause(&mut self, wanted: Break) {
        self.pending = self.pending.max(wanted);
    }

    /// `<br>`.
    pub(super) fn line_end(&mut self) {
        if self.text.is_empty() {
            return;
        }
        self.trim_blank();
        if self.pending > Break::Cell {
            self.flush();
        }
        self.pending = Break::None;
        self.add("\n");
    }

    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        if self.text.is_empty() {
            return;
        }
        let line_ends = self.text.bytes().rev().take_while(|&b| b == b'\n').take(2).count();
        match pending {
            Break::None => {}
            Break::Space if line_ends == 0 => self.add(" "),
            Break::Cell if line_ends == 0 => self.add("\t"),
            Break::Line if line_ends == 0 => self.add("\n"),
            Break::Paragraph if line_ends == 0 => self.add("\n\n"),
            Break::Paragraph if line_ends == 1 => self.add("\n"),
            _ => {}
        }
    }

    fn trim_blank(&mut self) {
        if self.pending <= Break::Cell {
            self.pending = Break::None;
        }
    }

    fn add(&mut self, text: &str) {
        self.end_hidden();
        self.text.push_str(text);
        self.characters += text.chars().count();
    }

    /// Where the next text will stand: bytes.
    pub(super) fn position(&self) -> usize {
        self.text.len()
    }

    /// The code points so far.
    pub(super) fn characters(&self) -> usize {
        self.characters
    }

    /// The text since `position`, blanks folded, and its place in code points.
    pub(super) fn since(&self, position: usize) -> Option<(Span, String)> {
        let added = self.text.get(position..)?;
        let trimmed = added.trim_start();
        let length = trimmed.chars().count();
        let trimmed = trimmed.trim_end();
        if trimmed.is_empty() {
            return None;
        }
        let start = self.characters - length;
        let end = start + trimmed.chars().count();
        Some((Span::new(start, end), trimmed.split_whitespace().collect::<Vec<_>>().join(" ")))
    }

    /// Hands over the text and what was hidden.
    pub(super) fn finish(mut self, reading: &mut Reading) {
        let length = self.text.trim_end().len();
        self.text.truncate(length);
        self.end_hidden();
        reading.facts.hidden.append(&mut self.all_hidden);
        reading.text = self.text;
    }
}
