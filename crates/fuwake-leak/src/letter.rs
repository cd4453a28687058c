//! Mails of our own, each of which names its recipient in one way in its header, as real ones do, and in the places of its own kind in its
//! body.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::mime::{Part, Writing};
use crate::person::Person;
use crate::plant::{HOST, link};
use crate::spelling::{IN_HOSTS, IN_LINKS, IN_TEXTS, Spelling};
use crate::template::TEMPLATES;

/// The places that senders write somebody into, and how they write him there.
pub const PLACES: [(&str, usize); 14] = [
    ("path", IN_LINKS.len()),
    ("query", IN_LINKS.len()),
    ("fragment", IN_LINKS.len()),
    ("link in a link", IN_LINKS.len()),
    ("user of a link", IN_LINKS.len()),
    ("host", IN_HOSTS.len()),
    ("form", IN_LINKS.len()),
    ("picture", IN_LINKS.len()),
    ("header", IN_LINKS.len()),
    ("text", IN_TEXTS.len()),
    ("subject", IN_TEXTS.len()),
    ("alt text", IN_TEXTS.len()),
    ("hidden text", IN_TEXTS.len()),
    ("name of a file", IN_TEXTS.len()),
];

/// A mail of our own.
pub struct Letter {
    /// Its bytes.
    pub mail: Vec<u8>,
    /// What stands where: place and spelling.
    pub placed: BTreeSet<(&'static str, &'static str)>,
    /// The address of its recipient, where nothing in its header tells it, so that its reader must.
    pub told: Option<String>,
}

/// Writes a person into a letter and remembers where.
pub(crate) struct Pen<'p> {
    pub(crate) person: &'p Person,
    pub(crate) number: usize,
    placed: BTreeSet<(&'static str, &'static str)>,
    /// How often each place was written to, in all letters: the spellings take turns there.
    turns: &'p mut BTreeMap<&'static str, usize>,
}

impl Pen<'_> {
    fn turn(&mut self, place: &'static str) -> usize {
        let turn = self.turns.entry(place).or_default();
        *turn += 1;
        *turn - 1
    }

    fn spelled(&mut self, place: &'static str, ways: &[Spelling]) -> String {
        let (name, spelled) = ways[self.turn(place) % ways.len()];
        self.placed.insert((place, name));
        spelled(self.person)
    }

    /// A link that names him somewhere.
    pub(crate) fn link(&mut self) -> String {
        match self.turn("link") % 7 {
            0 => link(0, &self.spelled("query", &IN_LINKS)),
            1 => link(2, &self.spelled("path", &IN_LINKS)),
            2 => link(3, &self.spelled("fragment", &IN_LINKS)),
            3 => link(4, &self.spelled("link in a link", &IN_LINKS)),
            4 => format!("https://{}.{HOST}/", self.spelled("host", &IN_HOSTS)),
            5 => format!("https://{}@{HOST}/", self.spelled("user of a link", &IN_LINKS)),
            _ => link(1, &self.spelled("path", &IN_LINKS)),
        }
    }

    /// So many of them, one a line.
    pub(crate) fn links(&mut self, count: usize) -> String {
        (0..count).map(|_| self.link() + "\r\n").collect()
    }

    /// The address of a form or a picture.
    pub(crate) fn target(&mut self, place: &'static str) -> String {
        let piece = self.spelled(place, &IN_LINKS);
        format!("https://f.evil-shop.example.net/{place}/{piece}")
    }

    /// What a reader reads.
    pub(crate) fn said(&mut self, place: &'static str) -> String {
        self.spelled(place, &IN_TEXTS)
    }
}

/// So many letters, each to the person of its number.
#[must_use]
pub fn letters(count: usize) -> Vec<Letter> {
    let mut turns = BTreeMap::new();
    (0..count).map(|number| letter(number, &mut turns)).collect()
}

fn letter(number: usize, turns: &mut BTreeMap<&'static str, usize>) -> Letter {
    let person = Person::new(number);
    let mut pen = Pen { person: &person, number, placed: BTreeSet::new(), turns };
    let (subject, part) = TEMPLATES[number % TEMPLATES.len()](&mut pen);
    // Each template comes round with another way and another writing.
    let round = number / TEMPLATES.len();
    let (way, writing) = (Way::ALL[(number + round) % Way::ALL.len()], Writing::of(number + round * 3));
    let subject = format!("{subject} {}", pen.said("subject"));
    let mut mail = head(&mut pen, way, writing, &subject).into_bytes();
    mail.extend(part.write(writing, &person.marks[4]));
    let told = matches!(way, Way::Nothing).then(|| person.address());
    Letter { mail, placed: pen.placed, told }
}

/// A mail as others carry it: From, To, Subject and a text.
pub(crate) fn carried(pen: &mut Pen<'_>, subject: &str, text: &str) -> Vec<u8> {
    let writing = Writing::of(pen.number + 1);
    let mut head = format!(
        "From: <info@evil-shop.example.net>\r\nTo: {} <{}>\r\nSubject: {}\r\nMIME-Version: 1.0\r\n",
        writing.word(&pen.person.kanji),
        pen.person.address(),
        writing.word(subject)
    )
    .into_bytes();
    head.extend(Part::Text("plain", text.to_owned()).write(writing, ""));
    head
}

/// What of a header tells who received the mail.
#[derive(Clone, Copy)]
enum Way {
    To,
    ToWithName,
    Cc,
    DeliveredTo,
    OriginalTo,
    EnvelopeTo,
    ForClause,
    Nothing,
}

impl Way {
    const ALL: [Self; 8] = [
        Self::To,
        Self::ToWithName,
        Self::Cc,
        Self::DeliveredTo,
        Self::OriginalTo,
        Self::EnvelopeTo,
        Self::ForClause,
        Self::Nothing,
    ];

    fn fields(self, person: &Person, writing: Writing) -> String {
        let address = person.address();
        let hidden = "To: undisclosed-recipients:;\r\n";
        match self {
            Self::To => format!("To: {address}\r\n"),
            Self::ToWithName => format!("To: {} <{address}>\r\n", writing.word(&person.kanji)),
            Self::Cc => format!("To: <staff@other.example.com>\r\nCc: <{address}>\r\n"),
            Self::DeliveredTo => format!("Delivered-To: {address}\r\n{hidden}"),
            Self::OriginalTo => format!("X-Original-To: {address}\r\n{hidden}"),
            Self::EnvelopeTo => format!("Envelope-To: {address}\r\n{hidden}"),
            Self::ForClause | Self::Nothing => hidden.to_owned(),
        }
    }
}

fn head(pen: &mut Pen<'_>, way: Way, writing: Writing, subject: &str) -> String {
    let (listed, mailer) = (pen.spelled("header", &IN_LINKS), pen.said("text"));
    let Person { server, filter, machine, marks, .. } = pen.person;
    let towards = match way {
        Way::ForClause => format!("\r\n\tfor <{}>", pen.person.address()),
        _ => String::new(),
    };
    let mut head = format!(
        "Return-Path: <bounce-{verp}@evil-shop.example.net>\r\n\
         Received: from {filter} ({filter} [{machine}])\r\n\tby {server} (Postfix) with ESMTPS id {q1}{towards}; Tue, 14 Oct 2025 09:12:47 +0900\r\n\
         Received: from out.evil-shop.example.net (unknown [203.0.113.77])\r\n\tby {filter} (Postfix) with ESMTP id {q1}{towards}; Tue, 14 Oct 2025 09:12:45 +0900\r\n\
         Authentication-Results: {server}; spf=pass smtp.mailfrom=bounce@evil-shop.example.net\r\n\
         DKIM-Signature: v=1; a=rsa-sha256; d=evil-shop.example.net; s=s1; h=from:to; bh={q2}47DEQpj8HBSaTImWuW; b={q2}AAAAB3NzaC1yc2EAAAADAQ\r\n",
        verp = pen.person.address().replace('@', "="),
        q1 = marks[3],
        q2 = marks[2],
    );
    head += &way.fields(pen.person, writing);
    let _ = write!(
        head,
        "From: {} <info@evil-shop.example.net>\r\nDate: Tue, 14 Oct 2025 08:12:40 +0800\r\nMessage-ID: <{}@evil-shop.example.net>\r\n\
         List-Unsubscribe: <https://u.evil-shop.example.net/?{listed}>\r\nX-Mailer: sender for {mailer}\r\nSubject: {}\r\nMIME-Version: 1.0\r\n",
        writing.word("お客様サポート"),
        marks[1],
        writing.word(subject),
    );
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_letters_hold_every_place_and_spelling() {
        let placed: BTreeSet<_> = letters(100).into_iter().flat_map(|letter| letter.placed).collect();
        for (place, ways) in PLACES {
            let held = placed.iter().filter(|(known, _)| *known == place).count();
            assert_eq!(held, ways, "{place}");
        }
    }
}
