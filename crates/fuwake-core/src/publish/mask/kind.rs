//! What was found of somebody: what replaces it, and where it is nothing but a part of another word.

use crate::publish::told::{is_greeting, is_kanji};

/// How a match is checked and what replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
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

/// What follows a surname.
const ADDRESSED: [&str; 8] = ["様", "さま", "さん", "殿", "氏", "です", "と申", "より"];

/// Those of them that stand behind anybody's name.
const FORMS: [&str; 5] = ["様", "さま", "さん", "殿", "氏"];

impl Kind {
    /// Whether what was found from `start` to `end` is what was sought, and no part of something longer.
    pub(super) fn stands_alone(self, text: &str, start: usize, end: usize) -> bool {
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        let after = text.get(end..).and_then(|tail| tail.chars().next());
        // A digit in percent signs or quoted-printable is no letter of a word.
        let before = before.filter(|_| !ends_escaped(text.get(..start).unwrap_or_default()));
        let joins = |neighbour: Option<char>, also: &str| {
            neighbour.is_some_and(|c| c.is_ascii_alphanumeric() || also.contains(c))
        };
        match self {
            Kind::Local => !joins(before, "._-+"),
            Kind::Surname => {
                let tail = text.get(end..).unwrap_or_default().trim_start();
                !before.is_some_and(is_kanji) && ADDRESSED.iter().any(|form| tail.starts_with(form))
            }
            Kind::NameOrWord => {
                let has_capital =
                    text.get(start..end).is_some_and(|name| name.starts_with(char::is_uppercase));
                has_capital && !joins(before, "") && !joins(after, "")
            }
            Kind::Half => {
                let greeting = text.get(..start).unwrap_or_default().trim_end();
                let word =
                    greeting.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
                let tail = text.get(end..).unwrap_or_default().trim_start();
                let is_greeted = greeting.len() < start && is_greeting(&word);
                !joins(before, "._-+@")
                    && !joins(after, "._-+@")
                    && (is_greeted || FORMS.iter().any(|form| tail.starts_with(form)))
            }
            // What follows may be the next word, where a page parts the two by its looks alone.
            Kind::Address => !joins(before, ""),
            Kind::Name | Kind::Domain | Kind::Other => !joins(before, "") && !joins(after, ""),
        }
    }
}

/// Whether a text ends in `%40` (RFC 3986) or `=40` (RFC 2045).
fn ends_escaped(text: &str) -> bool {
    let end = text.as_bytes().last_chunk::<3>();
    end.is_some_and(|[sign, one, two]| {
        b"%=".contains(sign) && one.is_ascii_hexdigit() && two.is_ascii_hexdigit()
    })
}
