//! What the findings on Japanese wording share: the lines that the sender himself wrote, and kinds of characters.

use crate::findings::Scene;
use crate::fold::is_katakana;
use crate::mail::carried;
use crate::span::{Because, Span};

/// A line of the displayed text, without its line break.
#[derive(Clone, Copy, Debug)]
pub(in crate::findings) struct Line<'t> {
    /// Where it begins in the text, in code points.
    pub start: usize,
    /// What stands there, blanks at the end included.
    pub text: &'t str,
}

impl Line<'_> {
    /// The whole line as a span of the text, without blanks at its ends.
    pub(in crate::findings) fn span(self) -> Span {
        let lead = self.text.chars().take_while(|letter| letter.is_whitespace()).count();
        let length = self.text.trim().chars().count();
        Span::new(self.start + lead, self.start + lead + length)
    }
}

impl<'a> Scene<'a> {
    /// The mail is written in Japanese above all.
    pub(in crate::findings) fn is_japanese(&self) -> bool {
        self.mail.languages.first() == Some(&"ja")
    }

    /// The lines that the sender himself wrote: neither quoted with `>` nor below the head of a mail that he answers.
    pub(in crate::findings) fn lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let text = self.mail.own_text();
        let answered = || carried::answered(text).and_then(|head| text.get(..head));
        let own = if self.mail.list.is_reply { answered().unwrap_or(text) } else { text };
        let mut start = 0;
        let lines = own.split_inclusive('\n').map(move |line| {
            let here = start;
            start += line.chars().count();
            Line { start: here, text: line.trim_end_matches('\n') }
        });
        lines.filter(|line| !line.text.trim_start().starts_with('>'))
    }

    /// The subject without stamps and the display names, with where they stand.
    pub(in crate::findings) fn headings(&self) -> impl Iterator<Item = (&'a str, Because)> + use<'a> {
        let subject = self.mail.subject.iter().map(|subject| (subject.text.as_str(), subject.span.into()));
        let authors = self.mail.authors.iter();
        subject
            .chain(authors.filter_map(|author| Some((author.display_name.as_deref()?, author.span.into()))))
    }

    /// An answer, a list's mail, or a report: people's hasty words, or somebody else's.
    pub(in crate::findings) fn is_second_hand(&self) -> bool {
        self.mail.list.is_reply || self.is_list_mail() || self.is_carrier()
    }
}

/// A kanji.
pub(in crate::findings) const fn is_kanji(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '々')
}

/// Hiragana.
pub(in crate::findings) const fn is_hiragana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{309F}')
}

/// A letter of Japanese script.
pub(in crate::findings) fn is_japanese_letter(character: char) -> bool {
    is_kanji(character) || is_hiragana(character) || is_katakana(character)
}
